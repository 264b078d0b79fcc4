//! What lists have in common with all values, and the methods that look without calling functions (LANGUAGE §9).

use std::cmp::Ordering;
use std::ptr::NonNull;

use kayton_abi::{errors, hash, string, KayVal, Tag};

use crate::calls::At;
use crate::cycles::{Node, Tracer};
use crate::list::{Elements, List};
use crate::numbers::{add, mul};
use crate::set::Set;
use crate::string::Str;
use crate::text::Text;
use crate::value::{is_better, Key, Order, Value};

impl Text {
    /// Adds values with commas between them. The account of memory is asked now and then, because shared parts can make
    /// a text far larger than its value.
    pub fn row<'a, T: Value>(&mut self, values: impl Iterator<Item = &'a T>, at: At) -> &mut Text {
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
        if self.len() != other.len() {
            return false;
        }
        at.check_stack();
        self.iter().zip(other.iter()).all(|(a, b)| a.equal(b, at))
    }

    fn trace(&self, tracer: &mut Tracer) {
        if T::TRACED {
            tracer.meet(Node { object: self.address(), count: self.count(), trace: trace::<T> });
        }
    }
}

impl<T: Key> Key for List<T> {
    fn hash(&self, at: At) -> u64 {
        at.check_stack();
        self.iter().fold(hash::mix(u64::from(Tag::LIST.0), 0), |state, element| hash::mix(state, element.hash(at)))
    }

    fn same(&self, other: &List<T>, at: At) -> bool {
        at.check_stack();
        self.is_same(other) || (self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| a.same(b, at)))
    }
}

impl<T: Order> List<T> {
    fn decide(&self, other: &List<T>, at: At, order: impl Fn(&T, &T) -> Option<Ordering>) -> Option<Ordering> {
        at.check_stack();
        for (a, b) in self.iter().zip(other.iter()) {
            match order(a, b) {
                Some(Ordering::Equal) => {}
                decided => return decided,
            }
        }
        Some(self.len().cmp(&other.len()))
    }

    fn best(&self, wanted: Ordering, at: At) -> Option<T> {
        let mut items = self.iter();
        let mut best = items.next()?;
        for item in items {
            if is_better(item, best, wanted, at) {
                best = item;
            }
        }
        Some(best.clone())
    }

    /// `xs.min()`.
    pub fn min(&self, at: At) -> Option<T> {
        self.best(Ordering::Less, at)
    }

    /// `xs.max()`.
    pub fn max(&self, at: At) -> Option<T> {
        self.best(Ordering::Greater, at)
    }
}

impl<T: Order> Order for List<T> {
    const SILENT: bool = T::SILENT;

    fn compare(&self, other: &List<T>, at: At) -> Option<Ordering> {
        self.decide(other, at, |a, b| a.compare(b, at))
    }

    fn sorting(&self, other: &List<T>, at: At) -> Ordering {
        self.decide(other, at, |a, b| Some(a.sorting(b, at))).unwrap_or(Ordering::Equal)
    }
}

impl<T: Value> List<T> {
    /// `xs.first()`.
    #[inline]
    pub fn first(&self) -> Option<T> {
        (**self).first().cloned()
    }

    /// `xs.last()`.
    #[inline]
    pub fn last(&self) -> Option<T> {
        (**self).last().cloned()
    }

    /// `xs.contains(x)`, `x in xs`.
    #[inline]
    pub fn contains(&self, x: &T, at: At) -> bool {
        self.iter().any(|element| element.equal(x, at))
    }

    /// `xs.index_of(x)`.
    #[inline]
    pub fn index_of(&self, x: &T, at: At) -> Option<i64> {
        self.iter().position(|element| element.equal(x, at)).map(|place| place as i64)
    }

    /// `xs.sum()` and `xs.product()` of what has an operator of the program's: from the first element, or from a start.
    ///
    /// # Errors
    /// Ends the program with `sum of an empty list`, where `what` is its name.
    pub fn accumulate(&self, start: Option<T>, what: &str, step: impl Fn(&T, &T) -> T, at: At) -> T {
        let mut items = self.iter();
        let first = start.or_else(|| items.next().cloned());
        let Some(mut total) = first else { at.fail(errors::of_an_empty_list(what)) };
        for item in items {
            total = step(&total, item);
        }
        total
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
    /// `xs.join(sep)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn join(&self, sep: &Str, at: At) -> Str {
        let mut parts = Vec::with_capacity((**self).len() * 2);
        for text in self.iter() {
            if !parts.is_empty() {
                parts.push(sep.as_str());
            }
            parts.push(text.as_str());
        }
        Str::take_val(at.ok(string::joined(&parts)))
    }

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

impl<T: Key> List<T> {
    /// `xs.to_set()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_set(&self, at: At) -> Set<T> {
        Set::collect(self.iter().cloned(), at)
    }
}

/// A `KayVal` of what a list of numbers is to the VM.
pub(crate) fn list_val(object: NonNull<u8>) -> KayVal {
    KayVal { tag: Tag::LIST, aux: 0, bits: object.as_ptr() as usize as u64 }
}
