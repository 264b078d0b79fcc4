//! Reclaiming class instances that only hold each other (LANGUAGE §4).
//!
//! Only a class instance can be changed after others refer to it, so every cycle runs through one. The instances of a
//! thread that may be part of a cycle are registered; [`collect`] subtracts from every count the references that come
//! from inside what the instances reach. What then still has a count is held from outside, and keeps all it reaches;
//! the other instances are emptied, which lets ordinary counting free them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use kayton_abi::hash::Mixing;

use crate::object::Instance;
use crate::value::Value;

/// A first collection is worth while at this many instances.
const FIRST: usize = 10_000;

thread_local! {
    /// Never dropped with its thread, so that values may be dropped while a thread ends.
    static INSTANCES: RefCell<ManuallyDrop<Vec<Instance>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
    static NEXT_AT: Cell<usize> = const { Cell::new(FIRST) };
}

/// Adds an instance that is about to be seen by the program, and gives its place. May collect before that.
pub(crate) fn register(instance: Instance) -> u32 {
    INSTANCES.with_borrow_mut(|instances| {
        instances.push(instance);
        instances.len() as u32 - 1
    })
}

/// Collects when so many instances were made since the last time that it is worth while.
pub(crate) fn collect_if_due() {
    if INSTANCES.with_borrow(|instances| instances.len()) >= NEXT_AT.get() {
        collect();
    }
}

/// Takes out the instance at `place`.
pub(crate) fn unregister(place: u32) {
    INSTANCES.with_borrow_mut(|instances| {
        let place = place as usize;
        instances.swap_remove(place);
        if let Some(moved) = instances.get(place) {
            moved.set_place(place as u32);
        }
    });
}

/// The number of instances of this thread that may be part of a cycle.
pub fn instances() -> usize {
    INSTANCES.with_borrow(|instances| instances.len())
}

/// A counted object that instances reach, with the counts that do not come from inside.
struct Reached {
    node: Node,
    outside: u32,
    alive: bool,
}

/// A counted object, as the collector sees it: where it is, and what tells what it holds.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    pub(crate) object: NonNull<u8>,
    pub(crate) count: u32,
    pub(crate) trace: unsafe fn(NonNull<u8>, &mut Tracer),
}

/// What [`crate::Value::trace`] tells of everything counted that a value holds.
pub struct Tracer {
    found: Vec<Node>,
}

impl Tracer {
    /// A counted object that is held.
    #[inline]
    pub(crate) fn meet(&mut self, node: Node) {
        self.found.push(node);
    }
}

/// What is behind a count and may hold what is counted.
pub trait Holds {
    /// As [`crate::Value::trace`].
    fn trace_held(&self, tracer: &mut Tracer);
}

impl<T: Value> Holds for T {
    fn trace_held(&self, tracer: &mut Tracer) {
        self.trace(tracer);
    }
}

type Reach = HashMap<u64, Reached, Mixing>;

/// Frees the instances that nothing outside of them holds, and gives their number.
#[cold]
pub fn collect() -> usize {
    let roots: Vec<Instance> = INSTANCES.with_borrow(|instances| instances.to_vec());
    let mut reach = reached_from(&roots);
    keep_what_is_held(&mut reach);
    let is_garbage =
        |root: &Instance| reach.get(&(root.node().object.as_ptr() as u64)).is_some_and(|found| !found.alive);
    let garbage: Vec<Instance> = roots.into_iter().filter(is_garbage).collect();
    // All are held while the first are emptied, so that none is freed under our hands.
    garbage.iter().for_each(Instance::retain);
    garbage.iter().for_each(Instance::empty);
    garbage.iter().for_each(Instance::release);
    NEXT_AT.set((instances() * 2).max(FIRST));
    garbage.len()
}

/// Meets what a node holds.
fn children(node: Node, tracer: &mut Tracer) {
    tracer.found.clear();
    // SAFETY: the node's object is alive: an instance that is registered, or held by one.
    unsafe { (node.trace)(node.object, tracer) };
}

fn reached_from(roots: &[Instance]) -> Reach {
    let (mut reach, mut work) = (Reach::default(), Vec::new());
    let mut tracer = Tracer { found: Vec::new() };
    for root in roots {
        meet(root.node(), &mut reach, &mut work);
    }
    while let Some(node) = work.pop() {
        children(node, &mut tracer);
        for child in tracer.found.drain(..) {
            let found = meet(child, &mut reach, &mut work);
            found.outside = found.outside.saturating_sub(1);
        }
    }
    reach
}

fn meet<'a>(node: Node, reach: &'a mut Reach, work: &mut Vec<Node>) -> &'a mut Reached {
    reach.entry(node.object.as_ptr() as u64).or_insert_with(|| {
        work.push(node);
        Reached { node, outside: node.count, alive: false }
    })
}

fn keep_what_is_held(reach: &mut Reach) {
    let mut tracer = Tracer { found: Vec::new() };
    let mut work: Vec<Node> = Vec::new();
    for found in reach.values_mut().filter(|found| found.outside > 0) {
        found.alive = true;
        work.push(found.node);
    }
    while let Some(node) = work.pop() {
        children(node, &mut tracer);
        for child in tracer.found.drain(..) {
            let found = reach.get_mut(&(child.object.as_ptr() as u64)).filter(|found| !found.alive);
            if let Some(found) = found {
                found.alive = true;
                work.push(found.node);
            }
        }
    }
}
