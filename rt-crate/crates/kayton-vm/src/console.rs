//! Standard input, output and error of a program.

use std::io::{self, BufRead, BufWriter, Cursor, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Standard input, output and error of a program. Output may be buffered until [`Console::flush`].
pub trait Console: Send {
    /// Standard output.
    fn out(&mut self) -> &mut dyn Write;

    /// Standard error, after what was written to standard output so far.
    fn err(&mut self) -> &mut dyn Write;

    /// Appends one line of standard input with its newline; gives the number of bytes, 0 at the end.
    ///
    /// # Errors
    /// What reading gives.
    fn read_line(&mut self, line: &mut String) -> io::Result<usize>;

    /// Whether nobody reads standard output any more. The program then ends quietly.
    fn is_closed(&self) -> bool;

    /// Writes what is buffered.
    ///
    /// # Errors
    /// What writing gives; what was not written stays in the buffer.
    fn flush(&mut self) -> io::Result<()> {
        self.out().flush()
    }
}

/// A writer that remembers whether its reader has gone.
struct Pipe<W> {
    to: W,
    closed: bool,
    /// Whether every line is written at once.
    by_line: bool,
}

impl<W: Write> Pipe<W> {
    fn note<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            self.closed = true;
        }
        result
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        let written = self.note(written)?;
        if self.by_line && bytes[..written].contains(&b'\n') {
            self.flush()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.note(flushed)
    }
}

const BUFFER: usize = 64 * 1024;

/// The process's own standard streams. Output is buffered, by line on a terminal.
pub struct Stdio {
    out: Pipe<BufWriter<io::Stdout>>,
    err: io::Stderr,
}

impl Default for Stdio {
    fn default() -> Stdio {
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        Stdio { out: Pipe { to: out, closed: false, by_line: io::stdout().is_terminal() }, err: io::stderr() }
    }
}

impl Console for Stdio {
    fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    fn err(&mut self) -> &mut dyn Write {
        // Output that cannot be written is reported when it is next written to, or at the end.
        let _ = self.flush();
        &mut self.err
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        // As above.
        let _ = self.flush();
        io::stdin().lock().read_line(line)
    }

    fn is_closed(&self) -> bool {
        self.out.closed
    }
}

/// Text that a program has written; clones share it.
#[derive(Clone, Default)]
pub struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    /// Takes what was written so far.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Output that is kept for whoever started the program.
#[derive(Default)]
pub struct Memory {
    /// Standard output.
    pub out: Captured,
    /// Standard error.
    pub err: Captured,
    /// What standard input gives.
    pub input: Cursor<Vec<u8>>,
}

impl Console for Memory {
    fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    fn err(&mut self) -> &mut dyn Write {
        &mut self.err
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        self.input.read_line(line)
    }

    fn is_closed(&self) -> bool {
        false
    }
}

/// The process's standard output and error, with input from memory.
pub struct Fed {
    /// Output and error.
    pub stdio: Stdio,
    /// What standard input gives.
    pub input: Cursor<Vec<u8>>,
}

impl Console for Fed {
    fn out(&mut self) -> &mut dyn Write {
        self.stdio.out()
    }

    fn err(&mut self) -> &mut dyn Write {
        self.stdio.err()
    }

    fn read_line(&mut self, line: &mut String) -> io::Result<usize> {
        self.input.read_line(line)
    }

    fn is_closed(&self) -> bool {
        self.stdio.is_closed()
    }
}
