//! Kayton's bytecode: the instruction set, programs in memory, their file format, the proof that a
//! program is safe to execute, and a text form to read and write by hand. docs/bytecode.md is the reference.

mod crc;
mod decode;
mod encode;
mod instr;
#[rustfmt::skip] // generated
mod isa;
mod module;
mod op;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
mod verify;

pub use crc::crc32;
pub use decode::{decode, DecodeError, DecodeErrorKind};
pub use encode::encode;
#[cfg(any(test, feature = "testing"))]
pub use encode::fix_checksum;
pub use instr::Instr;
pub use isa::{Op, OPS, VERSION};
pub use module::{
    ArgLine, Const, Field, Function, Guard, Hook, Line, Method, Module, Param, Part, Path, Site, Source, Switch, Thunk,
    Type, TypeKind, Variant,
};
pub use op::{Arg, High, OpInfo, Ty};
pub use verify::{verify, Fault, Place, Verified, VerifyError};
