//! `kayton._native`: what the Python package needs from Rust. It decodes, verifies and runs `.kbc` programs.
//!
//! No Rust panic leaves this module: PyO3 turns one in a function into a Python exception, and one on the VM's thread
//! comes back as a defect.

mod cache;
mod run;

use std::collections::HashMap;

use kayton_bytecode::{decode, text, verify, Module, Verified};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(_native, BytecodeError, PyException, "A program that is not well-formed, or not safe to execute.");

/// Decodes and verifies a program.
fn verified(program: &[u8]) -> PyResult<Verified<Module>> {
    verify(decoded(program)?).map_err(|error| BytecodeError::new_err(error.to_string()))
}

fn decoded(program: &[u8]) -> PyResult<Module> {
    decode(program).map_err(|error| BytecodeError::new_err(error.to_string()))
}

/// The program in its text form. Raises BytecodeError when it cannot be decoded.
#[pyfunction]
fn disassemble(py: Python<'_>, program: &[u8]) -> PyResult<String> {
    py.detach(|| decoded(program).map(|module| text::disassemble(&module)))
}

/// The bytes that a text such as `64MB` or `1.5GiB` names; None when it names none.
#[pyfunction]
fn parse_size(text: &str) -> Option<usize> {
    kayton_vm::parse_size(text)
}

/// The source files that the program holds for its error messages: text by path. Raises BytecodeError when it cannot
/// be decoded.
#[pyfunction]
fn sources(py: Python<'_>, program: &[u8]) -> PyResult<HashMap<String, String>> {
    let module = py.detach(|| decoded(program))?;
    Ok(module.sources.into_iter().map(|source| (source.path, source.text)).collect())
}

/// Proves that the program is safe to execute. Raises BytecodeError when it is not.
#[pyfunction(name = "verify")]
fn verify_program(py: Python<'_>, program: &[u8]) -> PyResult<()> {
    py.detach(|| verified(program).map(drop))
}

/// The sources of the runtime that compiled programs are built from: paths and contents.
#[pyfunction]
fn runtime_sources() -> Vec<(&'static str, std::borrow::Cow<'static, [u8]>)> {
    kayton_sources::FILES.iter().map(|(path, data)| (*path, (*data).into())).collect()
}

/// The built-in functions and methods, each as its line in the catalogue: `List.!push x`, `print *0 sep? end?`.
#[pyfunction]
fn natives() -> Vec<String> {
    kayton_stdlib::natives().iter().map(|native| native.line()).collect()
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("FORMAT_VERSION", kayton_bytecode::VERSION)?;
    module.add("BytecodeError", module.py().get_type::<BytecodeError>())?;
    module.add_class::<cache::Cache>()?;
    module.add_class::<run::Outcome>()?;
    module.add_class::<run::Failure>()?;
    module.add_function(wrap_pyfunction!(disassemble, module)?)?;
    module.add_function(wrap_pyfunction!(verify_program, module)?)?;
    module.add_function(wrap_pyfunction!(runtime_sources, module)?)?;
    module.add_function(wrap_pyfunction!(sources, module)?)?;
    module.add_function(wrap_pyfunction!(parse_size, module)?)?;
    module.add_function(wrap_pyfunction!(natives, module)?)?;
    module.add_function(wrap_pyfunction!(run::run, module)?)
}
