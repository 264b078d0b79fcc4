//! Kayton's built-in functions, methods and `std` modules (LANGUAGE §9), in one table of [`Native`]s.
//!
//! A compiler looks names up with [`function`], [`method`], [`sequence_method`] and [`constant`]; an interpreter calls
//! [`Native::run`]. Indices belong to one build of this crate: bytecode keeps names.

mod args;
mod collect;
mod floats;
mod globals;
mod ints;
mod list_cut;
mod list_edit;
mod list_functional;
mod list_query;
mod list_sort;
mod maps;
mod native;
mod options;
mod ranges;
mod sequence;
mod sets;
mod sort;
mod std_env;
mod std_io;
mod std_json;
mod std_json_dump;
mod std_math;
pub mod std_random;
mod std_text;
mod std_time;
mod strs;
mod strs_parts;
mod table;

pub use native::{Effect, Native, NativeFn, VARIADIC};
pub use sequence::Source;
pub use table::{constant, function, method, modules, natives, sequence_method, type_table};

#[cfg(test)]
mod tests;
