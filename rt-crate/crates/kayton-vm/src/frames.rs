//! The two stacks: registers, and the records of who called whom.

use std::alloc::{alloc_zeroed, dealloc, Layout};

use kayton_abi::KayVal;

use crate::pc::{At, Ip, Pc};
use crate::regs::Regs;

/// What happens with the result when a frame is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Then {
    /// It goes to register `a` of the instruction that made the frame.
    Store = 0,
    /// Nobody wants it.
    Drop = 1,
    /// The instruction that made the frame needs a hand in finishing.
    Finish = 2,
    /// It goes to the Rust code that made the frame.
    Leave = 3,
    /// As [`Then::Store`]; the closure that was called stands below the frame and is released.
    StoreClosure = 4,
}

impl Then {
    /// For a call whose result needs no hand.
    #[inline(always)]
    pub(crate) fn of(call: At) -> Then {
        if call.drops() {
            Then::Drop
        } else {
            Then::Store
        }
    }
}

/// The record of a call: where the caller goes on, and what to do with the result.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    ip: Ip,
    /// The address of the caller's first register, which is a multiple of 8, plus [`Then`].
    regs_then: usize,
}

const THEN: usize = 7;

impl Link {
    #[inline(always)]
    pub(crate) fn new(caller: Pc, then: Then) -> Link {
        Link { ip: caller.ip, regs_then: caller.regs.at(0) as usize | then as usize }
    }

    /// Where the caller goes on.
    #[inline(always)]
    pub(crate) fn caller(self) -> Pc {
        let first = (self.regs_then & !THEN) as *mut KayVal;
        // SAFETY: `new` took it from a frame, which lives as long as the link.
        Pc { ip: self.ip, regs: unsafe { Regs::new(first) } }
    }

    /// What to do with the result.
    #[inline(always)]
    pub(crate) fn then(self) -> Then {
        match self.regs_then & THEN {
            0 => Then::Store,
            1 => Then::Drop,
            2 => Then::Finish,
            3 => Then::Leave,
            _ => Then::StoreClosure,
        }
    }
}

/// The records of all calls in progress: as many as the call-depth limit allows.
pub(crate) struct Frames {
    /// One past the innermost.
    top: *mut Link,
    /// What `top` is when the limit is reached.
    end: *mut Link,
    /// Their memory; its length is not kept up to date.
    links: Vec<Link>,
    /// How many there were when compiled code called in last.
    below: usize,
}

/// What a call from compiled code comes back to: see [`Frames::begin`].
pub(crate) struct Outer {
    end: *mut Link,
    below: usize,
}

impl Frames {
    /// Room for `limit` calls and one that does not count, which the system provides as it is used.
    pub(crate) fn new(limit: usize) -> Frames {
        let mut links: Vec<Link> = Vec::with_capacity(limit + 1);
        let top = links.as_mut_ptr();
        // SAFETY: more than `limit` links were reserved.
        Frames { top, end: unsafe { top.add(limit) }, links, below: 0 }
    }

    /// The calls in progress.
    #[inline(always)]
    pub(crate) fn depth(&self) -> usize {
        (self.top as usize - self.links.as_ptr() as usize) / size_of::<Link>()
    }

    /// Whether the call-depth limit is reached.
    #[inline(always)]
    pub(crate) fn is_full(&self) -> bool {
        self.top >= self.end
    }

    /// Compiled code calls in: this many more calls may be in progress than there are now.
    pub(crate) fn begin(&mut self, calls: usize) -> Outer {
        let (outer, depth) = (Outer { end: self.end, below: self.below }, self.depth());
        let limit = depth.saturating_add(calls).min(self.links.capacity() - 1);
        // SAFETY: `limit` is less than the number of links that were reserved.
        self.end = unsafe { self.links.as_mut_ptr().add(limit) };
        self.below = depth;
        outer
    }

    /// What compiled code called is over.
    pub(crate) fn end(&mut self, outer: Outer) {
        (self.end, self.below) = (outer.end, outer.below);
    }

    /// The calls in progress above the last one that compiled code made.
    #[inline(always)]
    pub(crate) fn above(&self) -> usize {
        self.depth() - self.below - 1
    }

    /// Whether there is no room for another call, though one in progress does not count.
    pub(crate) fn is_overfull(&self) -> bool {
        self.top > self.end
    }

    /// Records a call; not when it [`Frames::is_overfull`].
    #[inline(always)]
    pub(crate) fn push(&mut self, link: Link) {
        debug_assert!(!self.is_overfull());
        // SAFETY: `top` is not above `end`, behind which one more was reserved: callers asked `is_full`, or `is_overfull`.
        unsafe {
            self.top.write(link);
            self.top = self.top.add(1);
        }
    }

    /// The innermost call.
    #[inline(always)]
    pub(crate) fn last(&self) -> Link {
        debug_assert!(self.depth() > 0);
        // SAFETY: a function runs only below the link that its call pushed.
        unsafe { self.top.sub(1).read() }
    }

    /// The innermost call, which is over now.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Link {
        debug_assert!(self.depth() > 0);
        // SAFETY: a function runs only below the link that its call pushed.
        unsafe {
            self.top = self.top.sub(1);
            self.top.read()
        }
    }

    /// The calls since compiled code called in last, without that one, outermost first.
    pub(crate) fn own_links(&self) -> &[Link] {
        self.links().get(self.below + 1..).unwrap_or_default()
    }

    /// Where the call goes on that has so many others above it; `None` for the innermost one.
    pub(crate) fn caller(&self, above: usize) -> Option<Pc> {
        Some(self.links().get(self.depth().checked_sub(above)?)?.caller())
    }

    /// The calls, outermost first.
    pub(crate) fn links(&self) -> &[Link] {
        // SAFETY: the links up to `top` were pushed.
        unsafe { std::slice::from_raw_parts(self.links.as_ptr(), self.depth()) }
    }

    /// Forgets all calls but the `depth` outermost.
    pub(crate) fn truncate(&mut self, depth: usize) {
        let depth = depth.min(self.depth());
        // SAFETY: so many links were pushed.
        self.top = unsafe { self.links.as_mut_ptr().add(depth) };
    }
}

/// How many registers are reserved; the system provides the memory as it is touched.
const REGISTERS: usize = 1 << 26;

/// The register stack. It never moves, so that built-ins can keep references to their arguments while they call back.
pub(crate) struct RegisterStack {
    start: *mut KayVal,
    len: usize,
}

impl RegisterStack {
    /// An empty stack: all registers are uncounted zeros.
    ///
    /// # Errors
    /// When the system refuses the address space.
    pub(crate) fn new() -> Result<RegisterStack, String> {
        let mut len = REGISTERS;
        while len >= 1 << 16 {
            if let Ok(layout) = Layout::array::<KayVal>(len) {
                // SAFETY: the layout is not empty.
                let start = unsafe { alloc_zeroed(layout) }.cast::<KayVal>();
                if !start.is_null() {
                    return Ok(RegisterStack { start, len });
                }
            }
            len /= 2;
        }
        Err("there is no memory for the register stack".to_owned())
    }

    /// The lowest frame.
    pub(crate) fn bottom(&self) -> Regs {
        // SAFETY: the stack is larger than one register, which is kept free below the lowest frame; zeroed memory is
        // the i64 0 in every register.
        unsafe { Regs::new(self.start.add(1)) }
    }

    /// The first address beyond the stack.
    pub(crate) fn end(&self) -> usize {
        self.start as usize + self.len * size_of::<KayVal>()
    }

    /// Releases all registers from `first` up to the address `end`.
    pub(crate) fn release(&self, first: Regs, end: usize) {
        let count = (end.min(self.end()).saturating_sub(first.at(0) as usize)) / size_of::<KayVal>();
        for r in 0..count {
            let at = first.at(r);
            // SAFETY: `first` is a frame and `end` is on the stack; every register holds a value that it owns.
            unsafe { std::mem::replace(&mut *at, KayVal::UNIT).release() };
        }
    }
}

impl Drop for RegisterStack {
    fn drop(&mut self) {
        if let Ok(layout) = Layout::array::<KayVal>(self.len) {
            // SAFETY: `new` allocated it with this layout.
            unsafe { dealloc(self.start.cast(), layout) };
        }
    }
}
