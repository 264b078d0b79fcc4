//! Comparisons where the fast paths do not apply.

use std::cmp::Ordering;

use kayton_abi::{access, equal, ops, order, Host, KayVal, Res, Tag};
use kayton_bytecode::Op;

use crate::machine::Machine;
use crate::pc::{opcode, Pc};

/// What a comparison asks for.
fn test(m: &mut Machine, op: Op, left: KayVal, right: KayVal) -> Res<bool> {
    let order: fn(Ordering) -> bool = match op {
        Op::Eq | Op::JmpEq | Op::JmpEqImm => return equal::equal(m, left, right),
        Op::Ne => return equal::equal(m, left, right).map(|same| !same),
        Op::Lt | Op::JmpLt | Op::JmpLtImm => Ordering::is_lt,
        Op::Le | Op::JmpLe | Op::JmpLeImm => Ordering::is_le,
        Op::Gt | Op::JmpGt | Op::JmpGtImm => Ordering::is_gt,
        _ => Ordering::is_ge,
    };
    Ok(order::compare(m, left, right)?.is_some_and(order))
}

/// `r[a] = r[b] op r[c]` of any values.
#[inline(never)]
pub(crate) fn to_bool(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    m.here = pc;
    let result = test(m, opcode(i), pc.regs.get(i.b()), pc.regs.get(i.c()));
    answer(m, pc, result)
}

/// Consumes `b` and `c` and stores a truth, or stops.
fn answer(m: &mut Machine, pc: Pc, result: Res<bool>) -> Pc {
    let i = pc.current();
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    if i.kills_c() {
        pc.regs.drop_one(i.c());
    }
    m.store(pc, result.map(KayVal::bool))
}

/// `r[a] = r[b] in r[c]`.
#[inline(never)]
pub(crate) fn contains(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    m.here = pc;
    let result = access::contains(m, pc.regs.get(i.b()), pc.regs.get(i.c()));
    answer(m, pc, result)
}

/// `r[a] = r[b] is r[c]`.
#[inline(never)]
pub(crate) fn is(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let result = ops::is_same(m.types(), pc.regs.get(i.b()), pc.regs.get(i.c()));
    answer(m, pc, result)
}

/// A condition that is no bool.
#[cold]
pub(crate) fn not_a_bool(m: &mut Machine, pc: Pc) -> Pc {
    let condition = pc.regs.get(pc.current().a());
    match ops::truth(m.types(), condition) {
        Ok(_) => pc,
        Err(error) => m.fail(pc, error),
    }
}

/// The generic form of a compare-and-jump, and its quick forms for two ints and two floats.
fn forms(op: Op) -> (Op, Op, Op) {
    match op {
        Op::JmpLt | Op::JmpLtInt | Op::JmpLtFloat => (Op::JmpLt, Op::JmpLtInt, Op::JmpLtFloat),
        Op::JmpLe | Op::JmpLeInt | Op::JmpLeFloat => (Op::JmpLe, Op::JmpLeInt, Op::JmpLeFloat),
        Op::JmpGt | Op::JmpGtInt | Op::JmpGtFloat => (Op::JmpGt, Op::JmpGtInt, Op::JmpGtFloat),
        Op::JmpGe | Op::JmpGeInt | Op::JmpGeFloat => (Op::JmpGe, Op::JmpGeInt, Op::JmpGeFloat),
        _ => (Op::JmpEq, Op::JmpEqInt, Op::JmpEqFloat),
    }
}

/// A compare-and-jump, or a quick form that does not fit: writes the form that fits the operands over it and executes
/// that, or compares and jumps when none does.
#[inline(never)]
pub(crate) fn quicken(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (generic, int, float) = forms(opcode(i));
    let (left, right) = (pc.regs.get(i.a()), pc.regs.get(i.b()));
    let form = match (left.tag, right.tag) {
        (Tag::INT, Tag::INT) => int,
        (Tag::FLOAT, Tag::FLOAT) => float,
        _ => generic,
    };
    pc.ip.previous().patch(form);
    if form != generic {
        return pc.again();
    }
    let result = compare(m, pc, generic, left, right);
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    result
}

/// Compares, consumes `a`, and jumps or goes on.
fn compare(m: &mut Machine, pc: Pc, op: Op, left: KayVal, right: KayVal) -> Pc {
    let i = pc.current();
    m.here = pc;
    let result = test(m, op, left, right);
    if i.kills_a() {
        pc.regs.drop_one(i.a());
    }
    match result {
        Ok(truth) if truth == i.high() => pc.jumped(i32::from(i.c_i16())),
        Ok(_) => pc,
        Err(error) => m.fail(pc, error),
    }
}

/// As [`quicken`], with the number `b` in the instruction as the right operand.
#[inline(never)]
pub(crate) fn quicken_imm(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (generic, int) = match opcode(i) {
        Op::JmpLtImm | Op::JmpLtImmInt => (Op::JmpLtImm, Op::JmpLtImmInt),
        Op::JmpLeImm | Op::JmpLeImmInt => (Op::JmpLeImm, Op::JmpLeImmInt),
        Op::JmpGtImm | Op::JmpGtImmInt => (Op::JmpGtImm, Op::JmpGtImmInt),
        Op::JmpGeImm | Op::JmpGeImmInt => (Op::JmpGeImm, Op::JmpGeImmInt),
        _ => (Op::JmpEqImm, Op::JmpEqImmInt),
    };
    let left = pc.regs.get(i.a());
    if left.tag == Tag::INT {
        pc.ip.previous().patch(int);
        return pc.again();
    }
    pc.ip.previous().patch(generic);
    compare(m, pc, generic, left, KayVal::int(i64::from(i.b_i16())))
}
