//! `std.json.dump` (LANGUAGE §9): compact JSON.

use std::fmt::Write;

use kayton_abi::types::{NONE, SOME};
use kayton_abi::{alloc, errors, objects, print, stack, string, Host, KayVal, List, Res, Table, Tag};

/// Writes `None`, bools, numbers, strings, lists and tuples (as arrays), and maps whose keys are strings; `Some(x)` as
/// x.
///
/// # Errors
/// `cannot write Point as JSON`, `cannot write NaN as JSON`, `cannot write a key of i64 as JSON`.
pub fn dump(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut out = String::new();
    write(host, args[0], &mut out)?;
    string::checked(&out)
}

fn write(host: &dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    match (value.tag, value.aux) {
        (Tag::VARIANT0, NONE) => out.push_str("null"),
        (Tag::ENUM, SOME) => return row(host, "", "", objects::fields(&value).iter().copied(), out),
        (Tag::BOOL, _) => out.push_str(if value.bits == 0 { "false" } else { "true" }),
        (Tag::INT, _) => {
            let _ = write!(out, "{}", value.int_bits());
        }
        (Tag::FLOAT, _) => return number(value.float_bits(), out),
        (Tag::STR, _) => quoted(value.as_str().unwrap_or(""), out),
        (Tag::LIST, _) => {
            return row(host, "[", "]", value.get::<List>().into_iter().flat_map(List::iter), out);
        }
        (Tag::TUPLE, _) => return row(host, "[", "]", objects::fields(&value).iter().copied(), out),
        (Tag::MAP, _) => return object(host, value, out),
        _ => return Err(errors::cannot_write_json(host.types().type_name(value))),
    }
    Ok(())
}

fn number(x: f64, out: &mut String) -> Res<()> {
    if !x.is_finite() {
        return Err(errors::cannot_write_json(&format!("{x:?}")));
    }
    print::float(x, out);
    Ok(())
}

fn row(host: &dyn Host, open: &str, close: &str, values: impl Iterator<Item = KayVal>, out: &mut String) -> Res<()> {
    stack::check()?;
    out.push_str(open);
    for (at, value) in values.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(host, value, out)?;
        alloc::check_room(out.len())?;
    }
    out.push_str(close);
    Ok(())
}

fn object(host: &dyn Host, value: KayVal, out: &mut String) -> Res<()> {
    stack::check()?;
    out.push('{');
    for (at, entry) in value.get::<Table>().into_iter().flat_map(Table::entries).enumerate() {
        let key = entry.key();
        let Some(key) = key.as_str() else {
            let key = format!("a key of {}", host.types().type_name(entry.key()));
            return Err(errors::cannot_write_json(&key));
        };
        if at > 0 {
            out.push(',');
        }
        quoted(key, out);
        out.push(':');
        write(host, entry.value, out)?;
        alloc::check_room(out.len())?;
    }
    out.push('}');
    Ok(())
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
