//! What call and field instructions say besides their registers, with a cache of what was found there last.

use kayton_abi::{Guard, Tag};
use kayton_stdlib::Native;

use crate::pc::At;
use crate::slow::quick::Quick;

/// No value has this first word.
pub(crate) const NO_HEAD: u64 = u64::MAX;
/// No function has a shape with this bit.
const KEYWORDS: u64 = 1 << 16;
/// No tag: a field takes values with any.
const ANY_TAG: u8 = u8::MAX;

/// What a site is asked for. Where sites are shared, because there are no more numbers, a function's index is no field's
/// place, and what may be read may not be written without a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Calling a method.
    Method,
    /// Reading a field.
    Read,
    /// Writing a field: only one whose boundary a tag decides, and of a struct only where the site allows a change.
    Write,
}

impl Kind {
    /// Their number.
    pub(crate) const COUNT: usize = 3;
}

/// What was found last at a site that names a field or method.
#[derive(Clone, Copy)]
pub(crate) struct Cache {
    /// The first word of the values that this is about.
    pub(crate) head: u64,
    /// What they have here: a field's place, or the function of a method that takes the arguments as they stand.
    pub(crate) slot: u32,
    /// The number of arguments that this is about.
    pub(crate) nargs: u8,
    /// Whether the method leaves its receiver in the window, where the caller has no use for it.
    pub(crate) leaves_receiver: bool,
    /// The tag of the values that may be written to the field as they are.
    boundary: u8,
}

impl Cache {
    /// A cache with nothing in it.
    pub(crate) const EMPTY: Cache =
        Cache { head: NO_HEAD, slot: 0, nargs: 0, leaves_receiver: false, boundary: ANY_TAG };

    /// The cache of a field at this place that is read, or whose value is changed where it is.
    pub(crate) fn field(head: u64, place: usize) -> Cache {
        Cache { head, slot: place as u32, ..Cache::EMPTY }
    }

    /// The cache of a field at this place that gets values across a boundary, if a tag decides which ones cross as they
    /// are. That may be fewer than all: a value with another tag goes the slow way, where it is converted or refused.
    pub(crate) fn written(head: u64, place: usize, guard: Option<Guard>) -> Option<Cache> {
        let boundary = match guard {
            None | Some(Guard::Any) => ANY_TAG,
            Some(Guard::Builtin(tag)) => u8::try_from(tag.0).ok()?,
            Some(Guard::Tuple(_) | Guard::Type(_) | Guard::Trait(_)) => return None,
        };
        Some(Cache { boundary, ..Cache::field(head, place) })
    }

    /// The cache of a method: its function, for calls with this number of arguments.
    pub(crate) fn method(head: u64, slot: u32, nargs: u8, leaves_receiver: bool) -> Cache {
        Cache { head, slot, nargs, leaves_receiver, ..Cache::EMPTY }
    }

    /// Whether a value with this tag may be written to the field as it is.
    #[inline(always)]
    pub(crate) fn admits(self, tag: Tag) -> bool {
        self.boundary == ANY_TAG || u32::from(self.boundary) == tag.0
    }
}

/// The size of the table that sites share whose values have several types: a power of two.
pub(crate) const SHARED: usize = 1024;

/// The place in that table for a site and the first word of a value.
#[inline(always)]
pub(crate) const fn shared_place(site: u16, head: u64) -> usize {
    let mixed = (site as u64).wrapping_mul(0x9e37_79b1) ^ (head >> 32).wrapping_mul(0x85eb_ca6b) ^ head;
    (mixed ^ mixed >> 15) as usize % SHARED
}

/// A site. Instructions that name the same site of the module get one each, as long as there are numbers.
#[derive(Clone)]
pub(crate) struct Site {
    /// The number of arguments that `native` was checked for.
    pub(crate) native_nargs: u8,
    /// What calls compare a function's shape with, but for the number of arguments.
    pub(crate) shape: u64,
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
    pub(crate) fn takes(&self, instr: At, shape: u64) -> bool {
        shape == self.shape | instr.nargs() as u64
    }

    /// A site with nothing in its cache.
    pub(crate) fn new(name: u32, mut_mask: u32, keywords: Box<[u32]>) -> Site {
        let shape = if keywords.is_empty() { shape_of(0, mut_mask >> 1) } else { KEYWORDS };
        Site { native_nargs: 0, shape, native_head: NO_HEAD, native: None, quick: None, name, mut_mask, keywords }
    }
}

/// What a function and a call must agree on: the number of parameters, and which are `mut`.
#[inline(always)]
pub(crate) const fn shape_of(params: usize, mut_mask: u32) -> u64 {
    params as u64 | (mut_mask as u64) << 32
}
