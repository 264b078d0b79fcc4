//! What compiled code and the VM say to each other: one table of functions, whether the VM is linked in or loaded from a
//! library when the first thunk runs.
//!
//! Both sides are made from the same sources by the same compiler; [`STAMP`] says which, and is compared before anything
//! else of a loaded table is used.

use std::ffi::c_void;

use crate::adopt::ThreadState;
use crate::value::KayVal;

/// What a table belongs to: the version of these crates, and a hash of their sources and of the compiler when a build gives one.
pub const STAMP: &str = match option_env!("KAYTON_RUNTIME_STAMP") {
    Some(stamp) => stamp,
    None => env!("CARGO_PKG_VERSION"),
};
/// The function of a library that gives its table: an [`Entry`].
pub const ENTRY: &std::ffi::CStr = c"kayton_vm_table";

/// The type of the function called [`ENTRY`]; it gives null where it was built for something else than being loaded.
pub type Entry = extern "C" fn() -> *const VmTable;

/// Borrowed bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    start: *const u8,
    len: usize,
}

impl Bytes {
    /// No bytes.
    pub const NONE: Bytes = Bytes::of(&[]);

    /// The bytes of a slice. They may be read as long as the slice may.
    pub const fn of(bytes: &[u8]) -> Bytes {
        Bytes { start: bytes.as_ptr(), len: bytes.len() }
    }

    /// The slice.
    ///
    /// # Safety
    /// What it was made of is alive and unchanged for `'a`.
    pub const unsafe fn get<'a>(self) -> &'a [u8] {
        // SAFETY: `of` took both from a slice.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }

    /// The text.
    ///
    /// # Safety
    /// As for [`Bytes::get`].
    pub unsafe fn text<'a>(self) -> std::borrow::Cow<'a, str> {
        // SAFETY: as the caller says.
        String::from_utf8_lossy(unsafe { self.get() })
    }
}

/// Standard input, output and error as compiled code has them. What can fail gives the system's number for the error, else 0.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Streams {
    /// Writes all bytes to standard output, which may be buffered.
    pub out: unsafe extern "C" fn(Bytes) -> i32,
    /// Writes all bytes to standard error, after what was written to standard output so far.
    pub err: unsafe extern "C" fn(Bytes) -> i32,
    /// Writes what is buffered.
    pub flush: extern "C" fn() -> i32,
    /// Reads one line with its newline and gives it to `append`, with the first argument; nothing at the end.
    pub read_line: unsafe extern "C" fn(*mut c_void, append: unsafe extern "C" fn(*mut c_void, Bytes)) -> i32,
    /// Whether nobody reads standard output any more.
    pub is_closed: extern "C" fn() -> bool,
}

/// What the compiled version of a function gets that bytecode calls.
#[repr(C)]
pub struct Entered {
    /// The session, for what is called in it meanwhile.
    pub session: *mut c_void,
    /// The values of the parameters, which the function owns. It leaves the final values of those that are `mut`, and `()` of the
    /// others. The closure, if it is one, stands before them.
    pub frame: *mut KayVal,
    /// How many calls of bytecode there are above the one that compiled code made.
    pub calls: u32,
}

/// The compiled version of a function, as bytecode calls it. It gives [`KayVal::ABSENT`], and has done nothing, when the values have
/// other types than it was compiled for.
pub type Compiled = unsafe extern "C" fn(&Entered) -> KayVal;

/// A function of the module that has a compiled version.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CompiledFunction {
    /// Its number.
    pub function: u32,
    /// What is called.
    pub enter: Compiled,
}

/// What a session is opened with.
#[repr(C)]
pub struct Setup {
    /// The module, a `.kbc` file.
    pub program: Bytes,
    /// The functions that have a compiled version.
    pub compiled: *const CompiledFunction,
    /// How many there are.
    pub compiled_count: usize,
    /// The program's arguments.
    pub args: *const Bytes,
    /// How many there are.
    pub arg_count: usize,
    /// Input and output.
    pub streams: Streams,
    /// The call-depth limit.
    pub max_depth: usize,
    /// Native stack that is left below the caller.
    pub native_stack: usize,
    /// The state of the caller's values on this thread.
    pub thread: ThreadState,
}

/// How a call ended.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// With a value.
    Value,
    /// The program ends with [`Outcome::code`]; all output is written.
    Exit,
    /// With a run-time error.
    Failed,
    /// The module cannot be executed, or the VM has a defect.
    Defect,
}

/// A call in a trace. Numbers count from 1. Its texts live as long as the session.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The function's name.
    pub function: Bytes,
    /// The path of its source.
    pub path: Bytes,
    /// Where it stood.
    pub line: u32,
    /// Where it stood.
    pub column: u32,
    /// Where that ends.
    pub end_line: u32,
    /// Where that ends.
    pub end_column: u32,
}

/// What came of a call. Texts and calls live as long as the process: they are made once, at its end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// How it ended.
    pub how: How,
    /// The exit code.
    pub code: i32,
    /// The text after `error: `.
    pub message: Bytes,
    /// The calls that led there, innermost first.
    pub calls: *const Call,
    /// How many there are.
    pub call_count: usize,
    /// How many calls are left out.
    pub omitted: usize,
    /// The call before which they are left out.
    pub omitted_at: usize,
}

impl Outcome {
    /// An outcome without error.
    pub const fn ended(how: How, code: i32) -> Outcome {
        Outcome { how, code, message: Bytes::NONE, calls: std::ptr::null(), call_count: 0, omitted: 0, omitted_at: 0 }
    }
}

/// What a call needs besides its arguments.
#[repr(C)]
pub struct Request {
    /// The arguments, borrowed.
    pub args: *mut KayVal,
    /// How many there are.
    pub arg_count: usize,
    /// Bit *i*: argument *i* is for a `mut` parameter. It moves to the function, and is afterwards what that has made of it.
    pub changes: u32,
    /// How many calls may be in progress inside of this one, itself included.
    pub room: usize,
}

/// The VM. Results belong to the caller and are `()` after an error.
#[repr(C)]
pub struct VmTable {
    /// [`STAMP`] of the VM.
    pub stamp: Bytes,
    /// Starts a session on this thread; null, and a defect as the outcome, when the module cannot be executed.
    pub open: unsafe extern "C" fn(&Setup, &mut Outcome) -> *mut c_void,
    /// Calls a thunk of the module; one that is the module's entry runs its statements and `main`.
    pub call: unsafe extern "C" fn(session: *mut c_void, thunk: u32, &Request, &mut Outcome) -> KayVal,
    /// Calls a function value that the VM has made.
    pub apply: unsafe extern "C" fn(session: *mut c_void, callee: KayVal, &Request, &mut Outcome) -> KayVal,
    /// Tells, while a compiled function runs that bytecode has called, of a call of the VM in progress: the one that has so many
    /// others above it.
    pub in_progress: unsafe extern "C" fn(session: *mut c_void, above: usize) -> Call,
    /// Sets a module-level variable, taking over the count.
    pub set_global: unsafe extern "C" fn(session: *mut c_void, global: u32, KayVal),
    /// The program's types, a [`crate::TypeTable`], which stays as long as the session.
    pub types: unsafe extern "C" fn(session: *mut c_void) -> *const c_void,
}

// SAFETY: the table is constant, and its pointers are to functions and constant text.
unsafe impl Sync for VmTable {}
