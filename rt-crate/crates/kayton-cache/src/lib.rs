//! The cache of compiled programs (docs/running.md): found by the launcher before any Python starts, filled by Python.
//!
//! An [`Entry`] is one program compiled in one way, with the text of every file that it was made from. It is used only while
//! each of these files holds that text, the files that were looked for in vain are still not there, and the
//! [`Compiler`] is the same. Nothing that is wrong with the cache is an error: what cannot be read is not there.

mod bytes;
mod compiler;
mod entry;
mod folder;

pub use compiler::Compiler;
pub use entry::{Entry, File, Key};
pub use folder::{Folder, Found, Usage, MOST_BYTES, MOST_FILES};
