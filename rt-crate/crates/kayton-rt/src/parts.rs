//! Parts of values that a test has shown to be there, values that are never there, and globals.

use std::cell::UnsafeCell;

use kayton_abi::list::Row;
use kayton_abi::KayVal;

use crate::boxed::{Boxable, Look};
use crate::calls::At;
use crate::text::Text;
use crate::value::{Cross, Key, Order, Value};

/// What an option holds that was shown to be `Some`.
///
/// # Panics
/// When it is `None`, which the emitted test has ruled out.
#[inline(always)]
pub fn some<T>(value: &Option<T>) -> &T {
    match value {
        Some(held) => held,
        None => unreachable!(),
    }
}

/// What a result holds that was shown to be `Ok`.
///
/// # Panics
/// When it is `Err`, which the emitted test has ruled out.
#[inline(always)]
pub fn ok<T, E>(value: &Result<T, E>) -> &T {
    match value {
        Ok(held) => held,
        Err(_) => unreachable!(),
    }
}

/// What a result holds that was shown to be `Err`.
///
/// # Panics
/// When it is `Ok`, which the emitted test has ruled out.
#[inline(always)]
pub fn err<T, E>(value: &Result<T, E>) -> &E {
    match value {
        Err(held) => held,
        Ok(_) => unreachable!(),
    }
}

/// The type of what is never there: the elements of a list that is always empty.
#[derive(Clone, Copy, Debug)]
pub enum Never {}

impl Value for Never {
    const TRACED: bool = false;
    const ROW: u64 = Row::<Never>::ANY;

    fn show(&self, _out: &mut Text, _at: At) {
        match *self {}
    }

    fn equal(&self, _other: &Never, _at: At) -> bool {
        match *self {}
    }
}

impl Key for Never {
    fn hash(&self, _at: At) -> u64 {
        match *self {}
    }

    fn same(&self, _other: &Never, _at: At) -> bool {
        match *self {}
    }
}

impl Order for Never {
    const SILENT: bool = true;

    fn compare(&self, _other: &Never, _at: At) -> Option<std::cmp::Ordering> {
        match *self {}
    }
}

impl Cross for Never {
    fn into_val(self) -> KayVal {
        match self {}
    }

    fn from_val(_: KayVal) -> Never {
        unreachable!("a value came where none is ever")
    }
}

impl Boxable for Never {
    fn read(_: Look<'_>) -> Never {
        unreachable!("a value came where none is ever")
    }
}

/// A value that is never there, as one of any type.
#[inline(always)]
pub fn never<T>(value: Never) -> T {
    match value {}
}

/// A value in a place where none is ever, of a type that has none.
#[cold]
pub fn nowhere<T>(_value: T) -> Never {
    unreachable!("a value came where none is ever")
}

/// An option that is always `None`, as one of any type.
#[inline(always)]
pub fn no<N, T>(_value: Option<N>) -> Option<T> {
    None
}

/// A collection that is always empty, as one of any type.
#[inline(always)]
pub fn empty<N, T: Default>(_value: N) -> T {
    T::default()
}

/// A module-level `let`: set once, when its module's statements run.
pub struct Global<T> {
    name: &'static str,
    value: UnsafeCell<Option<T>>,
}

impl<T: Clone> Global<T> {
    /// A global that is not set yet.
    pub const fn new(name: &'static str) -> Global<T> {
        Global { name, value: UnsafeCell::new(None) }
    }

    /// Its value.
    ///
    /// # Errors
    /// Ends the program with `x is used before it is set`.
    #[inline]
    pub fn get(&self, at: At) -> T {
        // SAFETY: nobody holds a reference into the cell outside of `get` and `set`, and a global is only seen by its thread.
        match unsafe { &*self.value.get() } {
            Some(value) => value.clone(),
            None => at.fail(kayton_abi::errors::used_before_set(self.name)),
        }
    }

    /// Sets it.
    pub fn set(&self, value: T) {
        // SAFETY: as in `get`; the old value, if any, is dropped after the cell holds the new one.
        let old = unsafe { (*self.value.get()).replace(value) };
        drop(old);
    }
}

/// `==` of two functions.
#[cold]
pub fn cannot_compare_functions(at: At) -> ! {
    at.fail(kayton_abi::errors::cannot_compare_functions())
}

/// A hash with another one mixed in.
#[inline(always)]
pub fn mixed(hash: u64, other: u64) -> u64 {
    kayton_abi::hash::mix(hash, other)
}
