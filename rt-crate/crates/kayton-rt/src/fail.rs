//! The end of a program.

use std::io::{self, IsTerminal, Write};

use kayton_abi::{errors, ErrorKind, KayError};

use crate::calls::Caller;
use crate::out;
use crate::program::{running, START};
use crate::report::{self, Call, Colours, Trace};

/// Exit code of a run-time error.
pub(crate) const FAILED: i32 = 101;
/// Exit code of a program whose output nobody reads: that of a process killed by SIGPIPE.
const CLOSED_OUTPUT: i32 = 141;
/// Exit code of a mistake of ours.
#[cfg_attr(not(any(feature = "embed_vm", feature = "dynamic_vm")), allow(dead_code))]
const DEFECT: i32 = 70;
/// Exit code where something that the program needs is not there.
#[cfg_attr(not(feature = "dynamic_vm"), allow(dead_code))]
const UNUSABLE: i32 = 2;
/// A trace keeps this many calls at either end.
pub(crate) const KEPT: usize = 20;

/// How a program ends.
pub(crate) enum Ending {
    /// With an exit code.
    Exit(i32),
    /// With what `main` returned in its `Err`.
    Error(String),
}

/// Ends the program with an error after these calls, innermost first.
#[cold]
pub(crate) fn end(callers: Vec<Caller>, error: &KayError) -> ! {
    match error.kind {
        ErrorKind::Exit(code) => leave(Ending::Exit(code)),
        _ => fail(&error.message, callers.into_iter().map(told).collect()),
    }
}

/// A call as errors show it.
pub(crate) fn told(caller: Caller) -> Call<'static> {
    match caller {
        Caller::Site(site) => running().call(site),
        #[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
        Caller::Bytecode(above) => crate::thunk::in_progress(above),
        #[cfg(not(any(feature = "embed_vm", feature = "dynamic_vm")))]
        Caller::Bytecode(_) => running().call(u32::MAX),
    }
}

/// Ends the program with a run-time error, as calls tell it, innermost first.
#[cold]
pub fn fail(message: &str, calls: Vec<Call<'_>>) -> ! {
    fail_without(message, calls, LeftOut::NOTHING)
}

/// Calls that a trace lacks.
#[derive(Clone, Copy)]
pub(crate) struct LeftOut {
    /// How many.
    pub(crate) calls: usize,
    /// The call before which they are left out, and further ones are to be.
    pub(crate) at: usize,
}

impl LeftOut {
    /// None yet.
    pub(crate) const NOTHING: LeftOut = LeftOut { calls: 0, at: KEPT };
}

/// As [`fail`], where some calls have been left out already.
#[cold]
pub(crate) fn fail_without(message: &str, calls: Vec<Call<'_>>, left_out: LeftOut) -> ! {
    #[cfg(test)]
    panic!("{message} ({} calls)", calls.len() + left_out.calls);
    #[cfg(not(test))]
    {
        out::flush();
        let text = describe(message, calls, left_out, &colours());
        quit(&text, FAILED)
    }
}

/// Ends the program with a mistake of ours.
#[cfg_attr(not(any(feature = "embed_vm", feature = "dynamic_vm")), allow(dead_code))]
#[cold]
pub(crate) fn defect(what: &str) -> ! {
    out::flush();
    quit(&format!("internal error: {what}\nThis is a mistake in Kayton, not in your program.\n"), DEFECT)
}

/// Ends the program that lacks something of its surroundings.
#[cfg_attr(not(feature = "dynamic_vm"), allow(dead_code))]
#[cold]
pub(crate) fn cannot_start(why: &str) -> ! {
    out::flush();
    quit(&format!("error: {why}\n"), UNUSABLE)
}

/// Ends the program whose small objects passed the limit. Where that happened nobody has written down.
pub(crate) fn out_of_memory() -> ! {
    fail(&errors::out_of_memory().message, Vec::new())
}

/// The text of a run-time error.
#[cfg_attr(test, allow(dead_code))]
pub(crate) fn describe(message: &str, mut calls: Vec<Call<'_>>, left_out: LeftOut, colours: &Colours) -> String {
    if calls.len() > 1 && calls.last().is_some_and(|call| call.function == START) {
        calls.pop();
    }
    let more = calls.len().saturating_sub(left_out.at + KEPT);
    if more > 0 {
        calls.drain(left_out.at..left_out.at + more);
    }
    let trace = Trace { calls: &calls, omitted: more + left_out.calls, omitted_at: left_out.at };
    report::render(message, &trace, |path| running().text(path), colours)
}

#[cfg_attr(test, allow(dead_code))]
fn colours() -> Colours {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && io::stderr().is_terminal() {
        report::ANSI
    } else {
        report::PLAIN
    }
}

/// Writes what is buffered and ends the process.
pub(crate) fn leave(ending: Ending) -> ! {
    out::flush();
    match ending {
        Ending::Exit(code) => quit("", code),
        Ending::Error(error) => quit(&format!("error: {error}\n"), 1),
    }
}

/// Ends the process, quietly where nobody reads its output.
fn quit(last_words: &str, code: i32) -> ! {
    #[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
    crate::thunk_profile::finish();
    if out::is_closed() {
        std::process::exit(CLOSED_OUTPUT);
    }
    // Nobody is left to tell when standard error is closed.
    let _ = io::stderr().write_all(last_words.as_bytes());
    std::process::exit(code)
}
