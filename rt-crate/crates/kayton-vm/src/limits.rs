//! What a program may use, and how it is told to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use kayton_abi::{errors, pulse, Res};

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

    /// When a program that starts now is to end.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.timeout.and_then(|timeout| Instant::now().checked_add(timeout))
    }

    /// How much native stack it may have: memory, too.
    pub(crate) fn native_stack(&self) -> usize {
        self.max_memory.unwrap_or(usize::MAX)
    }

    /// What looks at the limits while one built-in operation lasts. What it does counts as steps, apart from the
    /// program's own.
    pub(crate) fn watch(&self) -> impl FnMut() -> Res<()> {
        let deadline = self.deadline();
        let (interrupt, max_steps) = (self.interrupt.clone(), self.max_steps.unwrap_or(u64::MAX));
        let mut steps = 0;
        move || {
            steps += u64::from(pulse::BEATS);
            check(&interrupt, steps, max_steps, deadline)
        }
    }
}

/// Fails when the program is to stop.
///
/// # Errors
/// `interrupted`, `step limit reached`, `time limit reached`.
pub(crate) fn check(interrupt: &Interrupt, steps: u64, max_steps: u64, deadline: Option<Instant>) -> Res<()> {
    match interrupt.signal() {
        Signal::None => {}
        Signal::Interrupt => return Err(errors::interrupted()),
    }
    if steps > max_steps {
        return Err(errors::step_limit());
    }
    if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
        return Err(errors::time_limit());
    }
    Ok(())
}

/// The bytes that a text names: `65536`, `64MB`, `1.5 GiB`; letters of either case, `K` and `KB` thousands, `KiB` 1024.
///
/// ```
/// assert_eq!(kayton_vm::parse_size("64MB"), Some(64_000_000));
/// assert_eq!(kayton_vm::parse_size("1.5 GiB"), Some(3 << 29));
/// assert_eq!(kayton_vm::parse_size("-1"), None);
/// ```
pub fn parse_size(text: &str) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase();
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let unit: u64 = match unit {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "m" | "mb" => 1000 * 1000,
        "g" | "gb" => 1000 * 1000 * 1000,
        "t" | "tb" => 1000 * 1000 * 1000 * 1000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    };
    let number = number.trim_end();
    if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let bytes = match number.parse::<u64>() {
        Ok(whole) => whole.checked_mul(unit)?,
        // Beyond u64, or with a fraction; what is cut off is less than a byte, or far beyond any memory.
        Err(_) => (number.parse::<f64>().ok()? * unit as f64) as u64,
    };
    Some(usize::try_from(bytes).unwrap_or(usize::MAX))
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

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn signal(&self) -> Signal {
        if self.is_stopped() {
            Signal::Interrupt
        } else {
            Signal::None
        }
    }
}
