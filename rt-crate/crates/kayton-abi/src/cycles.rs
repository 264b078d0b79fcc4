//! Reclaiming class instances that only hold each other (LANGUAGE §4).
//!
//! Only a class instance can be changed after others refer to it, so every cycle runs through one. The instances of a
//! thread are registered; [`collect`] subtracts from every count the references that come from inside what the
//! instances reach. What then still has a count is held from outside, and keeps all it reaches; the other instances
//! are emptied, which lets ordinary counting free them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::mem::ManuallyDrop;

use crate::free::for_each_child;
use crate::hash::Mixing;
use crate::object::{Header, IMMORTAL};
use crate::objects;
use crate::value::{KayVal, Tag};

/// A first collection is worth while at this many instances.
const FIRST: usize = 10_000;

thread_local! {
    /// Never dropped with its thread, so that values may be released while a thread ends.
    static INSTANCES: RefCell<ManuallyDrop<Vec<KayVal>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
    static NEXT_AT: Cell<usize> = const { Cell::new(FIRST) };
    static DUE: Cell<bool> = const { Cell::new(false) };
}

pub(crate) fn register(instance: KayVal) {
    INSTANCES.with_borrow_mut(|instances| {
        // SAFETY: `instance` is a live class instance.
        unsafe { (*instance.header()).slot.set(instances.len() as u32) };
        instances.push(instance);
        if instances.len() >= NEXT_AT.get() {
            DUE.set(true);
        }
    });
}

pub(crate) fn unregister(dead: &Header) {
    let slot = dead.slot.get() as usize;
    INSTANCES.with_borrow_mut(|instances| {
        // A slot that is not there belongs to a registry that was reset.
        if slot < instances.len() {
            instances.swap_remove(slot);
            if let Some(moved) = instances.get(slot) {
                // SAFETY: registered instances are alive.
                unsafe { (*moved.header()).slot.set(slot as u32) };
            }
        }
    });
}

pub(crate) fn forget_all() {
    INSTANCES.with_borrow_mut(|instances| **instances = Vec::new());
    NEXT_AT.set(FIRST);
    DUE.set(false);
}

/// Whether so many instances were made since the last collection that another one is worth while. Cheap: for a loop's
/// back edge or a call.
#[inline]
pub fn collection_due() -> bool {
    DUE.get()
}

/// The number of class instances of this thread.
pub fn instances() -> usize {
    INSTANCES.with_borrow(|instances| instances.len())
}

/// An object that instances reach, with the counts that do not come from inside.
struct Reached {
    value: KayVal,
    outside: u32,
    alive: bool,
}

type Reach = HashMap<u64, Reached, Mixing>;

/// Frees the instances that nothing outside of them holds, and gives their number.
pub fn collect() -> usize {
    let roots = INSTANCES.with_borrow(|instances| instances.to_vec());
    let mut reach = reached_from(&roots);
    keep_what_is_held(&mut reach);
    let garbage: Vec<KayVal> =
        roots.into_iter().filter(|root| reach.get(&root.bits).is_some_and(|found| !found.alive)).collect();
    // All are held while the first are emptied, so that none is freed under our hands.
    garbage.iter().for_each(|instance| instance.retain());
    for mut instance in garbage.iter().copied() {
        empty(&mut instance);
    }
    garbage.iter().for_each(|instance| instance.release());
    NEXT_AT.set((instances() * 2).max(FIRST));
    DUE.set(false);
    garbage.len()
}

fn reached_from(roots: &[KayVal]) -> Reach {
    let mut reach = Reach::default();
    let mut work = Vec::new();
    for root in roots {
        meet(*root, &mut reach, &mut work);
    }
    while let Some(value) = work.pop() {
        for_each_child(value, |child| {
            if child.is_heap() && child.tag != Tag::STR {
                let found = meet(child, &mut reach, &mut work);
                if found.outside != IMMORTAL {
                    found.outside = found.outside.saturating_sub(1);
                }
            }
        });
    }
    reach
}

fn meet<'a>(value: KayVal, reach: &'a mut Reach, work: &mut Vec<KayVal>) -> &'a mut Reached {
    reach.entry(value.bits).or_insert_with(|| {
        work.push(value);
        // SAFETY: a heap value points to a live object.
        let outside = unsafe { (*value.header()).count() };
        Reached { value, outside, alive: false }
    })
}

fn keep_what_is_held(reach: &mut Reach) {
    let mut work: Vec<KayVal> = Vec::new();
    for found in reach.values_mut().filter(|found| found.outside > 0) {
        found.alive = true;
        work.push(found.value);
    }
    while let Some(value) = work.pop() {
        for_each_child(value, |child| {
            if let Some(found) = reach.get_mut(&child.bits).filter(|found| child.is_heap() && !found.alive) {
                found.alive = true;
                work.push(child);
            }
        });
    }
}

fn empty(instance: &mut KayVal) {
    let held = match objects::fields_mut(instance) {
        Ok(fields) => fields.iter_mut().map(|field| std::mem::replace(field, KayVal::UNIT)).collect(),
        Err(_) => Vec::new(),
    };
    held.into_iter().for_each(KayVal::release);
}
