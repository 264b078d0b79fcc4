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

/// The forms of a compare-and-jump: the generic one, and for two ints and two floats the quick ones that jump when
/// the test holds, and when it does not.
struct Forms {
    generic: Op,
    ints: [Op; 2],
    floats: [Op; 2],
}

/// Declares the forms of each comparison.
macro_rules! forms {
    ($op:expr; $($generic:ident: $int:ident $not_int:ident $float:ident $not_float:ident;)*) => {
        match $op {
            $(Op::$generic | Op::$int | Op::$not_int | Op::$float | Op::$not_float => Forms {
                generic: Op::$generic,
                ints: [Op::$not_int, Op::$int],
                floats: [Op::$not_float, Op::$float],
            },)*
            other => Forms { generic: other, ints: [other; 2], floats: [other; 2] },
        }
    };
}

fn forms(op: Op) -> Forms {
    forms!(op;
        JmpLt: JmpLtInt JmpNotLtInt JmpLtFloat JmpNotLtFloat;
        JmpLe: JmpLeInt JmpNotLeInt JmpLeFloat JmpNotLeFloat;
        JmpGt: JmpGtInt JmpNotGtInt JmpGtFloat JmpNotGtFloat;
        JmpGe: JmpGeInt JmpNotGeInt JmpGeFloat JmpNotGeFloat;
        JmpEq: JmpEqInt JmpNotEqInt JmpEqFloat JmpNotEqFloat;
    )
}

/// A comparison of proven numbers: writes the form over it that jumps when the test holds, or when it does not.
#[cold]
pub(crate) fn settle(_: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let [no, yes] = match opcode(i) {
        Op::JmpLtI64 => [Op::JmpLtI64No, Op::JmpLtI64Yes],
        Op::JmpLeI64 => [Op::JmpLeI64No, Op::JmpLeI64Yes],
        Op::JmpEqI64 => [Op::JmpEqI64No, Op::JmpEqI64Yes],
        Op::JmpLtF64 => [Op::JmpLtF64No, Op::JmpLtF64Yes],
        Op::JmpLeF64 => [Op::JmpLeF64No, Op::JmpLeF64Yes],
        Op::JmpEqF64 => [Op::JmpEqF64No, Op::JmpEqF64Yes],
        Op::JmpLtImmI64 => [Op::JmpLtImmI64No, Op::JmpLtImmI64Yes],
        Op::JmpLeImmI64 => [Op::JmpLeImmI64No, Op::JmpLeImmI64Yes],
        _ => [Op::JmpEqImmI64No, Op::JmpEqImmI64Yes],
    };
    pc.ip.previous().patch(if i.high() { yes } else { no });
    pc.again()
}

/// A compare-and-jump, or a quick form that does not fit: writes the form that fits the operands over it and executes
/// that, or compares and jumps when none does.
#[inline(never)]
pub(crate) fn quicken(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let Forms { generic, ints, floats } = forms(opcode(i));
    let (left, right) = (pc.regs.get(i.a()), pc.regs.get(i.b()));
    let form = match (left.tag, right.tag) {
        (Tag::INT, Tag::INT) => ints[usize::from(i.high())],
        (Tag::FLOAT, Tag::FLOAT) => floats[usize::from(i.high())],
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
    let (generic, ints) = match opcode(i) {
        Op::JmpLtImm | Op::JmpLtImmInt | Op::JmpNotLtImmInt => (Op::JmpLtImm, [Op::JmpNotLtImmInt, Op::JmpLtImmInt]),
        Op::JmpLeImm | Op::JmpLeImmInt | Op::JmpNotLeImmInt => (Op::JmpLeImm, [Op::JmpNotLeImmInt, Op::JmpLeImmInt]),
        Op::JmpGtImm | Op::JmpGtImmInt | Op::JmpNotGtImmInt => (Op::JmpGtImm, [Op::JmpNotGtImmInt, Op::JmpGtImmInt]),
        Op::JmpGeImm | Op::JmpGeImmInt | Op::JmpNotGeImmInt => (Op::JmpGeImm, [Op::JmpNotGeImmInt, Op::JmpGeImmInt]),
        _ => (Op::JmpEqImm, [Op::JmpNotEqImmInt, Op::JmpEqImmInt]),
    };
    let left = pc.regs.get(i.a());
    if left.tag == Tag::INT {
        pc.ip.previous().patch(ints[usize::from(i.high())]);
        return pc.again();
    }
    pc.ip.previous().patch(generic);
    compare(m, pc, generic, left, KayVal::int(i64::from(i.b_i16())))
}
