//! Running a program while Python waits.

use std::io::Cursor;
use std::time::Duration;

use kayton_vm::{
    start, Captured, Console, Ending, Fed, Interrupt, Limits, Memory, Place, Report, Stdio, DEFAULT_DEPTH,
};
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::{verified, BytecodeError};

/// Exit code of a program that ended with a run-time error (LANGUAGE §10).
const FAILED: i32 = 101;

/// A call in a trace: function, path, line, column, end line, end column. Numbers count from 1.
type Call = (String, String, u32, u32, u32, u32);

/// A run-time error: its message and the calls that led there.
#[pyclass(frozen, get_all, module = "kayton._native")]
pub struct Failure {
    /// The text after `error: `.
    message: String,
    /// The calls, innermost first.
    trace: Vec<Call>,
    /// How many calls are left out of the trace.
    omitted: usize,
    /// The place in the trace before which they are left out.
    omitted_at: usize,
}

/// How a program ended.
#[pyclass(frozen, get_all, module = "kayton._native")]
pub struct Outcome {
    /// The exit code: 101 after a run-time error.
    exit_code: i32,
    /// The run-time error, if there was one.
    error: Option<Py<Failure>>,
    /// What it wrote to standard output, when that was captured.
    stdout: Vec<u8>,
    /// What it wrote to standard error, when that was captured.
    stderr: Vec<u8>,
}

/// Where output goes and input comes from.
struct Streams {
    console: Box<dyn Console>,
    out: Captured,
    err: Captured,
}

impl Streams {
    fn captured(input: Vec<u8>) -> Streams {
        let memory = Memory { input: Cursor::new(input), ..Memory::default() };
        Streams { out: memory.out.clone(), err: memory.err.clone(), console: Box::new(memory) }
    }

    fn of_process(input: Option<Vec<u8>>) -> Streams {
        let console: Box<dyn Console> = match input {
            Some(input) => Box::new(Fed { stdio: Stdio::default(), input: Cursor::new(input) }),
            None => Box::new(Stdio::default()),
        };
        Streams { console, out: Captured::default(), err: Captured::default() }
    }
}

/// Runs a program to its end.
///
/// Raises BytecodeError when the program cannot be executed, KeyboardInterrupt when Ctrl-C stopped it, and
/// RuntimeError when the VM has a defect. A run-time error of the program is part of the outcome.
#[pyfunction]
#[pyo3(signature = (program, args, *, capture=false, stdin=None, max_depth=DEFAULT_DEPTH, max_memory=None,
                    max_steps=None, timeout=None))]
#[allow(clippy::too_many_arguments)] // they are keywords in Python
pub fn run(
    py: Python<'_>,
    program: &[u8],
    args: Vec<String>,
    capture: bool,
    stdin: Option<Vec<u8>>,
    max_depth: usize,
    max_memory: Option<usize>,
    max_steps: Option<u64>,
    timeout: Option<f64>,
) -> PyResult<Outcome> {
    let timeout = timeout.map(Duration::try_from_secs_f64).transpose();
    let timeout = timeout.map_err(|error| PyValueError::new_err(format!("timeout: {error}")))?;
    let limits = Limits { max_depth, max_memory, max_steps, timeout, interrupt: Interrupt::default() };
    let module = py.detach(|| verified(program))?;
    let streams = if capture { Streams::captured(stdin.unwrap_or_default()) } else { Streams::of_process(stdin) };
    let (out, err) = (streams.out, streams.err);
    let mut running = start(module, args, streams.console, limits)?;
    let report = py.detach(|| running.attend(|| Python::attach(|py| py.check_signals())))?;
    outcome(py, report, &out, &err)
}

fn outcome(py: Python<'_>, report: Report, out: &Captured, err: &Captured) -> PyResult<Outcome> {
    let (exit_code, error) = match report.ending {
        Ending::Exit(code) => (code & 0xff, None), // what the system keeps of it when a process ends
        Ending::Failed(failure) => {
            let trace = failure.trace.places.into_iter().map(call).collect();
            let (omitted, omitted_at) = (failure.trace.omitted, failure.trace.omitted_at);
            (FAILED, Some(Py::new(py, Failure { message: failure.message, trace, omitted, omitted_at })?))
        }
        Ending::Interrupted => return Err(PyOSError::new_err("the program was interrupted")),
        Ending::NotLoaded(error) => return Err(BytecodeError::new_err(error.to_string())),
        Ending::Defect(what) => return Err(PyRuntimeError::new_err(format!("defect of the VM: {what}"))),
    };
    Ok(Outcome { exit_code, error, stdout: out.take(), stderr: err.take() })
}

fn call(place: Place) -> Call {
    let span = place.span;
    (place.function, place.path, span.line, span.column, span.end_line, span.end_column)
}
