//! Development tasks: `cargo run -p xtask -- isa [--check]`.
//!
//! `isa` writes every file that follows from `isa/ops.toml`; `isa --check` fails when one of them
//! is not what would be written.

mod isa;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: xtask isa [--check]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let result = match words.as_slice() {
        ["isa"] => isa::write(&root),
        ["isa", "--check"] => isa::check(&root),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
