//! Which compiler made an entry: the state of its own files.
//!
//! In a working tree these are all its files and folders, so that editing any of them makes entries stale. In an installed
//! package it is the list that the installer wrote, which changes with every installation. What was found is recorded
//! for the launcher, which looks at the same files again and needs to know nothing about Python packages.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use kayton_bytecode::{OPS, VERSION};

use crate::bytes::{fnv, FNV_START};
use crate::folder::Folder;

const TITLE: &str = "kayton-compiler 1";
/// Stands for the size of a folder.
const FOLDER: char = '-';
/// What a compiler is made of.
const SOURCES: [&str; 4] = ["py", "toml", "so", "pyd"];

/// The files of a compiler as they were looked at, one to a line: size, or `-` for a folder, time of the last change, path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiler(String);

impl Compiler {
    /// Looks at the compiler whose Python package is the folder `package`. `None` when it cannot be read.
    pub fn in_package(package: &Path, version: &str) -> Option<Compiler> {
        let installed = package.parent()?.join(format!("kayton-{version}.dist-info")).join("RECORD");
        let paths = if installed.is_file() { vec![installed] } else { tree(package)? };
        Compiler::of(&paths)
    }

    fn of(paths: &[PathBuf]) -> Option<Compiler> {
        let mut text = format!("{TITLE}\n{}\n", engine());
        for path in paths {
            let (size, time) = state(path)?;
            let size = size.map_or_else(|| FOLDER.to_string(), |size| size.to_string());
            writeln!(text, "{size} {time} {}", path.to_str().filter(|path| !path.contains('\n'))?).ok()?;
        }
        Some(Compiler(text))
    }

    /// The compiler recorded for the launcher `name`, if its files are still as they were.
    pub fn recorded(folder: &Folder, name: &str) -> Option<Compiler> {
        let text = fs::read_to_string(folder.path().join(file_name(name))).ok()?;
        let paths: Option<Vec<PathBuf>> = text.lines().skip(2).map(path_in).collect();
        let paths = paths.filter(|paths| !paths.is_empty())?;
        Compiler::of(&paths).filter(|now| now.0 == text)
    }

    /// Records this compiler for the launcher `name`. Gives whether that was possible, or was done before.
    pub fn record(&self, folder: &Folder, name: &str) -> bool {
        let file = file_name(name);
        let known = fs::read(folder.path().join(&file)).is_ok_and(|text| text == self.0.as_bytes());
        known || folder.write(&file, self.0.as_bytes())
    }

    /// A short text that no other state of the compiler has. When a folder was changed does not matter, only what is in it.
    pub fn identity(&self) -> String {
        let files = self.0.lines().filter(|line| !line.starts_with(FOLDER));
        let state = files.fold(FNV_START, |hash, line| fnv(fnv(hash, line.as_bytes()), b"\n"));
        format!("{} {state:016x}", env!("CARGO_PKG_VERSION"))
    }
}

fn file_name(launcher: &str) -> String {
    format!("{:016x}.compiler", fnv(FNV_START, launcher.as_bytes()))
}

fn path_in(line: &str) -> Option<PathBuf> {
    line.splitn(3, ' ').nth(2).map(PathBuf::from)
}

/// What this build executes: another one may not share entries with it.
fn engine() -> String {
    let instructions = OPS.iter().fold(FNV_START, |hash, op| fnv(fnv(hash, op.name.as_bytes()), b"\n"));
    format!("{} {VERSION} {instructions:016x}", env!("CARGO_PKG_VERSION"))
}

/// Size and time of the last change; a folder has the latter when something in it appears or goes.
fn state(path: &Path) -> Option<(Option<u64>, u128)> {
    let status = fs::metadata(path).ok()?;
    let time = status.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(((!status.is_dir()).then_some(status.len()), time))
}

/// The sources under a folder, and the folders they are in, sorted.
fn tree(package: &Path) -> Option<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![package.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).ok()? {
            let path = entry.ok()?.path();
            let extension = path.extension().and_then(|e| e.to_str());
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "__pycache__") {
                    waiting.push(path);
                }
            } else if extension.is_some_and(|e| SOURCES.contains(&e)) {
                found.push(path);
            }
        }
        found.push(folder);
    }
    found.sort();
    Some(found)
}
