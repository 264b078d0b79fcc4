//! What follows from `isa/ops.toml`: the Rust table, the Python table and the page of opcodes.

mod markdown;
mod python;
mod rust;
mod table;

use std::fs;
use std::path::Path;

use table::Isa;

const SOURCE: &str = "rt-crate/isa/ops.toml";

/// How a file is made from the table.
type Render = fn(&Isa) -> String;

/// Each generated file, relative to the repository, and what renders it.
const OUTPUTS: [(&str, Render); 3] = [
    ("rt-crate/crates/kayton-bytecode/src/isa.rs", rust::render),
    ("docs/opcodes.md", markdown::render),
    ("kayton/ir/isa.py", python::render),
];

/// Writes every generated file that is out of date.
pub fn write(root: &Path) -> Result<(), String> {
    let isa = load(root)?;
    for (path, render) in OUTPUTS {
        let text = render(&isa);
        if is_current(root, path, &text) {
            continue;
        }
        fs::write(root.join(path), text).map_err(|error| format!("{path}: {error}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Fails and names the files that are out of date, if there are any.
pub fn check(root: &Path) -> Result<(), String> {
    let isa = load(root)?;
    let stale: Vec<&str> =
        OUTPUTS.iter().filter(|(path, render)| !is_current(root, path, &render(&isa))).map(|(path, _)| *path).collect();
    if stale.is_empty() {
        return Ok(());
    }
    let files = stale.join(", ");
    Err(format!("out of date: {files}; run `cargo run -p xtask -- isa`"))
}

fn load(root: &Path) -> Result<Isa, String> {
    let text = fs::read_to_string(root.join(SOURCE)).map_err(|error| format!("{SOURCE}: {error}"))?;
    Isa::parse(&text).map_err(|error| format!("{SOURCE}: {error}"))
}

fn is_current(root: &Path, path: &str, text: &str) -> bool {
    fs::read_to_string(root.join(path)).is_ok_and(|found| found == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_current() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        assert_eq!(check(&root), Ok(()));
    }
}
