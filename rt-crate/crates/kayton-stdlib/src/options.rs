//! The methods of Option and Result (LANGUAGE §9).

use kayton_abi::types::{ERR, NONE, OK, SOME};
use kayton_abi::{errors, objects, print, Host, KayError, KayVal, Res};

use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("Option.unwrap", &[], unwrap),
    Native::method("Option.unwrap_or", &["default"], unwrap_or),
    Native::method("Option.unwrap_or_else", &["f"], unwrap_or_else).calling_back(),
    Native::method("Option.expect", &["msg"], expect).calling_back(),
    Native::method("Option.map", &["f"], map).calling_back(),
    Native::method("Option.and_then", &["f"], and_then).calling_back(),
    Native::method("Option.ok_or", &["error"], ok_or),
    Native::method("Option.is_some", &[], is_some),
    Native::method("Option.is_none", &[], is_none),
    Native::method("Result.unwrap", &[], unwrap).calling_back(),
    Native::method("Result.unwrap_or", &["default"], unwrap_or),
    Native::method("Result.unwrap_or_else", &["f"], unwrap_or_else).calling_back(),
    Native::method("Result.expect", &["msg"], expect).calling_back(),
    Native::method("Result.map", &["f"], map).calling_back(),
    Native::method("Result.map_err", &["f"], map_err).calling_back(),
    Native::method("Result.and_then", &["f"], and_then).calling_back(),
    Native::method("Result.is_ok", &[], is_ok),
    Native::method("Result.is_err", &[], is_err),
];

fn variant(value: KayVal) -> u32 {
    value.variant().unwrap_or(NONE)
}

/// What is inside, borrowed: the value, or the error of an `Err`.
fn inside(value: &KayVal) -> KayVal {
    objects::fields(value).first().copied().unwrap_or(KayVal::UNIT)
}

/// The value of `Some` or `Ok`, borrowed.
fn value(of: &KayVal) -> Option<KayVal> {
    matches!(variant(*of), SOME | OK).then(|| inside(of))
}

fn unwrap(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match value(&args[0]) {
        Some(value) => Ok(value.retained()),
        None => Err(unwrap_error(host, args[0])),
    }
}

/// The error of unwrapping a `None` or `Err`.
fn unwrap_error(host: &mut dyn Host, of: KayVal) -> Box<KayError> {
    if variant(of) != ERR {
        return errors::unwrap_on_none();
    }
    match print::display(host, inside(&of)) {
        Ok(shown) => errors::unwrap_on_err(&shown),
        Err(error) => error,
    }
}

fn unwrap_or(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(value(&args[0]).unwrap_or(args[1]).retained())
}

/// The function of a Result gets the error, that of an Option nothing.
fn unwrap_or_else(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if let Some(value) = value(&args[0]) {
        return Ok(value.retained());
    }
    host.call(args[1], objects::fields(&args[0]))
}

fn expect(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match value(&args[0]) {
        Some(value) => Ok(value.retained()),
        None => Err(errors::failure(print::display(host, args[1])?)),
    }
}

/// The same variant around `f` of what is inside, where the variant is one of `of`.
fn map_inside(host: &mut dyn Host, args: &[KayVal], of: &[u32]) -> Res<KayVal> {
    let id = variant(args[0]);
    if !of.contains(&id) {
        return Ok(args[0].retained());
    }
    let mapped = host.call(args[1], &[inside(&args[0])])?;
    Ok(objects::variant(id, &[mapped]))
}

fn map(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    map_inside(host, args, &[SOME, OK])
}

fn map_err(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    map_inside(host, args, &[ERR])
}

fn and_then(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match value(&args[0]) {
        Some(value) => host.call(args[1], &[value]),
        None => Ok(args[0].retained()),
    }
}

fn ok_or(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(match value(&args[0]) {
        Some(value) => objects::ok(value.retained()),
        None => objects::err(args[1].retained()),
    })
}

fn is_some(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(variant(args[0]) == SOME))
}

fn is_none(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(variant(args[0]) == NONE))
}

fn is_ok(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(variant(args[0]) == OK))
}

fn is_err(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(variant(args[0]) == ERR))
}
