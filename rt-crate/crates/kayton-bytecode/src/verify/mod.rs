//! The proof that executing a module cannot go wrong: no read outside the frame, no jump between
//! instructions or out of a function, no value used as a type that it does not have.
//!
//! The tables are checked first ([`tables`]), then every instruction by itself ([`code`]), then the types of
//! registers along all ways through each function ([`flow`]). Time and memory are bounded by the module's size
//! and by limits that are faults of their own.

mod code;
mod error;
mod flow;
mod tables;

use std::ops::Deref;

use crate::module::Module;

pub use error::{Fault, Place, VerifyError};

/// A value whose proof of safety was made. Only [`verify`] makes one.
#[derive(Clone, Debug)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// The value, its proof forgotten.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

type Res<T> = Result<T, VerifyError>;
type Check<T> = Result<T, Fault>;

/// Proves that the module is safe to execute.
///
/// Errors: the first promise of docs/bytecode.md and `isa/ops.toml` found broken, see [`Fault`]. That a native
/// exists and takes a number of arguments is not proven here, but when the module is bound to natives.
pub fn verify(module: Module) -> Result<Verified<Module>, VerifyError> {
    tables::check(&module)?;
    let facts = tables::Facts::of(&module);
    let mut budget = flow::Budget::default();
    for (index, function) in module.functions.iter().enumerate() {
        let code = code::Code { module: &module, facts: &facts, function, index };
        code.check()?;
        flow::check(&code, &mut budget)?;
    }
    Ok(Verified(module))
}

fn item(table: &'static str, index: usize, fault: Fault) -> VerifyError {
    VerifyError { place: Place::Item { table, index }, fault }
}
