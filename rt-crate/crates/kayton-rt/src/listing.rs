//! [`Listing`]: what lists of both layouts can do without being changed (LANGUAGE §9).

use std::cmp::Ordering;
use std::ops::{Deref, Range as Span};

use kayton_abi::{errors, hash, string, Tag};

use crate::calls::At;
use crate::filling::{push, with_room, Kept};
use crate::list::List;
use crate::range::Range;
use crate::set::Set;
use crate::string::Str;
use crate::value::{is_better, Key, Order, Value};

/// A count of at least `least`; what does not fit memory is as good as endless.
pub(crate) fn count_from(count: i64, least: i64, at: At) -> usize {
    if count < least {
        at.count_out_of_range(count);
    }
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A list. A function that is given to it runs once per item, in order; an error in it ends the program, so that nothing
/// half made is ever seen. What makes a list of other items than its own makes a [`List`]. Functions are called in plain
/// loops: the standard library's adapters come to many times as much code for a compiler to look at.
pub trait Listing: Value {
    /// What the items are.
    type Item: Value;

    /// The number of items.
    fn size(&self) -> usize;

    /// The items in order, borrowed.
    fn each(&self) -> impl DoubleEndedIterator<Item: Deref<Target = Self::Item>> + ExactSizeIterator;

    /// `xs.swap(i, j)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    fn exchange(&mut self, i: i64, j: i64, at: At);

    /// A list of the items at these places, which exist.
    fn part(&self, places: Span<usize>, at: At) -> Self;

    /// A list of these items.
    fn of(items: impl Iterator<Item = Self::Item>, at: At) -> Self;

    /// `xs[from..to]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …` or `out of memory limit`.
    fn slice(&self, from: i64, to: i64, at: At) -> Self {
        self.part(bounds(self.size(), from, i128::from(to), at), at)
    }

    /// `xs[from..=last]`.
    ///
    /// # Errors
    /// As for [`Listing::slice`].
    fn slice_through(&self, from: i64, last: i64, at: At) -> Self {
        self.part(bounds(self.size(), from, i128::from(last) + 1, at), at)
    }

    /// `xs[from..]`.
    ///
    /// # Errors
    /// As for [`Listing::slice`].
    fn slice_from(&self, from: i64, at: At) -> Self {
        self.slice(from, self.size() as i64, at)
    }

    /// `xs[range]`.
    ///
    /// # Errors
    /// As for [`Listing::slice`], and `cannot slice by a stepped range`.
    fn slice_by(&self, range: Range, at: At) -> Self {
        let Some((from, to)) = range.bounds() else { at.fail(errors::stepped_slice()) };
        self.part(bounds(self.size(), from, to, at), at)
    }

    /// `xs.take(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn take(&self, count: i64, at: At) -> Self {
        self.part(0..count_from(count, 0, at).min(self.size()), at)
    }

    /// `xs.skip(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn skip(&self, count: i64, at: At) -> Self {
        self.part(count_from(count, 0, at).min(self.size())..self.size(), at)
    }

    /// `xs.chunks(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn chunks(&self, count: i64, at: At) -> List<Self> {
        let (size, len) = (count_from(count, 1, at), self.size());
        let parts = (0..len.div_ceil(size)).map(|k| self.part(k * size..len.min(size.saturating_mul(k + 1)), at));
        List::collect(parts, at)
    }

    /// `xs.windows(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn windows(&self, count: i64, at: At) -> List<Self> {
        let size = count_from(count, 1, at);
        let fitting = (self.size() + 1).saturating_sub(size);
        List::collect((0..fitting).map(|first| self.part(first..first + size, at)), at)
    }

    /// `xs.reversed()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn reversed(&self, at: At) -> Self {
        Self::of(self.each().rev().map(|item| item.clone()), at)
    }

    /// `xs.enumerate()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn enumerate(&self, at: At) -> List<(i64, Self::Item)> {
        List::collect(self.each().enumerate().map(|(place, item)| (place as i64, item.clone())), at)
    }

    /// `xs.zip(ys)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn zip<L: Listing>(&self, other: &L, at: At) -> List<(Self::Item, L::Item)> {
        List::collect(self.each().zip(other.each()).map(|(a, b)| (a.clone(), b.clone())), at)
    }

    /// `xs.first()`.
    #[inline]
    fn first(&self) -> Option<Self::Item> {
        self.each().next().map(|item| item.clone())
    }

    /// `xs.last()`.
    #[inline]
    fn last(&self) -> Option<Self::Item> {
        self.each().next_back().map(|item| item.clone())
    }

    /// `xs.contains(x)`, `x in xs`.
    #[inline]
    fn contains(&self, x: &Self::Item, at: At) -> bool {
        self.each().any(|item| item.equal(x, at))
    }

    /// `xs.index_of(x)`.
    #[inline]
    fn index_of(&self, x: &Self::Item, at: At) -> Option<i64> {
        self.each().position(|item| item.equal(x, at)).map(|place| place as i64)
    }

    /// `xs.min()`.
    fn min(&self, at: At) -> Option<Self::Item>
    where
        Self::Item: Order,
    {
        best(self, Ordering::Less, at)
    }

    /// `xs.max()`.
    fn max(&self, at: At) -> Option<Self::Item>
    where
        Self::Item: Order,
    {
        best(self, Ordering::Greater, at)
    }

    /// `xs.to_set()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn to_set(&self, at: At) -> Set<Self::Item>
    where
        Self::Item: Key,
    {
        Set::collect(self.each().map(|item| item.clone()), at)
    }

    /// `xs.sum()` and `xs.product()` of what has an operator of the program's: from the first item, or from a start.
    ///
    /// # Errors
    /// Ends the program with `sum of an empty list`, where `what` is its name.
    fn accumulate(
        &self,
        start: Option<Self::Item>,
        what: &str,
        step: impl Fn(&Self::Item, &Self::Item) -> Self::Item,
        at: At,
    ) -> Self::Item {
        let mut items = self.each();
        let first = start.or_else(|| items.next().map(|item| item.clone()));
        let Some(mut total) = first else { at.fail(errors::of_an_empty_list(what)) };
        for item in items {
            total = step(&total, &item);
        }
        total
    }

    /// `xs.map(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn map<U: Value>(&self, mut f: impl FnMut(&Self::Item) -> U, at: At) -> List<U> {
        let mut items = with_room(self.size(), at);
        for item in self.each() {
            push(&mut items, f(&item), at);
        }
        List::place(items)
    }

    /// `xs.filter(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn filter(&self, f: impl FnMut(&Self::Item) -> bool, at: At) -> Self {
        Self::of(Kept { items: self.each(), keep: f }, at)
    }

    /// `xs.fold(start, f)`.
    #[inline]
    fn fold<U>(&self, start: U, mut f: impl FnMut(U, &Self::Item) -> U) -> U {
        let mut total = start;
        for item in self.each() {
            total = f(total, &item);
        }
        total
    }

    /// `xs.reduce(f)`.
    #[inline]
    fn reduce(&self, mut f: impl FnMut(Self::Item, &Self::Item) -> Self::Item) -> Option<Self::Item> {
        let mut items = self.each();
        let mut total = items.next()?.clone();
        for item in items {
            total = f(total, &item);
        }
        Some(total)
    }

    /// `xs.any(f)`.
    #[inline]
    fn any(&self, mut f: impl FnMut(&Self::Item) -> bool) -> bool {
        for item in self.each() {
            if f(&item) {
                return true;
            }
        }
        false
    }

    /// `xs.all(f)`.
    #[inline]
    fn all(&self, mut f: impl FnMut(&Self::Item) -> bool) -> bool {
        for item in self.each() {
            if !f(&item) {
                return false;
            }
        }
        true
    }

    /// `xs.count(f)`.
    #[inline]
    fn count_where(&self, mut f: impl FnMut(&Self::Item) -> bool) -> i64 {
        let mut count = 0;
        for item in self.each() {
            count += i64::from(f(&item));
        }
        count
    }

    /// `xs.flat_map(f)`: the lists that `f` gives, one after the other.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn flat_map<L: Listing>(&self, mut f: impl FnMut(&Self::Item) -> L, at: At) -> L {
        L::joined(self.each().map(|item| f(&item)), at)
    }

    /// `xs.flatten()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn flatten(&self, at: At) -> Self::Item
    where
        Self::Item: Listing,
    {
        Self::Item::joined(self.each().map(|part| part.clone()), at)
    }

    /// All items of some lists.
    #[doc(hidden)]
    fn joined(lists: impl Iterator<Item = Self>, at: At) -> Self;

    /// `xs.join(sep)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn join(&self, sep: &Str, at: At) -> Str
    where
        Self: Listing<Item = Str>,
    {
        let texts: Vec<_> = self.each().collect();
        let mut parts = Vec::with_capacity(texts.len() * 2);
        for text in &texts {
            if !parts.is_empty() {
                parts.push(sep.as_str());
            }
            parts.push(text.as_str());
        }
        Str::take_val(at.ok(string::joined(&parts)))
    }
}

/// The places of a slice.
fn bounds(len: usize, from: i64, to: i128, at: At) -> Span<usize> {
    if from < 0 || i128::from(from) > to || to > len as i128 {
        at.fail(errors::slice_out_of_range(len, from, to))
    }
    from as usize..to as usize
}

fn best<L: Listing<Item: Order> + ?Sized>(items: &L, wanted: Ordering, at: At) -> Option<L::Item> {
    let mut items = items.each();
    let mut best = items.next()?;
    for item in items {
        if is_better(&*item, &*best, wanted, at) {
            best = item;
        }
    }
    Some(best.clone())
}

/// `==` of lists of as many items.
pub(crate) fn equal<L: Listing>(left: &L, right: &L, at: At) -> bool {
    at.check_stack();
    left.each().zip(right.each()).all(|(a, b)| a.equal(&b, at))
}

/// The hash of a list as a key.
pub(crate) fn hashed<L: Listing<Item: Key>>(items: &L, at: At) -> u64 {
    at.check_stack();
    items.each().fold(hash::mix(u64::from(Tag::LIST.0), 0), |state, item| hash::mix(state, item.hash(at)))
}

/// Whether lists are the same key.
pub(crate) fn same<L: Listing<Item: Key>>(left: &L, right: &L, at: At) -> bool {
    at.check_stack();
    left.size() == right.size() && left.each().zip(right.each()).all(|(a, b)| a.same(&b, at))
}

/// The order of lists, by an order of their items.
pub(crate) fn decide<L: Listing>(
    left: &L,
    right: &L,
    at: At,
    order: impl Fn(&L::Item, &L::Item) -> Option<Ordering>,
) -> Option<Ordering> {
    at.check_stack();
    for (a, b) in left.each().zip(right.each()) {
        match order(&a, &b) {
            Some(Ordering::Equal) => {}
            decided => return decided,
        }
    }
    Some(left.size().cmp(&right.size()))
}
