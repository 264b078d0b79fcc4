//! The ways to change a list beyond its end: inserting, removing, joining, reversing.

use crate::alloc;
use crate::errors::Res;
use crate::list::{on_items, Items, List};
use crate::owned::Owned;
use crate::value::KayVal;

impl List {
    /// Inserts before element `at`, or at the end, taking over the count.
    ///
    /// # Errors
    /// `out of memory limit`.
    ///
    /// # Panics
    /// When `at` is beyond the end.
    pub fn insert(&mut self, at: usize, value: KayVal) -> Res<()> {
        self.push(value)?;
        on_items!(self.items_raw(), vec => vec[at..].rotate_right(1));
        Ok(())
    }

    /// Removes element `at`, which must exist, and gives it with its count.
    pub fn remove(&mut self, at: usize) -> KayVal {
        match self.items_raw() {
            Items::Ints(ints) => KayVal::int(ints.remove(at)),
            Items::Floats(floats) => KayVal::float(floats.remove(at)),
            Items::Any(values) => values.remove(at),
        }
    }

    /// Element `at`, which must exist, to be changed in place; the list becomes [`Items::Any`].
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn slot(&mut self, at: usize) -> Res<&mut KayVal> {
        self.generalize()?;
        match self.items_raw() {
            Items::Any(values) => Ok(&mut values[at]),
            // `generalize` left no other representation.
            _ => Err(crate::errors::cannot_index("List")),
        }
    }

    /// Exchanges two elements, which must exist.
    pub fn swap(&mut self, a: usize, b: usize) {
        on_items!(self.items_raw(), vec => vec.swap(a, b));
    }

    /// Turns the order around.
    pub fn reverse(&mut self) {
        on_items!(self.items_raw(), vec => vec.reverse());
    }

    /// Drops all elements from `len` on. A general list that is emptied starts afresh, open to numbers without tags.
    pub fn truncate(&mut self, len: usize) {
        match self.items_raw() {
            Items::Ints(ints) => ints.truncate(len),
            Items::Floats(floats) => floats.truncate(len),
            Items::Any(values) if len < values.len() => {
                values.drain(len..).for_each(KayVal::release);
                if len == 0 {
                    self.discharge();
                    *self.items_raw() = Items::Ints(Vec::new());
                }
            }
            Items::Any(_) => {}
        }
    }

    /// Adds all elements of `other` at the end, with counts of its own.
    ///
    /// # Errors
    /// `out of memory limit`; elements may have been added then.
    pub fn extend(&mut self, other: &List) -> Res<()> {
        match (self.items_raw(), other.items()) {
            (Items::Ints(to), Items::Ints(from)) => append(to, from),
            (Items::Floats(to), Items::Floats(from)) => append(to, from),
            (Items::Any(to), Items::Any(from)) => {
                append(to, from)?;
                from.iter().for_each(|value| value.retain());
                Ok(())
            }
            _ => other.iter().try_for_each(|value| self.push(value.retained())),
        }
    }

    /// A new list: these elements, then those of `other`.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn concat(&self, other: &List) -> Res<KayVal> {
        if self.is_empty() {
            return other.slice(0, other.len());
        }
        let mut joined = Owned::new(self.slice(0, self.len())?);
        joined.value_mut().unique::<List>()?.extend(other)?;
        Ok(joined.take())
    }
}

fn append<T: Copy>(to: &mut Vec<T>, from: &[T]) -> Res<()> {
    if to.capacity() - to.len() < from.len() {
        alloc::grow(to, from.len())?;
    }
    to.extend_from_slice(from);
    Ok(())
}
