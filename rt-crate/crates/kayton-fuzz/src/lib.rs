//! The promise of the verifier, tried out: no file makes the decoder, the verifier or the VM crash, panic, or use
//! memory or time without bound.
//!
//! A [`Strategy`] makes a file or a module from a seed, [`Trial::run`] takes it through everything that `kayton run`
//! would do with it, under limits. The binary counts what became of a million of them.

mod corpus;
mod strategy;
mod trial;

pub use corpus::Corpus;
pub use strategy::{Made, Strategy};
pub use trial::{Flaw, Outcome, Trial, Valid};
