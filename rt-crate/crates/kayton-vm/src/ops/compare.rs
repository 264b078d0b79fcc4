//! Fast paths of comparisons.

use kayton_abi::{KayVal, Tag};

use crate::pc::At;
use crate::regs::Regs;

/// A test of `r[a]` and `r[b]`, while both are i64.
#[inline(always)]
pub(crate) fn ints(r: Regs, i: At, test: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    (r.tag(i.a()).0 | r.tag(i.b()).0 == Tag::INT.0).then(|| ints_proven(r, i, test))
}

/// A test of `r[a]` and `r[b]`, both proven i64.
#[inline(always)]
pub(crate) fn ints_proven(r: Regs, i: At, test: impl FnOnce(i64, i64) -> bool) -> bool {
    test(r.int(i.a()), r.int(i.b()))
}

/// A test of `r[a]` and `r[b]`, while both are f64.
#[inline(always)]
pub(crate) fn floats(r: Regs, i: At, test: impl FnOnce(f64, f64) -> bool) -> Option<bool> {
    (r.tag(i.a()) == Tag::FLOAT && r.tag(i.b()) == Tag::FLOAT).then(|| floats_proven(r, i, test))
}

/// A test of `r[a]` and `r[b]`, both proven f64.
#[inline(always)]
pub(crate) fn floats_proven(r: Regs, i: At, test: impl FnOnce(f64, f64) -> bool) -> bool {
    test(r.float(i.a()), r.float(i.b()))
}

/// A test of `r[a]` and the number `b`, while `r[a]` is an i64.
#[inline(always)]
pub(crate) fn int_imm(r: Regs, i: At, test: impl FnOnce(i64, i64) -> bool) -> Option<bool> {
    (r.tag(i.a()) == Tag::INT).then(|| int_imm_proven(r, i, test))
}

/// A test of `r[a]`, a proven i64, and the number `b`.
#[inline(always)]
pub(crate) fn int_imm_proven(r: Regs, i: At, test: impl FnOnce(i64, i64) -> bool) -> bool {
    test(r.int(i.a()), i64::from(i.b_i16()))
}

/// `test(r[b], r[c])` while both are i64 or both are f64.
#[inline(always)]
pub(crate) fn to_bool(
    r: Regs,
    i: At,
    ints: impl FnOnce(i64, i64) -> bool,
    floats: impl FnOnce(f64, f64) -> bool,
) -> Option<KayVal> {
    let (b, c) = (i.b(), i.c());
    if r.tag(b).0 | r.tag(c).0 == Tag::INT.0 {
        Some(KayVal::bool(ints(r.int(b), r.int(c))))
    } else if r.tag(b) == Tag::FLOAT && r.tag(c) == Tag::FLOAT {
        Some(KayVal::bool(floats(r.float(b), r.float(c))))
    } else {
        None
    }
}
