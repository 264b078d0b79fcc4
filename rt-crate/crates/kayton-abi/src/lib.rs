//! The value model that the VM, the standard library and compiled programs share.
//!
//! A [`KayVal`] is 16 plain bytes. Small things are inside it; the rest is a counted heap object behind it.
//! Counting is manual: whoever *owns* a value holds one count, whoever *borrows* it holds none.
//!
//! The rules of ownership, the same in every function of this crate:
//! * a function that reads takes its values borrowed and returns either a borrowed value (`get`, `fields`) or says
//!   that its result is owned;
//! * a function that stores (`push`, `set`, `insert`, the constructors) takes over the counts it is given, also when
//!   it fails;
//! * every result of an operation ([`ops`], [`Host::call`], …) is owned by the caller.
//!
//! Values belong to the thread that made them. [`Owned`] is a value that gives its count back when dropped, for Rust
//! code with early returns; an interpreter's registers are counted by hand.

pub mod access;
pub mod adopt;
pub mod alloc;
pub mod cycles;
pub mod equal;
pub mod errors;
pub mod format;
mod free;
pub mod guard;
pub mod hash;
pub mod host;
pub mod iter;
pub mod list;
mod list_edit;
pub mod map;
mod map_entry;
pub mod near;
pub mod object;
pub mod objects;
pub mod ops;
pub mod order;
pub mod owned;
pub mod print;
pub mod pulse;
pub mod range;
mod row;
pub mod stack;
pub mod string;
pub mod types;
pub mod value;
pub mod vm_table;

pub use alloc::{check_memory, memory_in_use, memory_limit, set_memory_limit};
pub use errors::{ErrorKind, KayError, Res};
pub use guard::Guard;
pub use host::{Hook, Host};
pub use list::List;
pub use map::Table;
pub use owned::Owned;
pub use range::Range;
pub use string::Str;
pub use types::{TypeInfo, TypeKind, TypeTable, VariantInfo, VariantShape};
pub use value::{KayVal, Tag};

#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
