//! `std.text` (LANGUAGE §9): `Builder`, a class that collects text.

use kayton_abi::{objects, string, Host, KayVal, Res};

use crate::args;
use crate::native::{Effect, Native};

pub const NATIVES: &[Native] = &[
    Native::function("std.text.Builder", &[], builder),
    Native::method("Builder.push", &["text"], push).with_effect(Effect::State),
    Native::method("Builder.build", &[], build).with_effect(Effect::State),
];

fn builder(_: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    Ok(objects::builder(string::new("")))
}

/// Adds text for every reference to the builder; nothing is copied unless a built text is still held.
fn push(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let [receiver, text] = args else {
        return Ok(KayVal::UNIT);
    };
    let text = args::text(host, text)?;
    if let Some(built) = objects::fields_mut(receiver)?.first_mut() {
        string::append(built, text)?;
    }
    Ok(KayVal::UNIT)
}

fn build(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let text = objects::fields(&args[0]).first().copied();
    Ok(text.map_or_else(|| string::new(""), KayVal::retained))
}
