//! What lists have in common with all values, and the methods that look without calling functions (LANGUAGE §9).

use std::cmp::Ordering;
use std::ops::{Deref, Range};
use std::ptr::NonNull;

use kayton_abi::{errors, KayVal, Tag};

use crate::calls::At;
use crate::cycles::{Node, Tracer};
use crate::list::{Elements, List};
use crate::listing::{self, decide, Listing};
use crate::numbers::{add, mul};
use crate::string::Str;
use crate::text::Text;
use crate::value::{Key, Order, Value};

impl Text {
    /// Adds values with commas between them. The account of memory is asked now and then, because shared parts can make
    /// a text far larger than its value.
    pub fn row(&mut self, values: impl Iterator<Item: Deref<Target: Value>>, at: At) -> &mut Text {
        for (place, value) in values.enumerate() {
            if place > 0 {
                self.put(", ");
            }
            value.show_nested(self, at);
            self.check_room(at);
        }
        self
    }
}

/// # Safety
/// `object` is a live `Elements<T>`.
unsafe fn trace<T: Value>(object: NonNull<u8>, tracer: &mut Tracer) {
    // SAFETY: the caller's.
    unsafe { object.cast::<Elements<T>>().as_ref() }.iter().for_each(|element| element.trace(tracer));
}

impl<T: Value> Value for List<T> {
    const TRACED: bool = T::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        out.put("[").row(self.iter(), at).put("]");
    }

    fn equal(&self, other: &List<T>, at: At) -> bool {
        self.len() == other.len() && listing::equal(self, other, at)
    }

    fn trace(&self, tracer: &mut Tracer) {
        if T::TRACED {
            tracer.meet(Node { object: self.address(), count: self.count(), trace: trace::<T> });
        }
    }
}

impl<T: Key> Key for List<T> {
    const CERTAIN: bool = T::CERTAIN;

    fn hash(&self, at: At) -> u64 {
        listing::hashed(self, at)
    }

    fn same(&self, other: &List<T>, at: At) -> bool {
        self.is_same(other) || listing::same(self, other, at)
    }
}

impl<T: Order> Order for List<T> {
    const SILENT: bool = T::SILENT;

    fn compare(&self, other: &List<T>, at: At) -> Option<Ordering> {
        decide(self, other, at, |a, b| a.compare(b, at))
    }

    fn sorting(&self, other: &List<T>, at: At) -> Ordering {
        decide(self, other, at, |a, b| Some(a.sorting(b, at))).unwrap_or(Ordering::Equal)
    }
}

impl<T: Value> Listing for List<T> {
    type Item = T;

    #[inline(always)]
    fn size(&self) -> usize {
        (**self).len()
    }

    #[inline(always)]
    fn each(&self) -> impl DoubleEndedIterator<Item: Deref<Target = T>> + ExactSizeIterator {
        self.iter()
    }

    #[inline(always)]
    fn exchange(&mut self, i: i64, j: i64, at: At) {
        self.swap(i, j, at);
    }

    #[inline]
    fn part(&self, places: Range<usize>, at: At) -> List<T> {
        List::from_slice(&self[places], at)
    }

    #[inline]
    fn of(items: impl Iterator<Item = T>, at: At) -> List<T> {
        List::collect(items, at)
    }

    #[inline]
    fn joined(lists: impl Iterator<Item = List<T>>, at: At) -> List<T> {
        let mut flat = List::new();
        let mut to = flat.edit(at);
        for part in lists {
            to.extend(&part, at);
        }
        drop(to);
        flat
    }
}

/// Numbers, which `sum` and `product` start from.
pub trait Number: Value + Copy {
    /// `a + b`.
    fn plus(self, other: Self, at: At) -> Self;
    /// `a * b`.
    fn times(self, other: Self, at: At) -> Self;
}

impl Number for i64 {
    #[inline(always)]
    fn plus(self, other: i64, at: At) -> i64 {
        add(self, other, at)
    }

    #[inline(always)]
    fn times(self, other: i64, at: At) -> i64 {
        mul(self, other, at)
    }
}

impl Number for f64 {
    #[inline(always)]
    fn plus(self, other: f64, _: At) -> f64 {
        self + other
    }

    #[inline(always)]
    fn times(self, other: f64, _: At) -> f64 {
        self * other
    }
}

impl<T: Number> List<T> {
    /// `xs.sum()`.
    ///
    /// # Errors
    /// Ends the program with `sum of an empty list` or `integer overflow`.
    #[inline]
    pub fn sum(&self, at: At) -> T {
        match (**self).split_first() {
            Some((first, rest)) => rest.iter().fold(*first, |total, x| total.plus(*x, at)),
            None => at.fail(errors::of_an_empty_list("sum")),
        }
    }

    /// `xs.sum(start)`.
    ///
    /// # Errors
    /// Ends the program with `integer overflow`.
    #[inline]
    pub fn sum_from(&self, start: T, at: At) -> T {
        self.iter().fold(start, |total, x| total.plus(*x, at))
    }

    /// `xs.product()`.
    ///
    /// # Errors
    /// Ends the program with `product of an empty list` or `integer overflow`.
    #[inline]
    pub fn product(&self, at: At) -> T {
        match (**self).split_first() {
            Some((first, rest)) => rest.iter().fold(*first, |total, x| total.times(*x, at)),
            None => at.fail(errors::of_an_empty_list("product")),
        }
    }

    /// `xs.product(start)`.
    ///
    /// # Errors
    /// Ends the program with `integer overflow`.
    #[inline]
    pub fn product_from(&self, start: T, at: At) -> T {
        self.iter().fold(start, |total, x| total.times(*x, at))
    }
}

impl List<Str> {
    /// `xs.sum()` of strings.
    ///
    /// # Errors
    /// Ends the program with `sum of an empty list` or `out of memory limit`.
    pub fn sum(&self, at: At) -> Str {
        if self.is_empty() {
            at.fail(errors::of_an_empty_list("sum"))
        }
        self.join(crate::text!(""), at)
    }
}

/// A `KayVal` of what a list of numbers is to the VM.
pub(crate) fn list_val(object: NonNull<u8>) -> KayVal {
    KayVal { tag: Tag::LIST, aux: 0, bits: object.as_ptr() as usize as u64 }
}
