//! Checked arithmetic on i64, and what f64 does otherwise than Rust (LANGUAGE §5).

use kayton_abi::{errors, ops};

use crate::calls::At;
use crate::string::Str;

/// `a + b`.
#[inline(always)]
pub fn add(a: i64, b: i64, at: At) -> i64 {
    match a.checked_add(b) {
        Some(sum) => sum,
        None => at.integer_overflow(),
    }
}

/// `a - b`.
#[inline(always)]
pub fn sub(a: i64, b: i64, at: At) -> i64 {
    match a.checked_sub(b) {
        Some(difference) => difference,
        None => at.integer_overflow(),
    }
}

/// `a * b`.
#[inline(always)]
pub fn mul(a: i64, b: i64, at: At) -> i64 {
    match a.checked_mul(b) {
        Some(product) => product,
        None => at.integer_overflow(),
    }
}

/// `-a`.
#[inline(always)]
pub fn neg(a: i64, at: At) -> i64 {
    sub(0, a, at)
}

/// `a / b`, an f64.
#[inline(always)]
pub fn div(a: i64, b: i64, at: At) -> f64 {
    if b == 0 {
        at.division_by_zero()
    }
    a as f64 / b as f64
}

/// `a // b`, rounded down.
#[inline(always)]
pub fn floor_div(a: i64, b: i64, at: At) -> i64 {
    if b == 0 {
        at.division_by_zero()
    }
    let Some(quotient) = a.checked_div(b) else { at.integer_overflow() };
    quotient - i64::from((a ^ b) < 0 && quotient.wrapping_mul(b) != a)
}

/// `a % b`, with the sign of `b`.
#[inline(always)]
pub fn rem(a: i64, b: i64, at: At) -> i64 {
    if b == 0 {
        at.division_by_zero()
    }
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest ^ b) < 0 {
        rest + b
    } else {
        rest
    }
}

/// `a ** b`.
#[inline]
pub fn pow(a: i64, b: i64, at: At) -> i64 {
    at.ok(ops::power(a, b))
}

/// `a << b`: bits shifted out are lost.
#[inline(always)]
pub fn shl(a: i64, b: i64, at: At) -> i64 {
    a << shift(b, at)
}

/// `a >> b`, arithmetic.
#[inline(always)]
pub fn shr(a: i64, b: i64, at: At) -> i64 {
    a >> shift(b, at)
}

#[inline(always)]
fn shift(count: i64, at: At) -> u32 {
    if !(0..64).contains(&count) {
        at.fail(errors::shift_out_of_range())
    }
    count as u32
}

/// `abs(a)`.
#[inline(always)]
pub fn abs(a: i64, at: At) -> i64 {
    match a.checked_abs() {
        Some(a) => a,
        None => at.integer_overflow(),
    }
}

/// `i64(x)` of an f64: truncated, an error where it does not fit.
#[inline(always)]
pub fn truncate(x: f64, at: At) -> i64 {
    /// 2 to the 63rd, the least f64 that is too large.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if !(-BEYOND..BEYOND).contains(&x) {
        at.fail(errors::number_out_of_range(&format!("{x:?}")))
    }
    x as i64
}

/// The number of one bits.
#[inline(always)]
pub fn count_ones(a: i64) -> i64 {
    i64::from(a.count_ones())
}

/// The number of zero bits before the first one.
#[inline(always)]
pub fn leading_zeros(a: i64) -> i64 {
    i64::from(a.leading_zeros())
}

/// The greatest common divisor, never negative.
pub fn gcd(a: i64, b: i64, at: At) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    match i64::try_from(a) {
        Ok(a) => a,
        Err(_) => at.integer_overflow(),
    }
}

/// `a // b` of f64.
#[inline(always)]
pub fn float_floor_div(a: f64, b: f64) -> f64 {
    (a / b).floor()
}

/// `a % b` of f64, with the sign of `b`.
#[inline(always)]
pub fn float_rem(a: f64, b: f64) -> f64 {
    ops::float_remainder(a, b)
}

/// The bits of an f64.
#[inline(always)]
pub fn to_bits(x: f64) -> i64 {
    x.to_bits() as i64
}

/// The character of a code point.
pub fn chr(n: i64, at: At) -> Str {
    match u32::try_from(n).ok().and_then(char::from_u32) {
        Some(c) => Str::from_char(c),
        None => at.fail(errors::not_a_code_point(n)),
    }
}
