//! Running a program on a thread of its own, with a native stack for deep callbacks.

use std::io;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::mpsc::{channel, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::{Duration, Instant};

use kayton_abi::types::ERR;
use kayton_abi::{alloc, cycles, errors, objects, print, pulse, stack, string, ErrorKind, Host, KayError, KayVal};
use kayton_bytecode::{Module, Verified};

use crate::console::Console;
use crate::limits::{Interrupt, Limits};
use crate::load::{load, LoadError};
use crate::machine::Machine;
use crate::trace::Trace;

/// The native stack that is asked for; the system provides the memory as it is touched. Built-ins that call back take
/// some of it for each level, so that it must hold as many levels as the call-depth limit allows.
const NATIVE_STACK: usize = 1 << 30;
/// With less than this a program is not started.
const LEAST_NATIVE_STACK: usize = 1 << 20;
/// How often whoever waits for a program looks whether it is to stop.
const POLL: Duration = Duration::from_millis(50);
/// How long a program that is told to stop may take before it is left behind: it may wait for input, where it does not see it.
const GRACE: Duration = Duration::from_millis(1000);
/// Exit code of a program whose output nobody reads: that of a process killed by SIGPIPE.
const CLOSED_OUTPUT: i32 = 141;

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With an exit code: by itself, by `std.env.exit`, because `main` returned `Err`, or because nobody reads its
    /// output.
    Exit(i32),
    /// With a run-time error: exit code 101.
    Failed(Failure),
    /// Because [`crate::Interrupt::stop`] was called.
    Interrupted,
    /// It never started.
    NotLoaded(LoadError),
    /// With a defect of the VM, which this text describes.
    Defect(String),
}

/// A run-time error (LANGUAGE §10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The text after `error: `.
    pub message: String,
    /// Where it happened, and the calls that led there.
    pub trace: Trace,
}

/// How a program ended, and what it has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub ending: Ending,
    /// Bytes of objects that were still held after everything was released: 0, or a defect.
    pub leaked: usize,
}

/// A program that runs on its own thread.
pub struct Running {
    report: Receiver<Report>,
    interrupt: Interrupt,
    deadline: Option<Instant>,
}

impl Running {
    /// Waits for the end of the program, but not longer than `timeout`.
    pub fn wait(&mut self, timeout: Duration) -> Option<Report> {
        match self.report.recv_timeout(timeout) {
            Ok(report) => Some(report),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(defect("its thread has gone".to_owned())),
        }
    }

    /// Waits for the end of the program. `check` is asked now and then whether it is to stop.
    ///
    /// # Errors
    /// What `check` gives, after the program has ended or has been left behind.
    pub fn attend<E>(&mut self, mut check: impl FnMut() -> Result<(), E>) -> Result<Report, E> {
        loop {
            if let Some(report) = self.wait(POLL) {
                return Ok(report);
            }
            if let Err(stopped) = check() {
                self.interrupt.stop();
                self.wait(GRACE);
                return Err(stopped);
            }
            if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ok(self.wait(GRACE).unwrap_or_else(|| failed(errors::time_limit().message)));
            }
        }
    }
}

fn defect(what: String) -> Report {
    Report { ending: Ending::Defect(what), leaked: 0 }
}

/// A failure that has no place in the program.
fn failed(message: String) -> Report {
    Report { ending: Ending::Failed(Failure { message, trace: Trace::default() }), leaked: 0 }
}

/// What a thread is started with.
struct Job {
    module: Verified<Module>,
    args: Vec<String>,
    console: Box<dyn Console>,
    limits: Limits,
}

/// Starts a program on a thread of its own.
///
/// # Errors
/// When the system does not provide the thread.
pub fn start(
    module: Verified<Module>,
    args: Vec<String>,
    console: Box<dyn Console>,
    limits: Limits,
) -> io::Result<Running> {
    let (sender, report) = channel();
    let interrupt = limits.interrupt.clone();
    let deadline = limits.deadline();
    // A thread that could not be made leaves the job here for another try with a smaller stack.
    let mut size = limits.native_stack().clamp(LEAST_NATIVE_STACK, NATIVE_STACK);
    let job = Arc::new(Mutex::new(Some(Job { module, args, console, limits })));
    loop {
        let (job, sender) = (Arc::clone(&job), sender.clone());
        let body = move || {
            if let Some(job) = job.lock().ok().and_then(|mut job| job.take()) {
                let report = catch_unwind(AssertUnwindSafe(|| execute(job, size)));
                // Nobody waits any more when the receiver has gone.
                let _ = sender.send(report.unwrap_or_else(|panic| defect(panic_text(&*panic))));
            }
        };
        match Builder::new().name("kayton".to_owned()).stack_size(size).spawn(body) {
            Ok(_) => return Ok(Running { report, interrupt, deadline }),
            Err(_) if size > LEAST_NATIVE_STACK => size /= 2,
            Err(error) => return Err(error),
        }
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}

/// Executes a program on this thread, which has `native_stack` bytes of stack.
fn execute(job: Job, native_stack: usize) -> Report {
    stack::set_remaining(native_stack);
    alloc::set_memory_limit(job.limits.max_memory.unwrap_or(alloc::DEFAULT_LIMIT));
    pulse::watch(job.limits.watch());
    let entry = job.module.entry;
    let report = match machine_for(job) {
        Ok(mut machine) => run_program(&mut machine, entry),
        Err(error) => Report { ending: Ending::NotLoaded(error), leaked: 0 },
    };
    // SAFETY: the machine and all values it had are gone.
    unsafe { alloc::reset_thread() };
    report
}

fn machine_for(job: Job) -> Result<Machine, LoadError> {
    Machine::new(load(job.module, &[])?, job.console, job.args, &job.limits).map_err(LoadError::Memory)
}

/// Runs the entry function, and releases what the program has left.
pub(crate) fn run_program(machine: &mut Machine, entry: u32) -> Report {
    // Strings of one character are made once and live for ever; what else is left in the end is a leak.
    (0..128u8).for_each(|c| string::from_char(c.into()).release());
    let before = alloc::memory_in_use();
    let ending = run_entry(machine, entry);
    let ending = match (machine.console.flush(), ending) {
        _ if machine.console.is_closed() => Ending::Exit(CLOSED_OUTPUT),
        (Err(_), Ending::Exit(_)) => failed(errors::cannot_write("standard output").message).ending,
        (_, ending) => ending,
    };
    machine.clear_globals();
    cycles::collect();
    Report { ending, leaked: alloc::memory_in_use().saturating_sub(before) }
}

fn run_entry(machine: &mut Machine, entry: u32) -> Ending {
    match machine.call(KayVal::func(entry), &[]) {
        Ok(value) => {
            let ending = ending_of(machine, value);
            value.release();
            ending
        }
        Err(error) => ending_of_error(machine, *error),
    }
}

/// What `main` returned decides about the exit code.
fn ending_of(machine: &mut Machine, value: KayVal) -> Ending {
    if value.variant() != Some(ERR) {
        return Ending::Exit(0);
    }
    let error = objects::fields(&value).first().copied().unwrap_or(KayVal::UNIT);
    match print::display(machine, error) {
        Ok(shown) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(machine.err(), "error: {shown}");
            Ending::Exit(1)
        }
        Err(error) => ending_of_error(machine, *error),
    }
}

fn ending_of_error(machine: &mut Machine, error: KayError) -> Ending {
    match error.kind {
        ErrorKind::Exit(code) => Ending::Exit(code),
        ErrorKind::Interrupted => Ending::Interrupted,
        ErrorKind::Failure => {
            let trace = machine.trace.take().unwrap_or_default();
            Ending::Failed(Failure { message: error.message, trace })
        }
    }
}
