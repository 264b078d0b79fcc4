//! Values on their way to bytecode and back.

use kayton_abi::{objects, KayVal};

use crate::boxed::Boxable;
use crate::dynamic::Dyn;
use crate::value::Cross;

/// Calls bytecode with values that are given back afterwards.
#[inline]
pub fn lent<const N: usize, R: Boxable>(values: [KayVal; N], call: impl FnOnce([KayVal; N]) -> KayVal) -> R {
    let result = call(values);
    values.into_iter().for_each(KayVal::release);
    R::from_val(result)
}

/// Does something with what is in a place, as bytecode has it, that may change it.
#[inline]
pub fn changed<T: Boxable, R>(place: &mut T, change: impl FnOnce(&mut KayVal) -> R) -> R {
    let hollow = Hollow;
    // SAFETY: the value is moved out, so that the thunk has its only count, and another one is there before anybody looks.
    let result = unsafe {
        let mut held = std::ptr::read(place).into_val();
        let result = change(&mut held);
        std::ptr::write(place, T::from_val(held));
        result
    };
    std::mem::forget(hollow);
    result
}

/// Nothing may unwind while a place has no value.
struct Hollow;

impl Drop for Hollow {
    fn drop(&mut self) {
        std::process::abort();
    }
}

/// Makes something of the number and the fields of a struct, variant or function, whose count it takes over.
#[inline]
pub fn taken_apart<T>(value: KayVal, make: impl FnOnce(u32, &[KayVal]) -> T) -> T {
    let made = make(value.aux, objects::fields(&value));
    value.release();
    made
}

/// One of the fields.
#[inline]
pub fn field<T: Cross>(fields: &[KayVal], index: usize) -> T {
    T::from_val(fields[index].retained())
}

/// The value of a function of the program.
#[inline]
pub fn function(number: u32) -> KayVal {
    KayVal::func(number)
}

/// A value as one of any type.
#[inline]
pub fn dynamic<T: Boxable>(value: T) -> Dyn {
    Dyn::from_val(value.into_val())
}

/// A value as one of a type that has the same values in other parts, as a `List[i64]` is a `List[dyn]`.
#[inline]
pub fn recast<T: Boxable, U: Boxable>(value: T) -> U {
    U::from_val(value.into_val())
}
