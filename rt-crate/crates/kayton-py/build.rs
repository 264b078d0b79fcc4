//! With the feature `launcher`, which maturin asks for: builds the native command `kayton` and puts it into `rt-crate/wheel/scripts`,
//! from where maturin takes what a wheel installs beside Python.
//!
//! `KAYTON_LAUNCHER` names one that is built already. Without either, there is nothing to do.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

/// What the launcher consists of.
const PARTS: [&str; 6] =
    ["kayton-abi", "kayton-bytecode", "kayton-cache", "kayton-launcher", "kayton-stdlib", "kayton-vm"];

fn main() {
    println!("cargo::rerun-if-env-changed=KAYTON_LAUNCHER");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_LAUNCHER").is_none() {
        return;
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let name = format!("kayton{}", if env::var_os("CARGO_CFG_WINDOWS").is_some() { ".exe" } else { "" });
    let built = match env::var_os("KAYTON_LAUNCHER") {
        Some(built) => watched(PathBuf::from(built)),
        None => build(&workspace, &name),
    };
    let target = workspace.join("wheel/scripts").join(name);
    install(&built, &target).unwrap_or_else(|error| panic!("cannot copy {}: {error}", built.display()));
    watched(target);
}

/// Runs this again when the file has changed or is gone.
fn watched(path: PathBuf) -> PathBuf {
    println!("cargo::rerun-if-changed={}", path.display());
    path
}

/// Copies a file and dates it back: cargo would take a new one for a change that comes after this run.
fn install(from: &Path, to: &Path) -> io::Result<()> {
    to.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::copy(from, to)?;
    fs::File::options().append(true).open(to)?.set_modified(UNIX_EPOCH)
}

/// Builds the launcher in a target folder of its own: the usual one is locked by the build that this is part of.
fn build(workspace: &Path, name: &str) -> PathBuf {
    let variable = |name| env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"));
    for part in PARTS {
        watched(workspace.join("crates").join(part));
    }
    let (folder, target) = (Path::new(&variable("OUT_DIR")).join("launcher"), variable("TARGET"));
    let mut cargo = Command::new(variable("CARGO"));
    cargo.current_dir(workspace).args("rustc --release --offline --package kayton-launcher --bin kayton".split(' '));
    cargo.args(["--config", "profile.release.strip=true", "--target", &target, "--target-dir"]).arg(&folder);
    if target == variable("HOST") && has_static_library() {
        cargo.args(["--", "-C", "target-feature=+crt-static"]);
    }
    assert!(cargo.status().is_ok_and(|status| status.success()), "the launcher does not build");
    folder.join(target).join("release").join(name)
}

/// Whether the C library is there to be linked into an executable, which then takes less memory and starts sooner. The Makefile asks the same.
fn has_static_library() -> bool {
    let asked = Command::new("cc").arg("-print-file-name=libc.a").output();
    asked.is_ok_and(|answer| Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_absolute())
}
