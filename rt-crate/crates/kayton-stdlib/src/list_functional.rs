//! The methods of sequences that take functions (LANGUAGE §9). A function runs once per item, in order.

use kayton_abi::{objects, ops, Host, KayVal, Owned, Res};

use crate::collect::Collected;
use crate::list_cut::append_all;
use crate::native::Native;
use crate::sequence::{self, Walk};

pub const NATIVES: &[Native] = &[
    Native::method("List.map", &["f"], map).calling_back(),
    Native::method("List.filter", &["f"], filter).calling_back(),
    Native::method("List.fold", &["init", "f"], fold).calling_back(),
    Native::method("List.reduce", &["f"], reduce).calling_back(),
    Native::method("List.any", &["f"], any).calling_back(),
    Native::method("List.all", &["f"], all).calling_back(),
    Native::method("List.count", &["f"], count).calling_back(),
    Native::method("List.flat_map", &["f"], flat_map).calling_back(),
];

/// Whether the predicate `f` holds for `item`.
fn holds(host: &mut dyn Host, f: KayVal, item: KayVal) -> Res<bool> {
    let answer = Owned::new(host.call(f, &[item])?);
    ops::truth(host.types(), *answer)
}

fn map(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut results = Collected::new();
    let f = args[1];
    sequence::each(host, args[0], |host, item| results.push(host.call(f, &[*item])?).map(|()| Walk::On))?;
    Ok(results.finish())
}

fn filter(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut kept = Collected::new();
    let f = args[1];
    sequence::each(host, args[0], |host, item| {
        if holds(host, f, *item)? {
            kept.push(item.take())?;
        }
        Ok(Walk::On)
    })?;
    Ok(kept.finish())
}

fn fold(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (mut total, f) = (Owned::share(args[1]), args[2]);
    sequence::each(host, args[0], |host, item| {
        total = Owned::new(host.call(f, &[*total, *item])?);
        Ok(Walk::On)
    })?;
    Ok(total.take())
}

fn reduce(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut total: Option<Owned> = None;
    let f = args[1];
    sequence::each(host, args[0], |host, item| {
        total = Some(match &total {
            Some(total) => Owned::new(host.call(f, &[**total, *item])?),
            None => item,
        });
        Ok(Walk::On)
    })?;
    Ok(objects::option(total.map(Owned::take)))
}

/// Whether the predicate gives `wanted` for some item; later items are not looked at.
fn find(host: &mut dyn Host, args: &[KayVal], wanted: impl Fn(bool) -> bool) -> Res<bool> {
    let mut found = false;
    let f = args[1];
    sequence::each(host, args[0], |host, item| {
        found = wanted(holds(host, f, *item)?);
        Ok(if found { Walk::Stop } else { Walk::On })
    })?;
    Ok(found)
}

fn any(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    find(host, args, |holds| holds).map(KayVal::bool)
}

fn all(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    find(host, args, |holds| !holds).map(|found| KayVal::bool(!found))
}

fn count(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (mut count, f) = (0, args[1]);
    sequence::each(host, args[0], |host, item| {
        count += i64::from(holds(host, f, *item)?);
        Ok(Walk::On)
    })?;
    Ok(KayVal::int(count))
}

fn flat_map(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut flat = Collected::new();
    let f = args[1];
    sequence::each(host, args[0], |host, item| {
        let part = Owned::new(host.call(f, &[*item])?);
        append_all(host, *part, &mut flat).map(|()| Walk::On)
    })?;
    Ok(flat.finish())
}
