//! Standard output, buffered, by line on a terminal.

use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::mem::ManuallyDrop;

const BUFFER: usize = 64 * 1024;

thread_local! {
    /// Never dropped with its thread, which ends with the process.
    static OUT: RefCell<ManuallyDrop<Option<BufWriter<Stdout>>>> = const { RefCell::new(ManuallyDrop::new(None)) };
    /// Whether every line is written at once.
    static BY_LINE: Cell<bool> = const { Cell::new(false) };
    /// Whether the reader has gone.
    static CLOSED: Cell<bool> = const { Cell::new(false) };
}

/// Remembers that nobody reads any more.
fn note<T>(result: io::Result<T>) -> io::Result<T> {
    if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        CLOSED.set(true);
    }
    result
}

fn with<T>(f: impl FnOnce(&mut BufWriter<Stdout>) -> io::Result<T>) -> io::Result<T> {
    OUT.with_borrow_mut(|out| {
        let out = out.get_or_insert_with(|| {
            BY_LINE.set(io::stdout().is_terminal());
            BufWriter::with_capacity(BUFFER, io::stdout())
        });
        note(f(out))
    })
}

/// Writes to standard output.
///
/// # Errors
/// What writing gives.
pub(crate) fn write(text: &[u8]) -> io::Result<()> {
    with(|out| {
        out.write_all(text)?;
        if BY_LINE.get() && text.contains(&b'\n') {
            out.flush()?;
        }
        Ok(())
    })
}

/// Writes what is buffered. A closed output shows in [`is_closed`]; there is nobody to tell about other failures.
pub(crate) fn flush() {
    let _ = try_flush();
}

/// Writes what is buffered.
///
/// # Errors
/// What writing gives.
pub(crate) fn try_flush() -> io::Result<()> {
    with(Write::flush)
}

/// Whether nobody reads standard output any more.
pub(crate) fn is_closed() -> bool {
    CLOSED.get()
}
