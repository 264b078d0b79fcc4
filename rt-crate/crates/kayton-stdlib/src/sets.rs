//! The methods of Set (LANGUAGE §9).

use kayton_abi::{Host, KayVal, Owned, Res, Table, Tag};

use crate::args;
use crate::collect::list_of;
use crate::maps;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("Set.len", &[], len),
    Native::method("Set.is_empty", &[], is_empty),
    Native::method("Set.add", &["x"], add).mutating(),
    Native::method("Set.remove", &["x"], remove).mutating(),
    Native::method("Set.clear", &[], maps::clear).mutating(),
    Native::method("Set.contains", &["x"], contains),
    Native::method("Set.union", &["other"], union),
    Native::method("Set.intersection", &["other"], intersection),
    Native::method("Set.difference", &["other"], difference),
    Native::method("Set.is_subset", &["other"], is_subset),
    Native::method("Set.to_list", &[], to_list),
];

fn set<'a>(host: &dyn Host, value: &'a KayVal) -> Res<&'a Table> {
    args::tagged(host, Tag::SET, value)
}

fn len(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::int(set(host, &args[0])?.len() as i64))
}

fn is_empty(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(set(host, &args[0])?.is_empty()))
}

/// Adds a borrowed member and says whether it is new.
fn put(host: &dyn Host, target: &mut KayVal, member: KayVal) -> Res<bool> {
    let table = target.unique::<Table>()?;
    Ok(table.insert(host.types(), member.retained(), KayVal::UNIT)?.is_none())
}

fn add(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let member = args[1];
    put(host, &mut args[0], member).map(KayVal::bool)
}

fn remove(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let member = args[1];
    let removed = args[0].unique::<Table>()?.remove(host.types(), member)?;
    Ok(KayVal::bool(removed.is_some()))
}

fn contains(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    set(host, &args[0])?.contains(host.types(), args[1]).map(KayVal::bool)
}

fn union(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let mut joined = Owned::share(args[0]);
    for entry in set(host, &args[1])?.entries() {
        put(host, joined.value_mut(), entry.key())?;
    }
    Ok(joined.take())
}

/// The receiver's members for which being in the other set is as `wanted` says.
fn select(host: &dyn Host, args: &[KayVal], wanted: impl Fn(bool) -> bool) -> Res<KayVal> {
    let (own, other) = (set(host, &args[0])?, set(host, &args[1])?);
    let mut selected = Owned::new(Table::set());
    for entry in own.entries() {
        if wanted(other.contains(host.types(), entry.key())?) {
            put(host, selected.value_mut(), entry.key())?;
        }
    }
    Ok(selected.take())
}

fn intersection(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    select(host, args, |shared| shared)
}

fn difference(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    select(host, args, |shared| !shared)
}

fn is_subset(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (own, other) = (set(host, &args[0])?, set(host, &args[1])?);
    for entry in own.entries() {
        if !other.contains(host.types(), entry.key())? {
            return Ok(KayVal::FALSE);
        }
    }
    Ok(KayVal::TRUE)
}

fn to_list(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(set(host, &args[0])?.entries().map(|entry| entry.key().retained()))
}
