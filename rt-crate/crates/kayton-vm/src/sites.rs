//! What call and field instructions say besides their registers, with a cache of what was found there last.

use kayton_bytecode::Instr;

/// No value has this first word.
pub(crate) const NO_HEAD: u64 = u64::MAX;
/// No function has this shape.
pub(crate) const NO_SHAPE: u64 = u64::MAX;

/// A site. Instructions that name the same site of the module get one each, as long as there are numbers.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The first word of the values that the cache is about.
    pub(crate) head: u64,
    /// What they have here: a field's place, or the function of a method that takes the arguments as they stand.
    pub(crate) slot: u32,
    /// The number of arguments that the cache is about.
    pub(crate) nargs: u8,
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
        self.keywords.is_empty() && shape == shape_of(instr.nargs(), self.mut_mask >> 1)
    }
}

/// What a function and a call must agree on: the number of parameters, and which are `mut`.
#[inline(always)]
pub(crate) const fn shape_of(params: usize, mut_mask: u32) -> u64 {
    params as u64 | (mut_mask as u64) << 32
}
