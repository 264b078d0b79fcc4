//! Tests of one process: a run-time error is a panic here, whose text they look at.

use std::cell::OnceCell;
use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::{At, Calls, Text, Value};

mod boxed;
mod calls;
mod cycles;
mod functions;
mod lists;
mod maps;
mod numbers;
mod shown;
mod std_modules;
mod texts;
mod values;

/// A place to fail at.
pub(crate) fn at() -> At {
    thread_local!(static AT: OnceCell<At> = const { OnceCell::new() });
    AT.with(|at| *at.get_or_init(|| Calls::first(100).at(0)))
}

/// The message that `f` ends the program with.
pub(crate) fn failure<T>(f: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(f)) else { panic!("it did not fail") };
    let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
    text.rsplit_once(" (").map_or(text.clone(), |(message, _)| message.to_owned())
}

/// What `print` shows.
pub(crate) fn shown<V: Value>(value: &V) -> String {
    let mut text = Text::new();
    value.show(&mut text, at());
    text.into_string()
}
