//! Making values.

use kayton_abi::{cycles, errors, objects, types::TypeKind, KayVal, List, Owned, Range, Res, Table};

use crate::machine::Machine;
use crate::pc::Pc;

/// Forgets the values of a window that have moved elsewhere.
fn forget(window: &mut [KayVal]) {
    for value in window.iter_mut().filter(|value| value.is_heap()) {
        *value = KayVal::UNIT;
    }
}

/// Makes something of `count` values from register `first` on, which moves out of the window.
#[inline(always)]
fn from_window(m: &mut Machine, pc: Pc, first: u16, count: usize, make: impl FnOnce(&[KayVal]) -> Res<KayVal>) -> Pc {
    let window = pc.regs.window(first, count);
    let made = make(window);
    forget(window);
    m.store(pc, made)
}

/// `r[a] = [r[b .. b+c]]`
#[inline(never)]
pub(crate) fn list(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    from_window(m, pc, i.b(), i.c().into(), List::from_values)
}

/// `r[a] = (r[b .. b+c])`
#[inline(never)]
pub(crate) fn tuple(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    from_window(m, pc, i.b(), i.c().into(), |parts| Ok(objects::tuple(parts)))
}

/// `r[a] = types[c](r[b ..])`
#[inline(never)]
pub(crate) fn structure(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let id = i.c();
    let count = m.program.fields[usize::from(id)].fields.len();
    let is_class = m.program.types.types[usize::from(id)].kind == TypeKind::Class;
    let pc = from_window(m, pc, i.b(), count, |fields| {
        Ok(if is_class { objects::class(id.into(), fields) } else { objects::structure(id.into(), fields) })
    });
    if is_class && cycles::collection_due() {
        cycles::collect();
    }
    pc
}

/// `r[a] = variants[c](r[b ..])`
#[inline(never)]
pub(crate) fn variant(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let count = m.program.variant_fields[usize::from(i.c())];
    from_window(m, pc, i.b(), count.into(), |fields| Ok(objects::variant(i.c().into(), fields)))
}

/// `r[a] = functions[c]` with captures `r[b ..]`
#[inline(never)]
pub(crate) fn closure(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let count = m.program.module.functions[usize::from(i.c())].captures;
    from_window(m, pc, i.b(), count.into(), |captured| Ok(objects::closure(i.c().into(), captured)))
}

/// `r[a] = {r[b]: r[b+1], …}` of `c` pairs
#[inline(never)]
pub(crate) fn map(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    fill(m, pc, Table::map(), 2 * usize::from(i.c()), 2)
}

/// `r[a] = {r[b .. b+c]}`
#[inline(never)]
pub(crate) fn set(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    fill(m, pc, Table::set(), i.c().into(), 1)
}

/// Puts the window's entries of `stride` values into an empty table.
fn fill(m: &mut Machine, pc: Pc, mut table: KayVal, count: usize, stride: usize) -> Pc {
    let window = pc.regs.window(pc.current().b(), count);
    for entry in window.chunks_mut(stride) {
        let (key, value) = (entry[0], entry.get(1).copied().unwrap_or(KayVal::UNIT));
        forget(entry);
        if let Err(error) = insert(m, &mut table, key, value) {
            table.release();
            return m.fail(pc, error);
        }
    }
    m.store(pc, Ok(table))
}

/// Inserts into a table, taking over both counts.
fn insert(m: &Machine, table: &mut KayVal, key: KayVal, value: KayVal) -> Res<()> {
    let (key, value) = (Owned::new(key), Owned::new(value));
    let table = table.unique::<Table>()?;
    if let Some(old) = table.insert(&m.program.types, key.take(), value.take())? {
        old.release();
    }
    Ok(())
}

/// `r[a] = r[b] .. r[c]`
#[inline(never)]
pub(crate) fn range(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let int = |r: u16| {
        let value = pc.regs.get(r);
        value.to_int().ok_or_else(|| errors::expected("i64", m.program.types.type_name(value)))
    };
    let made = int(i.b()).and_then(|start| {
        let end = int(i.c())?;
        Ok(if i.high() { Range::inclusive(start, end) } else { Range::exclusive(start, end) })
    });
    m.store(pc, made)
}

/// `r[a] = [r[b]; r[c]]`
#[inline(never)]
pub(crate) fn list_repeat(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let count = pc.regs.get(i.c());
    let made = match count.to_int() {
        Some(count) => List::repeated(pc.regs.get(i.b()), count),
        None => Err(errors::expected("i64", m.program.types.type_name(count))),
    };
    if i.kills_b() {
        pc.regs.drop_one(i.b());
    }
    m.store(pc, made)
}

/// Goes on, or stops.
fn done(m: &mut Machine, pc: Pc, result: Res<()>) -> Pc {
    match result {
        Ok(()) => pc,
        Err(error) => m.fail(pc, error),
    }
}

/// Appends `r[b]` to the list `r[a]`.
#[inline(never)]
pub(crate) fn list_append(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    // Owned first, so that a list that is appended to itself is no longer unique.
    let value = Owned::new(pc.regs.own(i.b(), i.kills_b()));
    let result = pc.regs.place(i.a()).unique::<List>().and_then(|list| list.push(value.take()));
    done(m, pc, result)
}

/// Adds `r[b]` to the set `r[a]`.
#[inline(never)]
pub(crate) fn set_add(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let member = pc.regs.own(i.b(), i.kills_b());
    let result = insert(m, pc.regs.place(i.a()), member, KayVal::UNIT);
    done(m, pc, result)
}

/// `r[a][r[b]] = r[c]` of a map.
#[inline(never)]
pub(crate) fn map_put(m: &mut Machine, pc: Pc) -> Pc {
    let i = pc.current();
    let (key, value) = (pc.regs.own(i.b(), i.kills_b()), pc.regs.own(i.c(), i.kills_c()));
    let result = insert(m, pc.regs.place(i.a()), key, value);
    done(m, pc, result)
}
