//! `std.math` (LANGUAGE §9).

use kayton_abi::{errors, Host, KayVal, Res};

use crate::args;
use crate::floats;
use crate::globals;
use crate::native::Native;

/// The module's constants.
pub const CONSTANTS: &[(&str, f64)] = &[("std.math.PI", std::f64::consts::PI), ("std.math.E", std::f64::consts::E)];

pub const NATIVES: &[Native] = &[
    Native::function("std.math.sqrt", &["x"], floats::sqrt),
    Native::function("std.math.abs", &["x"], globals::abs),
    Native::function("std.math.min", &[], globals::min).variadic(2).calling_back(),
    Native::function("std.math.max", &[], globals::max).variadic(2).calling_back(),
    Native::function("std.math.pow", &["x", "y"], floats::powf),
    Native::function("std.math.powf", &["x", "y"], floats::powf),
    Native::function("std.math.floor", &["x"], floats::floor),
    Native::function("std.math.ceil", &["x"], floats::ceil),
    Native::function("std.math.round", &["x"], floats::round),
    Native::function("std.math.trunc", &["x"], floats::trunc),
    Native::function("std.math.sin", &["x"], floats::sin),
    Native::function("std.math.cos", &["x"], floats::cos),
    Native::function("std.math.tan", &["x"], floats::tan),
    Native::function("std.math.asin", &["x"], floats::asin),
    Native::function("std.math.acos", &["x"], floats::acos),
    Native::function("std.math.atan", &["x"], floats::atan),
    Native::function("std.math.atan2", &["y", "x"], floats::atan2),
    Native::function("std.math.exp", &["x"], floats::exp),
    Native::function("std.math.ln", &["x"], floats::ln),
    Native::function("std.math.log2", &["x"], floats::log2),
    Native::function("std.math.log10", &["x"], floats::log10),
    Native::function("std.math.hypot", &["x", "y"], hypot),
    Native::function("std.math.gcd", &["a", "b"], gcd),
];

fn hypot(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::float(args::float(host, args[0])?.hypot(args::float(host, args[1])?)))
}

/// The greatest common divisor, never negative; `gcd(0, 0)` is 0.
fn gcd(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (mut a, mut b) = (args::int(host, args[0])?.unsigned_abs(), args::int(host, args[1])?.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).map(KayVal::int).map_err(|_| errors::integer_overflow())
}
