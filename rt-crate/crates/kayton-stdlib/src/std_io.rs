//! `std.io` (LANGUAGE §9): each function gives a Result, whose error is a str that is the same on every system.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Read, Write};

use kayton_abi::{objects, string, Host, KayVal, Res};

use crate::args;
use crate::collect::list_of;
use crate::native::{Effect, Native};

pub const NATIVES: &[Native] = &[
    Native::function("std.io.read_file", &["path"], read_file).with_effect(Effect::Io),
    Native::function("std.io.write_file", &["path", "text"], write_file).with_effect(Effect::Io),
    Native::function("std.io.append_file", &["path", "text"], append_file).with_effect(Effect::Io),
    Native::function("std.io.read_lines", &["path"], read_lines).with_effect(Effect::Io),
];

/// Why a file cannot be used, in words of our own.
fn reason(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of the path is no folder",
        ErrorKind::InvalidData => "it is not valid UTF-8",
        ErrorKind::StorageFull => "the disk is full",
        _ => "input or output failed",
    }
}

/// `Err("cannot read notes.txt: no such file or folder")`.
fn failed(what: &str, path: &str, error: &Error) -> KayVal {
    objects::err(string::new(&format!("cannot {what} {path}: {}", reason(error))))
}

/// The text of a file, refused before it is read when it is too large.
fn read(path: &str) -> Res<Result<String, Error>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let size = file.metadata().map_or(0, |about| about.len());
    string::check(usize::try_from(size).unwrap_or(usize::MAX))?;
    let mut text = String::new();
    Ok(file.read_to_string(&mut text).map(|_| text))
}

fn read_file(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let path = args::text(host, &args[0])?;
    Ok(match read(path)? {
        Ok(text) => objects::ok(string::checked(&text)?),
        Err(error) => failed("read", path, &error),
    })
}

fn read_lines(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let path = args::text(host, &args[0])?;
    match read(path)? {
        Ok(text) => list_of(text.lines().map(string::new)).map(objects::ok),
        Err(error) => Ok(failed("read", path, &error)),
    }
}

fn written(path: &str, result: Result<(), Error>) -> KayVal {
    match result {
        Ok(()) => objects::ok(KayVal::UNIT),
        Err(error) => failed("write", path, &error),
    }
}

fn write_file(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (path, text) = (args::text(host, &args[0])?, args::text(host, &args[1])?);
    Ok(written(path, fs::write(path, text)))
}

fn append_file(host: &mut dyn Host, args: &mut [KayVal]) -> Res<KayVal> {
    let (path, text) = (args::text(host, &args[0])?, args::text(host, &args[1])?);
    let file = OpenOptions::new().append(true).create(true).open(path);
    Ok(written(path, file.and_then(|mut file| file.write_all(text.as_bytes()))))
}
