//! An independent judge of the verifier: walks through a function along random ways, knows what each register
//! holds on that way alone, and asserts everything that executing the instructions relies on.

use kayton_bytecode::testing::Rng;
use kayton_bytecode::{Arg, Const, Function, High, Instr, Module, Op, Ty};

/// How many instructions one walk takes.
const STEPS: usize = 120;

/// Walks through every function.
pub fn walk(module: &Module, rng: &mut Rng) {
    assert!(module.functions[module.entry as usize].params.is_empty());
    for function in &module.functions {
        let mut walker = Walker { module, function, known: vec![Ty::Any; function.registers.into()] };
        let mut pc = 0;
        for _ in 0..STEPS {
            match walker.step(pc, rng) {
                Some(next) => pc = next,
                None => break,
            }
        }
    }
}

struct Walker<'a> {
    module: &'a Module,
    function: &'a Function,
    /// What each register holds: a scalar, or anything.
    known: Vec<Ty>,
}

impl Walker<'_> {
    /// Executes the types of one instruction; indexing checks that registers and tables are there.
    fn step(&mut self, pc: usize, rng: &mut Rng) -> Option<usize> {
        let instr = self.function.code[pc];
        let op = instr.op().filter(|op| op.info().quick_of.is_none()).expect("an opcode of a file");
        let fields = [instr.a(), instr.b(), instr.c()].map(usize::from);
        let mut targets = Vec::new();
        for (arg, field) in op.info().args.iter().zip(fields) {
            match *arg {
                Arg::Src(Ty::Any) | Arg::Mut(Ty::Any) => assert!(field < self.known.len(), "{op:?} at {pc}"),
                Arg::Src(Ty::Scalar) => assert_ne!(self.known[field], Ty::Any, "{op:?} at {pc}"),
                Arg::Src(ty) | Arg::Mut(ty) => assert_eq!(self.known[field], ty, "{op:?} at {pc}"),
                Arg::Off => targets.push(instr.c_i16() as i64),
                Arg::Off32 => targets.push(instr.bc_i32() as i64),
                Arg::Switch => {
                    let switch = &self.module.switches[field];
                    targets.push(switch.default.into());
                    targets.extend(switch.cases.iter().map(|(_, jump)| i64::from(*jump)));
                }
                _ => {}
            }
        }
        self.check_call(op, instr);
        self.consume(op, instr, fields);
        self.write(op, instr, fields);
        if !op.info().ends {
            targets.push(0);
        }
        rng.pick(&targets).map(|offset| usize::try_from(pc as i64 + 1 + offset).expect("a jump into the function"))
    }

    /// Calls pass what the function takes, captures and variants are as constructed.
    fn check_call(&self, op: Op, instr: Instr) {
        let function = |index: u16| &self.module.functions[usize::from(index)];
        let variants: Vec<usize> =
            self.module.types.iter().flat_map(|ty| &ty.variants).map(|variant| variant.fields.len()).collect();
        match op {
            Op::Call => {
                let callee = function(instr.c());
                assert_eq!((callee.params.len(), callee.captures), (instr.nargs(), 0));
            }
            Op::LoadFunc => assert_eq!(function(instr.b()).captures, 0),
            Op::GetCapture => assert!(instr.b() < self.function.captures),
            Op::LoadVariant => assert_eq!(variants[usize::from(instr.b())], 0),
            Op::NewVariant => assert_ne!(variants[usize::from(instr.c())], 0),
            _ => {}
        }
    }

    /// Forgets what consumed registers and windows held.
    fn consume(&mut self, op: Op, instr: Instr, fields: [usize; 3]) {
        let [a, b, c] = fields;
        let calls = [Op::Call, Op::CallVal, Op::CallMethod, Op::CallMut, Op::CallNative];
        let window = match op {
            _ if calls.contains(&op) => {
                let before = usize::from(!matches!(op, Op::Call | Op::CallNative));
                assert!(b + before + instr.nargs() <= self.known.len());
                b..self.known.len()
            }
            Op::DropRange | Op::RetUnit => a..a + b,
            Op::Ret | Op::NewList | Op::NewTuple | Op::NewSet | Op::Concat => b..b + c,
            Op::NewMap => b..b + 2 * c,
            Op::NewStruct => b..b + self.module.types[c].fields.len(),
            Op::NewVariant => {
                let variants = self.module.types.iter().flat_map(|ty| &ty.variants);
                b..b + variants.skip(c).map(|variant| variant.fields.len()).next().expect("a variant")
            }
            Op::NewClosure => b..b + usize::from(self.module.functions[c].captures),
            Op::StorePath | Op::TakePath => b..b + self.module.paths[c].indices() + 1,
            Op::Slice => b..b + 3,
            Op::IterInit | Op::IterNext => a..a + 2,
            Op::JmpUnlessBetween => b..b + 2,
            _ => 0..0,
        };
        self.known[window].fill(Ty::Any);
        for (place, (arg, bit)) in op.info().args.iter().zip([4, 1, 2]).enumerate() {
            if *arg == Arg::Src(Ty::Any) && instr.x() & bit != 0 {
                self.known[fields[place]] = Ty::Any;
            }
        }
    }

    fn write(&mut self, op: Op, instr: Instr, fields: [usize; 3]) {
        for (arg, field) in op.info().args.iter().zip(fields) {
            match *arg {
                Arg::Dst(Ty::Same) => self.known[field] = self.known[fields[1]],
                Arg::Dst(Ty::Const) => {
                    self.known[field] = match self.module.constants[instr.bc_u32() as usize] {
                        Const::Int(_) => Ty::I64,
                        Const::Float(_) => Ty::F64,
                        Const::Str(_) => Ty::Any,
                    }
                }
                Arg::Dst(_) if op.info().high == High::Nargs && instr.drops() => assert_eq!(field, 0),
                Arg::Dst(ty) | Arg::Mut(ty) => self.known[field] = ty,
                _ => {}
            }
        }
    }
}
