//! `std.env` (LANGUAGE §9).

use kayton_abi::{errors, objects, string, Host, KayVal, Res};

use crate::args;
use crate::collect::list_of;
use crate::native::{Effect, Native};

pub const NATIVES: &[Native] = &[
    Native::function("std.env.args", &[], arguments).with_effect(Effect::Io),
    Native::function("std.env.var", &["name"], var).with_effect(Effect::Io),
    Native::function("std.env.exit", &["n"], exit).with_effect(Effect::Io),
];

fn arguments(host: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    list_of(host.args().iter().map(|arg| string::new(arg)))
}

/// A variable that is unset, or not Unicode, is `None`; so is a name that no variable can have.
fn var(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let name = args::text(host, &args[0])?;
    let possible = !name.is_empty() && !name.contains(['=', '\0']);
    let value = if possible { std::env::var(name).ok() } else { None };
    Ok(objects::option(value.map(|value| string::new(&value))))
}

/// Unwinds the program; a process keeps the lowest 8 bits of the code.
fn exit(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Err(errors::exit(args::int(host, args[0])? as i32))
}
