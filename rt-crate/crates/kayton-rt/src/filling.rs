//! Rows of elements in the making.
//!
//! What is here stands in every program, for each type anew. So it is plain loops and little code: the standard library's adapters
//! and `extend` come to many times as much for a compiler to look at, and to the same instructions.

use std::ops::Deref;

use kayton_abi::alloc;

use crate::calls::At;
use crate::value::Value;

/// A vector with room for `capacity` elements, charged.
#[inline]
pub(crate) fn with_room<T>(capacity: usize, at: At) -> Vec<T> {
    let mut items = Vec::new();
    if capacity > 0 {
        at.ok(alloc::reserve_to(&mut items, capacity));
    }
    items
}

/// Counts a vector's buffer, but never refuses it: the next one that is charged notices when the limit is passed.
#[inline]
pub(crate) fn charge_always<T>(items: &Vec<T>) {
    alloc::discharge((items.capacity() * size_of::<T>()).wrapping_neg());
}

/// Makes room for `extra` more elements.
#[cold]
#[inline(never)]
pub(crate) fn grow<T>(items: &mut Vec<T>, extra: usize, at: At) {
    at.ok(alloc::grow(items, extra));
}

/// Adds an element, for which there is room or is made.
///
/// # Errors
/// Ends the program with `out of memory limit`.
#[inline(always)]
pub(crate) fn push<T>(items: &mut Vec<T>, element: T, at: At) {
    let len = items.len();
    if len == items.capacity() {
        grow(items, 1, at);
    }
    // SAFETY: there is room behind the last element.
    unsafe {
        items.as_mut_ptr().add(len).write(element);
        items.set_len(len + 1);
    }
}

/// The items that a function says yes to, copied.
pub(crate) struct Kept<I, F> {
    pub(crate) items: I,
    pub(crate) keep: F,
}

impl<I, F, T: Value> Iterator for Kept<I, F>
where
    I: Iterator<Item: Deref<Target = T>>,
    F: FnMut(&T) -> bool,
{
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        while let Some(item) = self.items.next() {
            if (self.keep)(&item) {
                return Some(item.clone());
            }
        }
        None
    }
}
