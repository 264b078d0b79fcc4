//! Sorting lists (LANGUAGE §9): stable, NaN last.
//!
//! The comparisons and their order are part of the language, because a comparison may print: a list of n elements is
//! sorted as its first n/2 and its rest (rounding down), each first in this way; then the two are merged, comparing the
//! first remaining left element with the first remaining right one, and taking the right one only where the left one is
//! greater. Where comparing runs none of the program's code, Rust's own sort cannot be told apart.

use std::cmp::Ordering;

use kayton_abi::list::Row;

use crate::calls::At;
use crate::list::{Elements, List};
use crate::value::{Order, Value};

/// Sorts stably, in the documented order of comparisons.
fn merge_sort<T: Clone>(items: &mut [T], order: &mut impl FnMut(&T, &T) -> Ordering) {
    let mut left = Vec::with_capacity(items.len() / 2);
    sort_part(items, &mut left, order);
}

fn sort_part<T: Clone>(items: &mut [T], left: &mut Vec<T>, order: &mut impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let middle = items.len() / 2;
    sort_part(&mut items[..middle], left, order);
    sort_part(&mut items[middle..], left, order);
    left.clear();
    left.extend_from_slice(&items[..middle]);
    let (mut from_left, mut from_right, mut to) = (0, middle, 0);
    while from_left < left.len() && from_right < items.len() {
        if order(&left[from_left], &items[from_right]).is_gt() {
            items.swap(to, from_right);
            from_right += 1;
        } else {
            items[to] = left[from_left].clone();
            from_left += 1;
        }
        to += 1;
    }
    items[to..from_right].clone_from_slice(&left[from_left..]);
}

/// Sorts in the language's order, by keys that `key` finds.
fn sort_by_order<T: Clone, K: Order>(items: &mut [T], key: impl Fn(&T) -> &K, at: At) {
    if K::SILENT {
        items.sort_by(|a, b| key(a).sorting(key(b), at));
    } else {
        merge_sort(items, &mut |a, b| key(a).sorting(key(b), at));
    }
}

impl<T: Order> Elements<T> {
    /// `xs.sort()`.
    #[inline]
    pub fn sort(&mut self, at: At) {
        if T::ROW == Row::<i64>::INTS {
            // Equal i64 cannot be told apart.
            self.row.items.sort_unstable_by(|a, b| a.sorting(b, at));
        } else {
            sort_by_order(&mut self.row.items, |item| item, at);
        }
    }
}

impl<T: Value> Elements<T> {
    /// `xs.sort_by(cmp)`: `cmp` gives what `Ord.cmp` does.
    #[inline]
    pub fn sort_by(&mut self, mut cmp: impl FnMut(&T, &T) -> i64) {
        merge_sort(&mut self.row.items, &mut |a, b| cmp(a, b).cmp(&0));
    }

    /// `xs.sort_by_key(f)`: each key is computed once, in order, before anything is compared.
    #[inline]
    pub fn sort_by_key<K: Order>(&mut self, mut f: impl FnMut(&T) -> K, at: At) {
        let mut pairs: Vec<(K, T)> = self.iter().map(|item| (f(item), item.clone())).collect();
        sort_by_order(&mut pairs, |(key, _)| key, at);
        for (item, (_, sorted)) in self.iter_mut().zip(pairs) {
            *item = sorted;
        }
    }
}

impl<T: Order> List<T> {
    /// `xs.sort()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn sort(&mut self, at: At) {
        self.edit(at).sort(at);
    }

    /// `xs.sorted()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn sorted(&self, at: At) -> List<T> {
        let mut copy = self.clone();
        copy.sort(at);
        copy
    }
}

impl<T: Value> List<T> {
    /// `xs.sort_by(cmp)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn sort_by(&mut self, cmp: impl FnMut(&T, &T) -> i64, at: At) {
        self.edit(at).sort_by(cmp);
    }

    /// `xs.sort_by_key(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn sort_by_key<K: Order>(&mut self, f: impl FnMut(&T) -> K, at: At) {
        self.edit(at).sort_by_key(f, at);
    }

    /// `xs.sorted_by_key(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn sorted_by_key<K: Order>(&self, f: impl FnMut(&T) -> K, at: At) -> List<T> {
        let mut copy = self.clone();
        copy.sort_by_key(f, at);
        copy
    }
}
