//! Where execution is: the next instruction and the frame it works on.
//!
//! An [`Ip`] is made by the loader, from verified code, and moves only as verified instructions say; the verifier
//! proved that falling through and every jump stay inside the function. That is why reading at an `Ip` is safe.

use std::mem::transmute;
use std::ptr::null_mut;

use kayton_bytecode::{Instr, Op};

use crate::regs::Regs;

/// The address of an instruction, or nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ip(*mut Instr);

impl Ip {
    /// No instruction: where the caller of the lowest frame goes on.
    pub(crate) const NONE: Ip = Ip(null_mut());

    /// The instruction at `at`.
    ///
    /// # Safety
    /// `at` lies in verified code that is alive and reached only through `Ip`s while this one is used.
    pub(crate) const unsafe fn new(at: *mut Instr) -> Ip {
        Ip(at)
    }

    /// Whether there is no instruction.
    #[inline(always)]
    pub(crate) fn is_none(self) -> bool {
        self.0.is_null()
    }

    /// The instruction here, to read its fields.
    #[inline(always)]
    pub(crate) fn at(self) -> At {
        At(self.0)
    }

    /// The address, to find out which function it belongs to.
    pub(crate) fn address(self) -> usize {
        self.0 as usize
    }

    /// The instruction after this one.
    #[inline(always)]
    pub(crate) fn next(self) -> Ip {
        self.jump(1)
    }

    /// The instruction before this one, which is the one that is being executed.
    #[inline(always)]
    pub(crate) fn previous(self) -> Ip {
        self.jump(-1)
    }

    /// The instruction `offset` further.
    #[inline(always)]
    pub(crate) fn jump(self, offset: i32) -> Ip {
        // SAFETY: the module's rule.
        Ip(unsafe { self.0.offset(offset as isize) })
    }

    /// Writes another opcode over the instruction: one of its quick forms, or what it is a quick form of.
    #[inline(always)]
    pub(crate) fn patch(self, op: Op) {
        // SAFETY: the module's rule; code is only read and written through `Ip`s, on one thread. A quick form has the
        // operands of its base, so that verified code stays verified.
        unsafe { *self.0 = (*self.0).with_op(op) };
    }
}

/// An instruction of verified code where it lies: each field is read by itself when it is asked for, which takes fewer
/// machine instructions than taking a whole word apart. The fields are those of [`Instr`].
#[derive(Clone, Copy)]
pub(crate) struct At(*const Instr);

impl At {
    /// The 16 bits number `n`, from the lowest.
    #[inline(always)]
    fn half(self, n: usize) -> u16 {
        // SAFETY: the module's rule; an instruction is four halves.
        unsafe { *self.0.cast::<u16>().add(if cfg!(target_endian = "little") { n } else { 3 - n }) }
    }

    /// The whole word.
    #[inline(always)]
    pub(crate) fn instr(self) -> Instr {
        // SAFETY: the module's rule.
        unsafe { *self.0 }
    }

    /// The opcode byte.
    #[inline(always)]
    pub(crate) fn op_byte(self) -> u8 {
        self.half(0) as u8
    }

    #[inline(always)]
    fn x(self) -> u8 {
        (self.half(0) >> 8) as u8
    }

    #[inline(always)]
    pub(crate) fn nargs(self) -> usize {
        usize::from(self.x() & !Instr::HIGH)
    }

    #[inline(always)]
    pub(crate) fn drops(self) -> bool {
        self.high()
    }

    #[inline(always)]
    pub(crate) fn a(self) -> u16 {
        self.half(1)
    }

    #[inline(always)]
    pub(crate) fn b(self) -> u16 {
        self.half(2)
    }

    #[inline(always)]
    pub(crate) fn c(self) -> u16 {
        self.half(3)
    }

    #[inline(always)]
    pub(crate) fn b_i16(self) -> i16 {
        self.b() as i16
    }

    #[inline(always)]
    pub(crate) fn c_i16(self) -> i16 {
        self.c() as i16
    }

    #[inline(always)]
    pub(crate) fn bc_u32(self) -> u32 {
        self.instr().bc_u32()
    }

    #[inline(always)]
    pub(crate) fn bc_i32(self) -> i32 {
        self.instr().bc_i32()
    }

    #[inline(always)]
    pub(crate) fn kills_a(self) -> bool {
        self.x() & Instr::KILL_A != 0
    }

    #[inline(always)]
    pub(crate) fn kills_b(self) -> bool {
        self.x() & Instr::KILL_B != 0
    }

    #[inline(always)]
    pub(crate) fn kills_c(self) -> bool {
        self.x() & Instr::KILL_C != 0
    }

    #[inline(always)]
    pub(crate) fn high(self) -> bool {
        self.x() & Instr::HIGH != 0
    }
}

/// The opcode of an instruction of verified code.
#[inline(always)]
pub(crate) fn opcode(i: At) -> Op {
    debug_assert!(i.instr().op().is_some());
    // SAFETY: `Op` is a u8 enum without gaps, and the verifier saw that the byte is one of its values.
    unsafe { transmute::<u8, Op>(i.op_byte()) }
}

/// Where execution is. `ip` is the next instruction; the one being executed lies before it.
#[derive(Clone, Copy)]
pub(crate) struct Pc {
    /// The next instruction.
    pub(crate) ip: Ip,
    /// The registers of the running function.
    pub(crate) regs: Regs,
}

impl Pc {
    /// Execution is over: a result or an error waits in the machine.
    pub(crate) fn stopped(self) -> Pc {
        Pc { ip: Ip::NONE, regs: self.regs }
    }

    /// Whether execution is over.
    #[inline(always)]
    pub(crate) fn is_stopped(self) -> bool {
        self.ip.is_none()
    }

    /// The instruction that is being executed.
    #[inline(always)]
    pub(crate) fn current(self) -> At {
        self.ip.previous().at()
    }

    /// Goes on `offset` instructions further.
    #[inline(always)]
    #[must_use]
    pub(crate) fn jumped(self, offset: i32) -> Pc {
        Pc { ip: self.ip.jump(offset), regs: self.regs }
    }

    /// Executes the current instruction again, after it was patched.
    #[inline(always)]
    #[must_use]
    pub(crate) fn again(self) -> Pc {
        self.jumped(-1)
    }
}
