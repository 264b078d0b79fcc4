//! The fast path of storing at a place that lies in unshared lists, structs and class instances.

use std::cell::Cell;

use kayton_abi::list::ItemsMut;
use kayton_abi::{objects, KayVal, List, Tag};
use kayton_bytecode::{Part, Path};

use crate::machine::Machine;
use crate::ops::parts::field;
use crate::pc::Pc;
use crate::program::Program;
use crate::regs::{head, store, Regs};
use crate::sites::NO_HEAD;

/// A path, with a cache of where its fields were found last.
pub(crate) struct PlacePath {
    /// The path; its names are numbers that equal names share.
    pub(crate) path: Path,
    /// For each part that is a field: the first word of the values that have it, and its place.
    fields: Box<[Cell<(u64, u32)>]>,
    /// Whether the fast path may be tried.
    is_plain: bool,
}

impl PlacePath {
    pub(crate) fn new(path: Path) -> PlacePath {
        let fields = path.parts.iter().map(|_| Cell::new((NO_HEAD, 0))).collect();
        let is_plain = !path.frozen && path.method.is_none() && !path.parts.is_empty();
        PlacePath { path, fields, is_plain }
    }

    /// Remembers where the fields of a place in `root` are.
    pub(crate) fn remember(&self, program: &Program, root: KayVal, indices: &[KayVal]) {
        let (mut container, mut indices) = (root, indices.iter());
        for (part, cache) in self.path.parts.iter().zip(&self.fields) {
            let found = match part {
                Part::Index => indices.next().and_then(|index| {
                    container.get::<List>().and_then(|list| list.get(usize::try_from(index.to_int()?).ok()?))
                }),
                Part::Field(name) => program.field(container, *name).and_then(|(at, guard)| {
                    cache.set(if guard.is_none() { (head(container), at as u32) } else { (NO_HEAD, 0) });
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
    let cache = path.fields.last().map_or((NO_HEAD, 0), Cell::get);
    if *last == Part::Index {
        return set_item(place, pc.regs, index);
    }
    let Some(place) = enter(place, *last, cache, pc.regs, &mut index) else {
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

/// The place of a part, if its container may be changed in place.
#[inline(always)]
fn enter(place: *mut KayVal, part: Part, cache: (u64, u32), regs: Regs, index: &mut u16) -> Option<*mut KayVal> {
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
        Part::Field(_) if head(*container) == cache.0 && (container.tag == Tag::CLASS || container.is_unique()) => {
            // SAFETY: the cache was filled for this struct or class type, which has the field.
            Some(unsafe { field(*container, cache.1 as usize) })
        }
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
