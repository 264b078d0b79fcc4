//! What is asked for, as far as it can be done here: `kayton run [LIMITS] [FILE] [ARGS]`.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use kayton_vm::{parse_size, Limits};

/// A program to run.
pub(crate) struct Request {
    /// The file: source or bytecode.
    pub(crate) file: String,
    /// The program's arguments.
    pub(crate) args: Vec<String>,
    /// What it may use.
    pub(crate) limits: Limits,
}

/// Understands a command line. `None` for whatever Python must see: other commands, other options, mistakes.
pub(crate) fn parse(words: &[OsString]) -> Option<Request> {
    let (command, mut rest) = words.split_first()?;
    let mut limits = Limits::default();
    if command != "run" {
        return None;
    }
    while let Some(option) = rest.first().and_then(|word| word.to_str()).filter(|word| word.starts_with("--")) {
        rest = &rest[1..];
        if option == "--" {
            return Some(Request { file: default_file()?, args: rest.iter().map(lossy).collect(), limits });
        }
        let value = match option.split_once('=') {
            Some((_, value)) => value,
            None => {
                let (value, after) = rest.split_first()?;
                rest = after;
                value.to_str()?
            }
        };
        set(&mut limits, option.split('=').next()?, value)?;
    }
    let (file, args) = match rest.split_first() {
        Some((file, args)) => (file.to_str().filter(|file| !file.starts_with('-'))?.to_owned(), args),
        None => (default_file()?, rest),
    };
    let args = args.strip_prefix(&[OsString::from("--")]).unwrap_or(args);
    Some(Request { file, args: args.iter().map(lossy).collect(), limits })
}

fn lossy(word: &OsString) -> String {
    word.to_string_lossy().into_owned()
}

/// The file that is meant when none is named, unless settings may name one.
fn default_file() -> Option<String> {
    let plain = !Path::new("kayton.toml").exists() && Path::new("main.ktn").is_file();
    plain.then(|| "main.ktn".to_owned())
}

fn set(limits: &mut Limits, option: &str, value: &str) -> Option<()> {
    match option {
        "--max-depth" => limits.max_depth = value.parse().ok().filter(|depth| *depth > 0)?,
        "--max-memory" => limits.max_memory = Some(parse_size(value)?),
        "--max-steps" => limits.max_steps = Some(value.parse().ok()?),
        "--timeout" => limits.timeout = Some(seconds(value)?),
        _ => return None,
    }
    Some(())
}

fn seconds(value: &str) -> Option<Duration> {
    let seconds: f64 = value.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
