//! Fast paths of arithmetic.

use kayton_abi::Tag;
use kayton_bytecode::Instr;

use crate::regs::Regs;

/// Whether the operands `b` and `c` are both i64.
#[inline(always)]
pub(crate) fn both_ints(r: Regs, i: Instr) -> bool {
    r.tag(i.b()).0 | r.tag(i.c()).0 == Tag::INT.0
}

/// Whether the operands `b` and `c` are both f64.
#[inline(always)]
pub(crate) fn both_floats(r: Regs, i: Instr) -> bool {
    r.tag(i.b()) == Tag::FLOAT && r.tag(i.c()) == Tag::FLOAT
}

/// `r[a] = op(r[b], r[c])` while both are i64 and the result exists.
#[inline(always)]
pub(crate) fn int(r: Regs, i: Instr, op: impl FnOnce(i64, i64) -> Option<i64>) -> bool {
    both_ints(r, i) && set(r, i, op(r.int(i.b()), r.int(i.c())))
}

/// Writes a result, if there is one.
#[inline(always)]
fn set(r: Regs, i: Instr, result: Option<i64>) -> bool {
    if let Some(value) = result {
        r.set_int(i.a(), value);
    }
    result.is_some()
}

/// Writes a result, if there is one, where nothing counted can be.
#[inline(always)]
fn put(r: Regs, i: Instr, result: Option<i64>) -> bool {
    if let Some(value) = result {
        r.put_int(i.a(), value);
    }
    result.is_some()
}

/// `r[a] = op(r[b], r[c])` of proven i64, while the result exists.
#[inline(always)]
pub(crate) fn int_proven(r: Regs, i: Instr, op: impl FnOnce(i64, i64) -> Option<i64>) -> bool {
    put(r, i, op(r.int(i.b()), r.int(i.c())))
}

/// `r[a] = op(r[b], c)` while `r[b]` is an i64 and the result exists.
#[inline(always)]
pub(crate) fn int_imm(r: Regs, i: Instr, op: impl FnOnce(i64, i64) -> Option<i64>) -> bool {
    r.tag(i.b()) == Tag::INT && set(r, i, op(r.int(i.b()), i64::from(i.c_i16())))
}

/// `r[a] = op(r[b], c)` of a proven i64, while the result exists.
#[inline(always)]
pub(crate) fn int_imm_proven(r: Regs, i: Instr, op: impl FnOnce(i64, i64) -> Option<i64>) -> bool {
    put(r, i, op(r.int(i.b()), i64::from(i.c_i16())))
}

/// `r[a] = op(r[b])` while `r[b]` is an i64 and the result exists.
#[inline(always)]
pub(crate) fn int_unary(r: Regs, i: Instr, op: impl FnOnce(i64) -> Option<i64>) -> bool {
    int_imm(r, i, |n, _| op(n))
}

/// `r[a] = op(r[b], r[c])` while both are f64.
#[inline(always)]
pub(crate) fn float(r: Regs, i: Instr, op: impl FnOnce(f64, f64) -> f64) -> bool {
    let fits = both_floats(r, i);
    if fits {
        r.set_float(i.a(), op(r.float(i.b()), r.float(i.c())));
    }
    fits
}

/// `r[a] = op(r[b], r[c])` of proven f64.
#[inline(always)]
pub(crate) fn float_proven(r: Regs, i: Instr, op: impl FnOnce(f64, f64) -> f64) {
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

/// `r[a] = -r[b]` of a number, while the result exists.
#[inline(always)]
pub(crate) fn negate(r: Regs, i: Instr) -> bool {
    if r.tag(i.b()) == Tag::FLOAT {
        r.set_float(i.a(), -r.float(i.b()));
        return true;
    }
    int_unary(r, i, i64::checked_neg)
}

/// `r[a] = not r[b]` of a bool.
#[inline(always)]
pub(crate) fn not(r: Regs, i: Instr) -> bool {
    let truth = r.get(i.b()).to_bool();
    if let Some(truth) = truth {
        r.set_bool(i.a(), !truth);
    }
    truth.is_some()
}
