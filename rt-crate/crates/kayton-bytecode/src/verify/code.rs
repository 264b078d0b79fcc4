//! Every instruction by itself: operands inside the frame and the tables, jumps inside the function, calls
//! with the right number of arguments, no register both consumed and used.

use crate::instr::Instr;
use crate::isa::Op;
use crate::module::{Function, Module, Site, TypeKind};
use crate::op::{Arg, High, OpInfo, Ty};

use super::tables::{ensure, in_table, mask_fits, Facts};
use super::{item, Check, Fault, Place, Res, VerifyError};

/// A function under check.
pub(super) struct Code<'a> {
    pub module: &'a Module,
    pub facts: &'a Facts,
    pub function: &'a Function,
    pub index: usize,
}

/// Consecutive registers that an operand names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub first: u16,
    pub count: u32,
}

impl Window {
    fn has(self, register: u16) -> bool {
        register >= self.first && u32::from(register - self.first) < self.count
    }
}

impl OpInfo {
    /// The bits of the word that such an instruction gives a meaning.
    fn used_bits(&self, instr: Instr) -> u64 {
        const FIELD: u64 = 0xffff;
        let mut bits: u64 = match self.high {
            High::Nothing => 0,
            High::Nargs => 0xff,
            High::Sense | High::Sub | High::Inclusive | High::AtLeast | High::Frozen | High::Param => {
                Instr::HIGH.into()
            }
        };
        bits = bits << 8 | 0xff;
        for (place, arg) in self.args.iter().enumerate().filter(|(_, arg)| !is_dropped(self, instr, **arg)) {
            bits |= if arg.is_wide() { u64::from(u32::MAX) << 32 } else { FIELD << (16 + 16 * place) };
            if *arg == Arg::Src(Ty::Any) {
                bits |= u64::from(KILL[place]) << 8;
            }
        }
        bits
    }
}

/// The consumption bit of each field.
const KILL: [u8; 3] = [Instr::KILL_A, Instr::KILL_B, Instr::KILL_C];

/// The operands of an instruction with their narrow values; a wide one is read from the instruction itself. The `dst`
/// of a call that drops its result is none.
pub(super) fn operands(info: &OpInfo, instr: Instr) -> impl Iterator<Item = (Arg, u16)> + '_ {
    let all = info.args.iter().copied().zip([instr.a(), instr.b(), instr.c()]);
    all.filter(move |(arg, _)| !is_dropped(info, instr, *arg))
}

fn is_dropped(info: &OpInfo, instr: Instr, arg: Arg) -> bool {
    info.high == High::Nargs && instr.drops() && matches!(arg, Arg::Dst(_))
}

/// The `src` registers that the instruction consumes by its bits.
pub(super) fn killed(info: &OpInfo, instr: Instr) -> impl Iterator<Item = u16> + '_ {
    let bits = if info.high == High::Nargs { 0 } else { instr.x() };
    operands(info, instr).zip(KILL).filter(move |(_, kill)| bits & kill != 0).map(|((_, register), _)| register)
}

impl Code<'_> {
    /// Checks every instruction by itself.
    pub(super) fn check(&self) -> Res<()> {
        for (pc, instr) in self.function.code.iter().enumerate() {
            self.check_instr(pc, *instr).map_err(|fault| self.at(pc, fault))?;
        }
        let ends = self.function.code.last().and_then(|last| last.op()).is_some_and(|op| op.info().ends);
        ensure(ends, Fault::RunsOff).map_err(|fault| item("function", self.index, fault))
    }

    /// The fault at an instruction of this function.
    pub(super) fn at(&self, pc: usize, fault: Fault) -> VerifyError {
        VerifyError { place: Place::Instr { function: self.index, pc }, fault }
    }

    fn check_instr(&self, pc: usize, instr: Instr) -> Check<()> {
        let op = instr.file_op().ok_or(Fault::Opcode(instr.op_byte()))?;
        let info = op.info();
        ensure(instr.0 & !info.used_bits(instr) == 0, Fault::UnusedBits)?;
        for (arg, value) in operands(info, instr) {
            self.check_operand(pc, instr, arg, value)?;
        }
        self.check_meaning(op, instr)?;
        let window = self.window(info, instr);
        if let Some(Window { first, count }) = window {
            let end = u32::from(first) + count;
            ensure(end <= self.function.registers.into(), Fault::Window { first, count })?;
        }
        check_overlap(op, instr, window)
    }

    fn check_operand(&self, pc: usize, instr: Instr, arg: Arg, value: u16) -> Check<()> {
        let index = u32::from(value);
        let module = self.module;
        match arg {
            Arg::Dst(_) | Arg::Src(_) | Arg::Mut(_) => ensure(value < self.function.registers, Fault::Register(value)),
            Arg::Win | Arg::Win2 | Arg::Win3 | Arg::Imm | Arg::Imm32 | Arg::Index | Arg::Count => Ok(()),
            Arg::Off => self.check_jump(pc, (value as i16).into()),
            Arg::Off32 => self.check_jump(pc, instr.bc_i32()),
            Arg::Const32 => in_table("constant", module.constants.len(), instr.bc_u32()),
            Arg::Func => in_table("function", module.functions.len(), index),
            Arg::Native => in_table("native", module.natives.len(), index),
            Arg::Global => in_table("global", module.globals.len(), index),
            Arg::Site => in_table("site", module.sites.len(), index),
            Arg::Path => in_table("path", module.paths.len(), index),
            Arg::Type => in_table("type", module.types.len(), index),
            Arg::Variant => in_table("variant", self.facts.variant_fields.len(), index),
            Arg::Guard => in_table("guard", module.guards.len(), index),
            Arg::Name => in_table("string", module.strings.len(), index),
            Arg::Switch => {
                in_table("switch", module.switches.len(), index)?;
                let (low, high) = self.facts.switch_spans[index as usize];
                self.check_jump(pc, low)?;
                self.check_jump(pc, high)
            }
        }
    }

    fn check_jump(&self, pc: usize, offset: i32) -> Check<()> {
        let target = pc as i64 + 1 + i64::from(offset);
        ensure((0..self.function.code.len() as i64).contains(&target), Fault::Jump(target))
    }

    /// What single instructions demand beyond their operands' kinds.
    fn check_meaning(&self, op: Op, instr: Instr) -> Check<()> {
        let function = |index: u16| &self.module.functions[index as usize];
        let site = |index: u16| &self.module.sites[index as usize];
        match op {
            Op::Call => {
                let (expected, found) = (function(instr.c()).params.len(), instr.nargs());
                ensure(function(instr.c()).captures == 0, Fault::Captures)?;
                ensure(expected == found, Fault::Arity { expected, found })
            }
            Op::LoadFunc => ensure(function(instr.b()).captures == 0, Fault::Captures),
            Op::GetCapture => ensure(instr.b() < self.function.captures, Fault::Capture(instr.b())),
            Op::GetField | Op::SetField => check_site(site(instr.c()), 0, Needs::Name),
            Op::CallMethod | Op::CallMut => check_site(site(instr.c()), instr.nargs(), Needs::Name),
            Op::CallVal => check_site(site(instr.c()), instr.nargs(), Needs::Nothing),
            Op::FloorDivImm | Op::RemImm => ensure(instr.c_i16() > 0, Fault::Divisor(instr.c_i16())),
            Op::LoadVariant => self.check_variant(instr.b(), |fields| fields == 0),
            Op::NewVariant => self.check_variant(instr.c(), |fields| fields > 0),
            Op::NewStruct => {
                let kind = self.module.types[instr.c() as usize].kind;
                let fits = matches!(kind, TypeKind::Struct | TypeKind::Class);
                ensure(fits, Fault::NotConstructible(instr.c().into()))
            }
            _ => Ok(()),
        }
    }

    fn check_variant(&self, id: u16, fits: impl Fn(usize) -> bool) -> Check<()> {
        ensure(fits(self.facts.variant_fields[id as usize]), Fault::VariantFields(id.into()))
    }

    /// The window of the instruction, if it has one. The instruction's other operands are known to be good.
    pub(super) fn window(&self, info: &OpInfo, instr: Instr) -> Option<Window> {
        let place = info.args.iter().position(|arg| matches!(arg, Arg::Win | Arg::Win2 | Arg::Win3))?;
        let fields = [instr.a(), instr.b(), instr.c()];
        let after = info.args.get(place + 1).copied();
        let number = fields.get(place + 1).map_or(0, |value| usize::from(*value));
        let nargs = instr.nargs() as u32;
        let count = match (info.args[place], after) {
            (Arg::Win2, _) => 2,
            (Arg::Win3, _) => 3,
            (_, Some(Arg::Count)) if info.op == Op::NewMap => 2 * number as u32,
            (_, Some(Arg::Count)) => number as u32,
            (_, Some(Arg::Func)) if info.op == Op::NewClosure => self.module.functions[number].captures.into(),
            (_, Some(Arg::Site)) => nargs + 1,
            (_, Some(Arg::Path)) => self.facts.path_indices[number] + 1,
            (_, Some(Arg::Type)) => self.module.types[number].fields.len() as u32,
            (_, Some(Arg::Variant)) => self.facts.variant_fields[number] as u32,
            _ => nargs,
        };
        Some(Window { first: fields[place], count })
    }
}

/// What an instruction needs of its site.
#[derive(PartialEq)]
enum Needs {
    Name,
    Nothing,
}

fn check_site(site: &Site, nargs: usize, needs: Needs) -> Check<()> {
    ensure(site.name.is_some() || needs == Needs::Nothing, Fault::Site)?;
    ensure(site.keywords.len() <= nargs, Fault::Site)?;
    ensure(mask_fits(site.mut_mask, nargs + 1), Fault::MutMask)
}

/// What one operand takes, no other may read or change: the handler could not say in which order that happens.
fn check_overlap(op: Op, instr: Instr, window: Option<Window>) -> Check<()> {
    let info = op.info();
    let uses = |arg: Arg| match op {
        Op::Ret | Op::IterInit => false, // r[a] leaves before the release; r[b] is read before the write
        Op::IterNext => matches!(arg, Arg::Dst(_)),
        _ => matches!(arg, Arg::Src(_) | Arg::Mut(_)),
    };
    for (arg, register) in operands(info, instr) {
        let taken = window.is_some_and(|window| window.has(register));
        ensure(!(uses(arg) && taken), Fault::Overlap(register))?;
    }
    for register in killed(info, instr) {
        let is_it = |(arg, other): &(Arg, u16)| matches!(arg, Arg::Src(_) | Arg::Mut(_)) && *other == register;
        ensure(operands(info, instr).filter(is_it).count() == 1, Fault::Overlap(register))?;
    }
    Ok(())
}
