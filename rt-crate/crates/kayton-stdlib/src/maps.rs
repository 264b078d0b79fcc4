//! The methods of Map (LANGUAGE §9).

use kayton_abi::{objects, Host, KayVal, Owned, Res, Table, Tag};

use crate::args;
use crate::collect::list_of;
use crate::native::Native;

pub const NATIVES: &[Native] = &[
    Native::method("Map.len", &[], len),
    Native::method("Map.is_empty", &[], is_empty),
    Native::method("Map.get", &["k"], get),
    Native::method("Map.get_or", &["k", "d"], get_or),
    Native::method("Map.insert", &["k", "v"], insert).mutating(),
    Native::method("Map.remove", &["k"], remove).mutating(),
    Native::method("Map.contains", &["k"], contains),
    Native::method("Map.keys", &[], keys),
    Native::method("Map.values", &[], values),
    Native::method("Map.items", &[], items),
    Native::method("Map.clear", &[], clear).mutating(),
    Native::method("Map.update", &["k", "default", "f"], update).mutating().calling_back(),
    Native::method("Map.merge", &["other"], merge).mutating(),
];

fn map<'a>(host: &dyn Host, value: &'a KayVal) -> Res<&'a Table> {
    args::tagged(host, Tag::MAP, value)
}

fn len(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::int(map(host, &args[0])?.len() as i64))
}

fn is_empty(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    Ok(KayVal::bool(map(host, &args[0])?.is_empty()))
}

fn get(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let found = map(host, &args[0])?.get(host.types(), args[1])?;
    Ok(objects::option(found.map(KayVal::retained)))
}

fn get_or(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let found = map(host, &args[0])?.get(host.types(), args[1])?;
    Ok(found.unwrap_or(args[2]).retained())
}

fn insert(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (key, value) = (args[1], args[2]);
    let table = args[0].unique::<Table>()?;
    Ok(objects::option(table.insert(host.types(), key.retained(), value.retained())?))
}

fn remove(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let key = args[1];
    Ok(objects::option(args[0].unique::<Table>()?.remove(host.types(), key)?))
}

fn contains(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    map(host, &args[0])?.contains(host.types(), args[1]).map(KayVal::bool)
}

fn keys(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(map(host, &args[0])?.entries().map(|entry| entry.key().retained()))
}

fn values(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    list_of(map(host, &args[0])?.entries().map(|entry| entry.value.retained()))
}

fn items(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let pairs = map(host, &args[0])?.entries();
    list_of(pairs.map(|entry| objects::tuple(&[entry.key().retained(), entry.value.retained()])))
}

/// Empties a map or set.
pub fn clear(_: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    if args[0].is_unique() {
        args[0].unique::<Table>()?.clear();
    } else {
        let empty = if args[0].tag == Tag::SET { Table::set() } else { Table::map() };
        std::mem::replace(&mut args[0], empty).release();
    }
    Ok(KayVal::UNIT)
}

/// Stores under a key; a value that was there is released.
fn store(host: &dyn Host, map: &mut KayVal, key: KayVal, value: Owned) -> Res<()> {
    let table = map.unique::<Table>()?;
    let old = table.insert(host.types(), key.retained(), value.take())?;
    if let Some(old) = old {
        old.release();
    }
    Ok(())
}

fn update(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (key, default, f) = (args[1], args[2], args[3]);
    let found = map(host, &args[0])?.get(host.types(), key)?;
    let before = Owned::share(found.unwrap_or(default));
    let after = Owned::new(host.call(f, &[*before])?);
    store(host, &mut args[0], key, after)?;
    Ok(KayVal::UNIT)
}

fn merge(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    // Its own count keeps the other map as it is, also when it is the receiver.
    let other = Owned::share(args[1]);
    for entry in map(host, &other)?.entries() {
        store(host, &mut args[0], entry.key(), Owned::share(entry.value))?;
    }
    Ok(KayVal::UNIT)
}
