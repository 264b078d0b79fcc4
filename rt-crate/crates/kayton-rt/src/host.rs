//! What the values' own operations and built-in functions need of a compiled program: [`Host`].

use std::cell::Cell;
use std::io::{self, BufRead, Write};
use std::sync::OnceLock;

use kayton_abi::{errors, Host, KayVal, Res, TypeTable};

use crate::calls::At;
use crate::out;
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
use crate::thunk::program_types;

/// Calls a function value for a built-in function: the callee, the receiver of a `mut self` method, the arguments.
pub type CallBack = fn(KayVal, Option<&mut KayVal>, &[KayVal]) -> Res<KayVal>;

static TYPES: OnceLock<&'static TypeTable> = OnceLock::new();

thread_local! {
    static CALL_BACK: Cell<Option<CallBack>> = const { Cell::new(None) };
}

/// Says which types the values of this program have, before any is used; until then there are the built-in ones only.
/// Later calls change nothing.
pub fn set_types(types: TypeTable) {
    // The first one stays.
    let _ = TYPES.set(Box::leak(Box::new(types)));
}

/// The types of the values that are shared with built-in functions and thunks.
pub fn types() -> &'static TypeTable {
    TYPES.get_or_init(|| match program_types() {
        Some(types) => types,
        None => Box::leak(Box::new(kayton_stdlib::type_table())),
    })
}

/// Without a VM there are no thunks.
#[cfg(not(any(feature = "embed_vm", feature = "dynamic_vm")))]
fn program_types() -> Option<&'static TypeTable> {
    None
}

/// Says who runs function values for built-in functions on this thread.
pub fn set_call_back(call: CallBack) {
    CALL_BACK.set(Some(call));
}

/// The arguments of the program, without its name.
pub(crate) fn arguments() -> &'static [String] {
    static ARGUMENTS: OnceLock<Vec<String>> = OnceLock::new();
    ARGUMENTS.get_or_init(|| std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect())
}

/// A compiled program, as built-in functions see it.
#[derive(Default)]
pub(crate) struct Compiled {
    out: Buffered,
    err: AfterOutput,
}

/// Does something with values for which a [`Host`] is needed.
///
/// # Errors
/// Ends the program with what that fails with.
#[inline]
pub(crate) fn with_host<T>(at: At, f: impl FnOnce(&mut dyn Host) -> Res<T>) -> T {
    at.ok(calling(at, || f(&mut Compiled::default())))
}

/// Does what may call the program's functions, from here.
#[cfg(any(feature = "embed_vm", feature = "dynamic_vm"))]
#[inline]
fn calling<T>(at: At, f: impl FnOnce() -> T) -> T {
    at.crossing(f)
}

#[cfg(not(any(feature = "embed_vm", feature = "dynamic_vm")))]
#[inline]
fn calling<T>(_: At, f: impl FnOnce() -> T) -> T {
    f()
}

/// Standard output, in the program's own buffer.
#[derive(Default)]
struct Buffered;

impl Write for Buffered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        out::write(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        out::flush();
        Ok(())
    }
}

/// Standard error, after what was written to standard output so far.
#[derive(Default)]
struct AfterOutput;

impl Write for AfterOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        out::flush();
        io::stderr().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn call(callee: KayVal, receiver: Option<&mut KayVal>, args: &[KayVal]) -> Res<KayVal> {
    match CALL_BACK.get() {
        Some(call) => call(callee, receiver, args),
        None => Err(errors::cannot_call(types().type_name(callee))),
    }
}

impl Host for Compiled {
    fn call(&mut self, callee: KayVal, args: &[KayVal]) -> Res<KayVal> {
        call(callee, None, args)
    }

    fn call_mut(&mut self, callee: KayVal, receiver: &mut KayVal, args: &[KayVal]) -> Res<KayVal> {
        call(callee, Some(receiver), args)
    }

    fn types(&self) -> &TypeTable {
        types()
    }

    fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    fn err(&mut self) -> &mut dyn Write {
        &mut self.err
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        out::flush();
        io::stdin().lock().read_line(line)
    }

    fn args(&self) -> &[String] {
        arguments()
    }
}
