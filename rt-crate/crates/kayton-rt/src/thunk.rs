//! Thunks: functions of the program that run as bytecode, in this process and on this thread's values.
//!
//! The VM is reached through a [`VmTable`], whether it is linked in (feature `embed_vm`) or loaded from the library
//! `libkayton_vm` when the first thunk runs (feature `dynamic_vm`).

use std::cell::{Cell, OnceCell, RefCell};
use std::ffi::c_void;
use std::io::{self, Write};
use std::ptr::null_mut;
use std::sync::{Mutex, PoisonError};

use kayton_abi::adopt::ThreadState;
use kayton_abi::vm_table::{Bytes, How, Outcome, Request, Setup, Streams, VmTable};
use kayton_abi::{stack, KayVal, Res, TypeTable};

use crate::calls::{nowhere, At, Caller, DEFAULT_DEPTH};
use crate::compiled::compiled_functions;
use crate::fail::{self, Ending, LeftOut, KEPT};
use crate::host::set_call_back;
use crate::out;
use crate::program::running;
use crate::report::Call;
use crate::thunk_profile::counted;

#[cfg(feature = "dynamic_vm")]
use crate::thunk_library::table;

/// The VM that is linked in.
#[cfg(all(feature = "embed_vm", not(feature = "dynamic_vm")))]
fn table() -> &'static VmTable {
    &kayton_vm::TABLE
}

/// A thunk that compiled code may call.
struct Thunk {
    id: u32,
    module: &'static [u8],
    name: &'static str,
}

static THUNKS: Mutex<Vec<Thunk>> = Mutex::new(Vec::new());

/// What thunks see of the process that they run in.
#[derive(Clone, Debug)]
pub struct HostContext {
    /// The program's arguments, without its name.
    pub args: Vec<String>,
    /// The call-depth limit.
    pub max_depth: usize,
}

static CONTEXT: Mutex<Option<HostContext>> = Mutex::new(None);

thread_local! {
    static SESSION: OnceCell<Session> = const { OnceCell::new() };
    /// Module-level variables that were set before the VM was started.
    static GLOBALS: RefCell<Vec<(u32, KayVal)>> = const { RefCell::new(Vec::new()) };
    /// Where in compiled code the thunk in progress was called.
    static FROM: Cell<Option<From>> = const { Cell::new(None) };
}

/// The VM with a module, on this thread, for as long as the process lives.
struct Session {
    vm: &'static VmTable,
    /// What the VM knows it by; while a compiled function runs that bytecode has called, what that got from it.
    handle: Cell<*mut c_void>,
}

/// A place in compiled code from which a thunk is called.
#[derive(Clone, Copy)]
pub(crate) struct From {
    at: At,
    /// The thunk is a part of the function that calls it: its call is that function's own.
    inside: bool,
}

impl From {
    fn room(self) -> usize {
        self.at.room() + usize::from(self.inside)
    }

    #[inline]
    fn during<T>(self, f: impl FnOnce() -> T) -> T {
        let before = FROM.replace(Some(self));
        let result = f();
        FROM.set(before);
        result
    }

    fn callers(self) -> impl Iterator<Item = Caller> {
        self.at.callers().into_iter().skip(usize::from(self.inside))
    }

    /// The place of a call that bytecode makes, `calls` calls above the one from here.
    pub(crate) fn above(self, calls: u32) -> At {
        self.at.above(calls, self.inside)
    }
}

/// Says that thunk `id` is in a module, a `.kbc` file, and what it is called. All thunks of a program are in one module.
pub fn register_thunk(id: u32, module: &'static [u8], name: &'static str) {
    THUNKS.lock().unwrap_or_else(PoisonError::into_inner).push(Thunk { id, module, name });
}

/// Says what thunks see of the process, before the first one runs. Else they see its own arguments.
pub fn set_host_context(context: HostContext) {
    *CONTEXT.lock().unwrap_or_else(PoisonError::into_inner) = Some(context);
}

/// Runs a thunk. Its arguments are borrowed; the result is owned by the caller. Errors end the process, as everywhere in
/// compiled code.
pub fn exec_bytecode_thunk(id: u32, args: &[KayVal]) -> KayVal {
    call(id, args.as_ptr().cast_mut(), args.len(), 0)
}

/// Runs a thunk of which some parameters are `mut`, those in `changes` (bit *i*: number *i*): these arguments are moved to it, and
/// what they have become is there afterwards.
pub fn exec_bytecode_thunk_mut(id: u32, args: &mut [KayVal], changes: u32) -> KayVal {
    call(id, args.as_mut_ptr(), args.len(), changes)
}

fn call(id: u32, args: *mut KayVal, arg_count: usize, changes: u32) -> KayVal {
    counted(id, || {
        in_vm(args, arg_count, changes, |session, request, outcome| {
            // SAFETY: the session was opened on this thread, and the request is of a slice, which may be written where it changes.
            unsafe { (session.vm.call)(session.handle.get(), id, request, outcome) }
        })
    })
}

/// Runs a thunk that is a closure's function, on the closure.
pub fn exec_bytecode_closure(id: u32, closure: KayVal, args: &[KayVal]) -> KayVal {
    counted(id, || apply_to(closure, args.as_ptr().cast_mut(), args.len(), 0))
}

fn apply_to(callee: KayVal, args: *mut KayVal, arg_count: usize, changes: u32) -> KayVal {
    in_vm(args, arg_count, changes, |session, request, outcome| {
        // SAFETY: as in `call`.
        unsafe { (session.vm.apply)(session.handle.get(), callee, request, outcome) }
    })
}

/// The types of the program whose thunks are registered.
pub(crate) fn program_types() -> Option<&'static TypeTable> {
    module()?;
    // SAFETY: the session lives as long as the process, and both sides are made from the same sources by the same compiler.
    Some(with_session(|session| unsafe { &*(session.vm.types)(session.handle.get()).cast::<TypeTable>() }))
}

/// Sets a module-level variable as thunks see it, taking over the count. The VM gets it when the first thunk runs.
pub fn set_thunk_global(global: u32, value: KayVal) {
    SESSION.with(|session| match session.get() {
        Some(session) => session.set_global(global, value),
        None => GLOBALS.with_borrow_mut(|globals| globals.push((global, value))),
    });
}

impl Session {
    fn set_global(&self, global: u32, value: KayVal) {
        // SAFETY: as in `call`.
        unsafe { (self.vm.set_global)(self.handle.get(), global, value) }
    }
}

/// Runs a function value that a thunk has made.
fn apply(callee: KayVal, receiver: Option<&mut KayVal>, args: &[KayVal]) -> Res<KayVal> {
    let changes = u32::from(receiver.is_some());
    let mut all: Vec<KayVal> = receiver.iter().map(|receiver| **receiver).chain(args.iter().copied()).collect();
    let result = apply_to(callee, all.as_mut_ptr(), all.len(), changes);
    if let Some(receiver) = receiver {
        *receiver = all[0];
    }
    Ok(result)
}

impl At {
    /// Does something that runs thunks as calls from here: they count among the calls in progress, and their errors tell
    /// of the calls that led here.
    #[inline]
    pub fn crossing<T>(self, f: impl FnOnce() -> T) -> T {
        From { at: self, inside: false }.during(f)
    }

    /// As [`At::crossing`], where the thunk is a part of the function that calls it: errors tell of both as one call.
    #[inline]
    pub fn inside<T>(self, f: impl FnOnce() -> T) -> T {
        From { at: self, inside: true }.during(f)
    }
}

fn in_vm(
    args: *mut KayVal,
    arg_count: usize,
    changes: u32,
    call: impl FnOnce(&Session, &Request, &mut Outcome) -> KayVal,
) -> KayVal {
    let request = Request {
        args,
        arg_count,
        changes,
        room: FROM.get().map_or(DEFAULT_DEPTH, From::room),
    };
    let mut outcome = Outcome::ended(How::Value, 0);
    let value = with_session(|session| call(session, &request, &mut outcome));
    if outcome.how != How::Value {
        end(&outcome)
    }
    value
}

fn with_session<T>(f: impl FnOnce(&Session) -> T) -> T {
    SESSION.with(|session| f(session.get_or_init(open)))
}

/// The program as bytecode.
fn module() -> Option<&'static [u8]> {
    let registered = THUNKS.lock().unwrap_or_else(PoisonError::into_inner).first().map(|thunk| thunk.module);
    registered.or_else(|| Some(running().kbc).filter(|module| !module.is_empty()))
}

/// Starts the VM on this thread with the module of the thunks.
#[cold]
fn open() -> Session {
    let vm = table();
    let module = module().unwrap_or_else(|| fail::defect("no thunk is registered"));
    let context = CONTEXT.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_else(|| HostContext {
        args: std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect(),
        max_depth: DEFAULT_DEPTH,
    });
    let compiled = compiled_functions();
    let args: Vec<Bytes> = context.args.iter().map(|arg| Bytes::of(arg.as_bytes())).collect();
    let setup = Setup {
        program: Bytes::of(module),
        compiled: compiled.as_ptr(),
        compiled_count: compiled.len(),
        args: args.as_ptr(),
        arg_count: args.len(),
        streams: STREAMS,
        max_depth: context.max_depth,
        native_stack: stack::remaining(),
        thread: ThreadState::current(),
    };
    let mut outcome = Outcome::ended(How::Value, 0);
    // SAFETY: the slices of the setup live during the call, and the module is static.
    let handle = unsafe { (vm.open)(&setup, &mut outcome) };
    if handle == null_mut() {
        end(&outcome)
    }
    set_call_back(apply);
    let session = Session { vm, handle: Cell::new(handle) };
    GLOBALS.take().into_iter().for_each(|(global, value)| session.set_global(global, value));
    session
}

/// Where compiled code was left that runs bytecode, or the start where that is all there is.
pub(crate) fn called_from() -> From {
    FROM.get().unwrap_or_else(|| From { at: nowhere(), inside: true })
}

/// Runs compiled code that the VM has called, which knows the session by this meanwhile.
#[inline]
pub(crate) fn session_as<T>(handle: *mut c_void, f: impl FnOnce() -> T) -> T {
    let swap = |handle| SESSION.with(|session| session.get().map(|session| session.handle.replace(handle)));
    let before = swap(handle);
    let result = f();
    before.map(swap);
    result
}

/// The call in the VM that has so many others above it, while compiled code runs that it has called.
pub(crate) fn in_progress(above: usize) -> Call<'static> {
    // SAFETY: as in `call`.
    told(&with_session(|session| unsafe { (session.vm.in_progress)(session.handle.get(), above) }))
}

/// The name of a thunk, for reports.
pub fn thunk_name(id: u32) -> Option<&'static str> {
    let thunks = THUNKS.lock().unwrap_or_else(PoisonError::into_inner);
    thunks.iter().find(|thunk| thunk.id == id).map(|thunk| thunk.name)
}

/// Ends the process as a thunk's error says.
#[cold]
fn end(outcome: &Outcome) -> ! {
    // SAFETY: the VM keeps texts and calls of an outcome for as long as the process lives.
    let message = unsafe { outcome.message.text() };
    match outcome.how {
        How::Value | How::Exit => fail::leave(Ending::Exit(outcome.code)),
        How::Defect => fail::defect(&message),
        How::Failed => {
            // SAFETY: as above.
            let calls = unsafe { std::slice::from_raw_parts(outcome.calls, outcome.call_count) };
            let below = FROM.get().into_iter().flat_map(From::callers);
            let calls = calls.iter().map(told).chain(below.map(fail::told));
            let at = if outcome.omitted == 0 { KEPT } else { outcome.omitted_at };
            fail::fail_without(&message, calls.collect(), LeftOut { calls: outcome.omitted, at })
        }
    }
}

fn told(call: &kayton_abi::vm_table::Call) -> Call<'static> {
    // SAFETY: the VM keeps the texts, which are UTF-8, for as long as the process lives.
    let text = |bytes: Bytes| unsafe { std::str::from_utf8(bytes.get()).unwrap_or("?") };
    Call {
        function: text(call.function),
        path: text(call.path),
        line: call.line,
        column: call.column,
        end_line: call.end_line,
        end_column: call.end_column,
    }
}

/// This crate's input and output, for the VM.
const STREAMS: Streams = Streams { out: write_out, err: write_err, flush, read_line, is_closed };

fn number(result: io::Result<()>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(error) => error.raw_os_error().filter(|number| *number != 0).unwrap_or(OTHER),
    }
}

/// What an error without a number counts as: `EIO`.
const OTHER: i32 = 5;

/// What the host's table's `write_out` does.
///
/// # Safety
/// What the field of the host's table promises that holds it.
unsafe extern "C" fn write_out(bytes: Bytes) -> i32 {
    // SAFETY: the bytes live during the call.
    number(out::write(unsafe { bytes.get() }))
}

/// What the host's table's `write_err` does.
///
/// # Safety
/// What the field of the host's table promises that holds it.
unsafe extern "C" fn write_err(bytes: Bytes) -> i32 {
    out::flush();
    // SAFETY: the bytes live during the call.
    number(io::stderr().write_all(unsafe { bytes.get() }))
}

extern "C" fn flush() -> i32 {
    number(out::try_flush())
}

/// What the host's table's `read_line` does.
///
/// # Safety
/// What the field of the host's table promises that holds it.
unsafe extern "C" fn read_line(into: *mut c_void, append: unsafe extern "C" fn(*mut c_void, Bytes)) -> i32 {
    out::flush();
    let mut line = Vec::new();
    let read = io::BufRead::read_until(&mut io::stdin().lock(), b'\n', &mut line);
    // SAFETY: `append` came with what it appends to.
    unsafe { append(into, Bytes::of(&line)) };
    number(read.map(drop))
}

extern "C" fn is_closed() -> bool {
    out::is_closed()
}
