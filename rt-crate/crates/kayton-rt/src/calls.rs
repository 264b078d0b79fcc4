//! Calls in progress and places in them, without a result that every caller would have to look at.
//!
//! Each call has a slot, in a row by depth. A function that calls stores in its own slot where it stands; so the calls
//! that led to an error are read from the slots, and a call costs a store and a test. It gives its slot to the function
//! that it calls, which has the next one: a call that neither calls nor fails does nothing for either, and a caller
//! keeps one pointer over its calls.
//!
//! The test is for an address that is a multiple of [`EDGE`]. The slots lie so that the one that no call may have is
//! the only one with such an address; so what follows the test never returns, and costs its function no register.

use std::alloc::{alloc, handle_alloc_error, Layout};
use std::cell::Cell;

use kayton_abi::{errors, stack, KayError, Res};

use crate::fail::{self, Ending};
use crate::text::Text;
use crate::value::Value;

/// The call-depth limit of LANGUAGE §10.
pub const DEFAULT_DEPTH: usize = 100_000;

thread_local! {
    /// The slots of this thread: the first one, and the one that no call may have.
    static FIRST: Cell<*mut u32> = const { Cell::new(std::ptr::null_mut()) };
    static END: Cell<*mut u32> = const { Cell::new(std::ptr::null_mut()) };
}

/// A call in progress: its slot. An emitted function is given that of its caller, and gets its own from [`Calls::enter`].
#[derive(Clone, Copy)]
pub struct Calls {
    slot: *mut u32,
}

/// A multiple of this many bytes is where the limit is reached. All slots have less.
const EDGE: usize = 1 << 19;

/// A slot with this bit has no site: the call was made by bytecode, and the rest says how many calls of it lie between this one and
/// the one that compiled code made, which has the lowest of their slots. The others are not used.
const BYTECODE: u32 = 1 << 31;
/// A slot with this bit has a site, but the call was made through bytecode, which has a record of it, too.
const THROUGH: u32 = 1 << 30;

/// Who has made a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Compiled code, at this site.
    Site(u32),
    /// Bytecode: a call in the VM with so many others above it.
    Bytecode(usize),
}

/// A place in a call: the last argument of what may fail.
#[derive(Clone, Copy)]
pub struct At {
    calls: Calls,
    site: u32,
}

impl Calls {
    /// The call that everything starts from, with room for `depth` calls below it. For the thread of the program; the
    /// slots are never freed.
    ///
    /// # Panics
    /// If so many slots would have more than one with the address that is the limit's.
    pub fn first(depth: usize) -> Calls {
        let bytes = (depth + 1) * size_of::<u32>();
        let layout = Layout::from_size_align(EDGE + size_of::<u32>(), EDGE);
        let layout = layout.ok().filter(|_| bytes < EDGE).unwrap_or_else(|| panic!("a depth of {depth} calls"));
        // SAFETY: the layout's size is not zero; the end is inside it, and the first slot `bytes` before, above its start.
        unsafe {
            let slots = alloc(layout);
            if slots.is_null() {
                handle_alloc_error(layout);
            }
            let end = slots.add(EDGE);
            FIRST.set(end.sub(bytes).cast());
            END.set(end.cast());
        }
        Calls { slot: FIRST.get() }
    }

    /// A place in this call.
    #[inline(always)]
    pub fn at(self, site: u32) -> At {
        At { calls: self, site }
    }

    /// The caller of the function that is called next, from here: what that function is given.
    ///
    /// # Errors
    /// Ends the program with `call depth limit reached`.
    #[inline(always)]
    pub fn call(self, site: u32) -> Calls {
        // SAFETY: this call's slot is below the end, so the next one is in or right behind the allocation's used part.
        let next = unsafe {
            self.slot.write(site);
            self.slot.add(1)
        };
        if next as usize % EDGE == 0 {
            self.at(site).fail(errors::call_depth())
        }
        self
    }

    /// The call that its caller has made: what an emitted function starts with.
    #[inline(always)]
    pub fn enter(self) -> Calls {
        // The caller has tested in [`Calls::call`] that there is a next one.
        Calls { slot: self.slot.wrapping_add(1) }
    }
}

impl At {
    /// The caller of the function that is called from here: [`Calls::call`].
    ///
    /// # Errors
    /// Ends the program with `call depth limit reached`.
    #[inline(always)]
    pub fn call(self) -> Calls {
        self.calls.call(self.site)
    }

    /// The place of a call that bytecode makes, of which this place has called `calls` functions that lie between. `inside`: the
    /// outermost of them is a part of the function here, and shares its slot.
    #[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
    pub(crate) fn above(self, calls: u32, inside: bool) -> At {
        if calls == 0 {
            return At { site: self.site | THROUGH, ..self };
        }
        let mut slot = self.calls.slot;
        if !inside {
            // SAFETY: as in `call`.
            unsafe { slot.write(self.site) };
            slot = slot.wrapping_add(1);
        }
        At { calls: Calls { slot: slot.wrapping_add(calls as usize - 1) }, site: BYTECODE | calls }
    }

    /// How many calls there may be inside of this one.
    #[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
    pub(crate) fn room(self) -> usize {
        (END.get() as usize - self.calls.slot as usize) / size_of::<u32>() - 1
    }

    /// Ends the program with this error, here.
    #[cold]
    #[inline(never)]
    pub fn fail(self, error: Box<KayError>) -> ! {
        fail::end(self.callers(), &error)
    }

    /// This place and the calls that led here, innermost first.
    pub fn callers(self) -> Vec<Caller> {
        let (mut slot, mut site, mut above, mut found) = (self.calls.slot, self.site, 0, Vec::new());
        loop {
            if site & BYTECODE != 0 {
                let calls = (site & !BYTECODE) as usize;
                found.extend((above + 1..=above + calls).map(Caller::Bytecode));
                above += calls + 1;
                slot = slot.wrapping_sub(calls - 1);
            } else {
                found.push(Caller::Site(site & !THROUGH));
                above += usize::from(site & THROUGH != 0);
            }
            if slot == FIRST.get() {
                return found;
            }
            // SAFETY: slots from the first one up to that of a call in progress are in one allocation.
            unsafe {
                slot = slot.sub(1);
                site = slot.read();
            }
        }
    }

    /// The value of what cannot fail here but by ending the program.
    #[inline(always)]
    pub fn ok<T>(self, result: Res<T>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => self.fail(error),
        }
    }

    /// Ends the program where native recursion over deep values would leave too little stack.
    #[inline]
    pub fn check_stack(self) {
        self.ok(stack::check());
    }

    /// Ends the program with `integer overflow`.
    #[cold]
    #[inline(never)]
    pub fn integer_overflow(self) -> ! {
        self.fail(errors::integer_overflow())
    }

    /// Ends the program with `division by zero`.
    #[cold]
    #[inline(never)]
    pub fn division_by_zero(self) -> ! {
        self.fail(errors::division_by_zero())
    }

    /// Ends the program with `index out of range: the length is … but the index is …`.
    #[cold]
    #[inline(never)]
    pub fn index_out_of_range(self, len: usize, index: i64) -> ! {
        self.fail(errors::index_out_of_range(len, index))
    }

    /// Ends the program with `count out of range: …`.
    #[cold]
    #[inline(never)]
    pub fn count_out_of_range(self, count: i64) -> ! {
        self.fail(errors::count_out_of_range(count))
    }

    /// `panic(message)`, and `assert` and `expect` with a text of their own.
    #[cold]
    #[inline(never)]
    pub fn panic<V: Value>(self, message: &V) -> ! {
        self.fail(errors::failure(shown(message, self)))
    }

    /// `assert` without a text of its own.
    #[cold]
    #[inline(never)]
    pub fn assertion_failed(self) -> ! {
        self.fail(errors::assertion_failed())
    }

    /// A value that no pattern covers.
    #[cold]
    #[inline(never)]
    pub fn no_match_arm<V: Value>(self, value: &V) -> ! {
        let mut text = Text::new();
        value.show_nested(&mut text, self);
        self.fail(errors::no_match_arm(text.as_str()))
    }

    /// Ends the program with an exit code: `std.env.exit`.
    #[cold]
    pub fn exit(self, code: i32) -> ! {
        fail::leave(Ending::Exit(code))
    }
}

/// The innermost call that is known, for what is done between calls.
pub(crate) fn nowhere() -> At {
    Calls { slot: FIRST.get() }.at(0)
}

/// The text that `print` shows of a value.
pub(crate) fn shown<V: Value>(value: &V, at: At) -> String {
    let mut text = Text::new();
    value.show(&mut text, at);
    text.into_string()
}
