//! Dropping deep values without deep recursion.
//!
//! What counts its users drops what it holds when the last one goes, and that may hold more of the same. Down to a few
//! levels this is Rust's own recursion; what lies deeper waits in a queue until the outermost drop empties it.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use kayton_abi::near;

/// Levels of native recursion.
const LEVELS: u32 = 64;

type Waiting = (NonNull<u8>, unsafe fn(NonNull<u8>));

thread_local! {
    static LEVEL: Cell<u32> = const { Cell::new(0) };
    /// Never dropped with its thread, so that values may be dropped while a thread ends.
    static QUEUE: RefCell<ManuallyDrop<Vec<Waiting>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// Takes apart a dead object by `take_apart`, now or before the outermost drop returns.
///
/// # Safety
/// `take_apart` may be called with `object` once.
#[inline]
pub(crate) unsafe fn drop_deep(object: NonNull<u8>, take_apart: unsafe fn(NonNull<u8>)) {
    let level = near::get(&LEVEL);
    if level >= LEVELS {
        wait(object, take_apart);
        return;
    }
    near::set(&LEVEL, level + 1);
    // SAFETY: the caller gives it up.
    unsafe { take_apart(object) };
    near::set(&LEVEL, level);
    if level == 0 {
        drain();
    }
}

#[cold]
#[inline(never)]
fn wait(object: NonNull<u8>, take_apart: unsafe fn(NonNull<u8>)) {
    QUEUE.with_borrow_mut(|queue| queue.push((object, take_apart)));
}

fn drain() {
    while let Some((object, take_apart)) = QUEUE.with_borrow_mut(|queue| queue.pop()) {
        LEVEL.set(1);
        // SAFETY: `drop_deep` put it here once.
        unsafe { take_apart(object) };
        LEVEL.set(0);
    }
}
