//! `docs/opcodes.md`: the instructions in a table for each section.

use std::fmt::Write;

use super::table::{Isa, OpSpec};

const HEAD: &str = "# Opcodes

Generated from `rt-crate/isa/ops.toml` by `cargo run -p xtask -- isa`: do not edit. [bytecode.md](bytecode.md) describes
the machine.

An instruction is one little-endian `u64`: `op: u8 | x: u8 | a: u16 | b: u16 | c: u16`. The operands are those of the fields
`a`, `b`, `c`, in this order; one whose kind ends in `32` lies in `b` and `c` together, low half first. `dst` is written,
`src` read, `mut` changed in place, `win` the first of consecutive registers; a type after the colon is what the verifier
gives or demands. Bits 0, 1, 2 of `x` say that the `src` in `b`, `c`, `a` is consumed. *Throws* marks what may end the program
with an error, *ends* what does not fall through. Quick forms are written by the VM over what they stand for and
never occur in a file.
";

/// The page.
pub fn render(isa: &Isa) -> String {
    let mut out = String::from(HEAD);
    let mut section = "";
    for (code, op) in isa.ops.iter().enumerate() {
        if op.section != section {
            section = &op.section;
            let _ = write!(
                out,
                "\n## {}\n\n| nr | name | operands | `x` | does | |\n| --- | --- | --- | --- | --- | --- |\n",
                capitalised(section)
            );
        }
        row(&mut out, code, op);
    }
    out
}

fn row(out: &mut String, code: usize, op: &OpSpec) {
    let mut notes = Vec::new();
    if op.throws {
        notes.push("throws".to_owned());
    }
    if op.ends {
        notes.push("ends".to_owned());
    }
    if let Some(base) = &op.quick_of {
        notes.push(format!("quick form of {base}"));
    }
    let _ = writeln!(
        out,
        "| {code} | `{}` | {} | {} | {} | {} |",
        op.name,
        op.args.join(", "),
        op.x,
        op.does.replace('|', "\\|"),
        notes.join(", "),
    );
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + letters.as_str())
}
