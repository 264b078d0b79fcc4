//! The methods of sequences that cut, pair and combine them into new lists (LANGUAGE §9).

use kayton_abi::{objects, Host, KayVal, List, Owned, Res};

use crate::args;
use crate::collect::Collected;
use crate::native::Native;
use crate::sequence::{self, Source, Walk};

pub const NATIVES: &[Native] = &[
    Native::method("List.reversed", &[], reversed).calling_back(),
    Native::method("List.enumerate", &[], enumerate).calling_back(),
    Native::method("List.zip", &["ys"], zip).calling_back(),
    Native::method("List.flatten", &[], flatten).calling_back(),
    Native::method("List.take", &["n"], take).calling_back(),
    Native::method("List.skip", &["n"], skip).calling_back(),
    Native::method("List.chunks", &["n"], chunks).calling_back(),
    Native::method("List.windows", &["n"], windows).calling_back(),
];

fn reversed(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let items = sequence::to_list(host, args[0])?;
    let list = args::object::<List>(host, &items)?;
    let mut copy = Owned::new(list.slice(0, list.len())?);
    copy.value_mut().unique::<List>()?.reverse();
    Ok(copy.take())
}

fn enumerate(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut pairs = Collected::new();
    sequence::each(host, args[0], |_, item| {
        let place = KayVal::int(pairs.len() as i64);
        pairs.push(objects::tuple(&[place, item.take()])).map(|()| Walk::On)
    })?;
    Ok(pairs.finish())
}

/// Pairs up to the end of the shorter one; the left one is asked first.
fn zip(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (left, mut right) = (Source::new(host, args[0])?, Source::new(host, args[1])?);
    let mut pairs = Collected::new();
    left.each(host, |host, a| {
        let Some(b) = right.next(host)? else {
            return Ok(Walk::Stop);
        };
        pairs.push(objects::tuple(&[a.take(), b.take()])).map(|()| Walk::On)
    })?;
    Ok(pairs.finish())
}

fn flatten(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut flat = Collected::new();
    sequence::each(host, args[0], |host, part| append_all(host, *part, &mut flat).map(|()| Walk::On))?;
    Ok(flat.finish())
}

/// Adds all items of `part`.
///
/// # Errors
/// `cannot iterate over i64`, whatever iterating ends with.
pub fn append_all(host: &mut dyn Host, part: KayVal, to: &mut Collected) -> Res<()> {
    sequence::each(host, part, |_, item| to.push(item.take()).map(|()| Walk::On))
}

/// The first `n` items; an endless iterator is asked for no more.
fn take(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let count = args::count(host, args[1], 0)?;
    let (mut source, mut taken) = (Source::new(host, args[0])?, Collected::new());
    while taken.len() < count {
        let Some(item) = source.next(host)? else {
            break;
        };
        taken.push(item.take())?;
    }
    Ok(taken.finish())
}

fn skip(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let count = args::count(host, args[1], 0)?;
    let items = sequence::to_list(host, args[0])?;
    let list = args::object::<List>(host, &items)?;
    list.slice(count.min(list.len()), list.len())
}

fn chunks(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let size = args::count(host, args[1], 1)?;
    let items = sequence::to_list(host, args[0])?;
    let list = args::object::<List>(host, &items)?;
    let mut parts = Collected::new();
    let mut at = 0;
    while at < list.len() {
        let end = at.saturating_add(size).min(list.len());
        parts.push(list.slice(at, end)?)?;
        at = end;
    }
    Ok(parts.finish())
}

fn windows(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let size = args::count(host, args[1], 1)?;
    let items = sequence::to_list(host, args[0])?;
    let list = args::object::<List>(host, &items)?;
    let mut parts = Collected::new();
    for at in 0..(list.len() + 1).saturating_sub(size) {
        parts.push(list.slice(at, at + size)?)?;
    }
    Ok(parts.finish())
}
