//! Compiled functions, as bytecode calls them.
//!
//! A function that has a compiled version is entered through it in the VM, too: the emitted function looks whether the arguments
//! have the types that it was compiled for, and if not says so by [`KayVal::ABSENT`]; then the VM runs its bytecode. The calls of
//! both sides are counted as one, see [`Calls::call`].

use std::mem::replace;
use std::sync::{Mutex, PoisonError};

use kayton_abi::vm_table::{Compiled, CompiledFunction, Entered};
use kayton_abi::{objects, KayVal, Tag};

use crate::calls::Calls;
use crate::thunk::{called_from, session_as};
use crate::thunk_profile::uncounted;
use crate::received::{Depth, Received};
use crate::value::Cross;

static COMPILED: Mutex<Vec<CompiledFunction>> = Mutex::new(Vec::new());

/// Says that function number `function` of the program's bytecode has a compiled version, before the first thunk runs.
pub fn register_compiled(function: u32, enter: Compiled) {
    COMPILED.lock().unwrap_or_else(PoisonError::into_inner).push(CompiledFunction { function, enter });
}

/// All that have one.
pub(crate) fn compiled_functions() -> Vec<CompiledFunction> {
    COMPILED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What the compiled version of a function does with what it is given. Parameters and captured values count from 0.
pub trait FromBytecode {
    /// Whether an argument is of this type, and gets here in constant time.
    fn fits<T: Received>(&self, param: isize) -> bool;

    /// As `fits`, where every call of the program has an argument of this type here, if it fits any version at all.
    fn is<T: Received>(&self, param: isize) -> bool;

    /// Whether an argument was left out.
    fn lacks(&self, param: isize) -> bool;

    /// Whether what the closure captured is of this type.
    fn captured_fits<T: Received>(&self, index: usize) -> bool;

    /// What the closure captured.
    fn captured<T: Cross>(&self, index: usize) -> T;

    /// An argument, moved here.
    fn take<T: Cross>(&self, param: isize) -> T;

    /// An argument for a `mut` parameter, which is changed.
    fn change<T: Cross, R>(&self, param: isize, change: impl FnOnce(&mut T) -> R) -> R;

    /// Calls the function, and gives its result as bytecode has it.
    fn run<R: Cross>(&self, call: impl FnOnce(Calls) -> R) -> KayVal;
}

/// The register of a parameter, or the one before them, where the closure stands.
fn register(entered: &Entered, at: isize) -> &mut KayVal {
    // SAFETY: emitted functions ask for parameters that the function has, and for its closure where it is one; what the VM gives them
    // is theirs, and no reference is kept.
    unsafe { &mut *entered.frame.offset(at) }
}

fn captured(entered: &Entered, index: usize) -> Option<KayVal> {
    objects::fields(register(entered, -1)).get(index).copied()
}

impl FromBytecode for Entered {
    #[inline]
    fn fits<T: Received>(&self, param: isize) -> bool {
        T::is(*register(self, param), Depth::Whole)
    }

    #[inline]
    fn is<T: Received>(&self, param: isize) -> bool {
        T::is(*register(self, param), Depth::Surface)
    }

    #[inline]
    fn lacks(&self, param: isize) -> bool {
        register(self, param).tag == Tag::ABSENT
    }

    #[inline]
    fn captured_fits<T: Received>(&self, index: usize) -> bool {
        captured(self, index).is_some_and(|value| T::is(value, Depth::Whole))
    }

    #[inline]
    fn captured<T: Cross>(&self, index: usize) -> T {
        T::from_val(captured(self, index).unwrap_or(KayVal::UNIT).retained())
    }

    #[inline]
    fn take<T: Cross>(&self, param: isize) -> T {
        T::from_val(replace(register(self, param), KayVal::UNIT))
    }

    #[inline]
    fn change<T: Cross, R>(&self, param: isize, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.take::<T>(param);
        let result = change(&mut value);
        *register(self, param) = value.into_val();
        result
    }

    #[inline]
    fn run<R: Cross>(&self, call: impl FnOnce(Calls) -> R) -> KayVal {
        let at = called_from().above(self.calls);
        session_as(self.session, || uncounted(|| call(at.call()))).into_val()
    }
}
