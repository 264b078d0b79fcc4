//! A compiled program and its run from start to exit.

use std::cell::Cell;
use std::sync::Arc;
use std::thread::Builder;

use kayton_abi::{alloc, stack};

use crate::calls::{Calls, DEFAULT_DEPTH};
use crate::fail::{self, Ending};
use crate::report::Call;
use crate::text::Text;
use crate::value::Value;

/// The name of the function that runs the statements of modules and then `main`; it is no call of the program's own.
pub const START: &str = "<start>";
/// The native stack that is asked for; the system provides the memory as it is touched.
const NATIVE_STACK: usize = 1 << 30;
/// With less than this a program is not started.
const LEAST_NATIVE_STACK: usize = 1 << 20;

/// What a compiled program knows of its source.
pub struct Program {
    /// The paths of its files, as errors show them, with their texts.
    pub sources: &'static [(&'static str, &'static str)],
    /// Its places, by the number that [`Calls::at`] takes.
    pub sites: &'static [Site],
    /// The whole program as bytecode, for what was not compiled; else empty.
    pub kbc: &'static [u8],
}

/// A place in the source: lines and columns from 1, ends exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The function that it is in, as errors name it; [`START`] for module-level statements.
    pub function: &'static str,
    /// Its file: an index of [`Program::sources`].
    pub file: u32,
    /// Where it starts.
    pub line: u32,
    /// Where it starts.
    pub column: u32,
    /// Where it ends.
    pub end_line: u32,
    /// Where it ends.
    pub end_column: u32,
}

static EMPTY: Program = Program { sources: &[], sites: &[], kbc: &[] };

thread_local! {
    static RUNNING: Cell<&'static Program> = const { Cell::new(&EMPTY) };
}

/// The program that this thread runs.
pub fn running() -> &'static Program {
    RUNNING.get()
}

impl Program {
    /// A site as errors show it.
    pub(crate) fn call(&self, site: u32) -> Call<'static> {
        let place = self.sites.get(site as usize).copied();
        let Some(Site { function, file, line, column, end_line, end_column }) = place else {
            return Call { function: "?", path: "?", line: 0, column: 0, end_line: 0, end_column: 0 };
        };
        let path = self.sources.get(file as usize).map_or("?", |source| source.0);
        Call { function, path, line, column, end_line, end_column }
    }

    /// The text of a source file.
    pub(crate) fn text(&self, path: &str) -> Option<&'static str> {
        self.sources.iter().find(|source| source.0 == path).map(|source| source.1)
    }
}

/// Runs a program and ends the process: with 0; with 1 after `error: e` when `start` gives an `Err(e)`; with 101 after
/// a run-time error; with the code given to `std.env.exit`.
///
/// It runs on a thread of its own, whose native stack holds as many calls as the limit allows.
pub fn run<R: Value>(program: &'static Program, start: fn(Calls) -> R) -> ! {
    on_large_stack(Arc::new(move || execute(program, start)))
}

fn on_large_stack(run: Arc<dyn Fn() + Send + Sync>) -> ! {
    let mut size = NATIVE_STACK;
    loop {
        let run = Arc::clone(&run);
        let body = move || {
            stack::set_remaining(size);
            run()
        };
        match Builder::new().stack_size(size).spawn(body) {
            Ok(thread) => {
                // The thread ends the process; here arrives only what went wrong in this crate.
                let _ = thread.join();
                std::process::exit(fail::FAILED)
            }
            Err(_) if size > LEAST_NATIVE_STACK => size /= 2,
            Err(error) => {
                eprintln!("error: cannot start a thread: {error}");
                std::process::exit(fail::FAILED)
            }
        }
    }
}

fn execute<R: Value>(program: &'static Program, start: fn(Calls) -> R) {
    RUNNING.set(program);
    alloc::set_memory_limit(alloc::DEFAULT_LIMIT);
    alloc::set_exhausted(fail::out_of_memory);
    #[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
    crate::thunk_profile::start();
    let calls = Calls::first(DEFAULT_DEPTH);
    let result = start(calls);
    let mut error = Text::new();
    if result.ends_with_error(&mut error, calls.at(0)) {
        fail::leave(Ending::Error(error.into_string()))
    }
    // What is left is not freed: the process ends.
    std::mem::forget(result);
    fail::leave(Ending::Exit(0))
}
