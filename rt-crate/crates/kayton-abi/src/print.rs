//! Printed forms (LANGUAGE §9): bare at the top, strings quoted inside, `Show` at every depth.

use std::fmt::Write;

use crate::alloc;
use crate::equal::mismatch;
use crate::errors::Res;
use crate::host::{Hook, Host};
use crate::list::{Items, List};
use crate::map::Table;
use crate::objects;
use crate::range::Range;
use crate::stack;
use crate::types::VariantShape;
use crate::value::{KayVal, Tag};

/// The text that `print(value)` and `str(value)` give.
///
/// # Errors
/// Whatever a `Show.show` ends with, `expected str, found …` when it returns something else,
/// `call depth limit reached`, `out of memory limit`.
pub fn display(host: &mut dyn Host, value: KayVal) -> Res<String> {
    let mut out = String::new();
    write_display(host, value, &mut out)?;
    Ok(out)
}

/// The text of `value` as inside a container.
///
/// # Errors
/// As for [`display`].
pub fn nested(host: &mut dyn Host, value: KayVal) -> Res<String> {
    let mut out = String::new();
    write_nested(host, value, &mut out)?;
    Ok(out)
}

/// Appends what [`display`] gives.
///
/// # Errors
/// As for [`display`].
pub fn write_display(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    if by_show(host, value, out)? {
        return Ok(());
    }
    match value.as_str() {
        Some(text) => {
            alloc::check_room(text.len())?;
            out.push_str(text);
            Ok(())
        }
        None => plain(host, value, out),
    }
}

/// Appends what [`nested`] gives.
///
/// # Errors
/// As for [`display`].
pub fn write_nested(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    if by_show(host, value, out)? {
        return Ok(());
    }
    match value.as_str() {
        Some(text) => {
            quote(text, out);
            Ok(())
        }
        None => plain(host, value, out),
    }
}

/// Appends what the user's `Show.show` gives, if the type has one.
fn by_show(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<bool> {
    let Some(show) = host.hook(value, Hook::Show) else {
        return Ok(false);
    };
    stack::check()?;
    let shown = host.call(show, &[value])?;
    match shown.as_str() {
        Some(text) => out.push_str(text),
        None => return Err(mismatch(host, "str", shown)),
    }
    shown.release();
    Ok(true)
}

/// Appends `text` in quotes, with the escapes of LANGUAGE §2.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\0' => out.push_str("\\0"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Appends an f64 as the shortest text that reads back.
pub fn float(x: f64, out: &mut String) {
    write_all(out, format_args!("{x:?}"));
}

/// The numbers below 100, two digits each.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut n = 0;
    while n < 100 {
        pairs[n] = [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        n += 1;
    }
    pairs
};

/// Appends an i64 in decimal.
pub fn int(n: i64, out: &mut String) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = n.unsigned_abs();
    while rest >= 10 {
        start -= 2;
        digits[start..start + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
        rest /= 100;
    }
    // Nothing is left of an even number of digits.
    if rest > 0 || start == digits.len() {
        start -= 1;
        digits[start] = b'0' + rest as u8;
    }
    if n < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    // SAFETY: all of it is ASCII.
    out.push_str(unsafe { std::str::from_utf8_unchecked(&digits[start..]) });
}

fn write_all(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(text);
}

fn plain(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    match value.tag {
        Tag::INT => int(value.int_bits(), out),
        Tag::FLOAT => float(value.float_bits(), out),
        Tag::BOOL => out.push_str(if value.bits == 0 { "false" } else { "true" }),
        Tag::UNIT => out.push_str("()"),
        Tag::FUNC | Tag::NATIVE => {
            write_all(out, format_args!("<fn {}>", host.types().function_name(value)));
        }
        Tag::CLOSURE => out.push_str("<closure>"),
        Tag::CLASS | Tag::BUILDER | Tag::RNG => {
            write_all(out, format_args!("<{}>", host.types().type_name(value)));
        }
        Tag::VARIANT0 | Tag::ENUM => return variant(host, value, out),
        Tag::STRUCT => return structure(host, value, out),
        Tag::RANGE => return range(value, out),
        _ => return container(host, value, out),
    }
    Ok(())
}

fn container(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    stack::check()?;
    match value.tag {
        Tag::LIST => list(host, value, out),
        Tag::TUPLE => {
            let parts = objects::fields(&value);
            out.push('(');
            row(host, parts.iter().copied(), out)?;
            out.push_str(if parts.len() == 1 { ",)" } else { ")" });
            Ok(())
        }
        Tag::MAP => map(host, value, out),
        Tag::SET => {
            let Some(table) = value.get::<Table>().filter(|table| !table.is_empty()) else {
                out.push_str("Set()");
                return Ok(());
            };
            out.push('{');
            row(host, table.entries().map(|entry| entry.key()), out)?;
            out.push('}');
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Appends values with commas between them. The account of memory is asked now and then, because shared parts can
/// make a text far larger than its value.
fn row(host: &mut dyn Host, values: impl Iterator<Item = KayVal>, out: &mut String) -> Res<()> {
    for (at, value) in values.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_nested(host, value, out)?;
        alloc::check_room(out.len())?;
    }
    Ok(())
}

fn list(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    out.push('[');
    match value.get::<List>().map(List::items) {
        Some(Items::Ints(ints)) => row(host, ints.iter().map(|n| KayVal::int(*n)), out)?,
        Some(Items::Floats(floats)) => row(host, floats.iter().map(|x| KayVal::float(*x)), out)?,
        Some(Items::Any(values)) => row(host, values.iter().copied(), out)?,
        None => {}
    }
    out.push(']');
    Ok(())
}

fn map(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    out.push('{');
    for (at, entry) in value.get::<Table>().into_iter().flat_map(Table::entries).enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_nested(host, entry.key(), out)?;
        out.push_str(": ");
        write_nested(host, entry.value, out)?;
        alloc::check_room(out.len())?;
    }
    out.push('}');
    Ok(())
}

fn range(value: KayVal, out: &mut String) -> Res<()> {
    let Some(range) = value.get::<Range>() else {
        return Ok(());
    };
    if let Some((start, end)) = range.bounds() {
        write_all(out, format_args!("{start}..{end}"));
        return Ok(());
    }
    out.push('[');
    for (at, item) in range.items().enumerate() {
        write_all(out, format_args!("{}{item}", if at > 0 { ", " } else { "" }));
        alloc::check_room(out.len())?;
    }
    out.push(']');
    Ok(())
}

fn structure(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    let Some(info) = host.types().types.get(value.aux as usize) else {
        return Ok(());
    };
    let (name, names) = (info.name.clone(), info.fields.clone());
    out.push_str(&name);
    named(host, &names, value, out)
}

fn variant(host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    let Some(info) = host.types().variants.get(value.aux as usize) else {
        return Ok(());
    };
    out.push_str(&info.name);
    match info.shape {
        VariantShape::Unit => Ok(()),
        VariantShape::Named => {
            let names = info.fields.clone();
            named(host, &names, value, out)
        }
        VariantShape::Positional => {
            stack::check()?;
            out.push('(');
            row(host, objects::fields(&value).iter().copied(), out)?;
            out.push(')');
            Ok(())
        }
    }
}

/// Appends `(x=1, y=2)`.
fn named(host: &mut dyn Host, names: &[String], value: KayVal, out: &mut String) -> Res<()> {
    stack::check()?;
    out.push('(');
    for (at, (name, field)) in names.iter().zip(objects::fields(&value)).enumerate() {
        write_all(out, format_args!("{}{name}=", if at > 0 { ", " } else { "" }));
        write_nested(host, *field, out)?;
        alloc::check_room(out.len())?;
    }
    out.push(')');
    Ok(())
}
