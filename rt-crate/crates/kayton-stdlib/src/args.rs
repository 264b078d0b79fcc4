//! Arguments as Rust values, with the boundary errors of LANGUAGE §3.

use kayton_abi::object::Layout;
use kayton_abi::{errors, Host, KayError, KayVal, Res, Tag};

/// `expected WHAT, found T`.
#[cold]
pub fn mismatch(host: &dyn Host, what: &str, found: KayVal) -> Box<KayError> {
    errors::expected(what, host.types().type_name(found))
}

/// An i64.
///
/// # Errors
/// `expected i64, found …`.
pub fn int(host: &dyn Host, value: KayVal) -> Res<i64> {
    value.to_int().ok_or_else(|| mismatch(host, "i64", value))
}

/// An f64; an i64 is converted.
///
/// # Errors
/// `expected f64, found …`.
pub fn float(host: &dyn Host, value: KayVal) -> Res<f64> {
    value.to_number().ok_or_else(|| mismatch(host, "f64", value))
}

/// A str.
///
/// # Errors
/// `expected str, found …`.
pub fn text<'a>(host: &dyn Host, value: &'a KayVal) -> Res<&'a str> {
    value.as_str().ok_or_else(|| mismatch(host, "str", *value))
}

/// The object of a list, range or other layout with one type name.
///
/// # Errors
/// `expected List, found …`.
pub fn object<'a, T: Layout>(host: &dyn Host, value: &'a KayVal) -> Res<&'a T> {
    value.get::<T>().ok_or_else(|| mismatch(host, T::NAME, *value))
}

/// A value of a tag that shares its layout with others.
///
/// # Errors
/// `expected Set, found …`.
pub fn tagged<'a, T: Layout>(host: &dyn Host, tag: Tag, value: &'a KayVal) -> Res<&'a T> {
    let found = value.get::<T>().filter(|_| value.tag == tag);
    found.ok_or_else(|| mismatch(host, kayton_abi::types::builtin_name(tag), *value))
}

/// A count of at least `least`; what does not fit memory is as good as endless.
///
/// # Errors
/// `expected i64, found …`, `count out of range: -1`.
pub fn count(host: &dyn Host, value: KayVal, least: i64) -> Res<usize> {
    let count = int(host, value)?;
    if count < least {
        return Err(errors::count_out_of_range(count));
    }
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The only character of a str.
///
/// # Errors
/// `expected str, found …`, `expected one character, found "ab"`.
pub fn character(host: &dyn Host, value: &KayVal) -> Res<char> {
    let text = text(host, value)?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => {
            let mut quoted = String::new();
            kayton_abi::print::quote(text, &mut quoted);
            Err(errors::expected_one_character(&quoted))
        }
    }
}
