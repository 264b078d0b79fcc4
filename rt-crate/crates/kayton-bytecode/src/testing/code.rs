//! The code of a random function.
//!
//! A frame has the parameters, then registers that always hold a value of one type (so that a jump may go
//! anywhere after they are set), then registers for anything, then those that windows are made of.

use std::ops::Range;

use crate::instr::Instr;
use crate::isa::{Op, OPS};
use crate::module::{ArgLine, Switch};
use crate::op::{Arg, High, OpInfo, Ty};

use super::choice::{self, Choice};
use super::{Flow, Maker};

/// How many registers of each type a frame has.
const TYPED: u16 = 2;
const TYPES: [Ty; 3] = [Ty::I64, Ty::F64, Ty::Bool];
/// How many registers windows are made of.
const WINDOW: u16 = 8;

/// Writes the code of the function.
pub(super) fn fill(maker: &mut Maker, index: usize) {
    let params = maker.module.functions[index].params.len() as u16;
    let anything = params + TYPED * TYPES.len() as u16;
    let window = anything + 3 + maker.rng.below(4) as u16;
    let layout = Layout { params, anything, window, registers: window + WINDOW };
    let mut code = Code { maker, index, layout, instrs: Vec::new(), jumps: Vec::new() };
    code.start();
    let body = code.instrs.len();
    for _ in 0..8 + code.maker.rng.below(40) {
        let op = OPS[code.maker.rng.below(Op::COUNT)].op;
        code.add(op);
    }
    let end = code.instrs.len();
    code.land(body, end);
    code.finish();
}

#[derive(Clone, Copy)]
struct Layout {
    params: u16,
    anything: u16,
    window: u16,
    registers: u16,
}

struct Code<'a, 'b> {
    maker: &'a mut Maker<'b>,
    index: usize,
    layout: Layout,
    instrs: Vec<Instr>,
    /// The instructions that jump.
    jumps: Vec<(usize, Arg)>,
}

impl Code<'_, '_> {
    fn push(&mut self, op: Op, x: u8, fields: [u16; 3]) {
        self.instrs.push(Instr::new(op, x, fields[0], fields[1], fields[2]));
    }

    fn start(&mut self) {
        for place in 0..TYPED {
            let [int, float, bool] = TYPES.map(|ty| self.typed(ty).start + place);
            let number = self.maker.rng.below(20) as u32;
            self.instrs.push(Instr::wide(Op::LoadInt, 0, int, number));
            self.instrs.push(Instr::wide(Op::LoadConst, 0, float, 1));
            self.push(Op::LoadBool, 0, [bool, place, 0]);
        }
    }

    /// Leaves the function: its own registers are released, but for what `mut` parameters copy out.
    fn finish(&mut self) {
        let Layout { params, registers, .. } = self.layout;
        let mask = self.maker.module.functions[self.index].mut_mask;
        for param in (0..params).filter(|param| mask >> param & 1 == 0) {
            self.push(Op::Drop, 0, [param, 0, 0]);
        }
        let value = self.anything();
        match self.maker.rng.once_in(2) {
            true => self.push(Op::Ret, 0, [value.max(params), params, registers - params]),
            false => self.push(Op::RetUnit, 0, [params, registers - params, 0]),
        }
        let throws = |(_, instr): &(usize, Instr)| instr.op().is_some_and(|op| op.info().throws);
        let places: Vec<usize> = self.instrs.iter().copied().enumerate().filter(throws).map(|(pc, _)| pc).collect();
        let lines = places.iter().map(|pc| self.maker.line(*pc)).collect();
        let arguments = places.iter().flat_map(|pc| self.argument_lines(*pc)).collect();
        let function = &mut self.maker.module.functions[self.index];
        function.registers = registers;
        function.lines = lines;
        function.arguments = arguments;
        function.code = std::mem::take(&mut self.instrs);
    }

    fn argument_lines(&mut self, pc: usize) -> Vec<ArgLine> {
        let instr = self.instrs[pc];
        let is_call = instr.op().is_some_and(|op| op.info().high == High::Nargs);
        let count = if is_call { instr.nargs() as u32 } else { 0 };
        (0..count).map(|argument| ArgLine { argument, line: self.maker.line(pc) }).collect()
    }

    /// The registers that always hold a value of the type.
    fn typed(&self, ty: Ty) -> Range<u16> {
        let place = TYPES.iter().position(|known| *known == ty).unwrap_or(0) as u16;
        let first = self.layout.params + TYPED * place;
        first..first + TYPED
    }

    fn among(&mut self, registers: Range<u16>) -> u16 {
        registers.start + self.maker.rng.below(registers.len()) as u16
    }

    /// A register that may hold anything, and lies in no window.
    fn anything(&mut self) -> u16 {
        let Layout { params, anything, window, .. } = self.layout;
        match params > 0 && self.maker.rng.once_in(4) {
            true => self.among(0..params),
            false => self.among(anything..window),
        }
    }

    /// A register to read.
    fn readable(&mut self) -> u16 {
        match self.maker.rng.once_in(3) {
            true => self.among(self.layout.params..self.layout.anything),
            false => self.anything(),
        }
    }

    /// A register that may receive a value of the type.
    fn writable(&mut self, ty: Ty) -> u16 {
        match self.maker.rng.below(8) {
            0 => self.among(self.layout.window..self.layout.registers),
            1..=4 if TYPES.contains(&ty) => self.among(self.typed(ty)),
            _ => self.anything(),
        }
    }

    /// Adds an instruction and what it needs before it; nothing where the module has nothing for it to name.
    fn add(&mut self, op: Op) {
        let info = op.info();
        let is_leaving = matches!(op, Op::Ret | Op::RetUnit);
        let is_failing = matches!(op, Op::NoMatch | Op::Raise);
        if is_leaving || info.quick_of.is_some() || is_failing && !self.maker.rng.once_in(8) {
            return;
        }
        let Some(choice) = choice::choose(self.maker, self.index, op) else { return };
        let room = usize::from(WINDOW) - choice.registers;
        let window = self.layout.window + self.maker.rng.below(room + 1) as u16;
        if !matches!(op, Op::IterInit | Op::IterNext) {
            self.fill(window, choice.registers as u16);
        }
        let mut fields = [0; 3];
        for (place, arg) in info.args.iter().enumerate() {
            match self.operand(op, *arg, window, &choice) {
                Some(value) if arg.is_wide() => {
                    fields[1] = value as u16;
                    fields[2] = (value >> 16) as u16;
                }
                Some(value) => fields[place] = value as u16,
                None => return,
            }
        }
        if op == Op::MoveScalar {
            fields[0] = fields[1]; // the one register that is known to fit
        }
        if op == Op::LoadConst {
            fields[0] = self.anything();
        }
        let jump = info.args.iter().find(|arg| matches!(arg, Arg::Off | Arg::Off32 | Arg::Switch));
        self.jumps.extend(jump.map(|arg| (self.instrs.len(), *arg)));
        let x = self.x(info, fields, choice.nargs);
        if info.high == High::Nargs && x & Instr::HIGH != 0 && matches!(info.args[0], Arg::Dst(_)) {
            fields[0] = 0;
        }
        self.push(op, x, fields);
    }

    /// Copies anything into consecutive registers.
    fn fill(&mut self, window: u16, registers: u16) {
        for place in 0..registers {
            let value = self.readable();
            self.push(Op::Move, 0, [window + place, value, 0]);
        }
    }

    fn x(&mut self, info: &OpInfo, fields: [u16; 3], nargs: u8) -> u8 {
        let has_high = info.high != High::Nothing && self.maker.rng.once_in(2);
        let mut x = if has_high { Instr::HIGH } else { 0 };
        if info.high == High::Nargs {
            return x | nargs;
        }
        let is_read = |place: &usize| matches!(info.args[*place], Arg::Src(_) | Arg::Mut(_));
        let typed = self.layout.params..self.layout.anything;
        for (place, bit) in [Instr::KILL_A, Instr::KILL_B, Instr::KILL_C].into_iter().enumerate() {
            let readers = (0..info.args.len()).filter(is_read).filter(|other| fields[*other] == fields[place]);
            let alone = info.args.get(place) == Some(&Arg::Src(Ty::Any)) && readers.count() == 1;
            if alone && !typed.contains(&fields[place]) && self.maker.rng.once_in(2) {
                x |= bit;
            }
        }
        x
    }

    /// The value of an operand; jumps are set when all code is there.
    fn operand(&mut self, op: Op, arg: Arg, window: u16, choice: &Choice) -> Option<u32> {
        let rng = &mut self.maker.rng;
        let module = &self.maker.module;
        let below = |rng: &mut super::Rng, count: usize| (count > 0).then(|| rng.below(count) as u32);
        Some(match arg {
            Arg::Dst(_) if op == Op::IterNext => self.anything().into(),
            Arg::Dst(ty) if op.info().writes_blindly() => self.among(self.typed(ty)).into(),
            Arg::Dst(ty) => self.writable(ty).into(),
            Arg::Src(Ty::Any) => self.readable().into(),
            Arg::Mut(Ty::Any) => self.anything().into(),
            Arg::Src(Ty::Scalar) => self.among(self.layout.params..self.layout.anything).into(),
            Arg::Src(ty) | Arg::Mut(ty) => self.among(self.typed(ty)).into(),
            Arg::Win | Arg::Win2 | Arg::Win3 => window.into(),
            Arg::Count if op == Op::NewMap => choice.registers as u32 / 2,
            Arg::Count => choice.registers as u32,
            Arg::Imm | Arg::Imm32 => 1 + rng.below(9) as u32,
            Arg::Off | Arg::Off32 => 0,
            Arg::Index if op == Op::GetCapture => below(rng, module.functions[self.index].captures.into())?,
            Arg::Index => rng.below(3) as u32,
            Arg::Const32 => below(rng, module.constants.len())?,
            Arg::Global => below(rng, module.globals.len())?,
            Arg::Guard => below(rng, module.guards.len())?,
            Arg::Name => below(rng, module.strings.len())?,
            Arg::Variant if op == Op::JmpUnlessVariant => rng.below(4) as u32,
            Arg::Func | Arg::Native | Arg::Site | Arg::Path | Arg::Type | Arg::Variant => choice.item as u32,
            Arg::Switch => {
                let cases = (0..rng.below(4)).map(|variant| (variant as u32, 0)).collect();
                self.maker.module.switches.push(Switch { default: 0, cases });
                self.maker.module.switches.len() as u32 - 1
            }
        })
    }

    /// Sets the jumps, to anything between `first` and `last`.
    fn land(&mut self, first: usize, last: usize) {
        for (pc, arg) in std::mem::take(&mut self.jumps) {
            let first = if self.maker.plan.flow == Flow::Forward { pc + 1 } else { first };
            let mut offset = || (first + self.maker.rng.below(last - first + 1)) as i32 - pc as i32 - 1;
            let Instr(bits) = self.instrs[pc];
            match arg {
                Arg::Off => self.instrs[pc] = Instr(bits | (offset() as u16 as u64) << 48),
                Arg::Off32 => self.instrs[pc] = Instr(bits | (offset() as u32 as u64) << 32),
                _ => {
                    let mut jumps: Vec<i32> = (0..4).map(|_| offset()).collect();
                    let switch = &mut self.maker.module.switches[usize::from(self.instrs[pc].b())];
                    switch.default = jumps.pop().unwrap_or_default();
                    switch.cases.iter_mut().zip(jumps).for_each(|((_, jump), new)| *jump = new);
                }
            }
        }
    }
}
