//! Tests of the value model through its public interface.

#![allow(clippy::unwrap_used)]

mod collecting;
mod collections;
mod lists;
mod meaning;
mod memory;
mod messages;
mod shown;
mod texts;

use crate::testing::{ints, list, text};
use crate::value::KayVal;
use crate::{print, Host, Owned};

/// The printed form of an owned value.
fn shown(host: &mut dyn Host, value: KayVal) -> String {
    print::display(host, *Owned::new(value)).unwrap()
}
