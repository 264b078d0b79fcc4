//! [`Map`] (LANGUAGE §9).

use std::ops::Deref;

use kayton_abi::errors;

use crate::calls::At;
use crate::cycles::Tracer;
use crate::list::List;
use crate::shared::Shared;
use crate::table::Table;
use crate::text::Text;
use crate::value::{Key, Value};

/// A map: one pointer, copied on write, in order of insertion.
pub struct Map<K: Key, V: Value> {
    table: Shared<Table<K, V>>,
}

/// `{k: v}`: `map!{at; k => v}`.
#[macro_export]
macro_rules! map {
    ($at:expr; $($key:expr => $value:expr),* $(,)?) => {{
        let mut map = $crate::Map::new();
        $(map.insert($key, $value, $at);)*
        map
    }};
}

impl<K: Key, V: Value> Map<K, V> {
    /// `{}`.
    pub fn new() -> Map<K, V> {
        Map { table: Shared::new(Table::new()) }
    }

    /// `m.len()`.
    #[inline]
    pub fn len(&self) -> i64 {
        self.table.len() as i64
    }

    /// `m.is_empty()`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    /// `m[k]`, borrowed.
    ///
    /// # Errors
    /// Ends the program with `key not found: …`.
    #[inline]
    pub fn index(&self, key: &K, at: At) -> &V {
        match self.table.get(key, at) {
            Some(value) => value,
            None => key_not_found(key, at),
        }
    }

    /// The value of a key, borrowed.
    #[inline]
    pub fn find(&self, key: &K, at: At) -> Option<&V> {
        self.table.get(key, at)
    }

    /// `m.get(k)`.
    #[inline]
    pub fn get(&self, key: &K, at: At) -> Option<V> {
        self.table.get(key, at).cloned()
    }

    /// `m.get_or(k, default)`.
    #[inline]
    pub fn get_or(&self, key: &K, default: V, at: At) -> V {
        self.table.get(key, at).cloned().unwrap_or(default)
    }

    /// `m.contains(k)`, `k in m`.
    #[inline]
    pub fn contains(&self, key: &K, at: At) -> bool {
        self.table.find(key, at).is_some()
    }

    /// `m[k] = value`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn set(&mut self, key: K, value: V, at: At) {
        self.table.edit().insert(key, value, at);
    }

    /// `m.insert(k, value)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(never)]
    pub fn insert(&mut self, key: K, value: V, at: At) -> Option<V> {
        self.table.edit().insert(key, value, at)
    }

    /// The place of `m[k]`, to be changed.
    ///
    /// # Errors
    /// Ends the program with `key not found: …`.
    #[inline]
    pub fn slot(&mut self, key: &K, at: At) -> &mut V {
        let table = self.table.edit();
        match table.find(key, at) {
            Some(place) => match table.value_at(place) {
                Some(value) => value,
                None => unreachable!("an entry that was found"),
            },
            None => key_not_found(key, at),
        }
    }

    /// The place of `m[k]`, to be changed; a missing key is added with `default` first.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn entry(&mut self, key: K, default: V, at: At) -> &mut V {
        self.table.edit().entry(key, default, at)
    }

    /// `m.remove(k)`.
    pub fn remove(&mut self, key: &K, at: At) -> Option<V> {
        self.table.edit().remove(key, at)
    }

    /// `m.clear()`.
    pub fn clear(&mut self) {
        self.table.edit().clear();
    }

    /// `m.update(k, default, f)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn update(&mut self, key: K, default: V, f: impl FnOnce(V) -> V, at: At) {
        let before = self.table.get(&key, at).cloned().unwrap_or(default);
        self.set(key, f(before), at);
    }

    /// `m.merge(other)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn merge(&mut self, other: &Map<K, V>, at: At) {
        if self.table.is_same(&other.table) {
            return;
        }
        let table = self.table.edit();
        for (key, value) in other.table.entries() {
            table.insert(key.clone(), value.clone(), at);
        }
    }

    /// The entries, in order.
    #[inline]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.table.entries().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    #[inline]
    pub fn iter_keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.table.entries().map(|(key, _)| key)
    }

    /// `m.keys()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn keys(&self, at: At) -> List<K> {
        List::collect(self.iter_keys().cloned(), at)
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
        List::collect(self.table.entries().cloned(), at)
    }
}

#[cold]
#[inline(never)]
pub(crate) fn key_not_found<K: Key>(key: &K, at: At) -> ! {
    let mut text = Text::new();
    key.show_nested(&mut text, at);
    at.fail(errors::key_not_found(text.as_str()))
}

/// Shows a map with these entries.
pub(crate) fn show_entries<K: Deref<Target: Value>, V: Deref<Target: Value>>(
    entries: impl Iterator<Item = (K, V)>,
    out: &mut Text,
    at: At,
) {
    at.check_stack();
    out.put("{");
    for (place, (key, value)) in entries.enumerate() {
        if place > 0 {
            out.put(", ");
        }
        key.show_nested(out, at);
        out.put(": ");
        value.show_nested(out, at);
        out.check_room(at);
    }
    out.put("}");
}

impl<K: Key, V: Value> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map::new()
    }
}

impl<K: Key, V: Value> Clone for Map<K, V> {
    #[inline(always)]
    fn clone(&self) -> Map<K, V> {
        Map { table: self.table.clone() }
    }
}

impl<K: Key, V: Value> Value for Map<K, V> {
    const TRACED: bool = K::TRACED || V::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        show_entries(self.iter(), out, at);
    }

    fn equal(&self, other: &Map<K, V>, at: At) -> bool {
        if self.len() != other.len() {
            return false;
        }
        at.check_stack();
        self.iter().all(|(key, value)| other.find(key, at).is_some_and(|found| value.equal(found, at)))
    }

    fn trace(&self, tracer: &mut Tracer) {
        if Self::TRACED {
            self.table.meet(tracer);
        }
    }
}
