//! [`Owned`], a value that gives its count back when it goes out of scope.

use std::mem::ManuallyDrop;
use std::ops::Deref;

use crate::value::KayVal;

/// Owns one count of a value. For Rust code with early returns; interpreters count their registers by hand.
#[derive(Debug)]
pub struct Owned(KayVal);

impl Owned {
    /// Takes over a count that the caller owns.
    pub fn new(value: KayVal) -> Owned {
        Owned(value)
    }

    /// Takes a new count of a borrowed value.
    pub fn share(value: KayVal) -> Owned {
        Owned(value.retained())
    }

    /// The value, borrowed.
    pub fn value(&self) -> KayVal {
        self.0
    }

    /// The value for changing it in place.
    pub fn value_mut(&mut self) -> &mut KayVal {
        &mut self.0
    }

    /// The value with its count, which is the caller's now.
    pub fn take(self) -> KayVal {
        ManuallyDrop::new(self).0
    }
}

impl Deref for Owned {
    type Target = KayVal;

    fn deref(&self) -> &KayVal {
        &self.0
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.release();
    }
}
