//! `kayton/ir/isa.py`: the table that the Python emitter encodes by.

use std::fmt::Write;

use super::table::Isa;

const HEAD: &str = r#""""The instruction set. Generated from `rt-crate/isa/ops.toml` by `cargo run -p xtask -- isa`: do not edit.

An instruction is one little-endian u64, `op: u8 | x: u8 | a: u16 | b: u16 | c: u16`. `args` says what a, b, c
are, in this order; an operand whose kind ends in `32` lies in b and c together, low half first.
The quick forms, which only the VM writes, are left out.
"""

from typing import NamedTuple


class OpInfo(NamedTuple):
    """What an instruction is."""

    code: int
    args: tuple[str, ...]
    high: str
    """What x holds above its consumption bits: sense, sub, inclusive, at-least, frozen, param, or of a call
    nargs: the number of arguments below, and bit 7 that the result is dropped and `dst` is 0."""
    throws: bool
    """May end the program with an error, so it has a line table entry."""
    ends: bool
    """Control does not fall through."""


"#;

/// The Python source.
pub fn render(isa: &Isa) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(out, "VERSION = {}\n", isa.version);
    out.push_str("OPS: dict[str, OpInfo] = {\n");
    for (code, op) in isa.ops.iter().enumerate().filter(|(_, op)| op.quick_of.is_none()) {
        let args: String = op.args.iter().map(|arg| format!("\"{arg}\", ")).collect();
        let args = if op.args.len() == 1 { args.trim_end() } else { args.trim_end_matches(", ") };
        let _ = writeln!(
            out,
            "    \"{}\": OpInfo({code}, ({args}), \"{}\", {}, {}),",
            op.name,
            op.high(),
            literal(op.throws),
            literal(op.ends),
        );
    }
    out.push_str("}\n");
    out
}

fn literal(flag: bool) -> &'static str {
    if flag {
        "True"
    } else {
        "False"
    }
}
