//! `kayton-bytecode/src/isa.rs`: the enum and the table of what each instruction is.

use std::fmt::Write;

use super::table::{Isa, OpSpec};

/// The Rust source.
pub fn render(isa: &Isa) -> String {
    let mut out = String::from(
        "//! The instruction set. Generated from `isa/ops.toml` by `cargo run -p xtask -- isa`: do not edit.\n\n\
         use crate::op::{Arg, High, OpInfo, Ty};\n\n",
    );
    let _ = writeln!(out, "/// The version of the file format, in the header of every file.");
    let _ = writeln!(out, "pub const VERSION: u16 = {};\n", isa.version);
    enumeration(&mut out, isa);
    lookup(&mut out, isa);
    table(&mut out, isa);
    out
}

fn enumeration(out: &mut String, isa: &Isa) {
    out.push_str("/// An opcode: the first byte of an instruction.\n#[repr(u8)]\n");
    out.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Op {\n");
    for (code, op) in isa.ops.iter().enumerate() {
        let _ = writeln!(out, "    /// `{}`", op.does);
        if let Some(base) = &op.quick_of {
            let _ = writeln!(out, "    ///\n    /// A quick form of [`Op::{base}`]; never in a file.");
        }
        if let Some((_, meaning)) = op.x.split_once(':') {
            let _ = writeln!(out, "    ///\n    /// The high bit of `x`: `{}`.", meaning.trim());
        }
        let _ = writeln!(out, "    {} = {code},", op.name);
    }
    out.push_str("}\n\n");
}

fn lookup(out: &mut String, isa: &Isa) {
    out.push_str("impl Op {\n    /// How many opcodes there are.\n");
    let _ = writeln!(out, "    pub const COUNT: usize = {};\n", isa.ops.len());
    out.push_str("    /// Every opcode, in the order of their numbers.\n");
    out.push_str("    pub const ALL: [Op; Op::COUNT] = [\n");
    for op in &isa.ops {
        let _ = writeln!(out, "        Op::{},", op.name);
    }
    out.push_str(
        "    ];\n\n    /// The opcode with this number, quick forms included.\n    #[inline]\n    \
         pub const fn from_u8(byte: u8) -> Option<Op> {\n        \
         if (byte as usize) < Op::COUNT {\n            Some(Op::ALL[byte as usize])\n        } else {\n            \
         None\n        }\n    }\n\n    \
         /// What the instruction is: its operands and effects.\n    #[inline]\n    \
         pub fn info(self) -> &'static OpInfo {\n        &OPS[self as usize]\n    }\n}\n\n",
    );
}

fn table(out: &mut String, isa: &Isa) {
    out.push_str("/// What each instruction is, by its number.\npub static OPS: [OpInfo; Op::COUNT] = [\n");
    for op in &isa.ops {
        entry(out, op);
    }
    out.push_str("];\n");
}

fn entry(out: &mut String, op: &OpSpec) {
    let args: Vec<String> = op.args.iter().map(|arg| arg_expr(arg)).collect();
    let becomes: Vec<String> = op.becomes.iter().map(|name| format!("Op::{name}")).collect();
    let quick_of = op.quick_of.as_ref().map_or("None".to_owned(), |base| format!("Some(Op::{base})"));
    let _ = writeln!(
        out,
        "    OpInfo {{\n        op: Op::{},\n        name: {:?},\n        args: &[{}],\n        high: High::{},\n        \
         throws: {},\n        ends: {},\n        quick_of: {},\n        becomes: &[{}],\n        does: {:?},\n    }},",
        op.name,
        op.name,
        args.join(", "),
        high_variant(op.high()),
        op.throws,
        op.ends,
        quick_of,
        becomes.join(", "),
        op.does,
    );
}

fn arg_expr(arg: &str) -> String {
    let (kind, ty) = arg.split_once(':').unwrap_or((arg, "any"));
    match kind {
        "dst" | "src" | "mut" => format!("Arg::{}(Ty::{})", camel(kind), camel(ty)),
        "n" => "Arg::Count".to_owned(),
        _ => format!("Arg::{}", camel(kind)),
    }
}

fn high_variant(word: &str) -> String {
    if word.is_empty() {
        "Nothing".to_owned()
    } else {
        word.split('-').map(camel).collect()
    }
}

fn camel(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
