//! Reclaiming class instances that only hold each other (LANGUAGE §4).
//!
//! Only a class instance can be changed after others refer to it, so every cycle runs through one. The instances of a
//! thread are registered; [`collect`] subtracts from every count the references that come from inside what the
//! instances reach. What then still has a count is held from outside, and keeps all it reaches; the other instances
//! are emptied, which lets ordinary counting free them.
//!
//! A collection walks over everything that instances reach, so the next one waits until as many instances were made as
//! this one has left objects alive, or until memory has grown by as much as was in use: the work is a constant share
//! of the program's own, however much is alive.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

use crate::alloc;
use crate::free::for_each_child;
use crate::object::{Header, IMMORTAL};
use crate::objects;
use crate::value::{KayVal, Tag};

/// A collection is worth while after so many new instances at least,
const FIRST: usize = 10_000;
/// or when so many bytes more are in use at least.
const FIRST_BYTES: usize = 64 << 20;

crate::adopt::shared! {
    /// Never dropped with its thread, so that values may be released while a thread ends.
    static INSTANCES: RefCell<ManuallyDrop<Vec<KayVal>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
    static NEXT_AT: Cell<usize> = const { Cell::new(FIRST) };
    static NEXT_BYTES: Cell<usize> = const { Cell::new(FIRST_BYTES) };
    static DUE: Cell<bool> = const { Cell::new(false) };
}

pub(crate) fn register(instance: KayVal) {
    INSTANCES.with_borrow_mut(|instances| {
        // SAFETY: `instance` is a live class instance.
        unsafe { (*instance.header()).slot.set(instances.len() as u32) };
        instances.push(instance);
        if instances.len() >= NEXT_AT.get() || alloc::memory_in_use() >= NEXT_BYTES.get() {
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
    NEXT_BYTES.set(FIRST_BYTES);
    DUE.set(false);
}

/// Whether another collection is worth while; it becomes so only when an instance is made.
#[inline]
pub fn collection_due() -> bool {
    DUE.get()
}

/// The number of class instances of this thread.
pub fn instances() -> usize {
    INSTANCES.with_borrow(|instances| instances.len())
}

/// What an instance takes in the list of all, and in the tables of a collection while they grow.
const BOOKKEEPING: usize = 96;

/// Bytes that finding cycles among the instances of this thread may take, besides the instances.
pub fn bookkeeping() -> usize {
    instances() * BOOKKEEPING
}

/// Frees the instances that nothing outside of them holds, and gives their number.
pub fn collect() -> usize {
    let mut reach = INSTANCES.with_borrow(|instances| Reach::of(instances));
    reach.keep_what_is_held();
    let alive = reach.found.iter().filter(|found| found.alive).count();
    let garbage = reach.dead_instances();
    drop(reach);
    // All are held while the first are emptied, so that none is freed under our hands.
    garbage.iter().for_each(|instance| instance.retain());
    for mut instance in garbage.iter().copied() {
        empty(&mut instance);
    }
    garbage.iter().for_each(|instance| instance.release());
    plan_next(alive);
    garbage.len()
}

/// Says when the next collection is due, after one that left so many objects. Memory may not double where it would
/// reach its limit: collections then come closer together, down to a thirty-second of the limit.
fn plan_next(alive: usize) {
    NEXT_AT.set(instances() + alive.max(FIRST));
    plan_bytes();
    DUE.set(false);
}

pub(crate) fn plan_bytes() {
    let (used, limit) = (alloc::memory_in_use(), alloc::memory_limit());
    let room = (limit.saturating_sub(used) / 2).max(limit / 32);
    NEXT_BYTES.set(used.saturating_add(used.max(FIRST_BYTES).min(room)));
}

/// An object that instances reach.
struct Found {
    value: KayVal,
    /// Its counts that do not come from inside.
    outside: u32,
    alive: bool,
}

/// Everything that the instances reach, themselves first. While this exists the header of each object says where it
/// stands here, in the place where an instance has its own number.
struct Reach {
    found: Vec<Found>,
}

impl Reach {
    fn of(instances: &[KayVal]) -> Reach {
        let mut reach = Reach { found: Vec::with_capacity(instances.len()) };
        for instance in instances {
            reach.meet(*instance);
        }
        let mut next = 0;
        while let Some(value) = reach.found.get(next).map(|found| found.value) {
            for_each_child(value, |child| {
                if is_walked(child) {
                    let found = reach.meet(child);
                    if found.outside != IMMORTAL {
                        found.outside = found.outside.saturating_sub(1);
                    }
                }
            });
            next += 1;
        }
        reach
    }

    fn meet(&mut self, value: KayVal) -> &mut Found {
        let header = header(&value);
        if header.flags.get() & MET == 0 {
            // More objects than can be numbered take more memory than there is; this only makes sure of it.
            let Ok(number) = u32::try_from(self.found.len()) else { panic!("too many objects to collect") };
            header.flags.set(header.flags.get() | MET);
            header.slot.set(number);
            self.found.push(Found { value, outside: header.count(), alive: false });
        }
        &mut self.found[header.slot.get() as usize]
    }

    fn keep_what_is_held(&mut self) {
        let mut work: Vec<KayVal> = Vec::new();
        for found in self.found.iter_mut().filter(|found| found.outside > 0) {
            found.alive = true;
            work.push(found.value);
        }
        while let Some(value) = work.pop() {
            for_each_child(value, |child| {
                if is_walked(child) {
                    let found = &mut self.found[header(&child).slot.get() as usize];
                    if !found.alive {
                        found.alive = true;
                        work.push(child);
                    }
                }
            });
        }
    }

    fn dead_instances(&self) -> Vec<KayVal> {
        let dead = self.found.iter().filter(|found| !found.alive && found.value.tag == Tag::CLASS);
        dead.map(|found| found.value).collect()
    }
}

impl Drop for Reach {
    /// An instance's number is its place again, for it was met in that order; other objects have none.
    fn drop(&mut self) {
        for found in &self.found {
            let header = header(&found.value);
            header.flags.set(header.flags.get() & !MET);
        }
    }
}

/// Set in the header's flags of an object that a collection has met.
const MET: u8 = 0x80;

/// Whether a value is an object that can be part of a cycle, or lead to one.
fn is_walked(value: KayVal) -> bool {
    value.is_heap() && value.tag != Tag::STR
}

fn header(value: &KayVal) -> &Header {
    debug_assert!(value.is_heap());
    // SAFETY: only heap values are walked, and what a live object holds is alive.
    unsafe { &*value.header() }
}

fn empty(instance: &mut KayVal) {
    let held = match objects::fields_mut(instance) {
        Ok(fields) => fields.iter_mut().map(|field| std::mem::replace(field, KayVal::UNIT)).collect(),
        Err(_) => Vec::new(),
    };
    held.into_iter().for_each(KayVal::release);
}
