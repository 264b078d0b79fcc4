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
    /// Its places, a line each, by the number that [`Calls::at`] takes: `0 2:25-2:30 fib`, the file (an index of `sources`), where the place
    /// starts and ends (from 1, the end exclusive), and the function as errors name it, [`START`] for module-level statements. It is text,
    /// which costs a compiler nothing, and is looked into when an error is shown.
    pub sites: &'static str,
    /// The whole program as bytecode, for what was not compiled; else empty.
    pub kbc: &'static [u8],
}

static EMPTY: Program = Program { sources: &[], sites: "", kbc: &[] };

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
        let place = self.sites.lines().nth(site as usize).and_then(|line| self.place(line));
        place.unwrap_or(Call { function: "?", path: "?", line: 0, column: 0, end_line: 0, end_column: 0 })
    }

    fn place(&self, line: &'static str) -> Option<Call<'static>> {
        let (file, rest) = line.split_once(' ')?;
        let (span, function) = rest.split_once(' ')?;
        let (start, end) = span.split_once('-')?;
        let (path, _) = self.sources.get(file.parse::<usize>().ok()?)?;
        let ((line, column), (end_line, end_column)) = (position(start)?, position(end)?);
        Some(Call { function, path, line, column, end_line, end_column })
    }

    /// The text of a source file.
    pub(crate) fn text(&self, path: &str) -> Option<&'static str> {
        self.sources.iter().find(|source| source.0 == path).map(|source| source.1)
    }
}

/// `2:25`
fn position(text: &str) -> Option<(u32, u32)> {
    let (line, column) = text.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
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
