//! [`BoxedSet`]: a set as the VM has it, with typed members.

use std::marker::PhantomData;

use kayton_abi::list::Row;
use kayton_abi::{KayVal, Table, Tag};

use crate::boxed::{Boxable, Look, View};
use crate::boxed_map::{edit, lent, table};
use crate::calls::At;
use crate::dynamic::Dyn;
use crate::host::types;
use crate::list::List;
use crate::sequence::Sequence;
use crate::set::{show_members, Set};
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Value};

/// A set that is the same object for compiled code and bytecode; copied on write, in order of insertion. It has the
/// methods of [`Set`], which give a [`View`] where those give a reference.
#[derive(Clone)]
#[repr(transparent)]
pub struct BoxedSet<K: Key + Boxable> {
    object: Dyn,
    holds: PhantomData<K>,
}

/// `{a, b}`: `boxed_set!{at; a, b}`.
#[macro_export]
macro_rules! boxed_set {
    ($at:expr; $($member:expr),* $(,)?) => {{
        let mut set = $crate::BoxedSet::new();
        $(set.add($member, $at);)*
        set
    }};
}

impl<K: Key + Boxable> BoxedSet<K> {
    /// `Set()`.
    #[inline]
    pub fn new() -> BoxedSet<K> {
        BoxedSet::over(Table::set())
    }

    #[inline]
    fn over(value: KayVal) -> BoxedSet<K> {
        BoxedSet { object: Dyn::from_val(value), holds: PhantomData }
    }

    /// The members of an iterator.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn collect(items: impl Iterator<Item = K>, at: At) -> BoxedSet<K> {
        let mut set = BoxedSet::new();
        items.for_each(|item| {
            set.add(item, at);
        });
        set
    }

    /// `s.len()`.
    #[inline]
    pub fn len(&self) -> i64 {
        table(&self.object).len() as i64
    }

    /// `s.is_empty()`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        table(&self.object).is_empty()
    }

    /// `s.contains(x)`, `x in s`.
    #[inline]
    pub fn contains(&self, member: &K, at: At) -> bool {
        at.ok(table(&self.object).contains(types(), lent(member).0))
    }

    /// `s.add(x)`: whether it is new.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn add(&mut self, member: K, at: At) -> bool {
        at.ok(edit(&mut self.object, at).insert(types(), member.into_val(), KayVal::UNIT)).is_none()
    }

    /// `s.remove(x)`: whether it was there.
    pub fn remove(&mut self, member: &K, at: At) -> bool {
        at.ok(edit(&mut self.object, at).remove(types(), lent(member).0)).is_some()
    }

    /// `s.clear()`.
    pub fn clear(&mut self) {
        *self = BoxedSet::new();
    }

    /// The members, in order, to be looked at.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = View<'_, K>> {
        table(&self.object).entries().map(|entry| View::of_kept(entry.key()))
    }

    /// `s.union(other)`: these members, then the other's new ones.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn union(&self, other: &BoxedSet<K>, at: At) -> BoxedSet<K> {
        let mut joined = self.clone();
        other.items().for_each(|member| {
            joined.add(member, at);
        });
        joined
    }

    /// `s.intersection(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn intersection(&self, other: &BoxedSet<K>, at: At) -> BoxedSet<K> {
        BoxedSet::collect(self.items().filter(|member| other.contains(member, at)), at)
    }

    /// `s.difference(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn difference(&self, other: &BoxedSet<K>, at: At) -> BoxedSet<K> {
        BoxedSet::collect(self.items().filter(|member| !other.contains(member, at)), at)
    }

    /// `s.is_subset(other)`.
    pub fn is_subset(&self, other: &BoxedSet<K>, at: At) -> bool {
        self.iter().all(|member| other.contains(&member, at))
    }

    /// `s.to_list()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_list(&self, at: At) -> List<K> {
        self.listed(at)
    }
}

impl<K: Key + Boxable> Set<K> {
    /// The set that is one for bytecode, too.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn boxed(self, at: At) -> BoxedSet<K> {
        BoxedSet::collect(self.iter().cloned(), at)
    }
}

impl<K: Key + Boxable> Sequence for BoxedSet<K> {
    type Item = K;

    fn items(&self) -> impl Iterator<Item = K> {
        self.iter().map(|member| member.clone())
    }
}

impl<K: Key + Boxable> Default for BoxedSet<K> {
    fn default() -> BoxedSet<K> {
        BoxedSet::new()
    }
}

impl<K: Key + Boxable> Value for BoxedSet<K> {
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, at: At) {
        show_members(self.iter(), out, at);
    }

    fn equal(&self, other: &BoxedSet<K>, at: At) -> bool {
        self.len() == other.len() && self.is_subset(other, at)
    }
}

impl<K: Key + Boxable> Cross for BoxedSet<K> {
    #[inline]
    fn into_val(self) -> KayVal {
        self.object.into_val()
    }

    #[inline]
    fn from_val(value: KayVal) -> BoxedSet<K> {
        expect_tag(value, Tag::SET);
        BoxedSet::over(value)
    }
}

impl<K: Key + Boxable> Boxable for BoxedSet<K> {
    #[inline]
    fn read(look: Look<'_>) -> BoxedSet<K> {
        BoxedSet::from_val(look.val())
    }
}
