//! Sorting lists (LANGUAGE §9): stable, NaN last. The list is unchanged when a comparison fails.

use kayton_abi::list::{Items, ItemsMut};
use kayton_abi::{order, Host, KayVal, List, Owned, Res};

use crate::args;
use crate::native::Native;
use crate::sequence;
use crate::sort::{merge_sort, sort_by_keys};

pub const NATIVES: &[Native] = &[
    Native::method("List.sort", &[], sort).mutating().calling_back(),
    Native::method("List.sorted", &[], sorted).calling_back(),
    Native::method("List.sort_by", &["cmp"], sort_by).mutating().calling_back(),
    Native::method("List.sort_by_key", &["f"], sort_by_key).mutating().calling_back(),
    Native::method("List.sorted_by_key", &["f"], sorted_by_key).calling_back(),
];

/// The elements of `held`, in an order that `arrange` gives them, as a new list.
fn rearranged(
    host: &mut dyn Host,
    held: &Owned,
    arrange: impl FnOnce(&mut dyn Host, &mut [KayVal]) -> Res<()>,
) -> Res<KayVal> {
    let mut values: Vec<KayVal> = args::object::<List>(host, held)?.iter().collect();
    arrange(host, &mut values)?;
    values.iter().for_each(|value| value.retain());
    List::from_values(&values)
}

/// Puts a new list in the receiver's place.
fn replace(receiver: &mut KayVal, sorted: KayVal) -> Res<KayVal> {
    std::mem::replace(receiver, sorted).release();
    Ok(KayVal::UNIT)
}

/// Numbers of one kind are sorted where they are; anything else as a copy.
fn sort(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if let Items::Any(_) = args::object::<List>(host, &args[0])?.items() {
        let held = Owned::share(args[0]);
        let sorted = rearranged(host, &held, |host, values| sort_by_keys(host, values, |value| *value))?;
        return replace(&mut args[0], sorted);
    }
    match args[0].unique::<List>()?.items_mut() {
        ItemsMut::Ints(ints) => ints.sort_unstable(),
        ItemsMut::Floats(floats) => floats.sort_by(|a, b| order::nan_last(*a, *b)),
        ItemsMut::Any(_) => {}
    }
    Ok(KayVal::UNIT)
}

fn sorted(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut copy = sequence::to_list(host, args[0])?;
    sort(host, std::slice::from_mut(copy.value_mut()))?;
    Ok(copy.take())
}

fn sort_by(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (held, cmp) = (Owned::share(args[0]), args[1]);
    let sorted = rearranged(host, &held, |host, values| {
        merge_sort(host, values, &mut |host, a, b| {
            let sign = Owned::new(host.call(cmp, &[a, b])?);
            Ok(args::int(host, *sign)?.cmp(&0))
        })
    })?;
    drop(held);
    replace(&mut args[0], sorted)
}

/// Each element's key is computed once, in order, before anything is compared.
fn by_key(host: &mut dyn Host, items: &Owned, f: KayVal) -> Res<KayVal> {
    rearranged(host, items, |host, values| {
        let mut keys = Vec::with_capacity(values.len());
        for value in values.iter() {
            keys.push(Owned::new(host.call(f, &[*value])?));
        }
        let mut pairs: Vec<(KayVal, KayVal)> = keys.iter().map(|key| **key).zip(values.iter().copied()).collect();
        sort_by_keys(host, &mut pairs, |(key, _)| *key)?;
        values.iter_mut().zip(pairs).for_each(|(value, (_, sorted))| *value = sorted);
        Ok(())
    })
}

fn sort_by_key(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let held = Owned::share(args[0]);
    let sorted = by_key(host, &held, args[1])?;
    drop(held);
    replace(&mut args[0], sorted)
}

fn sorted_by_key(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let items = sequence::to_list(host, args[0])?;
    by_key(host, &items, args[1])
}
