//! Running a program that is compiled already.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};

use kayton_bytecode::{decode, verify};
use kayton_cache::{Compiler, Folder, Found, Key};
use kayton_vm::{start, Ending, Stdio};

use crate::request::Request;
use crate::{failure, interrupt, python};

/// Exit codes, as docs/running.md lists them.
const FAILED: i32 = 101;
const DEFECT: i32 = 70;
const INTERRUPTED: i32 = 130;

/// Runs the program and gives its exit code. `None` when it is not compiled, or what was found does not run.
pub(crate) fn run(mut request: Request) -> Option<i32> {
    let found = find(&request.file)?;
    let module = verify(decode(&found.program).ok()?).ok()?;
    request.limits.interrupt = interrupt::on_signal();
    let warning = &found.warnings[usize::from(in_colour())];
    // There is nobody to tell when standard error is closed.
    let _ = io::stderr().write_all(warning.as_bytes());
    let mut running = start(module, request.args, Box::new(Stdio::default()), request.limits).ok()?;
    let Ok(report) = running.attend(interrupt::check) else { return Some(INTERRUPTED) };
    match report.ending {
        Ending::Exit(code) => Some(code),
        Ending::Failed(error) => {
            failure::show(&error, &found.program, folder(&request.file));
            Some(FAILED)
        }
        Ending::Interrupted => Some(INTERRUPTED),
        Ending::NotLoaded(_) => None,
        Ending::Defect(what) => {
            // As above.
            let _ = writeln!(io::stderr(), "internal error: defect of the VM: {what}");
            Some(DEFECT)
        }
    }
}

/// The bytecode of a source file, from the cache, or the file itself.
fn find(file: &str) -> Option<Found> {
    if file.ends_with(".kbc") {
        return Some(Found { warnings: Default::default(), program: fs::read(file).ok()? });
    }
    let folder = Folder::of_user()?;
    let compiler = Compiler::recorded(&folder, &python::name()?)?;
    let here = env::current_dir().ok()?;
    let key = Key {
        compiler: compiler.identity(),
        options: String::new(),
        folder: here.to_str()?.to_owned(),
        program: file.to_owned(),
    };
    folder.load(&key)
}

/// What stands before the names of a program's files, which bytecode gives by their place beside the main file.
fn folder(file: &str) -> &str {
    let is_bytecode = file.ends_with(".kbc");
    let end = file.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    if is_bytecode {
        ""
    } else {
        &file[..end]
    }
}

/// Whether standard error takes colours: the rule of `kayton.runtime.failures.colours`.
fn in_colour() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
