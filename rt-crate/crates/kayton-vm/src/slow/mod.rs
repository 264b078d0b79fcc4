//! The slow paths: functions that the run loop calls, all of the shape `fn(&mut Machine, Pc) -> Pc`.

pub(crate) mod arith;
pub(crate) mod build;
pub(crate) mod calls;
pub(crate) mod compare;
pub(crate) mod compiled;
pub(crate) mod fields;
pub(crate) mod finish;
pub(crate) mod guards;
pub(crate) mod index;
pub(crate) mod iter;
pub(crate) mod methods;
pub(crate) mod native_arguments;
pub(crate) mod natives;
pub(crate) mod parts;
pub(crate) mod paths;
pub(crate) mod quick;
pub(crate) mod text;
