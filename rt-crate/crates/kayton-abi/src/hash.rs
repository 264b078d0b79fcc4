//! Hashing: of keys (LANGUAGE §4), and of integers for Rust's own tables.

use std::hash::{BuildHasherDefault, Hasher};

use crate::errors::{self, Res};
use crate::list::{Items, List};
use crate::objects;
use crate::stack;
use crate::string::Str;
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

const K0: u64 = 0x9e37_79b9_7f4a_7c15;
const K1: u64 = 0xe703_7ed1_a0b4_28db;

/// Mixes two words so that every bit of the result depends on every bit of both.
#[inline(always)]
pub fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ K0) * u128::from(b ^ K1);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of an i64 key.
#[inline(always)]
pub fn int(n: i64) -> u64 {
    mix(n as u64, K0)
}

/// The hash of text.
pub fn bytes(text: &[u8]) -> u64 {
    let mut state = mix(text.len() as u64, K1);
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        state = mix(state, word.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
    }
    let rest = words.remainder().iter().rev().fold(1, |sum, byte| sum << 8 | u64::from(*byte));
    mix(state, rest)
}

/// The hash of a map key or set member. Equal keys have equal hashes, whatever the representation of their lists.
///
/// # Errors
/// `not a key: f64` (the innermost part that is none); `call depth limit reached`.
#[inline]
pub fn key(types: &TypeTable, value: KayVal) -> Res<u64> {
    match value.tag {
        Tag::INT => Ok(int(value.int_bits())),
        Tag::STR => Ok(value.get::<Str>().map_or(0, Str::hash)),
        _ => compound(types, value),
    }
}

/// The hash of a key that has no object, and is no i64.
#[inline]
pub fn immediate(value: KayVal) -> u64 {
    mix(mix(u64::from(value.tag.0), u64::from(value.aux)), value.bits)
}

fn compound(types: &TypeTable, value: KayVal) -> Res<u64> {
    let seed = mix(u64::from(value.tag.0), u64::from(value.aux));
    match value.tag {
        Tag::BOOL | Tag::UNIT | Tag::VARIANT0 => Ok(immediate(value)),
        Tag::TUPLE | Tag::STRUCT | Tag::ENUM => {
            stack::check()?;
            sequence(types, seed, objects::fields(&value))
        }
        Tag::LIST => {
            stack::check()?;
            list(types, seed, value)
        }
        _ => Err(errors::not_a_key(types.type_name(value))),
    }
}

fn sequence(types: &TypeTable, seed: u64, parts: &[KayVal]) -> Res<u64> {
    parts.iter().try_fold(seed, |state, part| Ok(mix(state, key(types, *part)?)))
}

fn list(types: &TypeTable, seed: u64, value: KayVal) -> Res<u64> {
    match value.get::<List>().map(List::items) {
        Some(Items::Ints(ints)) => Ok(ints.iter().fold(seed, |state, n| mix(state, int(*n)))),
        Some(Items::Any(values)) => sequence(types, seed, values),
        Some(Items::Floats(floats)) if !floats.is_empty() => Err(errors::not_a_key("f64")),
        _ => Ok(seed),
    }
}

/// Rust's tables with [`mix`] for integer keys, which need no protection from chosen keys here.
pub type Mixing = BuildHasherDefault<MixingHasher>;

/// See [`Mixing`].
#[derive(Default)]
pub struct MixingHasher(u64);

impl Hasher for MixingHasher {
    fn write(&mut self, text: &[u8]) {
        self.0 = mix(self.0, bytes(text));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = mix(self.0, word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
