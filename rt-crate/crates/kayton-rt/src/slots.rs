//! [`Slots`]: the elements of a list whose length stays as it is.

use std::ops::{Deref, DerefMut};

use crate::calls::At;
use crate::list::{length, Elements, List};
use crate::value::Value;

/// The elements of a list that nobody else shares and whose length stays, from [`List::slots`]: for loops that set what
/// is there, and would otherwise ask at every change whether others share it.
pub struct Slots<'a, T> {
    items: &'a mut [T],
}

impl<T: Value> List<T> {
    /// The elements for changing them in place; copied first where others share them.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn slots(&mut self, at: At) -> Slots<'_, T> {
        self.own(at);
        Slots { items: self.owned() }
    }
}

impl<T: Value> Elements<T> {
    /// The elements for changing them in place.
    #[inline(always)]
    pub fn slots(&mut self) -> Slots<'_, T> {
        Slots { items: self }
    }
}

impl<T> Slots<'_, T> {
    /// `xs.len()`.
    #[inline(always)]
    pub fn len(&self) -> i64 {
        length(self.items)
    }

    /// `xs.is_empty()`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// `xs[i]`, borrowed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn get(&self, index: i64, at: At) -> &T {
        match self.items.get(index as usize) {
            Some(element) => element,
            None => at.index_out_of_range(self.items.len(), index),
        }
    }

    /// The place of `xs[i]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn slot(&mut self, index: i64, at: At) -> &mut T {
        let len = self.items.len();
        match self.items.get_mut(index as usize) {
            Some(element) => element,
            None => at.index_out_of_range(len, index),
        }
    }

    /// `xs[i] = element`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn set(&mut self, index: i64, element: T, at: At) {
        *self.slot(index, at) = element;
    }

    /// `xs.swap(i, j)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn swap(&mut self, i: i64, j: i64, at: At) {
        for index in [i, j] {
            if index as u64 >= self.items.len() as u64 {
                at.index_out_of_range(self.items.len(), index);
            }
        }
        self.items.swap(i as usize, j as usize);
    }
}

impl<T> Deref for Slots<'_, T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        self.items
    }
}

impl<T> DerefMut for Slots<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        self.items
    }
}
