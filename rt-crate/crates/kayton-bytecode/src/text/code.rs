//! Functions of the text form.

use std::collections::HashMap;

use crate::instr::Instr;
use crate::isa::OPS;
use crate::module::{ArgLine, Function, Line, Param};
use crate::op::{Arg, High, OpInfo, Ty};

use super::assemble::{last, Item};
use super::lexer::{Cursor, Res, Token};
use super::print_code::{high_word, is_dropped};
use super::tables::{narrow, Tables};
use super::TextErrorKind;

/// The instructions that labels stand before.
type Labels = HashMap<String, usize>;

impl Tables {
    /// Reads a function.
    pub(super) fn read_function(&mut self, item: &Item) -> Res<Function> {
        let mut function = self.read_header(&mut item.head.clone())?;
        let (labels, lines) = read_labels(&item.body)?;
        for (pc, mut line) in lines.into_iter().enumerate() {
            let instr = self.read_instr(&mut line, pc, &labels)?;
            function.code.push(instr);
            while line.accept('@') {
                read_mark(&mut line, pc, &mut function)?;
            }
            line.end()?;
        }
        Ok(function)
    }

    fn read_header(&mut self, head: &mut Cursor) -> Res<Function> {
        let mut function = Function { name: self.dotted(head)?, line: 1, column: 1, ..Function::default() };
        head.expect('(', "(")?;
        while !head.accept(')') {
            if !function.params.is_empty() {
                head.expect(',', "a comma")?;
            }
            self.read_param(head, &mut function)?;
        }
        while !head.is_empty() {
            match head.word("regs, captures, closure or at")?.as_str() {
                "regs" => function.registers = head.number()?,
                "captures" => function.captures = head.number()?,
                "closure" => function.closure = true,
                "at" => {
                    function.source = head.number()?;
                    (function.line, function.column) = read_position(head)?;
                }
                _ => return head.expected("regs, captures, closure or at"),
            }
        }
        Ok(function)
    }

    fn read_param(&mut self, head: &mut Cursor, function: &mut Function) -> Res<()> {
        let place = function.params.len();
        let is_name = |token| matches!(token, Some(&Token::Word(_) | &Token::Text(_) | &Token::Sign('#')));
        if is_name(head.peek_second()) && head.accept_word("mut") {
            let bit = 1u32.checked_shl(place as u32);
            function.mut_mask |= bit.map_or_else(|| head.fail(TextErrorKind::TooMany("mut parameters")), Ok)?;
        }
        let name = self.name(head)?;
        function.params.push(Param { name, optional: head.accept('?') });
        Ok(())
    }

    fn read_instr(&mut self, line: &mut Cursor, pc: usize, labels: &Labels) -> Res<Instr> {
        let name = line.word("an instruction")?;
        let known = OPS.iter().find(|info| info.name == name && info.quick_of.is_none());
        let Some(info) = known else { return line.unknown("instruction", &name) };
        let mut operands = Operands { x: read_high(line, info)?, fields: [0; 3] };
        let first = info.args.iter().take_while(|arg| is_dropped(info, operands.x, **arg)).count();
        for (place, arg) in info.args.iter().enumerate().skip(first) {
            if place > first {
                line.expect(',', "a comma")?;
            }
            if arg.is_wide() {
                operands.set_wide(self.read_wide(line, *arg, pc, labels)?);
            } else {
                operands.fields[place] = self.read_narrow(line, *arg, pc, labels)?;
                operands.read_marks(line, info, *arg, place)?;
            }
        }
        let [a, b, c] = operands.fields;
        Ok(Instr::new(info.op, operands.x, a, b, c))
    }

    fn read_wide(&mut self, line: &mut Cursor, arg: Arg, pc: usize, labels: &Labels) -> Res<u32> {
        match arg {
            Arg::Const32 => self.constant(line),
            Arg::Off32 => read_jump(line, pc, labels).map(|offset| offset as u32),
            _ => line.number::<i32>().map(|number| number as u32),
        }
    }

    fn read_narrow(&mut self, line: &mut Cursor, arg: Arg, pc: usize, labels: &Labels) -> Res<u16> {
        let index = match arg {
            Arg::Imm => return line.number::<i16>().map(|number| number as u16),
            Arg::Index | Arg::Count => return line.number(),
            Arg::Off => {
                let offset = read_jump(line, pc, labels)?;
                let fits = i16::try_from(offset).map(|offset| offset as u16);
                return fits.or_else(|_| line.fail(TextErrorKind::Number(offset.to_string())));
            }
            Arg::Func => self.function(line)?,
            Arg::Native => self.native(line)?,
            Arg::Global => self.global(line)?,
            Arg::Site => self.site(line)?,
            Arg::Path => self.path(line)?,
            Arg::Type => self.ty(line)?,
            Arg::Variant => self.variant(line)?,
            Arg::Guard => self.guard(line)?,
            Arg::Name => self.name(line)?,
            Arg::Switch => self.switch(line, |line| read_jump(line, pc, labels))?,
            _ => return read_register(line),
        };
        narrow(line, index)
    }
}

/// The fields of an instruction while they are read.
struct Operands {
    x: u8,
    fields: [u16; 3],
}

impl Operands {
    fn set_wide(&mut self, value: u32) {
        self.fields[1] = value as u16;
        self.fields[2] = (value >> 16) as u16;
    }

    /// Reads what follows a register: `!` after one that is consumed, `(2)` after a call's window.
    fn read_marks(&mut self, line: &mut Cursor, info: &OpInfo, arg: Arg, place: usize) -> Res<()> {
        if arg == Arg::Win && info.high == High::Nargs {
            line.expect('(', "the number of arguments")?;
            let count: u8 = line.number()?;
            if usize::from(count) > Instr::MAX_ARGS {
                return line.fail(TextErrorKind::TooMany("arguments"));
            }
            self.x |= count;
            line.expect(')', ")")?;
        }
        if arg == Arg::Src(Ty::Any) && line.accept('!') {
            self.x |= [Instr::KILL_A, Instr::KILL_B, Instr::KILL_C][place];
        }
        Ok(())
    }
}

fn read_high(line: &mut Cursor, info: &OpInfo) -> Res<u8> {
    let given = line.accept('.');
    let Some((word, bit)) = high_word(info.high) else {
        return if given { line.expected("a register") } else { Ok(0) };
    };
    if given && !line.accept_word(word) {
        return line.expected("not, sub, inclusive, least, frozen, param or drop, as the instruction has it");
    }
    Ok(if given == bit { Instr::HIGH } else { 0 })
}

fn read_register(line: &mut Cursor) -> Res<u16> {
    let word = line.word("a register")?;
    let number = word.strip_prefix('r').and_then(|digits| digits.parse().ok());
    number.map_or_else(|| line.unknown("register", &word), Ok)
}

/// A jump from `pc` to a label, or over a number of instructions.
fn read_jump(line: &mut Cursor, pc: usize, labels: &Labels) -> Res<i32> {
    if let Some(Token::Number(_)) = line.peek() {
        return line.number();
    }
    let label = line.word("a label")?;
    match labels.get(&label) {
        Some(target) => Ok((*target as i64 - pc as i64 - 1) as i32),
        None => line.unknown("label", &label),
    }
}

/// Takes the labels out of a function's lines.
fn read_labels(body: &[Cursor]) -> Res<(Labels, Vec<Cursor>)> {
    let mut labels = Labels::new();
    let mut lines = Vec::new();
    for line in body {
        if line.peek_second() != Some(&Token::Sign(':')) {
            lines.push(line.clone());
            continue;
        }
        let mut line = line.clone();
        let label = line.word("a label")?;
        last(&mut line, |line| line.expect(':', ":"))?;
        if labels.insert(label.clone(), lines.len()).is_some() {
            return line.fail(TextErrorKind::Twice(label));
        }
    }
    Ok((labels, lines))
}

fn read_position(cursor: &mut Cursor) -> Res<(u32, u32)> {
    let line = cursor.number()?;
    cursor.expect(':', ":")?;
    Ok((line, cursor.number()?))
}

/// Reads the place of an instruction, or of an argument: `3:5 3:15` or `(0) 3:9 3:14`.
fn read_mark(cursor: &mut Cursor, pc: usize, function: &mut Function) -> Res<()> {
    if !cursor.accept('(') {
        function.lines.push(read_line(cursor, pc)?);
        return Ok(());
    }
    let argument = cursor.number()?;
    cursor.expect(')', ")")?;
    function.arguments.push(ArgLine { argument, line: read_line(cursor, pc)? });
    Ok(())
}

fn read_line(cursor: &mut Cursor, pc: usize) -> Res<Line> {
    let (line, column) = read_position(cursor)?;
    let (end_line, end_column) = read_position(cursor)?;
    Ok(Line { pc: pc as u32, line, column, end_line, end_column })
}
