//! [`BoxedMap`]: a map as the VM has it, with typed keys and values.

use std::marker::PhantomData;

use kayton_abi::list::Row;
use kayton_abi::{KayVal, Table, Tag};

use crate::boxed::{Boxable, Look, Slot, View};
use crate::calls::At;
use crate::dynamic::Dyn;
use crate::host::types;
use crate::list::List;
use crate::map::{key_not_found, show_entries};
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Value};

/// A map that is the same object for compiled code and bytecode; copied on write, in order of insertion. It has the
/// methods of [`crate::Map`], which give a [`View`] or a [`Slot`] where those give a reference.
#[derive(Clone)]
#[repr(transparent)]
pub struct BoxedMap<K: Key + Boxable, V: Boxable> {
    object: Dyn,
    holds: PhantomData<(K, V)>,
}

/// `{k: v}`: `boxed_map!{at; k => v}`.
#[macro_export]
macro_rules! boxed_map {
    ($at:expr; $($key:expr => $value:expr),* $(,)?) => {{
        let mut map = $crate::BoxedMap::new();
        $(map.set($key, $value, $at);)*
        map
    }};
}

/// The table of a map or set.
#[inline(always)]
pub(crate) fn table(object: &Dyn) -> &Table {
    match object.0.get::<Table>() {
        Some(table) => table,
        None => unreachable!(),
    }
}

/// The table of a map or set, for changing it in place; copied first where others share it.
#[inline(always)]
pub(crate) fn edit(object: &mut Dyn, at: At) -> &mut Table {
    at.ok(object.0.unique::<Table>())
}

/// A key as the VM has it.
#[inline(always)]
pub(crate) fn lent<K: Boxable>(key: &K) -> Dyn {
    Dyn::from_val(key.to_val())
}

impl<K: Key + Boxable, V: Boxable> BoxedMap<K, V> {
    /// `{}`.
    #[inline]
    pub fn new() -> BoxedMap<K, V> {
        BoxedMap::over(Table::map())
    }

    #[inline]
    fn over(value: KayVal) -> BoxedMap<K, V> {
        BoxedMap { object: Dyn::from_val(value), holds: PhantomData }
    }

    /// `m.len()`.
    #[inline]
    pub fn len(&self) -> i64 {
        table(&self.object).len() as i64
    }

    /// `m.is_empty()`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        table(&self.object).is_empty()
    }

    /// The value of a key, to be looked at.
    #[inline]
    pub fn find(&self, key: &K, at: At) -> Option<View<'_, V>> {
        at.ok(table(&self.object).get(types(), lent(key).0)).map(View::of_kept)
    }

    /// `m[k]`, to be looked at.
    ///
    /// # Errors
    /// Ends the program with `key not found: …`.
    #[inline]
    pub fn index(&self, key: &K, at: At) -> View<'_, V> {
        match self.find(key, at) {
            Some(value) => value,
            None => key_not_found(key, at),
        }
    }

    /// `m.get(k)`.
    #[inline]
    pub fn get(&self, key: &K, at: At) -> Option<V> {
        self.find(key, at).map(|value| value.clone())
    }

    /// `m.get_or(k, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V, at: At) -> V {
        self.get(key, at).unwrap_or(default)
    }

    /// `m.contains(k)`, `k in m`.
    #[inline]
    pub fn contains(&self, key: &K, at: At) -> bool {
        at.ok(table(&self.object).contains(types(), lent(key).0))
    }

    /// `m[k] = value`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn set(&mut self, key: K, value: V, at: At) {
        self.insert(key, value, at);
    }

    /// `m.insert(k, value)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn insert(&mut self, key: K, value: V, at: At) -> Option<V> {
        at.ok(edit(&mut self.object, at).insert(types(), key.into_val(), value.into_val())).map(V::from_val)
    }

    /// The place of `m[k]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `key not found: …`.
    #[inline]
    pub fn slot(&mut self, key: &K, at: At) -> Slot<'_, V> {
        let table = edit(&mut self.object, at);
        match at.ok(table.find(types(), lent(key).0)) {
            Some(place) => Slot::of(table.value_at(place)),
            None => key_not_found(key, at),
        }
    }

    /// `m.remove(k)`.
    pub fn remove(&mut self, key: &K, at: At) -> Option<V> {
        at.ok(edit(&mut self.object, at).remove(types(), lent(key).0)).map(V::from_val)
    }

    /// `m.clear()`.
    pub fn clear(&mut self) {
        *self = BoxedMap::new();
    }

    /// `m.update(k, default, f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn update(&mut self, key: K, default: V, f: impl FnOnce(V) -> V, at: At) {
        let before = self.get_or(&key, default, at);
        self.set(key, f(before), at);
    }

    /// `m.merge(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn merge(&mut self, other: &BoxedMap<K, V>, at: At) {
        if self.object.0.same(other.object.0) {
            return;
        }
        for (key, value) in other.iter() {
            self.set(key.clone(), value.clone(), at);
        }
    }

    /// The entries, in order, to be looked at.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (View<'_, K>, View<'_, V>)> {
        table(&self.object).entries().map(|entry| (View::of_kept(entry.key()), View::of_kept(entry.value)))
    }

    /// The keys, in order, to be looked at.
    #[inline]
    pub fn iter_keys(&self) -> impl DoubleEndedIterator<Item = View<'_, K>> {
        table(&self.object).entries().map(|entry| View::of_kept(entry.key()))
    }

    /// `m.keys()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn keys(&self, at: At) -> List<K> {
        List::collect(self.iter_keys().map(|key| key.clone()), at)
    }

    /// `m.values()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn values(&self, at: At) -> List<V> {
        List::collect(self.iter().map(|(_, value)| value.clone()), at)
    }

    /// `m.items()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn items(&self, at: At) -> List<(K, V)> {
        List::collect(self.iter().map(|(key, value)| (key.clone(), value.clone())), at)
    }
}

impl<K: Key + Boxable, V: Boxable> Default for BoxedMap<K, V> {
    fn default() -> BoxedMap<K, V> {
        BoxedMap::new()
    }
}

impl<K: Key + Boxable, V: Boxable> Value for BoxedMap<K, V> {
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, at: At) {
        show_entries(self.iter(), out, at);
    }

    fn equal(&self, other: &BoxedMap<K, V>, at: At) -> bool {
        if self.len() != other.len() {
            return false;
        }
        at.check_stack();
        self.iter().all(|(key, value)| other.find(&key, at).is_some_and(|found| value.equal(&found, at)))
    }
}

impl<K: Key + Boxable, V: Boxable> Cross for BoxedMap<K, V> {
    #[inline]
    fn into_val(self) -> KayVal {
        self.object.into_val()
    }

    #[inline]
    fn from_val(value: KayVal) -> BoxedMap<K, V> {
        expect_tag(value, Tag::MAP);
        BoxedMap::over(value)
    }
}

impl<K: Key + Boxable, V: Boxable> Boxable for BoxedMap<K, V> {
    #[inline]
    fn read(look: Look<'_>) -> BoxedMap<K, V> {
        BoxedMap::from_val(look.val())
    }
}
