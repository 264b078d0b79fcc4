//! Kayton's interpreter: executes verified bytecode (docs/bytecode.md).
//!
//! [`start`] takes a [`Verified`](kayton_bytecode::Verified) module and runs it on a thread of its own. Inside, the
//! loader builds the executable form (`program`), the run loop (`run`) executes it with fast paths (`ops`) that are
//! inlined and slow paths (`slow`) that are not, and `host` connects built-in functions.

mod arguments;
mod bind;
mod console;
mod dispatch;
mod frames;
mod host;
mod layout;
mod limits;
mod load;
mod machine;
mod ops;
mod pc;
mod program;
mod regs;
mod run;
mod sites;
mod slow;
mod table;
mod thread;
mod trace;

#[cfg(test)]
mod tests;

pub use console::{Captured, Console, Fed, Memory, Stdio};
pub use limits::{parse_size, Interrupt, Limits, DEFAULT_DEPTH};
pub use load::LoadError;
pub use table::TABLE;
pub use thread::{start, Ending, Failure, Report, Running};
pub use trace::{Place, Trace};
