//! The fast paths: small functions that the run loop inlines.
//!
//! A fast path returns `false` when it has done nothing and the slow path ([`crate::slow`]) must decide.

pub(crate) mod arith;
pub(crate) mod compare;
pub(crate) mod parts;
