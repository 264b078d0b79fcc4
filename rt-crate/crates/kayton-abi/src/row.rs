//! [`Row`], a list whose element type is known.

use crate::object::Header;
use crate::value::Tag;

/// A [`List`](crate::List) for code that knows its element type: the same object, with a vector of `T` where the list has its items'.
///
/// Rows of i64, f64 and [`KayVal`](crate::KayVal) are lists; what else is in one stays among those who know `T`.
#[repr(C)]
pub struct Row<T> {
    /// The counts.
    pub header: Header,
    kind: u64,
    /// The elements.
    pub items: Vec<T>,
}

impl<T> Row<T> {
    /// The kind of a list of i64.
    pub const INTS: u64 = 0;
    /// The kind of a list of f64.
    pub const FLOATS: u64 = 1;
    /// The kind of a list of any values.
    pub const ANY: u64 = 2;
    /// The kind of a row that is no list.
    pub const OTHER: u64 = 3;

    /// A row with one count, of the kind that `T` asks for.
    pub const fn new(kind: u64, items: Vec<T>) -> Row<T> {
        Row { header: Header::new(Tag::LIST, 0, 0), kind, items }
    }

    /// A row without elements that is never freed, and so never changed.
    pub const fn empty(kind: u64) -> Row<T> {
        Row { header: Header::immortal(Tag::LIST), kind, items: Vec::new() }
    }

    /// Which of the kinds it is.
    pub fn kind(&self) -> u64 {
        self.kind
    }
}
