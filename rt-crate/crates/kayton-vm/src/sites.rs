//! What call and field instructions say besides their registers, with a cache of what was found there last.

use kayton_bytecode::Instr;
use kayton_stdlib::Native;

use crate::slow::quick::Quick;

/// No value has this first word.
pub(crate) const NO_HEAD: u64 = u64::MAX;
/// No function has a shape with this bit.
const KEYWORDS: u64 = 1 << 16;

/// Where values with this first word have the field of a site's name.
#[derive(Clone, Copy)]
pub(crate) struct FieldCache {
    /// The first word of the values that the cache is about.
    pub(crate) head: u64,
    /// The field's place in them.
    pub(crate) slot: u32,
}

impl FieldCache {
    const EMPTY: FieldCache = FieldCache { head: NO_HEAD, slot: 0 };
}

/// A site. Instructions that name the same site of the module get one each, as long as there are numbers. Because of those
/// that share one, each kind of instruction has a cache of its own: a function's index is no field's place, and
/// what may be read may not be written without a check.
#[derive(Clone)]
pub(crate) struct Site {
    /// The first word of the values whose method `slot` is.
    pub(crate) head: u64,
    /// The function of a method that takes the arguments as they stand.
    pub(crate) slot: u32,
    /// The number of arguments that it was found for.
    pub(crate) nargs: u8,
    /// The number of arguments that `native` was checked for.
    pub(crate) native_nargs: u8,
    /// Whether the method leaves its receiver in the window, where the caller has no use for it.
    pub(crate) leaves_receiver: bool,
    /// What calls compare a function's shape with, but for the number of arguments.
    pub(crate) shape: u64,
    /// For reading the field.
    pub(crate) read: FieldCache,
    /// For writing it: only for fields without a boundary, and for structs only where the site allows a change.
    pub(crate) write: FieldCache,
    /// The first word of the values that have the built-in method `native`.
    pub(crate) native_head: u64,
    /// A built-in method that was found here, and takes the arguments as they stand.
    pub(crate) native: Option<&'static Native>,
    /// A shorter way to execute `native`, if there is one.
    pub(crate) quick: Option<Quick>,
    /// The name, as a number that equal names share.
    pub(crate) name: u32,
    /// Bit 0: the receiver is a mutable place; bit *i+1*: argument *i* is marked `mut`.
    pub(crate) mut_mask: u32,
    /// The names of the last arguments.
    pub(crate) keywords: Box<[u32]>,
}

impl Site {
    /// Whether the arguments of a call of a function value with this shape can stay as they stand.
    #[inline(always)]
    pub(crate) fn takes(&self, instr: Instr, shape: u64) -> bool {
        shape == self.shape | instr.nargs() as u64
    }

    /// A site with nothing in its cache.
    pub(crate) fn new(name: u32, mut_mask: u32, keywords: Box<[u32]>) -> Site {
        let shape = if keywords.is_empty() { shape_of(0, mut_mask >> 1) } else { KEYWORDS };
        Site {
            head: NO_HEAD,
            slot: 0,
            nargs: 0,
            native_nargs: 0,
            leaves_receiver: false,
            shape,
            read: FieldCache::EMPTY,
            write: FieldCache::EMPTY,
            native_head: NO_HEAD,
            native: None,
            quick: None,
            name,
            mut_mask,
            keywords,
        }
    }
}

/// What a function and a call must agree on: the number of parameters, and which are `mut`.
#[inline(always)]
pub(crate) const fn shape_of(params: usize, mut_mask: u32) -> u64 {
    params as u64 | (mut_mask as u64) << 32
}
