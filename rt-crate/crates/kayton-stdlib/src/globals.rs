//! The functions that are in scope everywhere (LANGUAGE §9).

use std::cmp::Ordering;

use kayton_abi::{errors, ops, order, print, string, Host, KayVal, Res, Table, Tag};

use crate::args;
use crate::native::{Effect, Native};

pub const NATIVES: &[Native] = &[
    Native::function("print", &["sep", "end"], print_out).variadic(0).calling_back().with_effect(Effect::Io),
    Native::function("eprint", &["sep", "end"], print_err).variadic(0).calling_back().with_effect(Effect::Io),
    Native::function("input", &[], input).with_effect(Effect::Io),
    Native::function("panic", &["msg"], panic).calling_back(),
    Native::function("assert", &["cond", "msg"], assert).optional(1).calling_back(),
    Native::function("i64", &["x"], to_i64),
    Native::function("f64", &["x"], to_f64),
    Native::function("str", &["x"], to_str).calling_back(),
    Native::function("chr", &["n"], chr),
    Native::function("type_name", &["x"], type_name),
    Native::function("min", &[], min).variadic(2).calling_back(),
    Native::function("max", &[], max).variadic(2).calling_back(),
    Native::function("abs", &["x"], abs),
    Native::function("Set", &[], set),
];

/// What `print` writes: the positional arguments with `sep` between and `end` after them.
fn line(host: &mut dyn Host, args: &[KayVal]) -> Res<String> {
    let [values @ .., sep, end] = args else {
        return Ok(String::new());
    };
    let sep = if sep.is_absent() { " " } else { args::text(host, sep)? };
    let end = if end.is_absent() { "\n" } else { args::text(host, end)? };
    let mut out = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push_str(sep);
        }
        print::write_display(host, *value, &mut out)?;
    }
    out.push_str(end);
    Ok(out)
}

fn print_out(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let line = line(host, args)?;
    let written = host.out().write_all(line.as_bytes());
    written.map(|()| KayVal::UNIT).map_err(|_| errors::cannot_write("standard output"))
}

/// Standard output is flushed first, so that the two come in order where both go to a terminal.
fn print_err(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let line = line(host, args)?;
    host.out().flush().map_err(|_| errors::cannot_write("standard output"))?;
    let written = host.err().write_all(line.as_bytes());
    written.map(|()| KayVal::UNIT).map_err(|_| errors::cannot_write("standard error"))
}

/// One line without its `\n` or `\r\n`; `None` at the end.
fn input(host: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    let mut line = String::new();
    let read = host.out().flush().and_then(|()| host.read_line(&mut line));
    match read {
        Ok(0) => Ok(KayVal::NONE),
        Ok(_) => {
            let text = line.strip_suffix('\n').map_or(line.as_str(), |text| text.strip_suffix('\r').unwrap_or(text));
            Ok(kayton_abi::objects::some(string::new(text)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(errors::input_not_text()),
        Err(_) => Err(errors::cannot_read_input()),
    }
}

fn panic(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Err(errors::failure(print::display(host, args[0])?))
}

fn assert(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if ops::truth(host.types(), args[0])? {
        return Ok(KayVal::UNIT);
    }
    if args[1].is_absent() {
        return Err(errors::assertion_failed());
    }
    Err(errors::failure(print::display(host, args[1])?))
}

fn to_i64(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match args[0].tag {
        Tag::INT => Ok(args[0]),
        Tag::BOOL => Ok(KayVal::int(args[0].int_bits())),
        Tag::FLOAT => truncated(args[0].float_bits()).map(KayVal::int),
        _ => Err(errors::cannot_convert(host.types().type_name(args[0]), "i64")),
    }
}

fn truncated(x: f64) -> Res<i64> {
    /// 2 to the 63rd, the least f64 that is too large.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if (-BEYOND..BEYOND).contains(&x) {
        return Ok(x as i64);
    }
    Err(errors::number_out_of_range(&format!("{x:?}")))
}

fn to_f64(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match args[0].to_number() {
        Some(x) => Ok(KayVal::float(x)),
        None => Err(errors::cannot_convert(host.types().type_name(args[0]), "f64")),
    }
}

fn to_str(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if args[0].tag == Tag::STR && host.hook(args[0], kayton_abi::Hook::Show).is_none() {
        return Ok(args[0].retained());
    }
    string::checked(&print::display(host, args[0])?)
}

fn chr(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let number = args::int(host, args[0])?;
    let c = u32::try_from(number).ok().and_then(char::from_u32);
    c.map(string::from_char).ok_or_else(|| errors::not_a_code_point(number))
}

fn type_name(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(string::new(host.types().type_name(args[0])))
}

/// The least argument; see [`is_better`].
///
/// # Errors
/// `cannot compare i64 with str`, whatever an `impl Ord` ends with.
pub fn min(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    best(host, args, Ordering::Less)
}

/// The greatest argument; see [`is_better`].
///
/// # Errors
/// `cannot compare i64 with str`, whatever an `impl Ord` ends with.
pub fn max(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    best(host, args, Ordering::Greater)
}

fn best(host: &mut dyn Host, args: &[KayVal], wanted: Ordering) -> Res<KayVal> {
    let mut best = args[0];
    for value in &args[1..] {
        if is_better(host, *value, best, wanted)? {
            best = *value;
        }
    }
    Ok(best.retained())
}

/// Whether `value` takes the place of `best`: the first of equals stays, and a NaN gives way to any number.
///
/// # Errors
/// `cannot compare i64 with str`, whatever an `impl Ord` ends with.
pub fn is_better(host: &mut dyn Host, value: KayVal, best: KayVal, wanted: Ordering) -> Res<bool> {
    let order = order::compare(host, value, best)?;
    let is_nan = |value: KayVal| value.to_float().is_some_and(f64::is_nan);
    Ok(order == Some(wanted) || (is_nan(best) && !is_nan(value)))
}

/// The absolute value of a number.
///
/// # Errors
/// `integer overflow`, `cannot apply abs to str`.
pub fn abs(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match args[0].tag {
        Tag::INT => args[0].int_bits().checked_abs().map(KayVal::int).ok_or_else(errors::integer_overflow),
        Tag::FLOAT => Ok(KayVal::float(args[0].float_bits().abs())),
        _ => Err(errors::cannot_apply_unary("abs", host.types().type_name(args[0]))),
    }
}

fn set(_: &mut dyn Host, _: &mut [KayVal]) -> Res<KayVal> {
    Ok(Table::set())
}
