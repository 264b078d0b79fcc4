//! What an instruction of the set is: operand kinds and effects. The table itself is [`crate::isa`].

use crate::isa::Op;

/// One row of the instruction set.
#[derive(Debug)]
pub struct OpInfo {
    /// The opcode that the row describes.
    pub op: Op,
    /// Its name in text and in `isa/ops.toml`.
    pub name: &'static str,
    /// What the fields `a`, `b`, `c` are, in this order; a wide operand lies in `b` and `c` together.
    pub args: &'static [Arg],
    /// What `x` holds besides the consumption bits.
    pub high: High,
    /// Whether it may end the program with an error.
    pub throws: bool,
    /// Whether control never falls through to the next instruction.
    pub ends: bool,
    /// What it is a quick form of, if it is one; quick forms never occur in a file.
    pub quick_of: Option<Op>,
    /// The quick forms that the VM may write over it.
    pub becomes: &'static [Op],
    /// Its meaning in a line of register algebra.
    pub does: &'static str,
}

impl OpInfo {
    /// Whether the instruction writes its `dst` without a look at what was there, which must then be uncounted: all its
    /// other registers are proven to be numbers or bools.
    pub fn writes_blindly(&self) -> bool {
        let mut sources = self.args.iter().filter_map(|arg| match arg {
            Arg::Src(ty) => Some(*ty),
            _ => None,
        });
        matches!(self.args, [Arg::Dst(_), Arg::Src(_), ..]) && sources.all(|ty| ty != Ty::Any)
    }
}

/// What a field of an instruction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A register that is written; its old value is released. Afterwards it has the type.
    Dst(Ty),
    /// A register that is read, and is proven to have the type.
    Src(Ty),
    /// A register that is changed in place, and is proven to have the type before and after.
    Mut(Ty),
    /// The first of consecutive registers; how many, another operand or `x` says.
    Win,
    /// The first of two registers.
    Win2,
    /// The first of three registers.
    Win3,
    /// A signed 16-bit number.
    Imm,
    /// A signed 32-bit number.
    Imm32,
    /// An unsigned 16-bit number.
    Index,
    /// How many registers the window has (pairs of them for `NewMap`).
    Count,
    /// A signed 16-bit jump, relative to the next instruction.
    Off,
    /// A signed 32-bit jump, relative to the next instruction.
    Off32,
    /// A 32-bit index into the constants.
    Const32,
    /// An index into the functions.
    Func,
    /// An index into the natives.
    Native,
    /// An index into the globals.
    Global,
    /// An index into the sites.
    Site,
    /// An index into the paths.
    Path,
    /// An index into the types.
    Type,
    /// A variant id.
    Variant,
    /// An index into the guards.
    Guard,
    /// An index into the switches.
    Switch,
    /// An index into the strings.
    Name,
}

impl Arg {
    /// Whether the operand lies in `b` and `c` together.
    pub const fn is_wide(self) -> bool {
        matches!(self, Arg::Imm32 | Arg::Off32 | Arg::Const32)
    }
}

/// What is known or demanded of a register operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// Nothing.
    Any,
    /// An `i64`.
    I64,
    /// An `f64`.
    F64,
    /// A `bool`.
    Bool,
    /// Of a `dst`: the type of the `src`.
    Same,
    /// Of a `dst`: the type of the constant.
    Const,
    /// Of a `src`: `i64`, `f64` or `bool`, any one of them.
    Scalar,
}

/// What `x` holds besides the consumption bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum High {
    /// Nothing: these bits are zero.
    Nothing,
    /// Bit 7: the outcome of the test that makes it jump.
    Sense,
    /// Bit 7: the source said a subtraction.
    Sub,
    /// Bit 7: the range includes its end.
    Inclusive,
    /// Bit 7: more items are fine.
    AtLeast,
    /// Bit 7: the root is an immutable name.
    Frozen,
    /// Bit 7: the value is a parameter, so an error stands at the caller's argument.
    Param,
    /// The lower seven bits: how many arguments the call has. Bit 7: its result is dropped, and the `dst` is 0 and not
    /// written. There are no consumption bits.
    Nargs,
}
