//! Lets long work inside one built-in operation notice that the program is to stop.
//!
//! Comparing two lists may take as long as a program likes: `xs = [xs, xs]` doubles what there is to compare and takes
//! no memory. Such operations [`beat`] once for each container or item; now and then the watch that the
//! interpreter has set looks at its limits. What makes large buffers [`spend`]s beats, and looks at the next one.

use std::cell::{Cell, RefCell};

use crate::errors::Res;

/// The watch looks after so many beats.
pub const BEATS: u32 = 1 << 14;

type Watch = Box<dyn FnMut() -> Res<()>>;

thread_local! {
    static LEFT: Cell<u32> = const { Cell::new(BEATS) };
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Sets what looks at the limits after every [`BEATS`] beats on this thread, in place of what did before.
pub fn watch(look: impl FnMut() -> Res<()> + 'static) {
    WATCH.with_borrow_mut(|watch| *watch = Some(Box::new(look)));
}

pub(crate) fn forget_watch() {
    WATCH.with_borrow_mut(|watch| *watch = None);
}

/// One step of work that may last.
///
/// # Errors
/// What the watch says.
#[inline(always)]
pub fn beat() -> Res<()> {
    match LEFT.get() {
        0 => look(),
        left => {
            LEFT.set(left - 1);
            Ok(())
        }
    }
}

/// The bytes of a new buffer that weigh as much as one beat.
const BYTES: usize = 256;

/// Work that cannot be stopped now, for `bytes` of new memory: the next look comes sooner.
pub(crate) fn spend(bytes: usize) {
    let beats = u32::try_from(bytes / BYTES).unwrap_or(u32::MAX);
    LEFT.set(LEFT.get().saturating_sub(beats));
}

#[cold]
#[inline(never)]
fn look() -> Res<()> {
    LEFT.set(BEATS);
    WATCH.with_borrow_mut(|watch| watch.as_mut().map_or(Ok(()), |look| look()))
}
