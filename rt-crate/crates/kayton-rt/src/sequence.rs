//! The list functions of ranges, strings and sets (LANGUAGE §9), whose closures get items by value.

use kayton_abi::errors;

use crate::calls::At;
use crate::list::List;
use crate::list_query::Number;
use crate::listing::{count_from, Listing};
use crate::range::Range;
use crate::set::Set;
use crate::string::Str;
use crate::value::{Key, Order, Value};

/// What can be walked over item by item. Everything else that lists have works on `to_list`.
pub trait Sequence {
    /// What the items are.
    type Item: Value;

    /// The items in order.
    fn items(&self) -> impl Iterator<Item = Self::Item>;

    /// The items as a list.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn listed(&self, at: At) -> List<Self::Item> {
        List::collect(self.items(), at)
    }

    /// `xs.map(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn map<U: Value>(&self, f: impl FnMut(Self::Item) -> U, at: At) -> List<U> {
        List::collect(self.items().map(f), at)
    }

    /// `xs.filter(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn filter(&self, f: impl FnMut(&Self::Item) -> bool, at: At) -> List<Self::Item> {
        List::collect(self.items().filter(f), at)
    }

    /// `xs.fold(start, f)`.
    #[inline]
    fn fold<U>(&self, start: U, f: impl FnMut(U, Self::Item) -> U) -> U {
        self.items().fold(start, f)
    }

    /// `xs.reduce(f)`.
    #[inline]
    fn reduce(&self, f: impl FnMut(Self::Item, Self::Item) -> Self::Item) -> Option<Self::Item> {
        self.items().reduce(f)
    }

    /// `xs.any(f)`.
    #[inline]
    fn any(&self, f: impl FnMut(Self::Item) -> bool) -> bool {
        self.items().any(f)
    }

    /// `xs.all(f)`.
    #[inline]
    fn all(&self, f: impl FnMut(Self::Item) -> bool) -> bool {
        self.items().all(f)
    }

    /// `xs.count(f)`.
    #[inline]
    fn count_where(&self, mut f: impl FnMut(Self::Item) -> bool) -> i64 {
        self.items().map(|item| i64::from(f(item))).sum()
    }

    /// `xs.flat_map(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    fn flat_map<L: Listing>(&self, f: impl FnMut(Self::Item) -> L, at: At) -> L {
        L::joined(self.items().map(f), at)
    }

    /// `xs.enumerate()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    fn enumerate(&self, at: At) -> List<(i64, Self::Item)> {
        List::collect(self.items().enumerate().map(|(place, item)| (place as i64, item)), at)
    }

    /// `xs.take(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn take(&self, count: i64, at: At) -> List<Self::Item> {
        List::collect(self.items().take(count_from(count, 0, at)), at)
    }

    /// `xs.skip(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    fn skip(&self, count: i64, at: At) -> List<Self::Item> {
        List::collect(self.items().skip(count_from(count, 0, at)), at)
    }

    /// `xs.min()`.
    fn min(&self, at: At) -> Option<Self::Item>
    where
        Self::Item: Order,
    {
        self.items().reduce(|best, item| crate::least(best, item, at))
    }

    /// `xs.max()`.
    fn max(&self, at: At) -> Option<Self::Item>
    where
        Self::Item: Order,
    {
        self.items().reduce(|best, item| crate::greatest(best, item, at))
    }

    /// `xs.sum()`.
    ///
    /// # Errors
    /// Ends the program with `sum of an empty list` or `integer overflow`.
    fn sum(&self, at: At) -> Self::Item
    where
        Self::Item: Number,
    {
        let total = self.items().reduce(|total, item| total.plus(item, at));
        total.unwrap_or_else(|| at.fail(errors::of_an_empty_list("sum")))
    }

    /// `xs.product()`.
    ///
    /// # Errors
    /// Ends the program with `product of an empty list` or `integer overflow`.
    fn product(&self, at: At) -> Self::Item
    where
        Self::Item: Number,
    {
        let total = self.items().reduce(|total, item| total.times(item, at));
        total.unwrap_or_else(|| at.fail(errors::of_an_empty_list("product")))
    }
}

impl Sequence for Range {
    type Item = i64;

    fn items(&self) -> impl Iterator<Item = i64> {
        self.iter()
    }
}

impl Sequence for Str {
    type Item = Str;

    fn items(&self) -> impl Iterator<Item = Str> {
        self.iter()
    }
}

impl<K: Key> Sequence for Set<K> {
    type Item = K;

    fn items(&self) -> impl Iterator<Item = K> {
        self.iter().cloned()
    }
}
