//! The table of opcodes, read from TOML and checked for consistency.

use std::collections::HashMap;

use serde::Deserialize;

/// The whole instruction set, in the order of opcode numbers.
#[derive(Debug)]
pub struct Isa {
    /// The version of the file format.
    pub version: u16,
    /// The instructions; an instruction's number is its place.
    pub ops: Vec<OpSpec>,
}

/// One instruction as `ops.toml` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpSpec {
    pub name: String,
    pub args: Vec<String>,
    pub does: String,
    /// What the high bits of `x` hold, and after a colon what that means here.
    #[serde(default)]
    pub x: String,
    #[serde(default)]
    pub throws: bool,
    #[serde(default)]
    pub ends: bool,
    #[serde(default)]
    pub quick_of: Option<String>,
    #[serde(default)]
    pub becomes: Vec<String>,
    /// The comment heading that it stands under.
    #[serde(skip)]
    pub section: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u16,
    op: Vec<OpSpec>,
}

const TYPES: [&str; 3] = ["i64", "f64", "bool"];
const PLAIN_ARGS: [&str; 20] = [
    "win", "win2", "win3", "imm", "imm32", "index", "n", "off", "off32", "const32", "func", "native", "global", "site",
    "path", "type", "variant", "guard", "switch", "name",
];
const HIGH_BITS: [&str; 7] = ["sense", "inclusive", "at-least", "sub", "frozen", "param", "nargs"];

impl OpSpec {
    /// The word that says what the high bits of `x` hold; empty when they hold nothing.
    pub fn high(&self) -> &str {
        self.x.split(':').next().unwrap_or_default()
    }

    fn check(&self) -> Result<(), String> {
        let high = self.high();
        if !high.is_empty() && !HIGH_BITS.contains(&high) {
            return Err(format!("unknown meaning of x: {high}"));
        }
        if self.args.len() > 3 {
            return Err("more than three operands".to_owned());
        }
        for (place, arg) in self.args.iter().enumerate() {
            check_arg(arg)?;
            let last = place + 1 == self.args.len();
            if arg.ends_with("32") && (!last || place > 1) {
                return Err(format!("no room for {arg}"));
            }
        }
        Ok(())
    }
}

fn check_arg(arg: &str) -> Result<(), String> {
    let known = match arg.split_once(':') {
        None => matches!(arg, "dst" | "src" | "mut") || PLAIN_ARGS.contains(&arg),
        Some(("dst", ty)) => TYPES.contains(&ty) || matches!(ty, "same" | "const"),
        Some(("src", ty)) => TYPES.contains(&ty) || ty == "scalar",
        Some(("mut", ty)) => TYPES.contains(&ty),
        Some(_) => false,
    };
    if known {
        Ok(())
    } else {
        Err(format!("unknown kind of operand: {arg}"))
    }
}

impl Isa {
    /// Reads and checks the table.
    ///
    /// Errors: malformed TOML, unknown operand kinds, more than 256 instructions, names that occur
    /// twice, and quick forms that do not fit what they stand for.
    pub fn parse(text: &str) -> Result<Isa, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut ops = file.op;
        if ops.len() > 256 {
            return Err("more than 256 opcodes".to_owned());
        }
        for (op, section) in ops.iter_mut().zip(sections(text)) {
            op.section = section;
            op.check().map_err(|error| format!("{}: {error}", op.name))?;
        }
        inherit_x(&mut ops);
        check_quick_forms(&ops)?;
        Ok(Isa { version: file.version, ops })
    }
}

/// The heading above each `[[op]]`, in order.
fn sections(text: &str) -> Vec<String> {
    let mut current = String::new();
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("# ──") {
            current = heading.trim_matches(|c| c == '─' || c == ' ').to_owned();
        } else if line.trim() == "[[op]]" {
            found.push(current.clone());
        }
    }
    found
}

/// A quick form stands in the place of the instruction that it was written over, so `x` means the same.
fn inherit_x(ops: &mut [OpSpec]) {
    let meanings: HashMap<String, String> = ops.iter().map(|op| (op.name.clone(), op.x.clone())).collect();
    for op in ops {
        if let Some(x) = op.quick_of.as_ref().and_then(|base| meanings.get(base)) {
            op.x.clone_from(x);
        }
    }
}

fn check_quick_forms(ops: &[OpSpec]) -> Result<(), String> {
    let mut by_name: HashMap<&str, &OpSpec> = HashMap::new();
    for op in ops {
        if by_name.insert(&op.name, op).is_some() {
            return Err(format!("{}: defined twice", op.name));
        }
    }
    for op in ops {
        if let Some(base) = &op.quick_of {
            let fits =
                by_name.get(base.as_str()).is_some_and(|base| base.becomes.contains(&op.name) && base.args == op.args);
            if !fits {
                return Err(format!("{}: {base} does not become it, or has other operands", op.name));
            }
        }
        for quick in &op.becomes {
            let fits = by_name.get(quick.as_str()).is_some_and(|q| q.quick_of.as_ref() == Some(&op.name));
            if !fits {
                return Err(format!("{}: {quick} is not a quick form of it", op.name));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Isa;

    fn refused(op: &str) -> String {
        let text = format!("version = 1\n[[op]]\nname = \"A\"\ndoes = \"\"\n{op}");
        Isa::parse(&text).expect_err("is refused")
    }

    #[test]
    fn mistakes_are_named() {
        assert!(refused("args = [\"dest\"]").contains("unknown kind of operand: dest"));
        assert!(refused("args = [\"dst\", \"src\", \"off32\"]").contains("no room for off32"));
        assert!(refused("args = []\nx = \"odd: bits\"").contains("unknown meaning of x: odd"));
        assert!(refused("args = []\nbecomes = [\"B\"]").contains("B is not a quick form"));
        assert!(refused("args = []\n[[op]]\nname = \"A\"\ndoes = \"\"\nargs = []").contains("defined twice"));
    }
}
