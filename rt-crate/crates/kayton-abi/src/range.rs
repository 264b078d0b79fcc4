//! Ranges: a start, a step and a number of items, so that reversing and stepping give ranges again (LANGUAGE §9).

use crate::errors::{self, Res};
use crate::object::{self, Header, Layout};
use crate::value::{KayVal, Tag};

/// A range value.
#[repr(C)]
pub struct Range {
    header: Header,
    start: i64,
    step: i64,
    len: u64,
    /// The exclusive end as written; `closed` means that it is one more, past i64's greatest number.
    end: i64,
    closed: bool,
}

// SAFETY: repr(C), header first, and only `Range::place` makes RANGE objects.
unsafe impl Layout for Range {
    const NAME: &'static str = "Range";

    fn fits(tag: Tag) -> bool {
        tag == Tag::RANGE
    }

    fn duplicate(&self) -> Res<KayVal> {
        Ok(self.with(self.start, self.step, self.len))
    }
}

impl Range {
    /// `start..end`.
    pub fn exclusive(start: i64, end: i64) -> KayVal {
        let len = if start < end { end.wrapping_sub(start) as u64 } else { 0 };
        Range::place(start, 1, len, end, false)
    }

    /// `start..=last`. The range of all i64, whose length fits nowhere, ends one item early.
    pub fn inclusive(start: i64, last: i64) -> KayVal {
        let Some(end) = last.checked_add(1) else {
            let len = (last.wrapping_sub(start) as u64).saturating_add(1);
            return Range::place(start, 1, len, last, true);
        };
        Range::exclusive(start, end)
    }

    fn place(start: i64, step: i64, len: u64, end: i64, closed: bool) -> KayVal {
        let header = Header::new(Tag::RANGE, 0, 0);
        object::place(Tag::RANGE, Range { header, start, step, len, end, closed })
    }

    /// The range of these parts: start, step, number of items and exclusive end as written, possibly one past i64.
    pub fn from_parts(start: i64, step: i64, len: u64, end: i128) -> KayVal {
        let closed = end > i128::from(i64::MAX);
        Range::place(start, step, len, (end - i128::from(closed)) as i64, closed)
    }

    /// What [`Range::from_parts`] takes.
    pub fn parts(&self) -> (i64, i64, u64, i128) {
        (self.start, self.step, self.len, i128::from(self.end) + i128::from(self.closed))
    }

    fn with(&self, start: i64, step: i64, len: u64) -> KayVal {
        Range::place(start, step, len, self.end, self.closed)
    }

    /// The number of items.
    #[inline]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Item `at`, which must be below the length.
    #[inline]
    pub fn item(&self, at: u64) -> i64 {
        self.start.wrapping_add((at as i64).wrapping_mul(self.step))
    }

    /// All items in order.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        (0..self.len).map(|at| self.item(at))
    }

    /// The bounds `start..end` of a range with step 1, the end possibly one past i64; `None` for any other.
    pub fn bounds(&self) -> Option<(i64, i128)> {
        (self.step == 1).then(|| (self.start, i128::from(self.end) + i128::from(self.closed)))
    }

    /// Whether `n` is one of the items.
    pub fn contains(&self, n: i64) -> bool {
        let distance = i128::from(n) - i128::from(self.start);
        let step = i128::from(self.step);
        distance % step == 0 && (0..i128::from(self.len)).contains(&(distance / step))
    }

    /// The same items backwards.
    pub fn rev(&self) -> KayVal {
        if self.len == 0 {
            return self.with(self.start, -self.step, 0);
        }
        self.with(self.item(self.len - 1), -self.step, self.len)
    }

    /// Every `count`-th item.
    ///
    /// # Errors
    /// `count out of range: 0` when `count` is below 1.
    pub fn step_by(&self, count: i64) -> Res<KayVal> {
        if count < 1 {
            return Err(errors::count_out_of_range(count));
        }
        // A step that does not fit belongs to a range of one item at most, where it does not matter.
        let step = self.step.saturating_mul(count).max(-i64::MAX);
        Ok(self.with(self.start, step, self.len.div_ceil(count as u64)))
    }

    /// Whether both have the same items, which is what `==` means for ranges.
    pub fn same_items(&self, other: &Range) -> bool {
        self.len == other.len
            && (self.len == 0 || self.start == other.start)
            && (self.len < 2 || self.step == other.step)
    }
}
