//! Showing a run-time error. How it looks is decided in one place, in Python, which has the time: the program is over.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::process::Stdio;

use kayton_bytecode::{decode, Source};
use kayton_vm::{Failure, Place};

use crate::python;

const SHOW: &str = "from kayton.cli import describe; describe()";

/// Writes the error to standard error; `program` holds the sources it shows, and `folder` stands before their names.
pub(crate) fn show(failure: &Failure, program: &[u8], folder: &str) {
    if shown_by_python(&described(failure, program, folder)).is_none() {
        let place = failure.trace.places.first();
        let place =
            place.map_or(String::new(), |p| format!(" --> {folder}{}:{}:{}\n", p.path, p.span.line, p.span.column));
        // There is nobody to tell when standard error is closed.
        let _ = write!(io::stderr(), "error: {}\n{place}", failure.message);
    }
}

fn shown_by_python(description: &str) -> Option<()> {
    let mut child = python::interpreter(SHOW).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().ok()?;
    // One that ends early shows in its status.
    let _ = child.stdin.take()?.write_all(description.as_bytes());
    child.wait().ok()?.success().then_some(())
}

/// The error as JSON: its message, the calls, and the texts of the files that they are in.
fn described(failure: &Failure, program: &[u8], folder: &str) -> String {
    let trace = &failure.trace;
    let calls: Vec<String> = trace.places.iter().map(|place| call(place, folder)).collect();
    let sources = decode(program).map(|module| module.sources).unwrap_or_default();
    let named = sources.iter().filter(|source| trace.places.iter().any(|place| place.path == source.path));
    let name = |source: &Source| quoted(&format!("{folder}{}", source.path));
    let texts: Vec<String> = named.map(|source| format!("{}:{}", name(source), quoted(&source.text))).collect();
    format!(
        r#"{{"message":{},"trace":[{}],"omitted":{},"omitted_at":{},"texts":{{{}}}}}"#,
        quoted(&failure.message),
        calls.join(","),
        trace.omitted,
        trace.omitted_at,
        texts.join(",")
    )
}

fn call(place: &Place, folder: &str) -> String {
    let span = place.span;
    let (function, path) = (quoted(&place.function), quoted(&format!("{folder}{}", place.path)));
    format!("[{function},{path},{},{},{},{}]", span.line, span.column, span.end_line, span.end_column)
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Writing to a String does not fail.
            c if c < ' ' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
