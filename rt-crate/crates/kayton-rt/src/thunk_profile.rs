//! What thunks cost a run: how often each was called, and how long it took. Only where the variable [`VARIABLE`] names a file,
//! into which it is written when the program ends, a line for the run and one for each thunk that was called:
//!
//! ```text
//! <run>	1	52000000
//! main.parse	1000	310000
//! ```
//!
//! A name, a count and nanoseconds, between tabs. The time of a thunk is without that of the thunks that it calls in turn.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::thunk::thunk_name;

/// The environment variable that asks for it.
const VARIABLE: &str = "KAYTON_THUNK_PROFILE";

struct Profile {
    file: OsString,
    begin: Instant,
    thunks: BTreeMap<u32, (u64, Duration)>,
}

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(false) };
    static PROFILE: RefCell<Option<Profile>> = const { RefCell::new(None) };
    /// How long thunks took that were called by the one in progress.
    static INNER: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Begins to count, if that is asked for.
pub(crate) fn start() {
    if let Some(file) = std::env::var_os(VARIABLE) {
        PROFILE.set(Some(Profile { file, begin: Instant::now(), thunks: BTreeMap::new() }));
        WANTED.set(true);
    }
}

/// Calls a thunk, and counts it if that is asked for.
#[inline]
pub(crate) fn counted<T>(id: u32, call: impl FnOnce() -> T) -> T {
    if WANTED.get() {
        measured(id, call)
    } else {
        call()
    }
}

#[cold]
fn measured<T>(id: u32, call: impl FnOnce() -> T) -> T {
    let before = INNER.replace(Duration::ZERO);
    let begin = Instant::now();
    let result = call();
    let spent = begin.elapsed();
    let own = spent.saturating_sub(INNER.replace(before + spent));
    PROFILE.with_borrow_mut(|profile| {
        if let Some(profile) = profile {
            let (calls, time) = profile.thunks.entry(id).or_default();
            *calls += 1;
            *time += own;
        }
    });
    result
}

/// Runs compiled code that a thunk has called, whose time is not the thunk's.
#[inline]
pub(crate) fn uncounted<T>(call: impl FnOnce() -> T) -> T {
    if !WANTED.get() {
        return call();
    }
    let (before, begin) = (INNER.get(), Instant::now());
    let result = call();
    INNER.set(before + begin.elapsed());
    result
}

/// Writes what was counted: the program ends. A thunk that ends it is not counted.
pub(crate) fn finish() {
    let Some(profile) = PROFILE.take() else { return };
    let mut text = format!("<run>\t1\t{}\n", profile.begin.elapsed().as_nanos());
    for (id, (calls, time)) in profile.thunks {
        let name = thunk_name(id).unwrap_or("?");
        let _ = writeln!(text, "{name}\t{calls}\t{}", time.as_nanos());
    }
    // Who asked for the file sees that it is not there.
    let _ = std::fs::write(profile.file, text);
}
