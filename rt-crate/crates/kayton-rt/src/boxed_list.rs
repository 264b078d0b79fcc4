//! [`BoxedList`]: a list as the VM has it, with typed elements.

use std::marker::PhantomData;

use kayton_abi::{errors, KayVal, List as Object};

use crate::boxed::{Boxable, Slot, View};
use crate::calls::{nowhere, At};
use crate::dynamic::Dyn;
use crate::list::List;
use crate::listing::{self, Listing};
use crate::string::Str;
use crate::value::{Cross, Order};

/// A list that is the same object for compiled code and bytecode; copied on write. It has the methods of [`List`], which
/// give a [`View`] or a [`Slot`] where those give a reference.
#[derive(Clone)]
#[repr(transparent)]
pub struct BoxedList<T: Boxable> {
    pub(crate) object: Dyn,
    holds: PhantomData<T>,
}

/// `[a, b]`.
#[macro_export]
macro_rules! boxed_list {
    ($($element:expr),* $(,)?) => { $crate::BoxedList::from(vec![$($element),*]) };
}

impl<T: Boxable> List<T> {
    /// The list that is one for bytecode, too.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn boxed(self, at: At) -> BoxedList<T> {
        BoxedList::collect(self.iter().cloned(), at)
    }
}

impl<T: Boxable> BoxedList<T> {
    /// `[]`.
    #[inline]
    pub fn new() -> BoxedList<T> {
        BoxedList::over(Object::empty())
    }

    #[inline]
    pub(crate) fn over(value: KayVal) -> BoxedList<T> {
        BoxedList { object: Dyn::from_val(value), holds: PhantomData }
    }

    /// `[x; count]`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn repeated(element: T, count: i64, at: At) -> BoxedList<T> {
        let element = Dyn::from_val(element.into_val());
        BoxedList::over(at.ok(Object::repeated(element.0, count)))
    }

    /// The elements of an iterator.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn collect(items: impl Iterator<Item = T>, at: At) -> BoxedList<T> {
        let mut made = BoxedList::new();
        let list = made.edit(at);
        for item in items {
            at.ok(list.push(item.into_val()));
        }
        made
    }

    #[inline(always)]
    pub(crate) fn list(&self) -> &Object {
        match self.object.0.get::<Object>() {
            Some(list) => list,
            None => unreachable!(),
        }
    }

    #[inline(always)]
    fn edit(&mut self, at: At) -> &mut Object {
        at.ok(self.object.0.unique::<Object>())
    }

    /// The list for changing it in place, where there is an element at `index`.
    #[inline(always)]
    fn edit_at(&mut self, index: i64, at: At) -> &mut Object {
        let len = self.list().len();
        if index as u64 >= len as u64 {
            at.index_out_of_range(len, index);
        }
        self.edit(at)
    }

    /// `xs.len()`.
    #[inline(always)]
    pub fn len(&self) -> i64 {
        self.list().len() as i64
    }

    /// `xs.is_empty()`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.list().is_empty()
    }

    /// `xs[i]`, to be looked at.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn get(&self, index: i64, at: At) -> View<'_, T> {
        match self.list().get(index as usize) {
            Some(element) => View::of_kept(element),
            None => at.index_out_of_range(self.list().len(), index),
        }
    }

    /// `xs[i]` of a list that was tested to be so long.
    #[inline(always)]
    pub fn known(&self, index: usize) -> View<'_, T> {
        View::of_kept(self.list().get(index).unwrap_or(KayVal::UNIT))
    }

    /// The place of `xs[i]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    #[inline(always)]
    pub fn slot(&mut self, index: i64, at: At) -> Slot<'_, T> {
        Slot::of(at.ok(self.edit_at(index, at).slot(index as usize)))
    }

    /// `xs[i] = element`.
    ///
    /// # Errors
    /// As for [`BoxedList::slot`].
    #[inline(always)]
    pub fn set(&mut self, index: i64, element: T, at: At) {
        at.ok(self.edit_at(index, at).set(index as usize, element.into_val()));
    }

    /// `xs.push(element)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn push(&mut self, element: T, at: At) {
        at.ok(self.edit(at).push(element.into_val()));
    }

    /// `xs.pop()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn pop(&mut self, at: At) -> Option<T> {
        self.edit(at).pop().map(T::from_val)
    }

    /// `xs.insert(i, element)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn insert(&mut self, index: i64, element: T, at: At) {
        let len = self.list().len();
        if index as u64 > len as u64 {
            at.index_out_of_range(len, index);
        }
        at.ok(self.edit(at).insert(index as usize, element.into_val()));
    }

    /// `xs.remove(i)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn remove(&mut self, index: i64, at: At) -> T {
        T::from_val(self.edit_at(index, at).remove(index as usize))
    }

    /// `xs.swap(i, j)`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …` or `out of memory limit`.
    pub fn swap(&mut self, i: i64, j: i64, at: At) {
        self.edit_at(i, at);
        self.edit_at(j, at).swap(i as usize, j as usize);
    }

    /// `xs.clear()`.
    pub fn clear(&mut self, at: At) {
        if self.object.0.is_unique() {
            self.edit(at).truncate(0);
        } else {
            *self = BoxedList::new();
        }
    }

    /// `xs.truncate(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn truncate(&mut self, count: i64, at: At) {
        let count = listing::count_from(count, 0, at);
        self.edit(at).truncate(count);
    }

    /// `xs.extend(ys)` and `xs += ys`; both may be the same list.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn extend(&mut self, other: &BoxedList<T>, at: At) {
        at.ok(self.edit(at).extend(other.list()));
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
    pub fn concat(&self, other: &BoxedList<T>, at: At) -> BoxedList<T> {
        BoxedList::over(at.ok(self.list().concat(other.list())))
    }

    /// The elements, sorted by something that sorts a list.
    fn rearranged(&self, sort: impl FnOnce(&mut List<T>), at: At) -> BoxedList<T> {
        let mut items = List::collect(self.iter().map(|item| item.clone()), at);
        sort(&mut items);
        BoxedList::collect(items.iter().cloned(), at)
    }

    /// `xs.sort_by(cmp)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn sort_by(&mut self, cmp: impl FnMut(&T, &T) -> i64, at: At) {
        *self = self.rearranged(|items| items.sort_by(cmp, at), at);
    }

    /// `xs.sort_by_key(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn sort_by_key<K: Order>(&mut self, f: impl FnMut(&T) -> K, at: At) {
        *self = self.sorted_by_key(f, at);
    }

    /// `xs.sorted_by_key(f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn sorted_by_key<K: Order>(&self, f: impl FnMut(&T) -> K, at: At) -> BoxedList<T> {
        self.rearranged(|items| items.sort_by_key(f, at), at)
    }
}

impl<T: Boxable> From<Vec<T>> for BoxedList<T> {
    /// Takes over a vector of a size that the program's text decides.
    fn from(items: Vec<T>) -> BoxedList<T> {
        BoxedList::collect(items.into_iter(), nowhere())
    }
}

impl<T: Boxable + Order> BoxedList<T> {
    /// `xs.sort()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn sort(&mut self, at: At) {
        *self = self.sorted(at);
    }

    /// `xs.sorted()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn sorted(&self, at: At) -> BoxedList<T> {
        self.rearranged(|items| items.sort(at), at)
    }
}

impl BoxedList<Str> {
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
