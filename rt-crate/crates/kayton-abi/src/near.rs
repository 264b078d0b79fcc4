//! Variables of a thread, as near as a static: what the standard library has for it is inlined in one codegen unit only, and compiled
//! programs have several.

use std::cell::Cell;
use std::thread::LocalKey;

/// A variable of a thread that is there from its start to its end: its value is constant at first, and nothing is dropped.
pub trait Near<T: 'static> {
    /// Looks at the variable.
    fn near<R>(&'static self, f: impl FnOnce(&T) -> R) -> R;
}

impl<T: 'static> Near<T> for LocalKey<T> {
    #[inline(always)]
    fn near<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        match self.try_with(f) {
            Ok(result) => result,
            Err(_) => unreachable!("a variable that is never dropped"),
        }
    }
}

/// The value in a thread's cell.
#[inline(always)]
pub fn get<T: Copy + 'static>(cell: &'static impl Near<Cell<T>>) -> T {
    cell.near(Cell::get)
}

/// Sets the value in a thread's cell.
#[inline(always)]
pub fn set<T: 'static>(cell: &'static impl Near<Cell<T>>, value: T) {
    cell.near(|cell| cell.set(value));
}
