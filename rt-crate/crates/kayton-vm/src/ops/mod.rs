//! The fast paths: small functions that the run loop inlines.
//!
//! A fast path that returns a bool or an option has done nothing when it says `false` or `None`, and the slow path
//! ([`crate::slow`]) decides.

pub(crate) mod arith;
pub(crate) mod calls;
pub(crate) mod compare;
pub(crate) mod loops;
pub(crate) mod methods;
pub(crate) mod parts;
pub(crate) mod places;
