//! Fast paths of comparisons.

use kayton_abi::Tag;
use kayton_bytecode::Instr;

use crate::regs::Regs;

/// Whether a test of `r[a]` and `r[b]` makes the instruction jump, while both are i64.
#[inline(always)]
pub(crate) fn ints(r: Regs, i: Instr, test: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    (r.tag(i.a()).0 | r.tag(i.b()).0 == Tag::INT.0).then(|| ints_proven(r, i, test))
}

/// Whether a test of `r[a]` and `r[b]` makes the instruction jump, both proven i64.
#[inline(always)]
pub(crate) fn ints_proven(r: Regs, i: Instr, test: impl FnOnce(i64, i64) -> bool) -> bool {
    test(r.int(i.a()), r.int(i.b())) == i.high()
}

/// Whether a test of `r[a]` and `r[b]` makes the instruction jump, while both are f64.
#[inline(always)]
pub(crate) fn floats(r: Regs, i: Instr, test: impl FnOnce(f64, f64) -> bool) -> Option<bool> {
    (r.tag(i.a()) == Tag::FLOAT && r.tag(i.b()) == Tag::FLOAT).then(|| floats_proven(r, i, test))
}

/// Whether a test of `r[a]` and `r[b]` makes the instruction jump, both proven f64.
#[inline(always)]
pub(crate) fn floats_proven(r: Regs, i: Instr, test: impl FnOnce(f64, f64) -> bool) -> bool {
    test(r.float(i.a()), r.float(i.b())) == i.high()
}

/// Whether a test of `r[a]` and the number `b` makes the instruction jump, while `r[a]` is an i64.
#[inline(always)]
pub(crate) fn int_imm(r: Regs, i: Instr, test: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    (r.tag(i.a()) == Tag::INT).then(|| int_imm_proven(r, i, test))
}

/// Whether a test of `r[a]` and the number `b` makes the instruction jump, `r[a]` a proven i64.
#[inline(always)]
pub(crate) fn int_imm_proven(r: Regs, i: Instr, test: impl FnOnce(i64, i64) -> bool) -> bool {
    test(r.int(i.a()), i64::from(i.b_i16())) == i.high()
}

/// `r[a] = test(r[b], r[c])` while both are i64 or both are f64.
#[inline(always)]
pub(crate) fn to_bool(
    r: Regs,
    i: Instr,
    ints: impl FnOnce(i64, i64) -> bool,
    floats: impl FnOnce(f64, f64) -> bool,
) -> bool {
    let (b, c) = (i.b(), i.c());
    let truth = if r.tag(b).0 | r.tag(c).0 == Tag::INT.0 {
        ints(r.int(b), r.int(c))
    } else if r.tag(b) == Tag::FLOAT && r.tag(c) == Tag::FLOAT {
        floats(r.float(b), r.float(c))
    } else {
        return false;
    };
    r.set_bool(i.a(), truth);
    true
}
