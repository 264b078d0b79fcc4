//! One instruction: 64 bits, decoded in place.

use std::fmt;

use crate::isa::Op;

/// An instruction word, `op: u8 | x: u8 | a: u16 | b: u16 | c: u16` from the lowest bits up.
///
/// Any word is representable; [`crate::verify()`] says which ones may be executed.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instr(pub u64);

impl Instr {
    /// Bit of `x`: the `src` in `b` is consumed.
    pub const KILL_B: u8 = 1;
    /// Bit of `x`: the `src` in `c` is consumed.
    pub const KILL_C: u8 = 2;
    /// Bit of `x`: the `src` in `a` is consumed.
    pub const KILL_A: u8 = 4;
    /// Bit of `x`: sense, sub, inclusive, at-least, frozen or param; of a call, that its result is dropped.
    pub const HIGH: u8 = 0x80;
    /// The most arguments that a call can have.
    pub const MAX_ARGS: usize = 0x7f;

    /// An instruction with three narrow fields.
    #[inline]
    pub const fn new(op: Op, x: u8, a: u16, b: u16, c: u16) -> Instr {
        Instr(op as u64 | (x as u64) << 8 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48)
    }

    /// An instruction whose `b` and `c` hold one 32-bit number.
    #[inline]
    pub const fn wide(op: Op, x: u8, a: u16, bc: u32) -> Instr {
        Instr(op as u64 | (x as u64) << 8 | (a as u64) << 16 | (bc as u64) << 32)
    }

    /// The opcode byte.
    #[inline]
    pub const fn op_byte(self) -> u8 {
        self.0 as u8
    }

    /// The opcode, when the byte is one; a quick form too.
    #[inline]
    pub const fn op(self) -> Option<Op> {
        Op::from_u8(self.op_byte())
    }

    /// The opcode, when it is one that may occur in a file.
    #[inline]
    pub fn file_op(self) -> Option<Op> {
        self.op().filter(|op| op.info().quick_of.is_none())
    }

    /// The same instruction under another opcode: how a quick form is written over it.
    #[inline]
    pub const fn with_op(self, op: Op) -> Instr {
        Instr(self.0 & !0xff | op as u64)
    }

    /// The field `x`: consumption bits and one more, or the number of arguments and what becomes of the result.
    #[inline]
    pub const fn x(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// The number of arguments of a call. Meaningless for anything else.
    #[inline]
    pub const fn nargs(self) -> usize {
        (self.x() & !Instr::HIGH) as usize
    }

    /// Whether the result of a call is dropped. Meaningless for anything else.
    #[inline]
    pub const fn drops(self) -> bool {
        self.high()
    }

    /// The field `a`.
    #[inline]
    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// The field `b`.
    #[inline]
    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }

    /// The field `c`.
    #[inline]
    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }

    /// The field `b` as a signed number.
    #[inline]
    pub const fn b_i16(self) -> i16 {
        self.b() as i16
    }

    /// The field `c` as a signed number.
    #[inline]
    pub const fn c_i16(self) -> i16 {
        self.c() as i16
    }

    /// The fields `b` and `c` as one unsigned number.
    #[inline]
    pub const fn bc_u32(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The fields `b` and `c` as one signed number.
    #[inline]
    pub const fn bc_i32(self) -> i32 {
        self.bc_u32() as i32
    }

    /// Whether the `src` in `a` is consumed. Meaningless for calls.
    #[inline]
    pub const fn kills_a(self) -> bool {
        self.x() & Instr::KILL_A != 0
    }

    /// Whether the `src` in `b` is consumed. Meaningless for calls.
    #[inline]
    pub const fn kills_b(self) -> bool {
        self.x() & Instr::KILL_B != 0
    }

    /// Whether the `src` in `c` is consumed. Meaningless for calls.
    #[inline]
    pub const fn kills_c(self) -> bool {
        self.x() & Instr::KILL_C != 0
    }

    /// Sense, sub, inclusive, at-least, frozen or param; of a call, whether its result is dropped.
    #[inline]
    pub const fn high(self) -> bool {
        self.x() & Instr::HIGH != 0
    }
}

impl fmt::Debug for Instr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.op() {
            Some(op) => write!(f, "{op:?}")?,
            None => write!(f, "op {}", self.op_byte())?,
        }
        write!(f, " x={:#x} a={} b={} c={}", self.x(), self.a(), self.b(), self.c())
    }
}

#[cfg(test)]
mod tests {
    use super::{Instr, Op};

    #[test]
    fn fields_lie_where_the_format_says() {
        let narrow = Instr::new(Op::Add, Instr::KILL_B | Instr::HIGH, 1, 2, 0xfffd);
        assert_eq!(narrow.0, 0xfffd_0002_0001_8100 | Op::Add as u64);
        assert_eq!((narrow.a(), narrow.b(), narrow.c(), narrow.c_i16()), (1, 2, 0xfffd, -3));
        assert!(narrow.kills_b() && !narrow.kills_c() && !narrow.kills_a() && narrow.high());
        let wide = Instr::wide(Op::Jmp, 0, 0, -2i32 as u32);
        assert_eq!((wide.bc_i32(), wide.b(), wide.c()), (-2, 0xfffe, 0xffff));
        assert_eq!(narrow.with_op(Op::AddInt).op(), Some(Op::AddInt));
        assert_eq!(narrow.with_op(Op::AddInt).file_op(), None);
    }
}
