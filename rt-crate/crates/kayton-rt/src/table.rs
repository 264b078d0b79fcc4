//! The insertion-ordered hash table of maps and sets (LANGUAGE §4).
//!
//! Entries lie in a vector in the order of insertion; a removed one leaves a hole. An index finds them: words of 32 bits
//! of hash and 32 bits of place, probed linearly, so that another key's entry is hardly ever looked at. Tables of a few
//! entries do without.

use kayton_abi::{alloc, errors};

use crate::calls::At;
use crate::cycles::{Holds, Tracer};
use crate::filling::charge_always;
use crate::value::{Key, Value};

/// Up to this many entries are searched one by one.
const UNINDEXED: usize = 8;
/// An index word without a place.
const EMPTY: u64 = u32::MAX as u64;
/// Entries have places below this.
const MOST: usize = u32::MAX as usize;

/// See the module.
pub(crate) struct Table<K: Key, V: Value> {
    entries: Vec<Option<(K, V)>>,
    index: Index,
    live: usize,
    /// The number of holes before the first entry, so that taking first entries one by one is quick.
    head: usize,
}

/// The part of a hash that the index keeps and that decides the place there.
#[inline(always)]
fn mark(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[inline(always)]
fn word(mark: u32, place: usize) -> u64 {
    u64::from(mark) << 32 | place as u64
}

#[inline(always)]
fn place_of(word: u64) -> usize {
    word as u32 as usize
}

/// Where keys are: empty, or a power of two of words, of which at most five eighths are used. It knows nothing of what keys are, so
/// that it is compiled once.
#[derive(Clone)]
struct Index {
    words: Vec<u64>,
}

impl Index {
    const NONE: Index = Index { words: Vec::new() };

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    #[inline]
    fn put(&mut self, mark: u32, place: usize) {
        let mask = self.words.len() - 1;
        let mut spot = mark as usize & mask;
        while self.words[spot] != EMPTY {
            spot = (spot + 1) & mask;
        }
        self.words[spot] = word(mark, place);
    }

    /// Makes room for twice as many entries where so many would crowd it. Whether it has to be filled anew: a wider one has the same words
    /// elsewhere, which their marks tell, so no key is looked at.
    fn widen(&mut self, entries: usize, at: At) -> bool {
        if entries * 8 <= self.words.len() * 5 {
            return false;
        }
        let words = (entries * 3).next_power_of_two().max(16);
        let mut wider = Index::NONE;
        at.ok(alloc::reserve_to(&mut wider.words, words));
        wider.words.resize(words, EMPTY);
        for word in self.words.iter().filter(|word| **word != EMPTY) {
            wider.put((word >> 32) as u32, place_of(*word));
        }
        alloc::discharge_vec(&self.words);
        let before = std::mem::replace(self, wider);
        before.is_empty()
    }

    /// Takes a word out of the index, and moves back those behind it that were pushed away by it.
    fn unlink(&mut self, mark: u32, place: usize) {
        let mask = self.words.len() - 1;
        let mut free = mark as usize & mask;
        while place_of(self.words[free]) != place {
            free = (free + 1) & mask;
        }
        let mut next = free;
        loop {
            next = (next + 1) & mask;
            let word = self.words[next];
            if word == EMPTY {
                break;
            }
            let home = (word >> 32) as usize & mask;
            if next.wrapping_sub(home) & mask >= next.wrapping_sub(free) & mask {
                self.words[free] = word;
                free = next;
            }
        }
        self.words[free] = EMPTY;
    }
}

impl<K: Key, V: Value> Table<K, V> {
    pub(crate) const fn new() -> Table<K, V> {
        Table { entries: Vec::new(), index: Index::NONE, live: 0, head: 0 }
    }

    /// The number of entries.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.live
    }

    /// The entries in order.
    #[inline]
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &(K, V)> + Clone {
        self.entries[self.head..].iter().flatten()
    }

    /// The place of `key`, for [`Table::value_at`].
    #[inline]
    pub(crate) fn find(&self, key: &K, at: At) -> Option<usize> {
        if self.index.is_empty() {
            return self.find_among_few(key, at);
        }
        self.find_marked(key, mark(key.hash(at)), at)
    }

    fn find_among_few(&self, key: &K, at: At) -> Option<usize> {
        if !K::CERTAIN {
            key.hash(at); // fails for what is none
        }
        for (place, entry) in self.entries.iter().enumerate() {
            if matches!(entry, Some((own, _)) if own.same(key, at)) {
                return Some(place);
            }
        }
        None
    }

    #[inline(always)]
    fn find_marked(&self, key: &K, mark: u32, at: At) -> Option<usize> {
        let mask = self.index.words.len() - 1;
        let mut spot = mark as usize & mask;
        loop {
            let word = self.index.words[spot];
            if (word >> 32) as u32 == mark {
                if let Some(Some((own, _))) = self.entries.get(place_of(word)) {
                    if own.same(key, at) {
                        return Some(place_of(word));
                    }
                }
            }
            if word == EMPTY {
                return None;
            }
            spot = (spot + 1) & mask;
        }
    }

    /// The value of a key that is there.
    #[inline]
    pub(crate) fn get(&self, key: &K, at: At) -> Option<&V> {
        let place = self.find(key, at)?;
        self.entries[place].as_ref().map(|(_, value)| value)
    }

    /// The value at a place that was found.
    #[inline]
    pub(crate) fn value_at(&mut self, place: usize) -> Option<&mut V> {
        self.entries[place].as_mut().map(|(_, value)| value)
    }

    /// Stores a value under a key. An existing key keeps its place, and the old value is given.
    #[inline]
    pub(crate) fn insert(&mut self, key: K, value: V, at: At) -> Option<V> {
        match self.find(&key, at) {
            Some(place) => self.value_at(place).map(|old| std::mem::replace(old, value)),
            None => {
                self.add(key, value, at);
                None
            }
        }
    }

    /// The value of a key, which is added with a default value where it is missing.
    #[inline]
    pub(crate) fn entry(&mut self, key: K, default: V, at: At) -> &mut V {
        let place = match self.find(&key, at) {
            Some(place) => place,
            None => self.add(key, default, at),
        };
        match self.value_at(place) {
            Some(value) => value,
            None => unreachable!("an entry that was found or added"),
        }
    }

    /// Adds an entry whose key is not there, and gives its place.
    #[inline(never)]
    fn add(&mut self, key: K, value: V, at: At) -> usize {
        self.make_room(at);
        let place = self.entries.len();
        if !self.index.is_empty() {
            self.index.put(mark(key.hash(at)), place);
        }
        self.entries.push(Some((key, value)));
        self.live += 1;
        place
    }

    /// Room for one more entry, in the vector and in the index.
    fn make_room(&mut self, at: At) {
        if self.entries.len() == self.entries.capacity() {
            if self.live < self.entries.len() - self.entries.len() / 4 {
                self.compact(at);
            } else {
                at.ok(alloc::grow(&mut self.entries, 1));
            }
            if self.entries.len() >= MOST {
                at.fail(errors::out_of_memory());
            }
        }
        if self.entries.len() >= UNINDEXED && self.index.widen(self.live + 1, at) {
            self.fill(at);
        }
    }

    /// Puts all entries into an index that has none.
    fn fill(&mut self, at: At) {
        for (place, entry) in self.entries.iter().enumerate() {
            if let Some((key, _)) = entry {
                self.index.put(mark(key.hash(at)), place);
            }
        }
    }

    /// Closes the holes.
    fn compact(&mut self, at: At) {
        let mut kept = 0;
        for place in 0..self.entries.len() {
            if self.entries[place].is_some() {
                self.entries.swap(kept, place);
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        self.head = 0;
        if !self.index.is_empty() {
            self.index.words.fill(EMPTY);
            self.fill(at);
        }
    }

    /// Removes a key and gives its value.
    pub(crate) fn remove(&mut self, key: &K, at: At) -> Option<V> {
        let place = self.find(key, at)?;
        if !self.index.is_empty() {
            self.index.unlink(mark(key.hash(at)), place);
        }
        let (_, value) = self.entries[place].take()?;
        self.live -= 1;
        self.trim(at);
        Some(value)
    }

    /// Drops holes at the end, so that a table used as a stack does not grow, and all of them when they are most.
    fn trim(&mut self, at: At) {
        while matches!(self.entries.last(), Some(None)) {
            self.entries.pop();
        }
        while matches!(self.entries.get(self.head), Some(None)) {
            self.head += 1;
        }
        self.head = self.head.min(self.entries.len());
        if self.entries.len() > 32 && self.live < self.entries.len() / 4 {
            self.compact(at);
        }
    }

    /// Removes everything.
    pub(crate) fn clear(&mut self) {
        *self = Table::new();
    }
}

impl<K: Key, V: Value> Clone for Table<K, V> {
    fn clone(&self) -> Table<K, V> {
        let copy = Table { entries: self.entries.clone(), index: self.index.clone(), live: self.live, head: self.head };
        charge_always(&copy.entries);
        charge_always(&copy.index.words);
        copy
    }
}

impl<K: Key, V: Value> Drop for Table<K, V> {
    fn drop(&mut self) {
        alloc::discharge_vec(&self.entries);
        alloc::discharge_vec(&self.index.words);
    }
}

impl<K: Key, V: Value> Holds for Table<K, V> {
    fn trace_held(&self, tracer: &mut Tracer) {
        for (key, value) in self.entries() {
            key.trace(tracer);
            value.trace(tracer);
        }
    }
}
