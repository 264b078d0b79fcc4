//! The methods of lists that take functions (LANGUAGE §9). A function runs once per item, in order; an error in it ends
//! the program, so that nothing half made is ever seen.

use crate::calls::At;
use crate::list::{with_room, List};
use crate::value::Value;

impl<T: Value> List<T> {
    /// `xs.map(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn map<U: Value>(&self, f: impl FnMut(&T) -> U, at: At) -> List<U> {
        let mut items = with_room((**self).len(), at);
        items.extend(self.iter().map(f));
        List::place(items)
    }

    /// `xs.filter(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn filter(&self, mut f: impl FnMut(&T) -> bool, at: At) -> List<T> {
        List::collect(self.iter().filter(|item| f(item)).cloned(), at)
    }

    /// `xs.fold(start, f)`.
    #[inline]
    pub fn fold<U>(&self, start: U, f: impl FnMut(U, &T) -> U) -> U {
        self.iter().fold(start, f)
    }

    /// `xs.reduce(f)`.
    #[inline]
    pub fn reduce(&self, f: impl FnMut(T, &T) -> T) -> Option<T> {
        let mut items = self.iter();
        let first = items.next()?.clone();
        Some(items.fold(first, f))
    }

    /// `xs.any(f)`.
    #[inline]
    pub fn any(&self, f: impl FnMut(&T) -> bool) -> bool {
        self.iter().any(f)
    }

    /// `xs.all(f)`.
    #[inline]
    pub fn all(&self, f: impl FnMut(&T) -> bool) -> bool {
        self.iter().all(f)
    }

    /// `xs.count(f)`.
    #[inline]
    pub fn count_where(&self, mut f: impl FnMut(&T) -> bool) -> i64 {
        self.iter().map(|item| i64::from(f(item))).sum()
    }

    /// `xs.flat_map(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn flat_map<U: Value>(&self, mut f: impl FnMut(&T) -> List<U>, at: At) -> List<U> {
        let mut flat = List::new();
        let mut to = flat.edit(at);
        for item in self.iter() {
            to.extend(&f(item), at);
        }
        drop(to);
        flat
    }
}
