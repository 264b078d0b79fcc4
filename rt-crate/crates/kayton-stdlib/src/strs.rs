//! The methods of str that look at it as a whole or change its text (LANGUAGE §9).

use kayton_abi::{errors, objects, string, Host, KayVal, Res, Str};

use crate::args;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("str.len", &[], len),
    Native::method("str.is_empty", &[], is_empty),
    Native::method("str.ord", &[], ord),
    Native::method("str.trim", &[], trim),
    Native::method("str.trim_start", &[], trim_start),
    Native::method("str.trim_end", &[], trim_end),
    Native::method("str.to_upper", &[], to_upper),
    Native::method("str.to_lower", &[], to_lower),
    Native::method("str.starts_with", &["prefix"], starts_with),
    Native::method("str.ends_with", &["suffix"], ends_with),
    Native::method("str.contains", &["s"], contains),
    Native::method("str.find", &["s"], find),
    Native::method("str.replace", &["old", "new"], replace),
    Native::method("str.repeat", &["n"], repeat),
    Native::method("str.reversed", &[], reversed),
    Native::method("str.pad_start", &["n", "fill"], pad_start),
    Native::method("str.pad_end", &["n", "fill"], pad_end),
    Native::method("str.parse_i64", &[], parse_i64),
    Native::method("str.parse_f64", &[], parse_f64),
];

fn len(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::int(args::object::<Str>(host, &args[0])?.chars() as i64))
}

fn is_empty(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(args::text(host, &args[0])?.is_empty()))
}

fn ord(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::int(i64::from(u32::from(args::character(host, &args[0])?))))
}

/// A part of the receiver; the receiver itself when the part is all of it.
fn part(host: &dyn Host, whole: KayVal, cut: impl Fn(&str) -> &str) -> Res<KayVal> {
    let text = args::text(host, &whole)?;
    let part = cut(text);
    Ok(if part.len() == text.len() { whole.retained() } else { string::new(part) })
}

fn trim(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    part(host, args[0], str::trim)
}

fn trim_start(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    part(host, args[0], str::trim_start)
}

fn trim_end(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    part(host, args[0], str::trim_end)
}

fn to_upper(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    string::checked(&args::text(host, &args[0])?.to_uppercase())
}

fn to_lower(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    string::checked(&args::text(host, &args[0])?.to_lowercase())
}

fn test(host: &dyn Host, args: &[KayVal], holds: impl Fn(&str, &str) -> bool) -> Res<KayVal> {
    Ok(KayVal::bool(holds(args::text(host, &args[0])?, args::text(host, &args[1])?)))
}

fn starts_with(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    test(host, args, |text, prefix| text.starts_with(prefix))
}

fn ends_with(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    test(host, args, |text, suffix| text.ends_with(suffix))
}

fn contains(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    test(host, args, |text, part| text.contains(part))
}

/// The place of the first occurrence, in code points.
fn find(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (text, part) = (args::object::<Str>(host, &args[0])?, args::text(host, &args[1])?);
    let place =
        text.text().find(part).map(|bytes| if text.is_ascii() { bytes } else { text.text()[..bytes].chars().count() });
    Ok(objects::option(place.map(|at| KayVal::int(at as i64))))
}

fn replace(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (text, old, new) = (args::text(host, &args[0])?, args::text(host, &args[1])?, args::text(host, &args[2])?);
    if old.is_empty() {
        return Err(errors::empty_separator());
    }
    let found = text.matches(old).count();
    if found == 0 {
        return Ok(args[0].retained());
    }
    string::check((text.len() - found * old.len()).saturating_add(found.saturating_mul(new.len())))?;
    string::checked(&text.replace(old, new))
}

fn repeat(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    string::repeated(args::text(host, &args[0])?, args::int(host, args[1])?)
}

fn reversed(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    string::checked(&args::text(host, &args[0])?.chars().rev().collect::<String>())
}

/// The padding that brings the receiver to `n` code points; `None` when it is that long already.
fn padding(host: &dyn Host, args: &[KayVal]) -> Res<Option<String>> {
    let length = args::object::<Str>(host, &args[0])?.chars();
    let (width, fill) = (args::count(host, args[1], 0)?, args::character(host, &args[2])?);
    if width <= length {
        return Ok(None);
    }
    let missing = width - length;
    string::check(missing.saturating_mul(fill.len_utf8()))?;
    Ok(Some(std::iter::repeat_n(fill, missing).collect()))
}

fn pad_start(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match padding(host, args)? {
        Some(padding) => string::joined(&[&padding, args::text(host, &args[0])?]),
        None => Ok(args[0].retained()),
    }
}

fn pad_end(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    match padding(host, args)? {
        Some(padding) => string::joined(&[args::text(host, &args[0])?, &padding]),
        None => Ok(args[0].retained()),
    }
}

/// `Ok` of what was parsed, or `Err("not an i64: \"abc\"")`.
fn parsed(text: &str, what: &str, value: Option<KayVal>) -> KayVal {
    match value {
        Some(value) => objects::ok(value),
        None => {
            let mut message = format!("not an {what}: ");
            kayton_abi::print::quote(text, &mut message);
            objects::err(string::new(&message))
        }
    }
}

fn parse_i64(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let text = args::text(host, &args[0])?;
    Ok(parsed(text, "i64", text.parse().ok().map(KayVal::int)))
}

fn parse_f64(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let text = args::text(host, &args[0])?;
    Ok(parsed(text, "f64", text.parse().ok().map(KayVal::float)))
}
