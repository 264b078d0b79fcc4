//! The entries of maps and sets.

use crate::hash;
use crate::string::Str;
use crate::value::{KayVal, Tag};

/// One entry; a set's value is `()`. A hole has the key [`KayVal::ABSENT`].
#[derive(Clone, Copy)]
pub struct Entry {
    /// The key or member, but that one with an object keeps its hash in `aux`: what belongs there, the object knows.
    key: KayVal,
    /// The value.
    pub value: KayVal,
}

impl Entry {
    /// What a removed entry leaves.
    pub(crate) const HOLE: Entry = Entry { key: KayVal::ABSENT, value: KayVal::ABSENT };

    /// An entry, with the hash of its key as [`narrow`] gives it.
    pub(crate) fn new(key: KayVal, hash: u64, value: KayVal) -> Entry {
        let aux = if key.is_heap() { hash as u32 } else { key.aux };
        Entry { key: KayVal { aux, ..key }, value }
    }

    /// The key or member, borrowed.
    #[inline]
    pub fn key(&self) -> KayVal {
        KayVal { aux: if self.key.is_heap() { self.key.object_aux() } else { self.key.aux }, ..self.key }
    }

    /// The hash of the key, as [`narrow`] gives it.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        match self.key.tag {
            Tag::INT => hash::int(self.key.int_bits()),
            _ if self.key.is_heap() => self.key.aux.into(),
            _ => hash::immediate(self.key),
        }
    }

    /// Whether it was removed.
    #[inline(always)]
    pub(crate) fn is_hole(&self) -> bool {
        self.key.is_absent()
    }

    /// Whether its key is this text, which has the hash.
    #[inline(always)]
    pub(crate) fn is_text(&self, hash: u64, text: &Str) -> bool {
        u64::from(self.key.aux) == hash && self.key.get::<Str>().is_some_and(|other| other.same_text(text))
    }

    /// Whether its key is this i64.
    #[inline(always)]
    pub(crate) fn is_int(&self, n: i64) -> bool {
        self.key.tag == Tag::INT && self.key.int_bits() == n
    }
}

/// The hash that a table uses for a key: objects' hashes are cut to what an entry has room for.
#[inline]
pub(crate) fn narrow(key: KayVal, hash: u64) -> u64 {
    if key.is_heap() {
        hash & u64::from(u32::MAX)
    } else {
        hash
    }
}
