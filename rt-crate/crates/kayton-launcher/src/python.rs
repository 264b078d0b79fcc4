//! The Python that belongs to this launcher.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Python does with the words after this: the first is [`name`].
const COMMAND: &str = "\
try:
    from kayton.cli import launched
except ModuleNotFoundError as error:
    if error.name != 'kayton': raise
    import sys
    sys.exit(f'error: {sys.executable} has no package kayton\\n  help: set KAYTON_PYTHON to a Python that has it')
launched()";
/// Variables that decide which Python runs, and where it finds the package.
const DECIDING: [&str; 3] = ["KAYTON_PYTHON", "PYTHONPATH", "PYTHONHOME"];
const HELP: &str = "  help: set KAYTON_PYTHON to a Python that has the package kayton";
/// Exit code when there is no Python.
const NO_PYTHON: i32 = 70;

/// Hands the whole command over to Python, and gives the exit code if that comes back.
pub(crate) fn command(words: &[OsString]) -> i32 {
    let mut python = interpreter(COMMAND);
    python.arg(name().unwrap_or_default()).args(words);
    let error = match replace(&mut python) {
        Ok(code) => return code,
        Err(error) => error,
    };
    let shown = python.get_program().to_string_lossy();
    // There is nobody to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "error: cannot start {shown}: {error}\n{HELP}");
    NO_PYTHON
}

/// Python about to execute `code`, which finds no modules in the working directory.
pub(crate) fn interpreter(code: &str) -> Command {
    let mut python = Command::new(path());
    python.args(["-P", "-c", code]);
    python
}

/// `KAYTON_PYTHON`, else what is beside this launcher, else the `python3` of the search path.
fn path() -> PathBuf {
    let chosen = env::var_os("KAYTON_PYTHON").filter(|value| !value.is_empty()).map(PathBuf::from);
    let beside = || {
        let folder = home()?;
        let names = ["python3", "python"].map(|name| format!("{name}{}", env::consts::EXE_SUFFIX));
        names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
    };
    chosen.or_else(beside).unwrap_or_else(|| PathBuf::from("python3"))
}

/// The folder that this launcher is in, whatever links led to it.
fn home() -> Option<PathBuf> {
    let launcher = env::current_exe().and_then(|path| path.canonicalize()).ok()?;
    launcher.parent().map(Path::to_path_buf)
}

/// What the compiler is recorded under: the same name, the same Python and package.
pub(crate) fn name() -> Option<String> {
    let values = DECIDING.map(|name| env::var_os(name).unwrap_or_default().to_string_lossy().into_owned());
    Some(format!("{}\n{}", home()?.to_str()?, values.join("\n")))
}

#[cfg(unix)]
fn replace(python: &mut Command) -> io::Result<i32> {
    Err(std::os::unix::process::CommandExt::exec(python))
}

#[cfg(not(unix))]
fn replace(python: &mut Command) -> io::Result<i32> {
    python.status().map(|status| status.code().unwrap_or(NO_PYTHON))
}
