//! The methods of i64 (LANGUAGE §9).

use kayton_abi::{errors, objects, ops, Host, KayVal, Res};

use crate::args;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("i64.abs", &[], abs),
    Native::method("i64.pow", &["n"], pow),
    Native::method("i64.min", &["other"], min),
    Native::method("i64.max", &["other"], max),
    Native::method("i64.signum", &[], signum),
    Native::method("i64.wrapping_add", &["other"], wrapping_add),
    Native::method("i64.wrapping_sub", &["other"], wrapping_sub),
    Native::method("i64.wrapping_mul", &["other"], wrapping_mul),
    Native::method("i64.checked_add", &["other"], checked_add),
    Native::method("i64.checked_sub", &["other"], checked_sub),
    Native::method("i64.checked_mul", &["other"], checked_mul),
    Native::method("i64.count_ones", &[], count_ones),
    Native::method("i64.leading_zeros", &[], leading_zeros),
];

fn one(host: &dyn Host, args: &[KayVal], f: impl Fn(i64) -> i64) -> Res<KayVal> {
    Ok(KayVal::int(f(args::int(host, args[0])?)))
}

fn two<T>(host: &dyn Host, args: &[KayVal], f: impl Fn(i64, i64) -> T) -> Res<T> {
    Ok(f(args::int(host, args[0])?, args::int(host, args[1])?))
}

fn checked(host: &dyn Host, args: &[KayVal], f: impl Fn(i64, i64) -> Option<i64>) -> Res<KayVal> {
    Ok(objects::option(two(host, args, f)?.map(KayVal::int)))
}

fn abs(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let n = args::int(host, args[0])?;
    n.checked_abs().map(KayVal::int).ok_or_else(errors::integer_overflow)
}

fn pow(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, ops::power)?.map(KayVal::int)
}

fn min(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, i64::min).map(KayVal::int)
}

fn max(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, i64::max).map(KayVal::int)
}

fn signum(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    one(host, args, i64::signum)
}

fn wrapping_add(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, i64::wrapping_add).map(KayVal::int)
}

fn wrapping_sub(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, i64::wrapping_sub).map(KayVal::int)
}

fn wrapping_mul(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    two(host, args, i64::wrapping_mul).map(KayVal::int)
}

fn checked_add(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    checked(host, args, i64::checked_add)
}

fn checked_sub(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    checked(host, args, i64::checked_sub)
}

fn checked_mul(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    checked(host, args, i64::checked_mul)
}

fn count_ones(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    one(host, args, |n| i64::from(n.count_ones()))
}

fn leading_zeros(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    one(host, args, |n| i64::from(n.leading_zeros()))
}
