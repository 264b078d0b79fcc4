//! Functions to text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::instr::Instr;
use crate::module::{ArgLine, Function, Line, Param};
use crate::op::{Arg, High, OpInfo, Ty};

use super::names::{numbered, Names};
use super::print::switch_item;

/// What stands after the opcode when the high bit of `x` says so: the word, and the bit that it stands for.
pub(super) fn high_word(high: High) -> Option<(&'static str, bool)> {
    match high {
        High::Nothing => None,
        High::Nargs => Some(("drop", true)),
        High::Sense => Some(("not", false)),
        High::Sub => Some(("sub", true)),
        High::Inclusive => Some(("inclusive", true)),
        High::AtLeast => Some(("least", true)),
        High::Frozen => Some(("frozen", true)),
        High::Param => Some(("param", true)),
    }
}

/// Whether the operand is the `dst` of a call that drops its result, which is not written down.
pub(super) fn is_dropped(info: &OpInfo, x: u8, arg: Arg) -> bool {
    info.high == High::Nargs && x & Instr::HIGH != 0 && matches!(arg, Arg::Dst(_))
}

/// Writes a function.
pub(super) fn function(out: &mut String, names: &Names, index: usize) {
    let function = &names.module.functions[index];
    header(out, names, function);
    let printer = Printer { names, function, labels: labels(names, function) };
    let mut shown = 0;
    let mut lines = function.lines.iter().peekable();
    let mut arguments = function.arguments.iter().peekable();
    for (pc, instr) in function.code.iter().enumerate() {
        let line = lines.next_if(|line| line.pc as usize == pc);
        if let Some(label) = printer.labels.get(&pc) {
            let _ = writeln!(out, "  {label}:  ; {pc}");
        }
        if let Some(line) = line.filter(|line| line.line != shown) {
            shown = line.line;
            printer.source_line(out, shown);
        }
        let here = |found: &&ArgLine| found.line.pc as usize == pc;
        let arguments = std::iter::from_fn(|| arguments.next_if(here));
        let marks: String = line.map(mark).into_iter().chain(arguments.map(argument_mark)).collect();
        printer.instr(out, pc, *instr, &marks);
    }
}

fn mark(Line { line, column, end_line, end_column, .. }: &Line) -> String {
    format!(" @{line}:{column} {end_line}:{end_column}")
}

fn argument_mark(found: &ArgLine) -> String {
    mark(&found.line).replacen('@', &format!("@({}) ", found.argument), 1)
}

fn header(out: &mut String, names: &Names, function: &Function) {
    let param = |(place, param): (usize, &Param)| {
        let is_mut = place < 32 && function.mut_mask >> place & 1 == 1;
        let prefix = if is_mut { "mut " } else { "" };
        let suffix = if param.optional { "?" } else { "" };
        format!("{prefix}{}{suffix}", names.name(param.name))
    };
    let params: Vec<String> = function.params.iter().enumerate().map(param).collect();
    let _ = write!(out, "\nfn {}({})", names.dotted(function.name), params.join(", "));
    let _ = write!(out, " regs {}", function.registers);
    if function.captures != 0 {
        let _ = write!(out, " captures {}", function.captures);
    }
    if function.closure {
        out.push_str(" closure");
    }
    let _ = writeln!(out, " at {} {}:{}", function.source, function.line, function.column);
}

/// The names of the instructions that are jumped to.
fn labels(names: &Names, function: &Function) -> BTreeMap<usize, String> {
    let mut targets = BTreeMap::new();
    for (pc, instr) in function.code.iter().enumerate() {
        let Some(op) = instr.op() else { continue };
        for (place, arg) in op.info().args.iter().enumerate() {
            let mut add = |offset: i32| {
                let target = usize::try_from(pc as i64 + 1 + i64::from(offset));
                if let Some(target) = target.ok().filter(|target| *target < function.code.len()) {
                    targets.insert(target, String::new());
                }
            };
            match arg {
                Arg::Off => add(fields(*instr)[place] as i16 as i32),
                Arg::Off32 => add(instr.bc_i32()),
                Arg::Switch => {
                    if let Some(switch) = names.module.switches.get(usize::from(fields(*instr)[place])) {
                        add(switch.default);
                        switch.cases.iter().for_each(|(_, offset)| add(*offset));
                    }
                }
                _ => {}
            }
        }
    }
    for (number, label) in targets.values_mut().enumerate() {
        *label = format!("L{number}");
    }
    targets
}

fn fields(instr: Instr) -> [u16; 3] {
    [instr.a(), instr.b(), instr.c()]
}

struct Printer<'a> {
    names: &'a Names<'a>,
    function: &'a Function,
    labels: BTreeMap<usize, String>,
}

impl Printer<'_> {
    fn source_line(&self, out: &mut String, number: u32) {
        if let Some(text) = self.names.source_line(self.function.source, number) {
            let _ = writeln!(out, "    ; {number} | {}", text.trim());
        }
    }

    fn instr(&self, out: &mut String, pc: usize, instr: Instr, marks: &str) {
        let text = match instr.op() {
            Some(op) => self.operation(pc, instr, op.info()),
            None => format!("; no instruction has the number {}", instr.op_byte()),
        };
        let line = if marks.is_empty() { text } else { format!("{text:<40}{marks}") };
        let _ = writeln!(out, "    {line}");
    }

    fn operation(&self, pc: usize, instr: Instr, info: &OpInfo) -> String {
        let mut text = info.name.to_owned();
        if let Some((word, _)) = high_word(info.high).filter(|(_, bit)| *bit == instr.high()) {
            text += &format!(".{word}");
        }
        let is_shown = |(_, arg): &(usize, &Arg)| !is_dropped(info, instr.x(), **arg);
        for (number, (place, arg)) in info.args.iter().enumerate().filter(is_shown).enumerate() {
            text += if number == 0 { " " } else { ", " };
            text += &self.operand(pc, instr, info, *arg, place);
        }
        text
    }

    fn operand(&self, pc: usize, instr: Instr, info: &OpInfo, arg: Arg, place: usize) -> String {
        let value = fields(instr)[place];
        let index = u32::from(value);
        let names = self.names;
        let killed = [instr.kills_a(), instr.kills_b(), instr.kills_c()][place];
        match arg {
            Arg::Src(Ty::Any) if killed => format!("r{value}!"),
            Arg::Win if info.high == High::Nargs => format!("r{value}({})", instr.nargs()),
            Arg::Dst(_) | Arg::Src(_) | Arg::Mut(_) | Arg::Win | Arg::Win2 | Arg::Win3 => format!("r{value}"),
            Arg::Imm => (value as i16).to_string(),
            Arg::Imm32 => instr.bc_i32().to_string(),
            Arg::Index | Arg::Count => value.to_string(),
            Arg::Off => self.jump(pc, (value as i16).into()),
            Arg::Off32 => self.jump(pc, instr.bc_i32()),
            Arg::Const32 => names.constant(instr.bc_u32()),
            Arg::Func => names.function(index),
            Arg::Native => names.native(index),
            Arg::Global => names.global(index),
            Arg::Site => names.site(index),
            Arg::Path => names.path(index),
            Arg::Type => names.ty(index),
            Arg::Variant => names.variant(index),
            Arg::Guard => names.guard(index),
            Arg::Name => names.text(index),
            Arg::Switch => self.switch(pc, index),
        }
    }

    /// A jump by its label; by its distance when it leaves the function.
    fn jump(&self, pc: usize, offset: i32) -> String {
        let target = usize::try_from(pc as i64 + 1 + i64::from(offset)).ok();
        let label = target.and_then(|target| self.labels.get(&target));
        label.cloned().unwrap_or_else(|| format!("{offset:+}"))
    }

    fn switch(&self, pc: usize, index: u32) -> String {
        match self.names.first_switch(index) {
            Some(switch) => switch_item(self.names, switch, |offset| self.jump(pc, offset)),
            None => numbered(index),
        }
    }
}
