//! `< <= > >=` and sorting (LANGUAGE §4, §9).

use std::cmp::Ordering;

use crate::equal::mismatch;
use crate::errors::{self, Res};
use crate::host::{Hook, Host};
use crate::list::{Items, List};
use crate::objects;
use crate::stack;
use crate::value::{KayVal, Tag};

/// How two f64 stand to each other; the rest of an ordering follows.
type Floats = fn(f64, f64) -> Option<Ordering>;

/// The order of `<` and its kin; `None` where a NaN decides, which makes all four false.
///
/// # Errors
/// `cannot compare i64 with str`, `call depth limit reached`, whatever an `impl Ord` ends with.
#[inline]
pub fn compare(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<Option<Ordering>> {
    ordered(host, a, b, |a, b| a.partial_cmp(&b))
}

/// The order of sorting: as [`compare`], with NaN after every other number.
///
/// # Errors
/// As for [`compare`].
pub fn sorting_order(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<Ordering> {
    Ok(ordered(host, a, b, |a, b| Some(nan_last(a, b)))?.unwrap_or(Ordering::Equal))
}

/// f64 in the order of sorting: NaN is last, and `-0.0` equals `0.0`.
pub fn nan_last(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// An i64 with an f64, both as f64 (LANGUAGE §5).
pub(crate) fn compare_int_float(a: KayVal, b: KayVal) -> Option<Ordering> {
    a.to_number()?.partial_cmp(&b.to_number()?)
}

fn ordered(host: &mut dyn Host, a: KayVal, b: KayVal, floats: Floats) -> Res<Option<Ordering>> {
    match (a.tag, b.tag) {
        (Tag::INT, Tag::INT) => Ok(Some(a.int_bits().cmp(&b.int_bits()))),
        (Tag::INT | Tag::FLOAT, Tag::INT | Tag::FLOAT) => {
            Ok(floats(a.to_number().unwrap_or(0.0), b.to_number().unwrap_or(0.0)))
        }
        (Tag::STR, Tag::STR) => Ok(a.as_str().partial_cmp(&b.as_str())),
        (Tag::BOOL, Tag::BOOL) => Ok(Some(a.bits.cmp(&b.bits))),
        (Tag::TUPLE, Tag::TUPLE) => sequences(host, objects::fields(&a), objects::fields(&b), floats),
        (Tag::LIST, Tag::LIST) => lists(host, a, b, floats),
        _ => by_hook(host, a, b),
    }
}

/// What the left value's `Ord.cmp` says.
fn by_hook(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<Option<Ordering>> {
    let Some(cmp) = host.hook(a, Hook::Ord) else {
        let types = host.types();
        return Err(errors::cannot_compare(types.type_name(a), types.type_name(b)));
    };
    let answer = host.call(cmp, &[a, b])?;
    match answer.to_int() {
        Some(sign) => Ok(Some(sign.cmp(&0))),
        None => Err(mismatch(host, "i64", answer)),
    }
}

fn sequences(host: &mut dyn Host, a: &[KayVal], b: &[KayVal], floats: Floats) -> Res<Option<Ordering>> {
    stack::check()?;
    for (a, b) in a.iter().zip(b) {
        match ordered(host, *a, *b, floats)? {
            Some(Ordering::Equal) => {}
            decided => return Ok(decided),
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}

fn lists(host: &mut dyn Host, a: KayVal, b: KayVal, floats: Floats) -> Res<Option<Ordering>> {
    let (Some(a), Some(b)) = (a.get::<List>(), b.get::<List>()) else {
        return Ok(None);
    };
    if let (Items::Ints(a), Items::Ints(b)) = (a.items(), b.items()) {
        return Ok(Some(a.cmp(b)));
    }
    let (a, b): (Vec<KayVal>, Vec<KayVal>) = (a.iter().collect(), b.iter().collect());
    sequences(host, &a, &b, floats)
}
