//! A guard for native recursion over deep values: an error instead of a stack overflow.

use std::cell::Cell;

use crate::errors::{self, Res};
use crate::pulse;

/// Assumed to be left when nobody said more: what a thread of Rust's standard library has, less a margin.
const ASSUMED: usize = 1 << 20;
/// Kept free for whatever is called below a checked frame.
const MARGIN: usize = 128 << 10;

thread_local! {
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

/// Says that the current thread has `bytes` of native stack left below the caller's frame.
pub fn set_remaining(bytes: usize) {
    LOWEST.set(here().saturating_sub(bytes.saturating_sub(MARGIN)).max(1));
}

/// The bytes of native stack that are left, as [`set_remaining`] takes them.
pub fn remaining() -> usize {
    match LOWEST.get() {
        0 => ASSUMED,
        lowest => here().saturating_sub(lowest) + MARGIN,
    }
}

/// Fails when little native stack is left, or the program is to stop. Every function that recurses over a value's
/// depth calls it.
///
/// # Errors
/// `call depth limit reached`, and those of [`pulse::beat`].
#[inline]
pub fn check() -> Res<()> {
    let lowest = LOWEST.get();
    if lowest == 0 {
        set_remaining(ASSUMED);
    } else if here() < lowest {
        return Err(errors::call_depth());
    }
    pulse::beat()
}

#[inline(always)]
fn here() -> usize {
    let mark = 0u8;
    std::ptr::from_ref(std::hint::black_box(&mark)) as usize
}
