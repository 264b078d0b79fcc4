//! The text form of a module, which `kayton inspect` prints and tests are written in.
//!
//! ```text
//! entry main
//!
//! fn fib(n) regs 4 at 0 1:1
//!     JmpLtImm.not r0, 2, L0      @2:8 2:13     ; the line table's entry
//!     Ret r0, r0, 0
//!   L0:
//!     AddImm.sub r1, r0, 1        @3:9 3:14
//!     Call r1, r1(1), fib         @3:5 3:15 @(0) 3:9 3:14   ; a window of one argument, and where that stands
//!     AddImm.sub r2, r0!, 2       @3:22 3:27    ; r0 is consumed
//!     Call r2, r2(1), fib         @3:18 3:28
//!     Add r1, r1!, r2!            @3:5 3:28
//!     Ret r1, r0, 0
//! ```
//!
//! A line that starts in the first column begins an item, the indented lines after it belong to it, `;` starts
//! a comment. Operands stand as `isa/ops.toml` lists them. What lies in a table is written out; the
//! assembler finds it there or adds it, and `#7` is the item with that index, whatever it is. After the
//! opcode `.not` is a clear sense bit and `.sub`, `.inclusive`, `.least`, `.frozen`, `.param` are the other set ones.
//!
//! | item | lines in it |
//! | --- | --- |
//! | `entry FUNCTION`, `thunk ID = FUNCTION` | |
//! | `fn NAME(a, mut b, c?) regs N captures N closure at SOURCE LINE:COLUMN` | `LABEL:`, instructions |
//! | `enum NAME`, `struct NAME`, `class NAME`, `trait NAME`, `builtin NAME` | `field NAME: GUARD`, `variant NAME(FIELD, …)` or with named ones `variant NAME{FIELD, …}`, `method NAME = FUNCTION`, `hook Trait.name = FUNCTION`, `impl TRAIT` |
//! | `string TEXT`, `const VALUE`, `guard GUARD`, `global NAME`, `native NAME`, `site SITE`, `path PATH`, `switch SWITCH` | |
//! | `source PATH` | `\|` and a line of the text |
//!
//! A guard is a built-in type's name, `type NAME` or `dyn NAME`. A site is `.name mut MASK keys a b`, with `_` for
//! one without a name. A path is `.field[](0)`, then perhaps `frozen` and `then method`. A switch is
//! `{else +2, Option.Some L1}`, its jumps labels or offsets. A text whose first type is not `Option` gets
//! `Option` and `Result` as every module has them, and one without sources gets an empty one.
//!
//! For a module that [`crate::verify()`] accepts, [`assemble`] gives back what [`disassemble`] was given.

mod assemble;
mod code;
mod lexer;
mod names;
mod print;
mod print_code;
mod tables;

use std::fmt;

use crate::module::Module;

/// Why a text is not a module, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: TextErrorKind,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextErrorKind {
    /// A character that starts nothing.
    Character(char),
    /// A quoted text that does not end, or that has an unknown escape.
    Quote,
    /// Something else stands where this belongs.
    Expected(&'static str),
    /// A number that is not one, or does not fit.
    Number(String),
    /// A name of nothing.
    Unknown {
        /// Of what it should be the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A label that a function has twice.
    Twice(String),
    /// No `entry`.
    NoEntry,
    /// More than the format has room for.
    TooMany(&'static str),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.kind {
            TextErrorKind::Character(found) => write!(f, "unexpected {found:?}"),
            TextErrorKind::Quote => write!(f, "a quoted text is not finished or has an unknown escape"),
            TextErrorKind::Expected(what) => write!(f, "expected {what}"),
            TextErrorKind::Number(found) => write!(f, "{found} is not a number that fits here"),
            TextErrorKind::Unknown { what, name } => write!(f, "there is no {what} {name}"),
            TextErrorKind::Twice(label) => write!(f, "the label {label} stands twice"),
            TextErrorKind::NoEntry => write!(f, "there is no entry"),
            TextErrorKind::TooMany(what) => write!(f, "too many {what}"),
        }
    }
}

impl std::error::Error for TextError {}

/// Reads the text form.
///
/// The result is not verified. Errors: the first mistake in each kind of item, see [`TextErrorKind`].
pub fn assemble(text: &str) -> Result<Module, TextError> {
    assemble::module(text)
}

/// Writes the text form, with the source's lines as comments. A module that is not verified can be printed too.
pub fn disassemble(module: &Module) -> String {
    print::module(module)
}
