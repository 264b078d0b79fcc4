//! Arithmetic where the fast paths do not apply.

use kayton_abi::ops::{self, Binary};
use kayton_abi::{errors, Hook, Host, KayVal, Res, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::pc::{opcode, At, Pc};
use crate::slow::calls;

/// The generic form of an operator, and its quick forms for two ints, two floats and other numbers.
struct Forms {
    generic: Op,
    ints: Option<Op>,
    floats: Option<Op>,
    numbers: Option<Op>,
}

fn forms(op: Op) -> Forms {
    let (generic, ints, floats, numbers) = match op {
        Op::Add | Op::AddInt | Op::AddFloat | Op::AddNumbers => {
            (Op::Add, Some(Op::AddInt), Some(Op::AddFloat), Some(Op::AddNumbers))
        }
        Op::Sub | Op::SubInt | Op::SubFloat | Op::SubNumbers => {
            (Op::Sub, Some(Op::SubInt), Some(Op::SubFloat), Some(Op::SubNumbers))
        }
        Op::Mul | Op::MulInt | Op::MulFloat | Op::MulNumbers => {
            (Op::Mul, Some(Op::MulInt), Some(Op::MulFloat), Some(Op::MulNumbers))
        }
        Op::Div | Op::DivFloat | Op::DivNumbers => {
            (Op::Div, Some(Op::DivNumbers), Some(Op::DivFloat), Some(Op::DivNumbers))
        }
        Op::FloorDiv | Op::FloorDivInt => (Op::FloorDiv, Some(Op::FloorDivInt), None, None),
        Op::Rem | Op::RemInt => (Op::Rem, Some(Op::RemInt), None, None),
        other => (other, None, None, None),
    };
    Forms { generic, ints, floats, numbers }
}

fn operator(op: Op) -> Binary {
    match op {
        Op::Add | Op::AddImm => Binary::Add,
        Op::Sub => Binary::Sub,
        Op::Mul | Op::MulImm => Binary::Mul,
        Op::Div => Binary::Div,
        Op::FloorDiv | Op::FloorDivImm | Op::FloorDivI64 => Binary::FloorDiv,
        Op::Rem | Op::RemImm | Op::RemI64 => Binary::Rem,
        Op::Pow => Binary::Pow,
        Op::BitAnd => Binary::BitAnd,
        Op::BitOr => Binary::BitOr,
        Op::BitXor => Binary::BitXor,
        Op::Shl => Binary::Shl,
        _ => Binary::Shr,
    }
}

/// An operator that has quick forms, or one of them that does not fit: writes the form that fits the operands over
/// it and executes that, or does the operation when none does.
#[inline(never)]
pub(crate) fn quicken(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let op = opcode(i);
    let Forms { generic, ints, floats, numbers } = forms(op);
    let fitting = match (pc.regs.tag(i.b()), pc.regs.tag(i.c())) {
        (Tag::INT, Tag::INT) => ints,
        (Tag::FLOAT, Tag::FLOAT) => floats,
        (Tag::INT | Tag::FLOAT, Tag::INT | Tag::FLOAT) => numbers,
        _ => None,
    };
    match fitting {
        // The quick form that fits has failed: overflow or a division by zero.
        Some(quick) if quick == op => binary(m, pc),
        Some(quick) => {
            pc.ip.previous().patch(quick);
            pc.again()
        }
        None => {
            pc.ip.previous().patch(generic);
            binary(m, pc)
        }
    }
}

/// `r[a] = r[b] op r[c]` of any values.
#[inline(never)]
pub(crate) fn binary(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let op = operator(forms(opcode(i)).generic);
    let (left, right) = (pc.regs.get(i.b()), pc.regs.get(i.c()));
    if left.tag <= Tag::FLOAT && right.tag <= Tag::FLOAT {
        let result = ops::binary(m.types(), op, left, right);
        return m.store(pc, result);
    }
    let hook = if joins(op, left, right) { None } else { op.hook() };
    if let Some(hook) = hook.and_then(|hook| user_operator(m, left, hook)) {
        let args = [pc.regs.own(i.b(), i.kills_b()), pc.regs.own(i.c(), i.kills_c())];
        return calls::enter_with(m, pc, hook, &args);
    }
    // The old value of the destination dies anyway, so that `s += x` may grow in place.
    let result =
        if i.kills_b() || i.a() == i.b() { grow(m, pc, op, right) } else { ops::binary(m.types(), op, left, right) };
    if i.kills_c() {
        pc.regs.drop_one(i.c());
    }
    m.store(pc, result)
}

/// Whether `+` joins two strings or lists, which no implementation of `Add` changes.
fn joins(op: Binary, left: KayVal, right: KayVal) -> bool {
    op == Binary::Add && left.tag == right.tag && matches!(left.tag, Tag::STR | Tag::LIST)
}

fn grow(m: &Machine, pc: Pc, op: Binary, right: KayVal) -> Res<KayVal> {
    let mut target = pc.regs.take(pc.current().b());
    // `s += s`: the right operand lives in the target.
    match ops::assign(m.types(), op, &mut target, right) {
        Ok(()) => Ok(target),
        Err(error) => {
            target.release();
            Err(error)
        }
    }
}

/// The function by which the type of `value` implements an operator.
fn user_operator(m: &Machine, value: KayVal, hook: Hook) -> Option<usize> {
    m.hook(value, hook).map(|function| function.aux as usize)
}

/// As [`quicken`], with a number in the instruction as the right operand.
#[inline(never)]
pub(crate) fn quicken_imm(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    if opcode(i) == Op::AddImm && pc.regs.tag(i.b()) == Tag::INT {
        pc.ip.previous().patch(Op::AddImmInt);
        return pc.again();
    }
    if opcode(i) == Op::AddImmInt && pc.regs.tag(i.b()) != Tag::INT {
        pc.ip.previous().patch(Op::AddImm);
    }
    immediate(m, pc)
}

/// `r[a] = r[b] op c` of any value and the number in the instruction.
#[inline(never)]
pub(crate) fn immediate(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (op, right) = immediate_operands(i);
    let left = pc.regs.get(i.b());
    if left.tag == Tag::FLOAT {
        let result = ops::binary(m.types(), op, left, right);
        return m.store(pc, result);
    }
    if let Some(hook) = op.hook().and_then(|hook| user_operator(m, left, hook)) {
        let args = [pc.regs.own(i.b(), i.kills_b()), right];
        return calls::enter_with(m, pc, hook, &args);
    }
    let result = ops::binary(m.types(), op, left, right);
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    m.store(pc, result)
}

/// What the source said: `x + 1` and `x - 1` are one instruction.
fn immediate_operands(i: At) -> (Binary, KayVal) {
    let number = i64::from(i.c_i16());
    match opcode(i) {
        Op::AddImm | Op::AddImmInt if i.high() => (Binary::Sub, KayVal::int(-number)),
        Op::AddImmInt => (Binary::Add, KayVal::int(number)),
        op => (operator(op), KayVal::int(number)),
    }
}

/// `-x`, `~x` or `not x` of any value.
#[inline(never)]
pub(crate) fn unary(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let value = pc.regs.get(i.b());
    let result = match opcode(i) {
        Op::BitNot => ops::invert(m.types(), value),
        Op::Not => ops::truth(m.types(), value).map(|truth| KayVal::bool(!truth)),
        _ => {
            if let Some(hook) = user_operator(m, value, Hook::Neg) {
                let args = [pc.regs.own(i.b(), i.kills_b())];
                return calls::enter_with(m, pc, hook, &args);
            }
            ops::negate(m.types(), value)
        }
    };
    m.store(pc, result)
}

/// An operation on proven i64 that has no result.
#[cold]
pub(crate) fn overflow(m: &mut Machine, pc: Pc) -> Pc {
    m.fail(pc, errors::integer_overflow())
}

/// A division of proven i64 that has no result.
#[cold]
pub(crate) fn division(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (left, right) = (pc.regs.get(i.b()), pc.regs.get(i.c()));
    let result = ops::binary(m.types(), operator(opcode(i)), left, right);
    m.store(pc, result)
}
