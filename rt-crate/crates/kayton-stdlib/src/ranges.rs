//! The methods that only ranges have (LANGUAGE §9); they have most list functions too.

use kayton_abi::{access, errors, Host, KayVal, Range, Res};

use crate::args;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("Range.len", &[], len),
    Native::method("Range.contains", &["x"], contains),
    Native::method("Range.rev", &[], rev),
    Native::method("Range.step_by", &["k"], step_by),
];

fn len(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let len = args::object::<Range>(host, &args[0])?.len();
    i64::try_from(len).map(KayVal::int).map_err(|_| errors::integer_overflow())
}

fn contains(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    access::contains(host, args[1], args[0]).map(KayVal::bool)
}

fn rev(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(args::object::<Range>(host, &args[0])?.rev())
}

fn step_by(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    args::object::<Range>(host, &args[0])?.step_by(args::int(host, args[1])?)
}
