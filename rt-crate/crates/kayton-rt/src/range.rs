//! [`Range`]: a start, a step and a number of items, so that reversing and stepping give ranges again (LANGUAGE §9).

use kayton_abi::{KayVal, Tag};

use crate::boxed::{taken, Boxable, Look};
use crate::calls::At;
use crate::list::List;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Value};

/// A range value.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    start: i64,
    step: i64,
    len: u64,
    /// The exclusive end as written, possibly one past i64.
    end: i128,
}

impl Range {
    /// `start..end`.
    #[inline]
    pub fn exclusive(start: i64, end: i64) -> Range {
        let len = if start < end { end.wrapping_sub(start) as u64 } else { 0 };
        Range { start, step: 1, len, end: i128::from(end) }
    }

    /// `start..=last`. The range of all i64, whose length fits nowhere, ends one item early.
    #[inline]
    pub fn inclusive(start: i64, last: i64) -> Range {
        match last.checked_add(1) {
            Some(end) => Range::exclusive(start, end),
            None => {
                let len = (last.wrapping_sub(start) as u64).saturating_add(1);
                Range { start, step: 1, len, end: i128::from(last) + 1 }
            }
        }
    }

    /// `r.len()`.
    ///
    /// # Errors
    /// Ends the program with `integer overflow` for more items than i64 counts.
    pub fn len(&self, at: At) -> i64 {
        i64::try_from(self.len).unwrap_or_else(|_| at.integer_overflow())
    }

    /// `r.is_empty()`.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn item(&self, place: u64) -> i64 {
        self.start.wrapping_add((place as i64).wrapping_mul(self.step))
    }

    /// The items in order.
    #[inline]
    pub fn iter(&self) -> Items {
        Items { next: self.start, step: self.step, left: self.len }
    }

    /// The bounds of a range with step 1; `None` for any other.
    pub(crate) fn bounds(&self) -> Option<(i64, i128)> {
        (self.step == 1).then_some((self.start, self.end))
    }

    /// `r.contains(n)`, `n in r`.
    pub fn contains(&self, n: i64) -> bool {
        let distance = i128::from(n) - i128::from(self.start);
        let step = i128::from(self.step);
        distance % step == 0 && (0..i128::from(self.len)).contains(&(distance / step))
    }

    /// `r.rev()`.
    pub fn rev(&self) -> Range {
        let start = if self.len == 0 { self.start } else { self.item(self.len - 1) };
        Range { start, step: -self.step, ..*self }
    }

    /// `r.step_by(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` when `count` is below 1.
    pub fn step_by(&self, count: i64, at: At) -> Range {
        if count < 1 {
            at.count_out_of_range(count);
        }
        // A step that does not fit belongs to a range of one item at most, where it does not matter.
        let step = self.step.saturating_mul(count).max(-i64::MAX);
        Range { step, len: self.len.div_ceil(count as u64), ..*self }
    }

    /// `r.first()`.
    pub fn first(&self) -> Option<i64> {
        (self.len > 0).then_some(self.start)
    }

    /// `r.last()`.
    pub fn last(&self) -> Option<i64> {
        self.len.checked_sub(1).map(|place| self.item(place))
    }

    /// `r.to_list()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_list(&self, at: At) -> List<i64> {
        List::collect(self.iter(), at)
    }
}

/// The items of a range.
#[derive(Clone, Debug)]
pub struct Items {
    next: i64,
    step: i64,
    left: u64,
}

impl Iterator for Items {
    type Item = i64;

    #[inline(always)]
    fn next(&mut self) -> Option<i64> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let item = self.next;
        self.next = item.wrapping_add(self.step);
        Some(item)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

/// What `for` walks over in `start..=last`.
#[inline(always)]
pub fn through(start: i64, last: i64) -> Items {
    Range::inclusive(start, last).iter()
}

impl Value for Range {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, at: At) {
        if let Some((start, end)) = self.bounds() {
            out.args(format_args!("{start}..{end}"));
            return;
        }
        out.put("[");
        for (place, item) in self.iter().enumerate() {
            out.args(format_args!("{}{item}", if place > 0 { ", " } else { "" }));
            out.check_room(at);
        }
        out.put("]");
    }

    /// Ranges are equal when their items are.
    fn equal(&self, other: &Range, _: At) -> bool {
        self.len == other.len
            && (self.len == 0 || self.start == other.start)
            && (self.len < 2 || self.step == other.step)
    }
}

impl Cross for Range {
    fn into_val(self) -> KayVal {
        kayton_abi::Range::from_parts(self.start, self.step, self.len, self.end)
    }

    fn from_val(value: KayVal) -> Range {
        taken(value)
    }
}

impl Boxable for Range {
    fn read(look: Look<'_>) -> Range {
        let value = look.val();
        expect_tag(value, Tag::RANGE);
        let parts = value.get::<kayton_abi::Range>().map(kayton_abi::Range::parts);
        let (start, step, len, end) = parts.unwrap_or((0, 1, 0, 0));
        Range { start, step, len, end }
    }
}
