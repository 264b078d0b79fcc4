//! The methods that change a list (LANGUAGE §9).

use kayton_abi::{access, errors, objects, Host, KayVal, List, Res};

use crate::args;
use crate::native::Native;
use crate::sequence;

pub const NATIVES: &[Native] = &[
    Native::method("List.push", &["x"], push).mutating(),
    Native::method("List.pop", &[], pop).mutating(),
    Native::method("List.insert", &["i", "x"], insert).mutating(),
    Native::method("List.remove", &["i"], remove).mutating(),
    Native::method("List.swap", &["i", "j"], swap).mutating(),
    Native::method("List.clear", &[], clear).mutating(),
    Native::method("List.extend", &["xs"], extend).mutating().calling_back(),
    Native::method("List.truncate", &["n"], truncate).mutating(),
    Native::method("List.reverse", &[], reverse).mutating(),
];

fn length(host: &dyn Host, value: &KayVal) -> Res<usize> {
    Ok(args::object::<List>(host, value)?.len())
}

fn push(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let value = args[1];
    args[0].unique::<List>()?.push(value.retained())?;
    Ok(KayVal::UNIT)
}

fn pop(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(objects::option(args[0].unique::<List>()?.pop()))
}

fn insert(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let len = length(host, &args[0])?;
    let index = args::int(host, args[1])?;
    let at = usize::try_from(index).ok().filter(|at| *at <= len);
    let at = at.ok_or_else(|| errors::index_out_of_range(len, index))?;
    let value = args[2];
    args[0].unique::<List>()?.insert(at, value.retained())?;
    Ok(KayVal::UNIT)
}

fn remove(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let at = access::place(host.types(), length(host, &args[0])?, args[1])?;
    Ok(args[0].unique::<List>()?.remove(at))
}

fn swap(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let len = length(host, &args[0])?;
    let (a, b) = (access::place(host.types(), len, args[1])?, access::place(host.types(), len, args[2])?);
    args[0].unique::<List>()?.swap(a, b);
    Ok(KayVal::UNIT)
}

fn clear(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if args[0].is_unique() {
        args[0].unique::<List>()?.truncate(0);
    } else {
        std::mem::replace(&mut args[0], List::empty()).release();
    }
    Ok(KayVal::UNIT)
}

/// The added items are collected first: they keep the receiver's old elements where they come from it.
fn extend(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let items = sequence::to_list(host, args[1])?;
    args[0].unique::<List>()?.extend(args::object(host, &items)?)?;
    Ok(KayVal::UNIT)
}

fn truncate(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let len = args::count(host, args[1], 0)?;
    args[0].unique::<List>()?.truncate(len);
    Ok(KayVal::UNIT)
}

fn reverse(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    args[0].unique::<List>()?.reverse();
    Ok(KayVal::UNIT)
}
