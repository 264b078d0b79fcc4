//! The operations that change a list: on [`Elements`], and on a [`List`] after asking whether others share it.

use crate::calls::At;
use crate::filling::{grow, push, with_room};
use crate::list::{length, Elements, List};
use crate::value::Value;

impl<T: Value> Elements<T> {
    /// `xs.len()`.
    #[inline(always)]
    pub fn len(&self) -> i64 {
        length(&self.row.items)
    }

    /// `xs.is_empty()`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.row.items.is_empty()
    }

    /// `xs[i]`, borrowed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn get(&self, index: i64, at: At) -> &T {
        match self.row.items.get(index as usize) {
            Some(element) => element,
            None => at.index_out_of_range(self.row.items.len(), index),
        }
    }

    /// The place of `xs[i]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn slot(&mut self, index: i64, at: At) -> &mut T {
        let len = self.row.items.len();
        match self.row.items.get_mut(index as usize) {
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

    /// `xs.push(element)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn push(&mut self, element: T, at: At) {
        push(&mut self.row.items, element, at);
    }

    /// `xs.pop()`.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<T> {
        self.row.items.pop()
    }

    /// `xs.insert(i, element)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn insert(&mut self, index: i64, element: T, at: At) {
        let len = self.row.items.len();
        if index as u64 > len as u64 {
            at.index_out_of_range(len, index);
        }
        if len == self.row.items.capacity() {
            grow(&mut self.row.items, 1, at);
        }
        self.row.items.insert(index as usize, element);
    }

    /// `xs.remove(i)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    pub fn remove(&mut self, index: i64, at: At) -> T {
        let len = self.row.items.len();
        if index as u64 >= len as u64 {
            at.index_out_of_range(len, index);
        }
        self.row.items.remove(index as usize)
    }

    /// `xs.swap(i, j)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn swap(&mut self, i: i64, j: i64, at: At) {
        let len = self.row.items.len();
        for index in [i, j] {
            if index as u64 >= len as u64 {
                at.index_out_of_range(len, index);
            }
        }
        self.row.items.swap(i as usize, j as usize);
    }

    /// `xs.clear()`.
    pub fn clear(&mut self) {
        self.row.items.clear();
    }

    /// `xs.truncate(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …`.
    pub fn truncate(&mut self, count: i64, at: At) {
        if count < 0 {
            at.count_out_of_range(count);
        }
        self.row.items.truncate(usize::try_from(count).unwrap_or(usize::MAX));
    }

    /// `xs.extend(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn extend(&mut self, other: &[T], at: At) {
        let items = &mut self.row.items;
        if items.capacity() - items.len() < other.len() {
            grow(items, other.len(), at);
        }
        items.extend_from_slice(other);
    }

    /// `xs.reverse()`.
    pub fn reverse(&mut self) {
        self.row.items.reverse();
    }
}

impl<T: Value> List<T> {
    /// The place of `xs[i]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    #[inline(always)]
    pub fn slot(&mut self, index: i64, at: At) -> &mut T {
        self.own(at);
        let len = (**self).len();
        match self.owned().get_mut(index as usize) {
            Some(element) => element,
            None => at.index_out_of_range(len, index),
        }
    }

    /// `xs[i] = element`.
    ///
    /// # Errors
    /// As for [`List::slot`].
    #[inline(always)]
    pub fn set(&mut self, index: i64, element: T, at: At) {
        *self.slot(index, at) = element;
    }

    /// `xs.insert(i, element)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn insert(&mut self, index: i64, element: T, at: At) {
        self.edit(at).insert(index, element, at);
    }

    /// `xs.remove(i)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn remove(&mut self, index: i64, at: At) -> T {
        self.edit(at).remove(index, at)
    }

    /// `xs.swap(i, j)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    #[inline(always)]
    pub fn swap(&mut self, i: i64, j: i64, at: At) {
        self.slots(at).swap(i, j, at);
    }

    /// `xs.clear()`.
    pub fn clear(&mut self, at: At) {
        if self.count() == 1 {
            self.edit(at).clear();
        } else {
            *self = List::new();
        }
    }

    /// `xs.truncate(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn truncate(&mut self, count: i64, at: At) {
        self.edit(at).truncate(count, at);
    }

    /// `xs.extend(ys)` and `xs += ys`; both may be the same list.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn extend(&mut self, other: &List<T>, at: At) {
        self.edit(at).extend(other, at);
    }

    /// `xs.reverse()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn reverse(&mut self, at: At) {
        self.edit(at).reverse();
    }

    /// `xs + ys`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn concat(&self, other: &List<T>, at: At) -> List<T> {
        let mut items = with_room((**self).len() + (**other).len(), at);
        items.extend_from_slice(self);
        items.extend_from_slice(other);
        List::place(items)
    }
}
