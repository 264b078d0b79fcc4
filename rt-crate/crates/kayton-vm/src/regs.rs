//! A frame's registers, and raw access to them.
//!
//! [`Regs`] stands for the proof that the verifier made: its operands come from verified instructions of the function
//! whose frame it is, so that every register they name lies inside the frame, and the call that made the frame has
//! checked that the frame lies on the register stack. That is why its methods are safe to call from handlers.
//! Every register always holds a value that it owns (or an uncounted one), whatever the code does.

use std::ptr;

use kayton_abi::{KayVal, Tag};

/// The first register of a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regs(*mut KayVal);

impl Regs {
    /// The frame that starts at `first`.
    ///
    /// # Safety
    /// The frame's function uses the result with its own operands only, and `first` has room for its registers on
    /// the register stack, all of them initialised.
    #[inline(always)]
    pub(crate) const unsafe fn new(first: *mut KayVal) -> Regs {
        Regs(first)
    }

    /// The address of register `r`.
    #[inline(always)]
    pub(crate) fn at(self, r: usize) -> *mut KayVal {
        // SAFETY: `r` is inside the frame (or one past a window at its end), as the module says.
        unsafe { self.0.add(r) }
    }

    /// The frame whose first register is register `r` of this one: a call's window, or what lies above the frame. Where
    /// that is beyond the register stack it must not be used: who enters it asks [`crate::machine::Machine::has_room`].
    #[inline(always)]
    pub(crate) fn frame_at(self, r: usize) -> Regs {
        Regs(self.0.wrapping_add(r))
    }

    /// Puts a value into the register below the frame, releasing what was there. For a frame that lies above another
    /// one's registers with a register between them.
    pub(crate) fn set_below(self, value: KayVal) {
        // SAFETY: the register stack keeps one register below the lowest frame, and the one below this is nobody else's.
        unsafe { ptr::replace(self.below(), value) }.release();
    }

    /// The address of the register just below the frame, where a closure's frame finds its closure.
    #[inline(always)]
    pub(crate) fn below(self) -> *mut KayVal {
        // SAFETY: the register stack keeps one register below the lowest frame.
        unsafe { self.0.sub(1) }
    }

    /// The tag in register `r`.
    #[inline(always)]
    pub(crate) fn tag(self, r: u16) -> Tag {
        // SAFETY: inside the frame.
        unsafe { (*self.at(usize::from(r))).tag }
    }

    /// The payload of register `r` as an i64, whatever its tag.
    #[inline(always)]
    pub(crate) fn int(self, r: u16) -> i64 {
        // SAFETY: inside the frame.
        unsafe { (*self.at(usize::from(r))).bits as i64 }
    }

    /// The payload of register `r` as an f64, whatever its tag.
    #[inline(always)]
    pub(crate) fn float(self, r: u16) -> f64 {
        // SAFETY: inside the frame.
        f64::from_bits(unsafe { (*self.at(usize::from(r))).bits })
    }

    /// Register `r`, borrowed.
    #[inline(always)]
    pub(crate) fn get(self, r: u16) -> KayVal {
        // SAFETY: inside the frame.
        unsafe { load(self.at(usize::from(r))) }
    }

    /// Register `r` for changing it in place.
    #[inline(always)]
    pub(crate) fn place<'a>(self, r: u16) -> &'a mut KayVal {
        // SAFETY: inside the frame; handlers hold one such reference at a time and no other to the same register.
        unsafe { &mut *self.at(usize::from(r)) }
    }

    /// The registers `r .. r + n` for changing them in place.
    #[inline(always)]
    pub(crate) fn window<'a>(self, r: u16, n: usize) -> &'a mut [KayVal] {
        // SAFETY: the verifier proved the window inside the frame; as in `place` there is no other reference.
        unsafe { std::slice::from_raw_parts_mut(self.at(usize::from(r)), n) }
    }

    /// Moves register `r` out, leaving `()` where the value was counted.
    #[inline(always)]
    pub(crate) fn take(self, r: u16) -> KayVal {
        let value = self.get(r);
        if value.is_heap() {
            self.put(r, KayVal::UNIT);
        }
        value
    }

    /// Register `r` with a count for the reader: moved out where `kill` says that this is the last use.
    #[inline(always)]
    pub(crate) fn own(self, r: u16, kill: bool) -> KayVal {
        let value = self.get(r);
        if value.is_heap() {
            if kill {
                self.put(r, KayVal::UNIT);
            } else {
                value.retain();
            }
        }
        value
    }

    /// Writes register `r` without a look at what was there.
    #[inline(always)]
    pub(crate) fn put(self, r: u16, value: KayVal) {
        // SAFETY: inside the frame.
        unsafe { store(self.at(usize::from(r)), value) };
    }

    /// Writes register `r`; gives the object whose count is to be released, 0 if there is none.
    #[inline(always)]
    #[must_use]
    pub(crate) fn swap(self, r: u16, value: KayVal) -> u64 {
        let old = if self.tag(r).is_heap() { self.int(r) as u64 } else { 0 };
        self.put(r, value);
        old
    }

    /// Releases register `r`, leaving `()`, unless that would free its object: then it does nothing and says `false`.
    #[inline(always)]
    #[must_use]
    pub(crate) fn release_shared(self, r: u16) -> bool {
        if !self.tag(r).is_heap() {
            return true;
        }
        let shared = self.get(r).release_shared();
        if shared {
            self.put(r, KayVal::UNIT);
        }
        shared
    }

    /// Writes register `r`, releasing what was there.
    #[inline(always)]
    pub(crate) fn set(self, r: u16, value: KayVal) {
        if self.tag(r).is_heap() {
            self.replace(r, value);
        } else {
            self.put(r, value);
        }
    }

    /// The old value is released last: freeing it must not see it in the register.
    #[inline(never)]
    fn replace(self, r: u16, value: KayVal) {
        let old = self.get(r);
        self.put(r, value);
        old.release();
    }

    /// Writes an i64 where nothing counted can be: what instructions do whose operands are all typed.
    #[inline(always)]
    pub(crate) fn put_int(self, r: u16, value: i64) {
        self.put(r, KayVal::int(value));
    }

    /// Writes an f64 where nothing counted can be.
    #[inline(always)]
    pub(crate) fn put_float(self, r: u16, value: f64) {
        self.put(r, KayVal::float(value));
    }

    /// Releases register `r`, leaving `()`.
    #[inline(always)]
    pub(crate) fn drop_one(self, r: u16) {
        if self.tag(r).is_heap() {
            self.replace(r, KayVal::UNIT);
        }
    }

    /// Releases the registers `r .. r + n` but `kept`, unless that would free an object: then it stops and says `false`.
    #[inline(always)]
    #[must_use]
    pub(crate) fn release_range(self, r: u16, n: u16, kept: Option<u16>) -> bool {
        let mut at = self.at(usize::from(r));
        let end = self.at(usize::from(r) + usize::from(n));
        let kept = kept.map_or(std::ptr::null_mut(), |kept| self.at(usize::from(kept)));
        while at != end {
            // SAFETY: `at` is a register of the range.
            if unsafe { (*at).tag }.is_heap() && at != kept {
                // SAFETY: as above.
                if !unsafe { load(at) }.release_shared() {
                    return false;
                }
                // SAFETY: as above.
                unsafe { store(at, KayVal::UNIT) };
            }
            // SAFETY: up to the end of the range.
            at = unsafe { at.add(1) };
        }
        true
    }

    /// Releases the registers `r .. r + n`.
    #[inline(always)]
    pub(crate) fn drop_range(self, r: u16, n: u16) {
        for at in r..r + n {
            self.drop_one(at);
        }
    }
}

/// Reads a value in two halves. Registers are mostly written in halves (tag, payload); reading them whole would have
/// to wait until both have left the store buffer, and plain reads get merged by the optimiser.
///
/// # Safety
/// `at` points to a readable, initialised value.
#[inline(always)]
pub(crate) unsafe fn load(at: *const KayVal) -> KayVal {
    let half = at.cast::<u64>();
    // SAFETY: a value is two aligned words, the lower half of the first being its tag.
    let (head, bits) = unsafe { (ptr::read_volatile(half), ptr::read_volatile(half.add(1))) };
    KayVal { tag: Tag(head as u32), aux: (head >> 32) as u32, bits }
}

/// Writes a value in two halves.
///
/// # Safety
/// `at` points to a writable place for a value.
#[inline(always)]
pub(crate) unsafe fn store(at: *mut KayVal, value: KayVal) {
    let half = at.cast::<u64>();
    // SAFETY: as in `load`.
    unsafe {
        half.write_volatile(head(value));
        half.add(1).write_volatile(value.bits);
    }
}

/// The first word of a value: its tag, and the type, variant or function that it belongs to.
#[inline(always)]
pub(crate) const fn head(value: KayVal) -> u64 {
    value.tag.0 as u64 | (value.aux as u64) << 32
}
