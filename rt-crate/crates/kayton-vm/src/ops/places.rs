//! The fast path of storing at a place that lies in unshared lists, structs and class instances.

use std::cell::Cell;

use kayton_abi::list::ItemsMut;
use kayton_abi::{objects, KayVal, List, Tag};
use kayton_bytecode::{Op, Part, Path};

use crate::machine::Machine;
use crate::ops::parts::field;
use crate::pc::{At, Pc};
use crate::program::Program;
use crate::regs::{head, load, store, Regs};
use crate::sites::{Cache, NO_HEAD};

/// A path, with a cache of where its fields were found last.
pub(crate) struct PlacePath {
    /// The path; its names are numbers that equal names share.
    pub(crate) path: Path,
    /// For each part that is a field: where it was found, and what it takes if it is the last.
    fields: Box<[Cell<Cache>]>,
    /// Whether the fast path may be tried.
    is_plain: bool,
    /// The quick form of a `StorePath` of it.
    pub(crate) quick: Option<Op>,
}

impl PlacePath {
    pub(crate) fn new(path: Path) -> PlacePath {
        let fields = path.parts.iter().map(|_| Cell::new(Cache::EMPTY)).collect();
        let is_plain = !path.frozen && path.method.is_none() && !path.parts.is_empty();
        let quick = match path.parts[..] {
            [Part::Index, Part::Field(_)] => Some(Op::StoreItemField),
            [Part::Index, Part::Index] => Some(Op::StoreItemItem),
            [Part::Field(_), Part::Index] => Some(Op::StoreFieldItem),
            _ => None,
        };
        PlacePath { path, fields, is_plain, quick: quick.filter(|_| is_plain) }
    }

    /// Where its only field was found last.
    pub(crate) fn cache(&self) -> Cache {
        self.fields.iter().map(Cell::get).find(|cache| cache.head != NO_HEAD).unwrap_or(Cache::EMPTY)
    }

    /// Remembers where the fields of a place in `root` are.
    pub(crate) fn remember(&self, program: &Program, root: KayVal, indices: &[KayVal]) {
        let (mut container, mut indices) = (root, indices.iter());
        let last = self.path.parts.len().saturating_sub(1);
        for (step, (part, cache)) in self.path.parts.iter().zip(&self.fields).enumerate() {
            let found = match part {
                Part::Index => indices.next().and_then(|index| {
                    container.get::<List>().and_then(|list| list.get(usize::try_from(index.to_int()?).ok()?))
                }),
                Part::Field(name) => program.field(container, *name).and_then(|(at, guard)| {
                    // Only a value that is replaced crosses the boundary.
                    let written = Cache::written(head(container), at, guard.filter(|_| step == last));
                    cache.set(written.unwrap_or(Cache::EMPTY));
                    objects::fields(&container).get(at).copied()
                }),
                Part::Part(_) => None,
            };
            match found {
                Some(inner) => container = inner,
                None => return,
            }
        }
    }
}

/// Stores, if every container on the way is an unshared list or has the fields where the path's cache says.
#[inline]
pub(crate) fn store_quickly(m: &Machine, pc: Pc) -> bool {
    let i = pc.current();
    let path = m.path(i.c());
    let Some((last, inner)) = path.path.parts.split_last().filter(|_| path.is_plain) else {
        return false;
    };
    let (mut place, mut index) = (pc.regs.at(i.a().into()), i.b());
    for (part, cache) in inner.iter().zip(&path.fields) {
        match enter(place, *part, cache.get(), pc.regs, &mut index) {
            Some(next) => place = next,
            None => return false,
        }
    }
    let cache = path.fields.last().map_or(Cache::EMPTY, Cell::get);
    if *last == Part::Index {
        return set_item(place, pc.regs, index);
    }
    let Some(place) = enter(place, *last, cache, pc.regs, &mut index).filter(|_| cache.admits(pc.regs.tag(index)))
    else {
        return false;
    };
    // SAFETY: `enter` gave the place of a field in an object that may be changed.
    unsafe {
        let old = *place;
        store(place, pc.regs.take(index));
        old.release();
    }
    true
}

/// The item of an unshared list of anything that register `index` names.
#[inline(always)]
fn item(list: &mut KayVal, r: Regs, index: u16) -> Option<&mut KayVal> {
    if list.tag != Tag::LIST || !list.is_unique() || r.tag(index) != Tag::INT {
        return None;
    }
    match list.unique::<List>().ok()?.items_mut() {
        ItemsMut::Any(values) => values.get_mut(r.int(index) as usize),
        _ => None,
    }
}

/// The place of a field in a container that may be changed, if it has the type of the cache.
#[inline(always)]
fn field_of(container: KayVal, cache: Cache) -> Option<*mut KayVal> {
    let in_place = container.tag == Tag::CLASS || container.is_unique();
    // SAFETY: the cache was filled for this struct or class type, which has the field.
    (head(container) == cache.head && in_place).then(|| unsafe { field(container, cache.slot as usize) })
}

/// Puts the value of register `from` at a place; gives the object that was there.
///
/// # Safety
/// `place` is that of a value in an object that may be changed.
#[inline(always)]
unsafe fn exchange(place: *mut KayVal, r: Regs, from: u16) -> u64 {
    // SAFETY: as above.
    unsafe {
        let old = load(place);
        store(place, r.take(from));
        old.object()
    }
}

/// `r[a][i].name = v`; gives the object that was there.
#[inline(always)]
pub(crate) fn store_item_field(m: &Machine, r: Regs, i: At) -> Option<u64> {
    let cache = m.place_cache(i.c());
    let place = field_of(*item(r.place(i.a()), r, i.b())?, cache)?;
    if !cache.admits(r.tag(i.b() + 1)) {
        return None;
    }
    // SAFETY: `field_of` gave the place in an object that may be changed.
    Some(unsafe { exchange(place, r, i.b() + 1) })
}

/// `r[a][i][j] = v`; gives the object that was there.
#[inline(always)]
pub(crate) fn store_item_item(r: Regs, i: At) -> Option<u64> {
    let inner = item(r.place(i.a()), r, i.b())?;
    put_item(inner, r, i.b() + 1)
}

/// `r[a].name[i] = v`; gives the object that was there.
#[inline(always)]
pub(crate) fn store_field_item(m: &Machine, r: Regs, i: At) -> Option<u64> {
    let place = field_of(r.get(i.a()), m.place_cache(i.c()))?;
    // SAFETY: `field_of` gave the place in an object that may be changed.
    put_item(unsafe { &mut *place }, r, i.b())
}

/// Stores the value after register `index` at that index of an unshared list; gives the object that was there.
#[inline(always)]
fn put_item(list: &mut KayVal, r: Regs, index: u16) -> Option<u64> {
    if list.tag != Tag::LIST || !list.is_unique() || r.tag(index) != Tag::INT {
        return None;
    }
    let (at, value) = (r.int(index) as usize, index + 1);
    match list.unique::<List>().ok()?.items_mut() {
        ItemsMut::Ints(ints) if r.tag(value) == Tag::INT => *ints.get_mut(at)? = r.int(value),
        ItemsMut::Floats(floats) if r.tag(value) == Tag::FLOAT => *floats.get_mut(at)? = r.float(value),
        // SAFETY: the item is in a list that nobody shares.
        ItemsMut::Any(values) => return Some(unsafe { exchange(values.get_mut(at)?, r, value) }),
        _ => return None,
    }
    Some(0)
}

/// The place of a part, if its container may be changed in place.
#[inline(always)]
fn enter(place: *mut KayVal, part: Part, cache: Cache, regs: Regs, index: &mut u16) -> Option<*mut KayVal> {
    // SAFETY: `place` is a register, or the place of a part, of a value that is alive.
    let container = unsafe { &mut *place };
    match part {
        Part::Index if container.tag == Tag::LIST && container.is_unique() => {
            let at = regs.get(*index).to_int()?;
            *index += 1;
            match container.unique::<List>().ok()?.items_mut() {
                ItemsMut::Any(values) => values.get_mut(at as usize).map(|item| item as *mut KayVal),
                _ => None,
            }
        }
        Part::Field(_) => field_of(*container, cache),
        _ => None,
    }
}

/// Stores the value after register `index` at that index of an unshared list.
#[inline(always)]
fn set_item(place: *mut KayVal, regs: Regs, index: u16) -> bool {
    // SAFETY: as in `enter`.
    let container = unsafe { &mut *place };
    if container.tag != Tag::LIST || !container.is_unique() {
        return false;
    }
    let (at, value) = (regs.get(index), regs.get(index + 1));
    let Some(at) = at.to_int().and_then(|at| usize::try_from(at).ok()) else {
        return false;
    };
    match container.unique::<List>().map(List::items_mut) {
        Ok(ItemsMut::Ints(ints)) if value.tag == Tag::INT && at < ints.len() => ints[at] = value.int_bits(),
        Ok(ItemsMut::Floats(floats)) if value.tag == Tag::FLOAT && at < floats.len() => floats[at] = value.float_bits(),
        Ok(ItemsMut::Any(values)) if at < values.len() => {
            std::mem::replace(&mut values[at], regs.take(index + 1)).release();
        }
        _ => return false,
    }
    true
}
