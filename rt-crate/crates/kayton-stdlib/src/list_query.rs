//! The methods of lists, and of other sequences, that look without calling functions (LANGUAGE §9).

use std::cmp::Ordering;

use kayton_abi::list::Items;
use kayton_abi::ops::{self, Binary};
use kayton_abi::{access, errors, objects, string, Host, KayVal, List, Owned, Res, Table, Tag};

use crate::args;
use crate::globals::is_better;
use crate::native::Native;
use crate::sequence::{self, Walk};

pub const NATIVES: &[Native] = &[
    Native::method("List.len", &[], len),
    Native::method("List.is_empty", &[], is_empty),
    Native::method("List.first", &[], first),
    Native::method("List.last", &[], last),
    Native::method("List.contains", &["x"], contains).calling_back(),
    Native::method("List.index_of", &["x"], index_of).calling_back(),
    Native::method("List.sum", &["start"], sum).optional(1).calling_back(),
    Native::method("List.product", &["start"], product).optional(1).calling_back(),
    Native::method("List.min", &[], min).calling_back(),
    Native::method("List.max", &[], max).calling_back(),
    Native::method("List.join", &["sep"], join).calling_back(),
    Native::method("List.to_set", &[], to_set).calling_back(),
    Native::method("List.to_list", &[], to_list).calling_back(),
];

fn len(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::int(args::object::<List>(host, &args[0])?.len() as i64))
}

fn is_empty(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(access::len(args[0]) == Some(0)))
}

/// The item at one end of a list or range; reversing a range costs nothing.
fn first(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let item = sequence::Source::new(host, args[0])?.next(host)?;
    Ok(objects::option(item.map(Owned::take)))
}

fn last(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if let Some(range) = args[0].get::<kayton_abi::Range>() {
        let backwards = Owned::new(range.rev());
        return first(host, &mut [*backwards]);
    }
    let list = args::object::<List>(host, &args[0])?;
    let item = list.len().checked_sub(1).and_then(|at| list.get(at));
    Ok(objects::option(item.map(KayVal::retained)))
}

fn contains(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    access::contains(host, args[1], args[0]).map(KayVal::bool)
}

fn index_of(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let items = sequence::to_list(host, args[0])?;
    let place = access::index_of(host, *items, args[1])?;
    Ok(objects::option(place.map(|at| KayVal::int(at as i64))))
}

fn sum(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    accumulate(host, args, Binary::Add, "sum")
}

fn product(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    accumulate(host, args, Binary::Mul, "product")
}

/// From the start if there is one, else from the first item, `op=` with each item in order.
fn accumulate(host: &mut dyn Host, args: &[KayVal], op: Binary, name: &str) -> Res<KayVal> {
    if let Some(Items::Ints(ints)) = args[0].get::<List>().map(List::items) {
        if args[1].is_absent() && !ints.is_empty() {
            return of_ints(ints, op).map(KayVal::int);
        }
    }
    let mut total = (!args[1].is_absent()).then(|| Owned::share(args[1]));
    sequence::each(host, args[0], |host, item| {
        match &mut total {
            None => total = Some(item),
            Some(total) => step(host, op, total, &item)?,
        }
        Ok(Walk::On)
    })?;
    total.map(Owned::take).ok_or_else(|| errors::of_an_empty_list(name))
}

/// The sum or product of some i64, without a detour through values.
fn of_ints(ints: &[i64], op: Binary) -> Res<i64> {
    let result = match op {
        Binary::Mul => ints.iter().try_fold(1i64, |total, n| total.checked_mul(*n)),
        _ => ints.iter().try_fold(0i64, |total, n| total.checked_add(*n)),
    };
    result.ok_or_else(errors::integer_overflow)
}

/// `total op= item`: what is built in grows in place, the rest goes through its trait.
fn step(host: &mut dyn Host, op: Binary, total: &mut Owned, item: &Owned) -> Res<()> {
    if matches!(total.tag, Tag::INT | Tag::FLOAT | Tag::STR) {
        return ops::assign(host.types(), op, total.value_mut(), **item);
    }
    *total = Owned::new(ops::apply(host, op, **total, **item)?);
    Ok(())
}

fn min(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    best(host, args[0], Ordering::Less)
}

fn max(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    best(host, args[0], Ordering::Greater)
}

fn best(host: &mut dyn Host, values: KayVal, wanted: Ordering) -> Res<KayVal> {
    let mut best: Option<Owned> = None;
    sequence::each(host, values, |host, item| {
        let better = match &best {
            Some(best) => is_better(host, *item, **best, wanted)?,
            None => true,
        };
        if better {
            best = Some(item);
        }
        Ok(Walk::On)
    })?;
    Ok(objects::option(best.map(Owned::take)))
}

fn join(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let sep = args::text(host, &args[1])?;
    let items = sequence::to_list(host, args[0])?;
    let Items::Any(values) = args::object::<List>(host, &items)?.items() else {
        return match args::object::<List>(host, &items)?.get(0) {
            Some(number) => Err(args::mismatch(host, "str", number)),
            None => Ok(string::new("")),
        };
    };
    let mut parts = Vec::with_capacity(values.len() * 2);
    for value in values {
        if !parts.is_empty() {
            parts.push(sep);
        }
        parts.push(args::text(host, value)?);
    }
    string::joined(&parts)
}

fn to_set(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut set = Owned::new(Table::set());
    sequence::each(host, args[0], |host, item| {
        set.value_mut().unique::<Table>()?.insert(host.types(), item.take(), KayVal::UNIT)?;
        Ok(Walk::On)
    })?;
    Ok(set.take())
}

fn to_list(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    sequence::to_list(host, args[0]).map(Owned::take)
}
