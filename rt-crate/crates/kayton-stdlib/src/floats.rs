//! The methods of f64 (LANGUAGE §9), and the functions of `std.math` that mean the same.

use kayton_abi::{Host, KayVal, Res};

use crate::args;
use crate::native::Native;

/// Declares methods of f64 from Rust's own functions, by the number of their arguments.
macro_rules! methods {
    (unary { $($name:ident = $unary:expr;)* } binary { $($pair:ident = $binary:expr;)* } other { $($other:expr,)* }) => {
        pub const NATIVES: &[Native] = &[
            $(Native::method(concat!("f64.", stringify!($name)), &[], $name),)*
            $(Native::method(concat!("f64.", stringify!($pair)), &["other"], $pair),)*
            $($other,)*
        ];
        $(
            pub fn $name(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
                let function: fn(f64) -> f64 = $unary;
                Ok(KayVal::float(function(args::float(host, args[0])?)))
            }
        )*
        $(
            pub fn $pair(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
                let function: fn(f64, f64) -> f64 = $binary;
                Ok(KayVal::float(function(args::float(host, args[0])?, args::float(host, args[1])?)))
            }
        )*
    };
}

methods! {
    unary {
        sqrt = f64::sqrt;
        abs = f64::abs;
        floor = f64::floor;
        ceil = f64::ceil;
        round = f64::round;
        trunc = f64::trunc;
        sin = f64::sin;
        cos = f64::cos;
        tan = f64::tan;
        asin = f64::asin;
        acos = f64::acos;
        atan = f64::atan;
        exp = f64::exp;
        ln = f64::ln;
        log2 = f64::log2;
        log10 = f64::log10;
    }
    binary {
        powf = f64::powf;
        atan2 = f64::atan2;
        min = |x, y| if y < x || x.is_nan() { y } else { x };
        max = |x, y| if y > x || x.is_nan() { y } else { x };
    }
    other {
        Native::method("f64.is_nan", &[], is_nan),
        Native::method("f64.is_finite", &[], is_finite),
        Native::method("f64.to_bits", &[], to_bits),
    }
}

fn is_nan(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(args::float(host, args[0])?.is_nan()))
}

fn is_finite(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(args::float(host, args[0])?.is_finite()))
}

/// All NaNs have the same bits: which of them a computation gives depends on the machine.
fn to_bits(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let value = args::float(host, args[0])?;
    let value = if value.is_nan() { f64::NAN } else { value };
    Ok(KayVal::int(value.to_bits() as i64))
}
