//! The `kayton` command: runs a program whose bytecode is there, in the cache or in a `.kbc` file, without starting Python.
//! Everything else, from compiling to telling what is wrong with an option, is done by the Python package `kayton`.

mod failure;
mod interrupt;
mod program;
mod python;
mod request;

use std::env;
use std::ffi::OsString;
use std::process::exit;

fn main() {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let ran = request::parse(&words).and_then(program::run);
    exit(ran.unwrap_or_else(|| python::command(&words)));
}
