//! One program's code in another program: its tables come along, what it names there is bent to what is there.

use crate::instr::Instr;
use crate::isa::Op;
use crate::module::{Const, Function, Guard, Module, Part, Path, Site, Switch, TypeKind};
use crate::op::Arg;

use super::Rng;

/// Puts code of `donor` into a function of `module`: all of a function's, or a few instructions.
pub fn splice(module: &mut Module, donor: &Module, rng: &mut Rng) {
    let (Some(from), into) = (rng.pick(&donor.functions), rng.below(module.functions.len())) else { return };
    let base = Base::import(module, donor);
    let whole = rng.once_in(2);
    let (first, count) = if whole { (0, from.code.len()) } else { run_of(from, rng) };
    let Some(run) = from.code.get(first..first + count) else { return };
    let code: Vec<Instr> = run.iter().map(|instr| base.bent(*instr, module, donor, rng)).collect();
    let Some(function) = module.functions.get_mut(into) else { return };
    function.registers = function.registers.max(from.registers);
    if whole {
        function.captures = function.captures.max(from.captures);
        function.code = code;
        function.lines.retain(|line| (line.pc as usize) < from.code.len());
        function.arguments.retain(|argument| (argument.line.pc as usize) < from.code.len());
    } else {
        let at = rng.below(function.code.len() + 1);
        insert(function, at, &code);
    }
}

fn run_of(from: &Function, rng: &mut Rng) -> (usize, usize) {
    let first = rng.below(from.code.len());
    (first, (1 + rng.below(8)).min(from.code.len() - first))
}

/// Inserts instructions; jumps still lead where they led.
fn insert(function: &mut Function, at: usize, code: &[Instr]) {
    let moved = |place: i64| if place > at as i64 { place + code.len() as i64 } else { place };
    for pc in 0..function.code.len() {
        let instr = function.code[pc];
        let args = instr.op().map_or(&[][..], |op| op.info().args);
        let here = pc as i64 + 1;
        let new_here = if pc >= at { here + code.len() as i64 } else { here };
        let led = |offset: i64| moved(here + offset) - new_here;
        if args.contains(&Arg::Off) {
            let offset = led(i64::from(instr.c_i16())) as u16;
            function.code[pc] = Instr(instr.0 & !(0xffff << 48) | u64::from(offset) << 48);
        } else if args.contains(&Arg::Off32) {
            let offset = led(i64::from(instr.bc_i32())) as u32;
            function.code[pc] = Instr(instr.0 & !(0xffff_ffff << 32) | u64::from(offset) << 32);
        }
    }
    function.code.splice(at..at, code.iter().copied());
}

/// Where the donor's tables begin in the module's.
struct Base {
    strings: u32,
    constants: u32,
    guards: u32,
    natives: u32,
    sites: u32,
    paths: u32,
    switches: u32,
}

impl Base {
    fn import(module: &mut Module, donor: &Module) -> Base {
        let base = Base {
            strings: module.strings.len() as u32,
            constants: module.constants.len() as u32,
            guards: module.guards.len() as u32,
            natives: module.natives.len() as u32,
            sites: module.sites.len() as u32,
            paths: module.paths.len() as u32,
            switches: module.switches.len() as u32,
        };
        let name = |index: &u32| index + base.strings;
        module.strings.extend(donor.strings.iter().cloned());
        module.constants.extend(donor.constants.iter().map(|constant| match constant {
            Const::Str(index) => Const::Str(name(index)),
            other => *other,
        }));
        let types: Vec<TypeKind> = module.types.iter().map(|ty| ty.kind).collect();
        module.guards.extend(donor.guards.iter().map(|guard| bent_guard(*guard, &types)));
        module.natives.extend(donor.natives.iter().map(name));
        module.sites.extend(donor.sites.iter().map(|site| Site {
            name: site.name.as_ref().map(name),
            mut_mask: site.mut_mask,
            keywords: site.keywords.iter().map(name).collect(),
        }));
        module.paths.extend(donor.paths.iter().map(|path| {
            Path {
                method: path.method.as_ref().map(name),
                frozen: path.frozen,
                parts: path
                    .parts
                    .iter()
                    .map(|part| if let Part::Field(at) = part { Part::Field(name(at)) } else { *part })
                    .collect(),
            }
        }));
        module.switches.extend(donor.switches.iter().map(Switch::clone));
        base
    }

    /// The instruction with operands that are in the module's tables; `Nop` where nothing there fits.
    fn bent(&self, instr: Instr, module: &Module, donor: &Module, rng: &mut Rng) -> Instr {
        let Some(op) = instr.op() else { return instr };
        let mut bent = instr;
        for (place, arg) in op.info().args.iter().enumerate() {
            let narrow = [instr.a(), instr.b(), instr.c()][place];
            let moved = match arg {
                Arg::Const32 => Some(self.constants.wrapping_add(instr.bc_u32())),
                Arg::Guard => Some(self.guards + u32::from(narrow)),
                Arg::Native => Some(self.natives + u32::from(narrow)),
                Arg::Site => Some(self.sites + u32::from(narrow)),
                Arg::Path => Some(self.paths + u32::from(narrow)),
                Arg::Switch => Some(self.switches + u32::from(narrow)),
                Arg::Name => Some(self.strings + u32::from(narrow)),
                Arg::Global | Arg::Func | Arg::Type | Arg::Variant => {
                    alike(op, *arg, usize::from(narrow), module, donor, rng)
                }
                _ => continue,
            };
            let Some(value) = moved else { return Instr::new(Op::Nop, 0, 0, 0, 0) };
            let (shift, mask) = if arg.is_wide() { (32, 0xffff_ffff) } else { (16 + 16 * place, 0xffff) };
            bent = Instr(bent.0 & !(mask << shift) | (u64::from(value) & mask) << shift);
        }
        bent
    }
}

fn bent_guard(guard: Guard, types: &[TypeKind]) -> Guard {
    match guard {
        Guard::Type(at) => Guard::Type(at % types.len().max(1) as u32),
        Guard::Dyn(_) => {
            types.iter().position(|kind| *kind == TypeKind::Trait).map_or(Guard::Any, |at| Guard::Dyn(at as u32))
        }
        plain => plain,
    }
}

/// A global, function, type or variant of the module that an instruction may name where it named one of the donor's.
fn alike(op: Op, arg: Arg, named: usize, module: &Module, donor: &Module, rng: &mut Rng) -> Option<u32> {
    let shapes = |of: &Module| -> Vec<(usize, usize)> {
        match arg {
            Arg::Func => of
                .functions
                .iter()
                .map(|f| (if op == Op::Call { f.params.len() } else { 0 }, f.captures.into()))
                .collect(),
            Arg::Type => of.types.iter().map(|ty| (ty.kind as usize, ty.fields.len())).collect(),
            Arg::Variant => {
                of.types.iter().flat_map(|ty| &ty.variants).map(|variant| (0, variant.fields.len())).collect()
            }
            _ => vec![(0, 0); of.globals.len()],
        }
    };
    let wanted = *shapes(donor).get(named)?;
    let all = shapes(module);
    let fitting: Vec<usize> = (0..all.len()).filter(|at| all[*at] == wanted).collect();
    rng.pick(&fitting).map(|at| *at as u32)
}
