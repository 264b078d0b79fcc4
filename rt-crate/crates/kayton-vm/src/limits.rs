//! What a program may use, and how it is told to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

/// The call-depth limit of LANGUAGE §10.
pub const DEFAULT_DEPTH: usize = 100_000;
/// The records of this many calls can be reserved.
const MOST_CALLS: usize = 50_000_000;

/// What a program may use. Exceeding a limit is a run-time error with a position.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Calls in progress: `call depth limit reached`.
    pub max_depth: usize,
    /// Bytes held by objects: `out of memory limit`. `None`: the default of `kayton_abi`.
    pub max_memory: Option<usize>,
    /// Jumps taken and calls made: `step limit reached`.
    pub max_steps: Option<u64>,
    /// Time since the start: `time limit reached`.
    pub timeout: Option<Duration>,
    /// Lets another thread stop the program.
    pub interrupt: Interrupt,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            max_depth: DEFAULT_DEPTH,
            max_memory: None,
            max_steps: None,
            timeout: None,
            interrupt: Interrupt::default(),
        }
    }
}

impl Limits {
    pub(crate) fn depth(&self) -> usize {
        self.max_depth.clamp(1, MOST_CALLS)
    }
}

/// What another thread asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    None,
    Interrupt,
}

/// A switch by which another thread stops the program; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Asks the program to stop.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn signal(&self) -> Signal {
        if self.0.load(Ordering::Relaxed) {
            Signal::Interrupt
        } else {
            Signal::None
        }
    }
}
