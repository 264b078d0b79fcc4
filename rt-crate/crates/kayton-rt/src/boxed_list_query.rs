//! What boxed lists have in common with all values and with all lists, and what walks over them.

use std::cmp::Ordering;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::slice;

use kayton_abi::list::{Items, Row};
use kayton_abi::{KayVal, Tag};

use crate::boxed::{Boxable, Look, View};
use crate::boxed_list::BoxedList;
use crate::calls::At;
use crate::listing::{self, decide, Listing};
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Order, Value};

impl<T: Boxable> BoxedList<T> {
    /// The elements in order, to be looked at.
    #[inline]
    pub fn iter(&self) -> Views<'_, T> {
        let items = match self.list().items() {
            Items::Ints(ints) => Left::Ints(ints.iter()),
            Items::Floats(floats) => Left::Floats(floats.iter()),
            Items::Any(values) => Left::Any(values.iter()),
        };
        Views { items, holds: PhantomData }
    }
}

/// The elements of a [`BoxedList`], from [`BoxedList::iter`].
pub struct Views<'a, T> {
    items: Left<'a>,
    holds: PhantomData<T>,
}

/// Those that are left.
enum Left<'a> {
    Ints(slice::Iter<'a, i64>),
    Floats(slice::Iter<'a, f64>),
    Any(slice::Iter<'a, KayVal>),
}

/// The same for each kind of list.
macro_rules! any_kind {
    ($left:expr, $items:ident => $next:expr) => {
        match $left {
            Left::Ints($items) => $next.map(|n| KayVal::int(*n)),
            Left::Floats($items) => $next.map(|x| KayVal::float(*x)),
            Left::Any($items) => $next.copied(),
        }
    };
}

impl<'a, T: Boxable> Iterator for Views<'a, T> {
    type Item = View<'a, T>;

    #[inline]
    fn next(&mut self) -> Option<View<'a, T>> {
        any_kind!(&mut self.items, items => items.next()).map(View::of_kept)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<View<'a, T>> {
        any_kind!(&mut self.items, items => items.nth(n)).map(View::of_kept)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.items {
            Left::Ints(items) => items.size_hint(),
            Left::Floats(items) => items.size_hint(),
            Left::Any(items) => items.size_hint(),
        }
    }
}

impl<T: Boxable> DoubleEndedIterator for Views<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        any_kind!(&mut self.items, items => items.next_back()).map(View::of_kept)
    }
}

impl<T: Boxable> ExactSizeIterator for Views<'_, T> {}

impl<T: Boxable> Default for BoxedList<T> {
    fn default() -> BoxedList<T> {
        BoxedList::new()
    }
}

impl<T: Boxable> Listing for BoxedList<T> {
    type Item = T;

    #[inline(always)]
    fn size(&self) -> usize {
        self.list().len()
    }

    #[inline(always)]
    fn each(&self) -> impl DoubleEndedIterator<Item: Deref<Target = T>> + ExactSizeIterator {
        self.iter()
    }

    fn exchange(&mut self, i: i64, j: i64, at: At) {
        self.swap(i, j, at);
    }

    fn part(&self, places: Range<usize>, at: At) -> BoxedList<T> {
        BoxedList::over(at.ok(self.list().slice(places.start, places.end)))
    }

    fn of(items: impl Iterator<Item = T>, at: At) -> BoxedList<T> {
        BoxedList::collect(items, at)
    }

    fn joined(lists: impl Iterator<Item = BoxedList<T>>, at: At) -> BoxedList<T> {
        let mut flat = BoxedList::new();
        lists.for_each(|part| flat.extend(&part, at));
        flat
    }
}

impl<T: Boxable> Value for BoxedList<T> {
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        out.put("[").row(self.iter(), at).put("]");
    }

    fn equal(&self, other: &BoxedList<T>, at: At) -> bool {
        self.len() == other.len() && listing::equal(self, other, at)
    }
}

impl<T: Boxable + Key> Key for BoxedList<T> {
    const CERTAIN: bool = T::CERTAIN;

    fn hash(&self, at: At) -> u64 {
        listing::hashed(self, at)
    }

    fn same(&self, other: &BoxedList<T>, at: At) -> bool {
        self.object.0.same(other.object.0) || listing::same(self, other, at)
    }
}

impl<T: Boxable + Order> Order for BoxedList<T> {
    const SILENT: bool = T::SILENT;

    fn compare(&self, other: &BoxedList<T>, at: At) -> Option<Ordering> {
        decide(self, other, at, |a, b| a.compare(b, at))
    }

    fn sorting(&self, other: &BoxedList<T>, at: At) -> Ordering {
        decide(self, other, at, |a, b| Some(a.sorting(b, at))).unwrap_or(Ordering::Equal)
    }
}

impl<T: Boxable> Cross for BoxedList<T> {
    #[inline]
    fn into_val(self) -> KayVal {
        self.object.into_val()
    }

    #[inline]
    fn from_val(value: KayVal) -> BoxedList<T> {
        expect_tag(value, Tag::LIST);
        BoxedList::over(value)
    }
}

impl<T: Boxable> Boxable for BoxedList<T> {
    #[inline]
    fn read(look: Look<'_>) -> BoxedList<T> {
        BoxedList::from_val(look.val())
    }
}
