//! The insertion-ordered hash table of maps and sets (LANGUAGE §4).
//!
//! Entries lie in a vector in the order of insertion; a removed one leaves a hole. An index of 32-bit places, probed
//! linearly, finds them; tables of a few entries do without. Keys are compared structurally, never by `impl Eq`,
//! because that is what the hash follows.

use crate::alloc;
use crate::equal::keys_equal;
use crate::errors::{self, Res};
use crate::hash;
use crate::map_entry::narrow;
pub use crate::map_entry::Entry;
use crate::object::{self, Header, Layout};
use crate::owned::Owned;
use crate::string::Str;
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

/// Up to this many entries are searched one by one.
const UNINDEXED: usize = 8;
const EMPTY: u32 = u32::MAX;
const REMOVED: u32 = u32::MAX - 1;

/// A map or set value.
#[repr(C)]
pub struct Table {
    header: Header,
    entries: Vec<Entry>,
    /// Empty, or a power of two of places, of which at most three quarters are used.
    index: Vec<u32>,
    live: usize,
    /// The number of holes before the first entry, so that taking first entries one by one is quick.
    head: usize,
    /// Index places that hold an entry or [`REMOVED`].
    used: usize,
}

// SAFETY: repr(C), header first, and only `Table::with_tag` makes MAP and SET objects.
unsafe impl Layout for Table {
    const NAME: &'static str = "Map";

    #[inline(always)]
    fn fits(tag: Tag) -> bool {
        tag == Tag::MAP || tag == Tag::SET
    }

    fn duplicate(&self) -> Res<KayVal> {
        let mut copy = Owned::new(Table::with_tag(self.header.tag()));
        let table = copy.value_mut().unique::<Table>()?;
        alloc::reserve_to(&mut table.entries, self.live)?;
        for entry in self.entries() {
            entry.key().retain();
            entry.value.retain();
            table.entries.push(*entry);
        }
        table.live = self.live;
        table.rebuild_index()?;
        Ok(copy.take())
    }
}

impl Table {
    /// An empty map.
    pub fn map() -> KayVal {
        Table::with_tag(Tag::MAP)
    }

    /// An empty set.
    pub fn set() -> KayVal {
        Table::with_tag(Tag::SET)
    }

    fn with_tag(tag: Tag) -> KayVal {
        let header = Header::new(tag, 0, 0);
        object::place(tag, Table { header, entries: Vec::new(), index: Vec::new(), live: 0, head: 0, used: 0 })
    }

    /// Takes the buffers out of the account; the table is about to be dropped.
    pub(crate) fn discharge(&self) {
        alloc::discharge_vec(&self.entries);
        alloc::discharge_vec(&self.index);
    }

    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// The number of entries.
    #[inline]
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// The entries in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries[self.head..].iter().filter(|entry| !entry.is_hole())
    }

    /// The first entry at or after place `at`, with the place to go on from.
    #[inline]
    pub fn entry_from(&self, at: usize) -> Option<(&Entry, usize)> {
        let at = at.max(self.head);
        let rest = self.entries.get(at..)?;
        let skipped = rest.iter().position(|entry| !entry.is_hole())?;
        Some((&rest[skipped], at + skipped + 1))
    }

    /// The place of `key`, for [`Table::value_at`].
    ///
    /// # Errors
    /// `not a key: f64`, `call depth limit reached`.
    #[inline]
    pub fn find(&self, types: &TypeTable, key: KayVal) -> Res<Option<usize>> {
        match key.tag {
            Tag::INT | Tag::STR => Ok(self.find_plain(key)),
            _ => self.find_hashed(key, narrow(key, hash::key(types, key)?)),
        }
    }

    /// The place of a key that is an i64 or a str, for [`Table::value_at`]. Nothing is found for any other key.
    #[inline]
    pub fn find_plain(&self, key: KayVal) -> Option<usize> {
        if key.tag == Tag::INT {
            return self.find_int(key.int_bits());
        }
        let text = key.get::<Str>()?;
        let hash = text.hash();
        self.probe(hash, |entry| entry.is_text(hash, text))
    }

    /// The place of a key that is an i64, for [`Table::value_at`].
    #[inline(always)]
    pub fn find_int(&self, n: i64) -> Option<usize> {
        self.probe(hash::int(n), |entry| entry.is_int(n))
    }

    /// The place of the first entry among those of a hash that is the right one.
    #[inline(always)]
    fn probe(&self, hash: u64, is_it: impl Fn(&Entry) -> bool) -> Option<usize> {
        if self.index.is_empty() {
            return self.entries.iter().position(is_it);
        }
        let mask = self.index.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let at = self.index[place];
            if at < REMOVED && is_it(&self.entries[at as usize]) {
                return Some(at as usize);
            }
            if at == EMPTY {
                return None;
            }
            place = (place + 1) & mask;
        }
    }

    fn find_hashed(&self, key: KayVal, hash: u64) -> Res<Option<usize>> {
        if self.index.is_empty() {
            for (at, entry) in self.entries.iter().enumerate() {
                if entry.hash() == hash && same_key(entry.key(), key)? {
                    return Ok(Some(at));
                }
            }
            return Ok(None);
        }
        let mask = self.index.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let at = self.index[place];
            if at == EMPTY {
                return Ok(None);
            }
            if at != REMOVED {
                let entry = &self.entries[at as usize];
                if entry.hash() == hash && same_key(entry.key(), key)? {
                    return Ok(Some(at as usize));
                }
            }
            place = (place + 1) & mask;
        }
    }

    /// The value of `key`, borrowed.
    ///
    /// # Errors
    /// `not a key: f64`, `call depth limit reached`.
    #[inline]
    pub fn get(&self, types: &TypeTable, key: KayVal) -> Res<Option<KayVal>> {
        Ok(self.find(types, key)?.map(|at| self.entries[at].value))
    }

    /// Whether `key` is there.
    ///
    /// # Errors
    /// `not a key: f64`, `call depth limit reached`.
    pub fn contains(&self, types: &TypeTable, key: KayVal) -> Res<bool> {
        Ok(self.find(types, key)?.is_some())
    }

    /// The value of an i64 key, borrowed.
    #[inline(always)]
    pub fn get_int(&self, n: i64) -> Option<KayVal> {
        self.find_int(n).map(|at| self.entries[at].value)
    }

    /// The value at a place that [`Table::find`] gave, borrowed.
    #[inline]
    pub fn value_of(&self, at: usize) -> KayVal {
        self.entries[at].value
    }

    /// The value at a place that [`Table::find`] gave, to be changed. Whoever replaces it takes over the old one.
    pub fn value_at(&mut self, at: usize) -> &mut KayVal {
        &mut self.entries[at].value
    }

    /// Stores `value` under `key`, taking over both counts. An existing key keeps its place (and its own value as key);
    /// the old value is given to the caller.
    ///
    /// # Errors
    /// `not a key: f64`, `call depth limit reached`, `out of memory limit`.
    pub fn insert(&mut self, types: &TypeTable, key: KayVal, value: KayVal) -> Res<Option<KayVal>> {
        let (key, value) = (Owned::new(key), Owned::new(value));
        let hash = narrow(*key, hash::key(types, *key)?);
        let found = match key.tag {
            Tag::INT | Tag::STR => self.find_plain(*key),
            _ => self.find_hashed(*key, hash)?,
        };
        if let Some(at) = found {
            return Ok(Some(std::mem::replace(&mut self.entries[at].value, value.take())));
        }
        self.make_room()?;
        let at = self.entries.len();
        self.entries.push(Entry::new(key.take(), hash, value.take()));
        self.live += 1;
        if !self.index.is_empty() {
            place_in(&mut self.index, hash, at as u32);
            self.used += 1;
        }
        Ok(None)
    }

    /// Room for one more entry, in the vector and in the index.
    fn make_room(&mut self) -> Res<()> {
        if self.entries.len() == self.entries.capacity() {
            if self.live < self.entries.len() - self.entries.len() / 4 {
                self.compact();
            } else {
                alloc::grow(&mut self.entries, 1)?;
            }
            if self.entries.len() >= REMOVED as usize {
                return Err(errors::out_of_memory());
            }
        }
        let crowded = (self.used + 1) * 4 > self.index.len() * 3;
        if crowded && self.entries.len() >= UNINDEXED {
            self.compact();
            self.rebuild_index()?;
        }
        Ok(())
    }

    /// Closes the holes; the index is rebuilt where there is one.
    fn compact(&mut self) {
        if self.live == self.entries.len() {
            return;
        }
        self.entries.retain(|entry| !entry.is_hole());
        self.head = 0;
        if !self.index.is_empty() {
            self.refill_index();
        }
    }

    /// An index with room for twice the entries, or none while they are few.
    fn rebuild_index(&mut self) -> Res<()> {
        if self.entries.len() < UNINDEXED {
            return Ok(());
        }
        let places = (self.live + 1).saturating_mul(2).next_power_of_two().max(16);
        if places != self.index.len() {
            let mut index: Vec<u32> = Vec::new();
            alloc::reserve_to(&mut index, places)?;
            index.resize(places, EMPTY);
            alloc::discharge_vec(&self.index);
            self.index = index;
        }
        self.refill_index();
        Ok(())
    }

    fn refill_index(&mut self) {
        self.index.fill(EMPTY);
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| !entry.is_hole()) {
            place_in(&mut self.index, entry.hash(), at as u32);
        }
        self.used = self.live;
    }

    /// Removes `key` and gives its value with its count.
    ///
    /// # Errors
    /// `not a key: f64`, `call depth limit reached`.
    pub fn remove(&mut self, types: &TypeTable, key: KayVal) -> Res<Option<KayVal>> {
        let Some(at) = self.find(types, key)? else {
            return Ok(None);
        };
        let entry = self.entries[at];
        if !self.index.is_empty() {
            self.unplace(entry.hash(), at as u32);
        }
        self.entries[at] = Entry::HOLE;
        self.live -= 1;
        self.trim();
        entry.key().release();
        Ok(Some(entry.value))
    }

    fn unplace(&mut self, hash: u64, at: u32) {
        let mask = self.index.len() - 1;
        let mut place = hash as usize & mask;
        while self.index[place] != at {
            place = (place + 1) & mask;
        }
        self.index[place] = REMOVED;
    }

    /// Drops holes at the end, so that a table used as a stack does not grow, and all of them when they are most.
    fn trim(&mut self) {
        while self.entries.last().is_some_and(Entry::is_hole) {
            self.entries.pop();
        }
        let after_head = &self.entries[self.head.min(self.entries.len())..];
        self.head =
            self.entries.len() - after_head.len() + after_head.iter().take_while(|entry| entry.is_hole()).count();
        if self.entries.len() > 32 && self.live < self.entries.len() / 4 {
            self.compact();
        }
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.discharge();
        let entries = std::mem::take(&mut self.entries);
        self.index = Vec::new();
        (self.live, self.head, self.used) = (0, 0, 0);
        for entry in entries {
            entry.key().release();
            entry.value.release();
        }
    }
}

fn place_in(index: &mut [u32], hash: u64, at: u32) {
    let mask = index.len() - 1;
    let mut place = hash as usize & mask;
    while index[place] < REMOVED {
        place = (place + 1) & mask;
    }
    index[place] = at;
}

#[inline(always)]
fn same_key(a: KayVal, b: KayVal) -> Res<bool> {
    if a.tag != b.tag {
        return Ok(false);
    }
    match a.tag {
        Tag::INT => Ok(a.bits == b.bits),
        Tag::STR => Ok(a.bits == b.bits || a.get::<Str>().map(Str::text) == b.get::<Str>().map(Str::text)),
        _ => keys_equal(a, b),
    }
}
