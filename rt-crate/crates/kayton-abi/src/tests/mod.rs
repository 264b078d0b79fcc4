//! Tests of the value model through its public interface.

#![allow(clippy::unwrap_used)]

mod collections;
mod lists;
mod meaning;
mod memory;
mod shown;
mod texts;

use crate::string;
use crate::value::KayVal;
use crate::{print, Host, List, Owned};

/// An owned str.
fn text(value: &str) -> KayVal {
    string::new(value)
}

/// An owned list of these owned values.
fn list(values: &[KayVal]) -> KayVal {
    List::from_values(values).unwrap()
}

/// An owned list of these numbers.
fn ints(numbers: &[i64]) -> KayVal {
    List::from_ints(numbers.to_vec()).unwrap()
}

/// The printed form of an owned value.
fn shown(host: &mut dyn Host, value: KayVal) -> String {
    print::display(host, *Owned::new(value)).unwrap()
}
