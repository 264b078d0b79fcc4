//! Reaching into values: `len`, `in`, indexes and slices (LANGUAGE §5, §6, §9).

use crate::equal::equal;
use crate::errors::{self, Res};
use crate::host::Host;
use crate::list::{Items, List};
use crate::map::Table;
use crate::print;
use crate::range::Range;
use crate::string::{self, Str};
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

/// The number of parts of a str, list, map, set or range; `None` for anything else.
pub fn len(value: KayVal) -> Option<usize> {
    match value.tag {
        Tag::STR => value.get::<Str>().map(Str::chars),
        Tag::LIST => value.get::<List>().map(List::len),
        Tag::MAP | Tag::SET => value.get::<Table>().map(Table::len),
        Tag::RANGE => value.get::<Range>().map(|range| usize::try_from(range.len()).unwrap_or(usize::MAX)),
        _ => None,
    }
}

/// `x in xs`.
///
/// # Errors
/// `not a key: f64`, `cannot apply in to i64 and str`, whatever an `impl Eq` ends with.
pub fn contains(host: &mut dyn Host, x: KayVal, xs: KayVal) -> Res<bool> {
    match (x.tag, xs.tag) {
        (_, Tag::LIST) => Ok(index_of(host, xs, x)?.is_some()),
        (_, Tag::MAP | Tag::SET) => xs.get::<Table>().map_or(Ok(false), |table| table.contains(host.types(), x)),
        (_, Tag::RANGE) => Ok(whole(x).is_some_and(|n| xs.get::<Range>().is_some_and(|range| range.contains(n)))),
        (Tag::STR, Tag::STR) => Ok(xs.as_str().unwrap_or("").contains(x.as_str().unwrap_or(""))),
        _ => Err(errors::cannot_apply("in", host.types().type_name(x), host.types().type_name(xs))),
    }
}

/// The i64 that a number equals.
fn whole(x: KayVal) -> Option<i64> {
    match x.tag {
        Tag::FLOAT => Some(x.float_bits()).filter(|x| x.fract() == 0.0 && x.abs() < 9e18).map(|x| x as i64),
        _ => x.to_int(),
    }
}

/// The place of the first element of the list `xs` that equals `x`.
///
/// # Errors
/// `cannot compare functions`, whatever an `impl Eq` ends with.
pub fn index_of(host: &mut dyn Host, xs: KayVal, x: KayVal) -> Res<Option<usize>> {
    let Some(list) = xs.get::<List>() else {
        return Ok(None);
    };
    if let (Items::Ints(ints), Some(n)) = (list.items(), x.to_int()) {
        return Ok(ints.iter().position(|item| *item == n));
    }
    // An `impl Eq` may drop what holds the list; its own count keeps it here.
    let held = crate::Owned::share(xs);
    let list = held.get::<List>().map_or(0, List::len);
    for at in 0..list {
        let item = held.get::<List>().and_then(|list| list.get(at));
        if let Some(item) = item {
            if equal(host, item, x)? {
                return Ok(Some(at));
            }
        }
    }
    Ok(None)
}

/// `index` as a place below `len`.
///
/// # Errors
/// `expected i64, found str`; `index out of range: the length is 3 but the index is 5`.
#[inline]
pub fn place(types: &TypeTable, len: usize, index: KayVal) -> Res<usize> {
    let Some(n) = index.to_int() else {
        return Err(errors::expected("i64", types.type_name(index)));
    };
    match usize::try_from(n) {
        Ok(at) if at < len => Ok(at),
        _ => Err(errors::index_out_of_range(len, n)),
    }
}

/// `xs[index]` of built-in types, owned; a range as index slices.
///
/// # Errors
/// `index out of range: …`, `key not found: "k"`, `slice out of range: …`, `cannot index i64`.
pub fn get(host: &mut dyn Host, xs: KayVal, index: KayVal) -> Res<KayVal> {
    match xs.tag {
        Tag::LIST | Tag::STR if index.tag == Tag::RANGE => slice_by(xs, index),
        Tag::LIST => {
            let list = xs.get::<List>();
            let at = place(host.types(), list.map_or(0, List::len), index)?;
            Ok(list.and_then(|list| list.get(at)).unwrap_or(KayVal::UNIT).retained())
        }
        Tag::STR => {
            let text = xs.get::<Str>();
            let at = place(host.types(), text.map_or(0, Str::chars), index)?;
            Ok(text.and_then(|text| text.char_at(at)).map_or(KayVal::UNIT, string::from_char))
        }
        Tag::MAP => {
            let found = xs.get::<Table>().map_or(Ok(None), |table| table.get(host.types(), index))?;
            found.map(KayVal::retained).ok_or_else(|| key_not_found(host, index))
        }
        _ => Err(errors::cannot_index(host.types().type_name(xs))),
    }
}

/// `key not found: KEY`, or the error of showing it.
#[cold]
pub fn key_not_found(host: &mut dyn Host, key: KayVal) -> Box<crate::KayError> {
    match print::nested(host, key) {
        Ok(shown) => errors::key_not_found(&shown),
        Err(error) => error,
    }
}

/// `xs[index] = value` of built-in types, in place where `xs` is unshared; takes over the count of `value`.
///
/// # Errors
/// `index out of range: …`, `not a key: f64`, `cannot assign to an index of str`, `out of memory limit`.
pub fn set(types: &TypeTable, xs: &mut KayVal, index: KayVal, value: KayVal) -> Res<()> {
    let value = crate::Owned::new(value);
    match xs.tag {
        Tag::LIST => {
            let at = place(types, len(*xs).unwrap_or(0), index)?;
            xs.unique::<List>()?.set(at, value.take())
        }
        Tag::MAP => {
            let old = xs.unique::<Table>()?.insert(types, index.retained(), value.take())?;
            if let Some(old) = old {
                old.release();
            }
            Ok(())
        }
        _ => Err(errors::cannot_assign_index(types.type_name(*xs))),
    }
}

/// A place inside a list or map to be changed by a longer path (`grid[i][j] += e`): the element, in place, with
/// everything on the way unshared. A list is made general first, because its elements must be values.
///
/// # Errors
/// `index out of range: …`, `key not found: "k"`, `cannot index i64`, `out of memory limit`.
pub fn slot<'a>(host: &mut dyn Host, xs: &'a mut KayVal, index: KayVal) -> Res<&'a mut KayVal> {
    match xs.tag {
        Tag::LIST => {
            let at = place(host.types(), len(*xs).unwrap_or(0), index)?;
            xs.unique::<List>()?.slot(at)
        }
        Tag::MAP => {
            let found = xs.get::<Table>().map_or(Ok(None), |table| table.find(host.types(), index))?;
            if found.is_none() {
                return Err(key_not_found(host, index));
            }
            let table = xs.unique::<Table>()?;
            // Making the map unshared may have closed holes, so the place is looked up again.
            match table.find(host.types(), index)? {
                Some(at) => Ok(table.value_at(at)),
                None => Err(key_not_found(host, index)),
            }
        }
        _ => Err(errors::cannot_index(host.types().type_name(*xs))),
    }
}

/// `xs[from..to]` of a list or str, owned; `to` is `None` for an open end.
///
/// # Errors
/// `slice out of range: the length is 3 but the range is 2..5`, `cannot slice i64`, `out of memory limit`.
pub fn slice(types: &TypeTable, xs: KayVal, from: i64, to: Option<i128>) -> Res<KayVal> {
    let Some(len) = len(xs).filter(|_| matches!(xs.tag, Tag::LIST | Tag::STR)) else {
        return Err(errors::cannot_slice(types.type_name(xs)));
    };
    slice_within(xs, len, from, to.unwrap_or(len as i128))
}

fn slice_by(xs: KayVal, range: KayVal) -> Res<KayVal> {
    let bounds = range.get::<Range>().and_then(Range::bounds);
    let (from, to) = bounds.ok_or_else(errors::stepped_slice)?;
    slice_within(xs, len(xs).unwrap_or(0), from, to)
}

fn slice_within(xs: KayVal, len: usize, from: i64, to: i128) -> Res<KayVal> {
    if from < 0 || i128::from(from) > to || to > len as i128 {
        return Err(errors::slice_out_of_range(len, from, to));
    }
    let (from, to) = (from as usize, to as usize);
    if let Some(list) = xs.get::<List>() {
        return list.slice(from, to);
    }
    let part = xs.get::<Str>().map_or("", |text| text.part(from, to));
    string::checked(part)
}
