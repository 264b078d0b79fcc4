use super::{at, failure};
use crate::*;

#[test]
fn i64_arithmetic_is_checked() {
    assert_eq!(add(2, 3, at()), 5);
    assert_eq!(failure(|| add(i64::MAX, 1, at())), "integer overflow");
    assert_eq!(failure(|| sub(i64::MIN, 1, at())), "integer overflow");
    assert_eq!(failure(|| mul(i64::MAX, 2, at())), "integer overflow");
    assert_eq!(failure(|| neg(i64::MIN, at())), "integer overflow");
    assert_eq!(failure(|| abs(i64::MIN, at())), "integer overflow");
    assert_eq!(abs(-4, at()), 4);
}

#[test]
fn division_floors_as_the_vm_does() {
    let numbers = [i64::MIN, -7, -3, -1, 0, 1, 2, 3, 7, 1 << 40, i64::MAX];
    for a in numbers {
        for b in numbers {
            if b == 0 {
                assert_eq!(failure(|| floor_div(a, b, at())), "division by zero");
                assert_eq!(failure(|| rem(a, b, at())), "division by zero");
                assert_eq!(failure(|| div(a, b, at())), "division by zero");
                continue;
            }
            assert_eq!(kayton_abi::ops::remainder(a, b).ok(), Some(rem(a, b, at())), "{a} % {b}");
            match kayton_abi::ops::floor_div(a, b) {
                Ok(quotient) => assert_eq!(quotient, floor_div(a, b, at()), "{a} // {b}"),
                Err(error) => assert_eq!(failure(|| floor_div(a, b, at())), error.message),
            }
        }
    }
    assert_eq!(div(7, 2, at()), 3.5);
}

#[test]
fn powers_and_shifts() {
    assert_eq!(pow(3, 4, at()), 81);
    assert_eq!(failure(|| pow(3, -1, at())), "negative exponent");
    assert_eq!(failure(|| pow(3, 64, at())), "integer overflow");
    assert_eq!(shl(1, 63, at()), i64::MIN);
    assert_eq!(shr(-8, 1, at()), -4);
    assert_eq!(failure(|| shl(1, 64, at())), "shift out of range");
    assert_eq!(failure(|| shr(1, -1, at())), "shift out of range");
}

#[test]
fn floats_keep_the_divisors_sign() {
    assert_eq!(float_rem(-7.0, 3.0), 2.0);
    assert_eq!(float_floor_div(-7.0, 2.0), -4.0);
    assert_eq!(truncate(-2.9, at()), -2);
    assert_eq!(failure(|| truncate(1e300, at())), "number out of range for i64: 1e300");
    assert_eq!(failure(|| truncate(f64::NAN, at())), "number out of range for i64: NaN");
    assert_eq!(truncate(-9_223_372_036_854_775_808.0, at()), i64::MIN);
}

#[test]
fn least_and_greatest_prefer_the_first_and_numbers() {
    assert_eq!(least(f64::NAN, 1.0, at()), 1.0);
    assert_eq!(greatest(1.0, f64::NAN, at()), 1.0);
    assert!(least(-0.0, 0.0, at()).is_sign_negative());
    assert_eq!(least((1, text!("a").clone()), (1, text!("b").clone()), at()).1.as_str(), "a");
}

#[test]
fn other_functions_of_numbers() {
    assert_eq!(gcd(-12, 18, at()), 6);
    assert_eq!(gcd(0, 0, at()), 0);
    assert_eq!(failure(|| gcd(i64::MIN, 0, at())), "integer overflow");
    assert_eq!((count_ones(-1), leading_zeros(1), to_bits(1.0)), (64, 63, 0x3ff0_0000_0000_0000));
    assert_eq!(chr(0x1f600, at()).as_str(), "\u{1f600}");
    assert_eq!(failure(|| chr(0xd800, at())), "not a code point: 55296");
}
