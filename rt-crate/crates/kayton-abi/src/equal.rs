//! `==` (LANGUAGE §4): structural on values, identity on class instances, `impl Eq` at every depth.

use crate::errors::{self, Res};
use crate::host::{Hook, Host};
use crate::list::{Items, List};
use crate::map::Table;
use crate::objects;
use crate::order::compare_int_float;
use crate::range::Range;
use crate::stack;
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

/// How parts of values are compared: by the language's `==`, or as keys.
trait Parts {
    fn types(&self) -> Option<&TypeTable>;
    fn equal(&mut self, a: KayVal, b: KayVal) -> Res<bool>;
}

/// `==`.
struct Language<'a>(&'a mut dyn Host);

/// Structural comparison of map keys, which never looks at `impl Eq` (a hash could not follow it).
struct Keys;

impl Parts for Language<'_> {
    fn types(&self) -> Option<&TypeTable> {
        Some(self.0.types())
    }

    fn equal(&mut self, a: KayVal, b: KayVal) -> Res<bool> {
        equal(self.0, a, b)
    }
}

impl Parts for Keys {
    fn types(&self) -> Option<&TypeTable> {
        None
    }

    fn equal(&mut self, a: KayVal, b: KayVal) -> Res<bool> {
        keys_equal(a, b)
    }
}

/// Whether `a == b`.
///
/// # Errors
/// `cannot compare functions`, `call depth limit reached`, and whatever an `impl Eq` ends with.
#[inline]
pub fn equal(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<bool> {
    match (a.tag, b.tag) {
        (Tag::INT, Tag::INT) | (Tag::BOOL, Tag::BOOL) => Ok(a.bits == b.bits),
        (Tag::FLOAT, Tag::FLOAT) => Ok(a.float_bits() == b.float_bits()),
        (Tag::STR, Tag::STR) => Ok(a.bits == b.bits || a.as_str() == b.as_str()),
        _ => equal_slowly(host, a, b),
    }
}

fn equal_slowly(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<bool> {
    if let Some(answer) = by_hook(host, a, b)? {
        return Ok(answer);
    }
    if a.tag.is_function() && b.tag.is_function() {
        return Err(errors::cannot_compare_functions());
    }
    structurally(&mut Language(host), a, b)
}

/// What the user's `Eq.eq` says of two values of one user type that has it.
fn by_hook(host: &mut dyn Host, a: KayVal, b: KayVal) -> Res<Option<bool>> {
    let same_type = host.types().type_id(a).is_some_and(|id| host.types().type_id(b) == Some(id));
    if !same_type {
        return Ok(None);
    }
    let Some(eq) = host.hook(a, Hook::Eq) else {
        return Ok(None);
    };
    let answer = host.call(eq, &[a, b])?;
    match answer.to_bool() {
        Some(answer) => Ok(Some(answer)),
        None => Err(mismatch(host, "bool", answer)),
    }
}

/// `expected …` about a value that a hook returned, which is released.
pub(crate) fn mismatch(host: &dyn Host, what: &str, found: KayVal) -> Box<crate::KayError> {
    let error = errors::expected(what, host.types().type_name(found));
    found.release();
    error
}

/// Whether two keys are the same key. Keys of different types never are, not even `1` and `1.0`.
///
/// # Errors
/// `call depth limit reached`.
pub fn keys_equal(a: KayVal, b: KayVal) -> Res<bool> {
    structurally(&mut Keys, a, b)
}

fn structurally(parts: &mut impl Parts, a: KayVal, b: KayVal) -> Res<bool> {
    match (a.tag, b.tag) {
        (Tag::INT, Tag::FLOAT) | (Tag::FLOAT, Tag::INT) => Ok(compare_int_float(a, b).is_some_and(|o| o.is_eq())),
        (Tag::FLOAT, Tag::FLOAT) => Ok(a.float_bits() == b.float_bits()),
        (Tag::STR, Tag::STR) => Ok(a.bits == b.bits || a.as_str() == b.as_str()),
        (left, right) if left != right => Ok(false),
        (Tag::LIST, _) => lists(parts, a, b),
        (Tag::TUPLE | Tag::STRUCT | Tag::ENUM | Tag::RNG, _) => {
            Ok(a.aux == b.aux && all_equal(parts, objects::fields(&a), objects::fields(&b))?)
        }
        (Tag::MAP | Tag::SET, _) => tables(parts, a, b),
        (Tag::RANGE, _) => Ok(match (a.get::<Range>(), b.get::<Range>()) {
            (Some(a), Some(b)) => a.same_items(b),
            _ => false,
        }),
        _ => Ok(a.same(b)),
    }
}

fn all_equal(parts: &mut impl Parts, a: &[KayVal], b: &[KayVal]) -> Res<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    stack::check()?;
    for (a, b) in a.iter().zip(b) {
        if !parts.equal(*a, *b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn lists(parts: &mut impl Parts, a: KayVal, b: KayVal) -> Res<bool> {
    let (Some(a), Some(b)) = (a.get::<List>(), b.get::<List>()) else {
        return Ok(false);
    };
    match (a.items(), b.items()) {
        (Items::Ints(a), Items::Ints(b)) => Ok(a == b),
        (Items::Floats(a), Items::Floats(b)) => Ok(a == b),
        (Items::Any(a), Items::Any(b)) => all_equal(parts, a, b),
        _ if a.len() != b.len() => Ok(false),
        _ => {
            for (a, b) in a.iter().zip(b.iter()) {
                if !parts.equal(a, b)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

/// Maps and sets ignore order: every entry of one is looked up in the other.
fn tables(parts: &mut impl Parts, a: KayVal, b: KayVal) -> Res<bool> {
    let (Some(a), Some(b)) = (a.get::<Table>(), b.get::<Table>()) else {
        return Ok(false);
    };
    if a.len() != b.len() {
        return Ok(false);
    }
    stack::check()?;
    for entry in a.entries() {
        let Some(types) = parts.types() else {
            return Ok(false);
        };
        match b.get(types, entry.key())? {
            Some(other) if parts.equal(entry.value, other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
