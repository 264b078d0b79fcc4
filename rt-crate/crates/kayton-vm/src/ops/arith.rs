//! Fast paths of arithmetic.

use kayton_abi::{KayVal, Tag};

use crate::pc::At;
use crate::regs::Regs;

/// Whether the operands `b` and `c` are both i64.
#[inline(always)]
fn both_ints(r: Regs, i: At) -> bool {
    r.tag(i.b()).0 | r.tag(i.c()).0 == Tag::INT.0
}

/// Whether the operands `b` and `c` are both f64.
#[inline(always)]
fn both_floats(r: Regs, i: At) -> bool {
    r.tag(i.b()) == Tag::FLOAT && r.tag(i.c()) == Tag::FLOAT
}

/// `op(r[b], r[c])` while both are i64 and the result exists.
#[inline(always)]
pub(crate) fn int(r: Regs, i: At, op: impl FnOnce(i64, i64) -> Option<i64>) -> Option<KayVal> {
    if both_ints(r, i) {
        int_proven(r, i, op)
    } else {
        None
    }
}

/// `op(r[b], r[c])` of proven i64, while the result exists.
#[inline(always)]
pub(crate) fn int_proven(r: Regs, i: At, op: impl FnOnce(i64, i64) -> Option<i64>) -> Option<KayVal> {
    op(r.int(i.b()), r.int(i.c())).map(KayVal::int)
}

/// `op(r[b], c)` while `r[b]` is an i64 and the result exists.
#[inline(always)]
pub(crate) fn int_imm(r: Regs, i: At, op: impl FnOnce(i64, i64) -> Option<i64>) -> Option<KayVal> {
    if r.tag(i.b()) == Tag::INT {
        int_imm_proven(r, i, op)
    } else {
        None
    }
}

/// `op(r[b], c)` of a proven i64, while the result exists.
#[inline(always)]
pub(crate) fn int_imm_proven(r: Regs, i: At, op: impl FnOnce(i64, i64) -> Option<i64>) -> Option<KayVal> {
    op(r.int(i.b()), i64::from(i.c_i16())).map(KayVal::int)
}

/// `op(r[b])` while `r[b]` is an i64 and the result exists.
#[inline(always)]
pub(crate) fn int_unary(r: Regs, i: At, op: impl FnOnce(i64) -> Option<i64>) -> Option<KayVal> {
    int_imm(r, i, |n, _| op(n))
}

/// `op(r[b], r[c])` while both are f64.
#[inline(always)]
pub(crate) fn float(r: Regs, i: At, op: impl FnOnce(f64, f64) -> f64) -> Option<KayVal> {
    both_floats(r, i).then(|| KayVal::float(op(r.float(i.b()), r.float(i.c()))))
}

/// `op(r[b], r[c])` of an i64 and an f64, converted to f64: two i64 stay what they are.
#[inline(always)]
pub(crate) fn mixed(r: Regs, i: At, op: impl FnOnce(f64, f64) -> f64) -> Option<KayVal> {
    if both_ints(r, i) {
        return None;
    }
    numbers(r, i, op)
}

/// `op(r[b], r[c])` of numbers, converted to f64.
#[inline(always)]
fn numbers(r: Regs, i: At, op: impl FnOnce(f64, f64) -> f64) -> Option<KayVal> {
    let (left, right) = (number(r, i.b())?, number(r, i.c())?);
    Some(KayVal::float(op(left, right)))
}

/// `r[b] / r[c]` of numbers, unless two i64 have none.
#[inline(always)]
pub(crate) fn divide(r: Regs, i: At) -> Option<KayVal> {
    if r.tag(i.c()) == Tag::INT && r.int(i.c()) == 0 && r.tag(i.b()) == Tag::INT {
        return None;
    }
    numbers(r, i, |a, b| a / b)
}

/// The number in register `at` as an f64.
#[inline(always)]
fn number(r: Regs, at: u16) -> Option<f64> {
    match r.tag(at) {
        Tag::INT => Some(r.int(at) as f64),
        Tag::FLOAT => Some(r.float(at)),
        _ => None,
    }
}

/// `op(r[b], c)` of an f64 and a number in the instruction.
#[inline(always)]
pub(crate) fn float_imm(r: Regs, i: At, op: impl FnOnce(f64, f64) -> f64) -> Option<KayVal> {
    (r.tag(i.b()) == Tag::FLOAT).then(|| KayVal::float(op(r.float(i.b()), f64::from(i.c_i16()))))
}

/// `r[b] + c` of an f64, where the source said a subtraction perhaps.
#[inline(always)]
pub(crate) fn add_float_imm(r: Regs, i: At) -> Option<KayVal> {
    if i.high() {
        float_imm(r, i, |x, n| x - -n)
    } else {
        float_imm(r, i, |x, n| x + n)
    }
}

/// `a // b` for `b > 0`: by a shift where that gives it.
#[inline(always)]
pub(crate) fn floor_div_imm(a: i64, b: i64) -> Option<i64> {
    if b & (b - 1) == 0 {
        return Some(a >> b.trailing_zeros());
    }
    floor_div(a, b)
}

/// `a % b` for `b > 0`: by a mask where that gives it.
#[inline(always)]
pub(crate) fn rem_imm(a: i64, b: i64) -> Option<i64> {
    if b & (b - 1) == 0 {
        return Some(a & (b - 1));
    }
    rem(a, b)
}

/// `r[a] = op(r[b], r[c])` of proven f64.
#[inline(always)]
pub(crate) fn float_proven(r: Regs, i: At, op: impl FnOnce(f64, f64) -> f64) {
    r.put_float(i.a(), op(r.float(i.b()), r.float(i.c())));
}

/// `a // b`, unless `b` is 0 or the result overflows.
#[inline(always)]
pub(crate) fn floor_div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let inexact = quotient.wrapping_mul(b) != a;
    Some(quotient - i64::from(inexact && (a ^ b) < 0))
}

/// `a % b` with the sign of `b`, unless `b` is 0.
#[inline(always)]
pub(crate) fn rem(a: i64, b: i64) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let rest = a.wrapping_rem(b);
    Some(if rest != 0 && (rest ^ b) < 0 { rest + b } else { rest })
}

/// `a << b`, unless the count is out of range.
#[inline(always)]
pub(crate) fn shl(a: i64, b: i64) -> Option<i64> {
    (0..64).contains(&b).then(|| a << b)
}

/// `a >> b`, unless the count is out of range.
#[inline(always)]
pub(crate) fn shr(a: i64, b: i64) -> Option<i64> {
    (0..64).contains(&b).then(|| a >> b)
}

/// `-r[b]` of a number, while the result exists.
#[inline(always)]
pub(crate) fn negate(r: Regs, i: At) -> Option<KayVal> {
    if r.tag(i.b()) == Tag::FLOAT {
        return Some(KayVal::float(-r.float(i.b())));
    }
    int_unary(r, i, i64::checked_neg)
}

/// `not r[b]` of a bool.
#[inline(always)]
pub(crate) fn not(r: Regs, i: At) -> Option<KayVal> {
    r.get(i.b()).to_bool().map(|truth| KayVal::bool(!truth))
}
