//! The VM as compiled code uses it: [`TABLE`], whose functions work on the caller's thread.

use std::ffi::c_void;
use std::io::{self, Write};
use std::ptr::null_mut;

use kayton_abi::adopt::adopt;
use kayton_abi::vm_table::{Bytes, Call, CompiledFunction, How, Outcome, Request, Setup, Streams, VmTable, STAMP};
use kayton_abi::{stack, ErrorKind, KayError, KayVal};
use kayton_bytecode::{decode, verify};

use crate::console::Console;
use crate::limits::Limits;
use crate::load::load;
use crate::machine::Machine;
use crate::thread::{run_program, Ending, Failure};
use crate::trace::Place;

/// The VM's functions.
pub static TABLE: VmTable =
    VmTable { stamp: Bytes::of(STAMP.as_bytes()), open, call, apply, in_progress, set_global, types };

/// What the table's `open` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn open(setup: &Setup, outcome: &mut Outcome) -> *mut c_void {
    // SAFETY: the caller fills the setup with slices that live during the call, and the program for ever.
    let (program, args) = unsafe { (setup.program.get(), std::slice::from_raw_parts(setup.args, setup.arg_count)) };
    // SAFETY: as above.
    let args = args.iter().map(|arg| unsafe { arg.text() }.into_owned()).collect();
    // SAFETY: the caller took the state of this thread; both sides compared their stamps.
    unsafe { adopt(setup.thread) };
    stack::set_remaining(setup.native_stack);
    // SAFETY: as above.
    let compiled = unsafe { std::slice::from_raw_parts(setup.compiled, setup.compiled_count) };
    let limits = Limits { max_depth: setup.max_depth, ..Limits::default() };
    match session(program, compiled, args, setup.streams, &limits) {
        // One thread uses it, for as long as the process lives.
        Ok(machine) => Box::into_raw(Box::new(machine)).cast(),
        Err(what) => {
            *outcome = Outcome { message: kept(what), ..Outcome::ended(How::Defect, 0) };
            null_mut()
        }
    }
}

fn session(
    program: &[u8],
    compiled: &[CompiledFunction],
    args: Vec<String>,
    streams: Streams,
    limits: &Limits,
) -> Result<Machine, String> {
    let module = decode(program).map_err(|error| error.to_string())?;
    let module = verify(module).map_err(|error| error.to_string())?;
    let count = module.thunks.iter().map(|thunk| thunk.id as usize + 1).max().unwrap_or(0);
    let mut thunks = vec![None; count.min(module.functions.len())];
    for thunk in &module.thunks {
        let place = thunks.get_mut(thunk.id as usize).ok_or("a thunk's number is beyond the number of functions")?;
        *place = Some(thunk.function);
    }
    let program = load(module, compiled).map_err(|error| error.to_string())?;
    let console = Box::new(Lent { out: ToOut(streams), err: ToErr(streams) });
    let mut machine = Machine::new(program, console, args, limits)?;
    machine.thunks = thunks;
    Ok(machine)
}

/// What the table's `call` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn call(session: *mut c_void, thunk: u32, request: &Request, outcome: &mut Outcome) -> KayVal {
    // SAFETY: `open` made the machine, which one thread uses; in a compiled function that the machine has called, the caller got it
    // from there.
    let machine = unsafe { &mut *session.cast::<Machine>() };
    match machine.thunks.get(thunk as usize).copied().flatten() {
        None => *outcome = defect(format_args!("there is no thunk {thunk}")),
        Some(function) if function == machine.program.module.entry => *outcome = run_whole(machine),
        // SAFETY: the caller filled the request.
        Some(function) => return unsafe { called(machine, KayVal::func(function), request, outcome) },
    }
    KayVal::UNIT
}

/// What the table's `apply` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn apply(session: *mut c_void, callee: KayVal, request: &Request, outcome: &mut Outcome) -> KayVal {
    // SAFETY: as in `call`.
    unsafe { called(&mut *session.cast::<Machine>(), callee, request, outcome) }
}

/// What the table's `in_progress` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn in_progress(session: *mut c_void, above: usize) -> Call {
    // SAFETY: as in `call`.
    let machine = unsafe { &*session.cast::<Machine>() };
    let place = machine.program.place(machine.frames.caller(above).unwrap_or(machine.here));
    call_at(place)
}

/// What the table's `set_global` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn set_global(session: *mut c_void, global: u32, value: KayVal) {
    // SAFETY: as in `call`.
    unsafe { &mut *session.cast::<Machine>() }.set_global(global as u16, value);
}

/// What the table's `types` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn types(session: *mut c_void) -> *const c_void {
    // SAFETY: as in `call`.
    unsafe { (&raw const (*session.cast::<Machine>()).program.types).cast() }
}

/// Calls a function value, and tells how that ended.
///
/// # Safety
/// The arguments of the request are `arg_count` values, which nobody else refers to if it changes some.
unsafe fn called(machine: &mut Machine, callee: KayVal, request: &Request, outcome: &mut Outcome) -> KayVal {
    // SAFETY: as the caller says.
    let args = unsafe { std::slice::from_raw_parts_mut(request.args, request.arg_count) };
    let outer = machine.frames.begin(request.room);
    let result = machine.call_lending(callee, args, request.changes);
    machine.frames.end(outer);
    match result {
        Ok(value) => {
            *outcome = Outcome::ended(How::Value, 0);
            value
        }
        Err(error) => {
            *outcome = stopped(machine, *error);
            KayVal::UNIT
        }
    }
}

/// Runs the module's statements and `main`, whose `Err` is shown and gives the exit code.
fn run_whole(machine: &mut Machine) -> Outcome {
    match run_program(machine, machine.program.module.entry).ending {
        Ending::Exit(0) => Outcome::ended(How::Value, 0),
        Ending::Exit(code) => Outcome::ended(How::Exit, code),
        Ending::Failed(failure) => failed(failure),
        Ending::Interrupted => defect("the program was interrupted"),
        Ending::NotLoaded(error) => defect(error),
        Ending::Defect(what) => defect(what),
    }
}

fn stopped(machine: &mut Machine, error: KayError) -> Outcome {
    match error.kind {
        ErrorKind::Exit(code) => Outcome::ended(How::Exit, code),
        ErrorKind::Interrupted => defect("the program was interrupted"),
        ErrorKind::Failure => {
            failed(Failure { message: error.message, trace: machine.trace.take().unwrap_or_default() })
        }
    }
}

fn defect(what: impl std::fmt::Display) -> Outcome {
    Outcome { message: kept(what.to_string()), ..Outcome::ended(How::Defect, 0) }
}

fn failed(failure: Failure) -> Outcome {
    let trace = failure.trace;
    let calls: Vec<Call> = trace.places.into_iter().map(call_at).collect();
    let calls = Vec::leak(calls);
    Outcome {
        message: kept(failure.message),
        calls: calls.as_ptr(),
        call_count: calls.len(),
        omitted: trace.omitted,
        omitted_at: trace.omitted_at,
        ..Outcome::ended(How::Failed, 0)
    }
}

fn call_at(place: Place) -> Call {
    let span = place.span;
    Call {
        function: kept(place.function),
        path: kept(place.path),
        line: span.line,
        column: span.column,
        end_line: span.end_line,
        end_column: span.end_column,
    }
}

/// Text that lives as long as the process, which is about to end.
fn kept(text: String) -> Bytes {
    Bytes::of(String::leak(text).as_bytes())
}

/// The streams of compiled code.
struct Lent {
    out: ToOut,
    err: ToErr,
}

struct ToOut(Streams);
struct ToErr(Streams);

fn result(error: i32) -> io::Result<()> {
    match error {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

impl Write for ToOut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // SAFETY: the bytes live during the call.
        result(unsafe { (self.0.out)(Bytes::of(bytes)) }).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        result((self.0.flush)())
    }
}

impl Write for ToErr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // SAFETY: the bytes live during the call.
        result(unsafe { (self.0.err)(Bytes::of(bytes)) }).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the table's `append` does.
///
/// # Safety
/// What the field of the table promises that holds it.
unsafe extern "C" fn append(line: *mut c_void, bytes: Bytes) {
    // SAFETY: `read_line` gave the address of its line, and the bytes live during the call.
    unsafe { (*line.cast::<Vec<u8>>()).extend_from_slice(bytes.get()) };
}

impl Console for Lent {
    fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    fn err(&mut self) -> &mut dyn Write {
        &mut self.err
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        let mut read: Vec<u8> = Vec::new();
        // SAFETY: `append` takes the address of a vector of bytes.
        result(unsafe { (self.out.0.read_line)((&raw mut read).cast(), append) })?;
        let text = String::from_utf8(read).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        line.push_str(&text);
        Ok(text.len())
    }

    fn is_closed(&self) -> bool {
        (self.out.0.is_closed)()
    }
}

