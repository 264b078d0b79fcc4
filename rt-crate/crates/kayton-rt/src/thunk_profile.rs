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

/// A thunk in progress, or compiled code that one has called, whose time is not the thunk's.
struct Open {
    thunk: Option<u32>,
    begin: Instant,
    /// How long those took that it has called.
    inner: Duration,
}

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(false) };
    static PROFILE: RefCell<Option<Profile>> = const { RefCell::new(None) };
    static OPEN: RefCell<Vec<Open>> = const { RefCell::new(Vec::new()) };
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
        measured(Some(id), call)
    } else {
        call()
    }
}

/// Runs compiled code that a thunk has called.
#[inline]
pub(crate) fn uncounted<T>(call: impl FnOnce() -> T) -> T {
    if WANTED.get() {
        measured(None, call)
    } else {
        call()
    }
}

#[cold]
fn measured<T>(thunk: Option<u32>, call: impl FnOnce() -> T) -> T {
    OPEN.with_borrow_mut(|open| open.push(Open { thunk, begin: Instant::now(), inner: Duration::ZERO }));
    let result = call();
    PROFILE.with_borrow_mut(|profile| {
        if let Some(profile) = profile {
            profile.close();
        }
    });
    result
}

impl Profile {
    /// What was begun last is done; whether there was anything.
    fn close(&mut self) -> bool {
        OPEN.with_borrow_mut(|open| {
            let Some(done) = open.pop() else { return false };
            let spent = done.begin.elapsed();
            if let Some(caller) = open.last_mut() {
                caller.inner += spent;
            }
            if let Some(id) = done.thunk {
                let (calls, time) = self.thunks.entry(id).or_default();
                *calls += 1;
                *time += spent.saturating_sub(done.inner);
            }
            true
        })
    }
}

/// Writes what was counted: the program ends, and with it all that is in progress.
pub(crate) fn finish() {
    let Some(mut profile) = PROFILE.take() else { return };
    while profile.close() {}
    let mut text = format!("<run>\t1\t{}\n", profile.begin.elapsed().as_nanos());
    for (id, (calls, time)) in profile.thunks {
        let name = thunk_name(id).unwrap_or("?");
        let _ = writeln!(text, "{name}\t{calls}\t{}", time.as_nanos());
    }
    // Who asked for the file sees that it is not there.
    let _ = std::fs::write(profile.file, text);
}
