//! [`Set`] (LANGUAGE §9).

use std::ops::Deref;

use crate::calls::At;
use crate::cycles::Tracer;
use crate::list::List;
use crate::shared::Shared;
use crate::table::Table;
use crate::text::Text;
use crate::value::{Key, Value};

/// A set: one pointer, copied on write, in order of insertion.
pub struct Set<K: Key> {
    table: Shared<Table<K, ()>>,
}

/// `{a, b}`: `set!{at; a, b}`.
#[macro_export]
macro_rules! set {
    ($at:expr; $($member:expr),* $(,)?) => {{
        let mut set = $crate::Set::new();
        $(set.add($member, $at);)*
        set
    }};
}

impl<K: Key> Set<K> {
    /// `Set()`.
    pub fn new() -> Set<K> {
        Set { table: Shared::new(Table::new()) }
    }

    /// The members of an iterator.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn collect(items: impl Iterator<Item = K>, at: At) -> Set<K> {
        let mut set = Set::new();
        let table = set.table.edit();
        for item in items {
            table.insert(item, (), at);
        }
        set
    }

    /// `s.len()`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.table.len() as i64
    }

    /// `s.is_empty()`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    /// `s.contains(x)`, `x in s`.
    #[inline]
    pub fn contains(&self, member: &K, at: At) -> bool {
        self.table.find(member, at).is_some()
    }

    /// `s.add(x)`: whether it is new.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(never)]
    pub fn add(&mut self, member: K, at: At) -> bool {
        self.table.edit().insert(member, (), at).is_none()
    }

    /// `s.remove(x)`: whether it was there.
    pub fn remove(&mut self, member: &K, at: At) -> bool {
        self.table.edit().remove(member, at).is_some()
    }

    /// `s.clear()`.
    pub fn clear(&mut self) {
        self.table.edit().clear();
    }

    /// The members, in order.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.table.entries().map(|(member, ())| member)
    }

    /// `s.union(other)`: these members, then the other's new ones.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn union(&self, other: &Set<K>, at: At) -> Set<K> {
        let mut joined = self.clone();
        for member in other.iter() {
            joined.add(member.clone(), at);
        }
        joined
    }

    /// `s.intersection(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn intersection(&self, other: &Set<K>, at: At) -> Set<K> {
        Set::collect(self.iter().filter(|member| other.contains(member, at)).cloned(), at)
    }

    /// `s.difference(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn difference(&self, other: &Set<K>, at: At) -> Set<K> {
        Set::collect(self.iter().filter(|member| !other.contains(member, at)).cloned(), at)
    }

    /// `s.is_subset(other)`.
    pub fn is_subset(&self, other: &Set<K>, at: At) -> bool {
        self.iter().all(|member| other.contains(member, at))
    }

    /// `s.to_list()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_list(&self, at: At) -> List<K> {
        List::collect(self.iter().cloned(), at)
    }
}

/// Shows a set with these members.
pub(crate) fn show_members(members: impl Iterator<Item: Deref<Target: Value>>, out: &mut Text, at: At) {
    let mut members = members.peekable();
    if members.peek().is_none() {
        out.put("Set()");
        return;
    }
    at.check_stack();
    out.put("{").row(members, at).put("}");
}

impl<K: Key> Default for Set<K> {
    fn default() -> Set<K> {
        Set::new()
    }
}

impl<K: Key> Clone for Set<K> {
    #[inline(always)]
    fn clone(&self) -> Set<K> {
        Set { table: self.table.clone() }
    }
}

impl<K: Key> Value for Set<K> {
    const TRACED: bool = K::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        show_members(self.iter(), out, at);
    }

    fn equal(&self, other: &Set<K>, at: At) -> bool {
        self.len() == other.len() && self.is_subset(other, at)
    }

    fn trace(&self, tracer: &mut Tracer) {
        if Self::TRACED {
            self.table.meet(tracer);
        }
    }
}
