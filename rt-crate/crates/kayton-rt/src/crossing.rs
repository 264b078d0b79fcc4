//! Values on their way to bytecode and back.

use kayton_abi::{objects, KayVal};

use crate::dynamic::Dyn;
use crate::host::types;
use crate::value::Cross;

/// Calls bytecode with values that are given back afterwards.
#[inline]
pub fn lent<const N: usize, R: Cross>(values: [KayVal; N], call: impl FnOnce([KayVal; N]) -> KayVal) -> R {
    let result = call(values);
    values.into_iter().for_each(KayVal::release);
    R::from_val(result)
}

/// Calls bytecode that may change what is in a place, with values that are given back afterwards.
#[inline]
pub fn lent_mut<T: Cross, const N: usize, R: Cross>(
    place: &mut T,
    values: [KayVal; N],
    call: impl FnOnce(&mut KayVal, [KayVal; N]) -> KayVal,
) -> R {
    let mut held = place.lend();
    let result = call(&mut held, values);
    *place = T::from_val(held);
    values.into_iter().for_each(KayVal::release);
    R::from_val(result)
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

/// The number of the program's type that a value has.
pub fn type_number(value: KayVal) -> u32 {
    types().type_id(value).unwrap_or(u32::MAX)
}

/// A value as one of any type.
#[inline]
pub fn dynamic<T: Cross>(mut value: T) -> Dyn {
    Dyn::from_val(value.lend())
}

/// A value as one of a type that has the same values in other parts, as a `List[i64]` is a `List[dyn]`.
#[inline]
pub fn recast<T: Cross, U: Cross>(mut value: T) -> U {
    U::from_val(value.lend())
}
