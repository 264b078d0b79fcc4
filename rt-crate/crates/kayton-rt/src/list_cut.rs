//! The methods of lists that cut, pair and combine them into new ones (LANGUAGE §9).

use kayton_abi::errors;

use crate::calls::At;
use crate::list::List;
use crate::range::Range;
use crate::value::Value;

/// A count of at least `least`; what does not fit memory is as good as endless.
pub(crate) fn count_from(count: i64, least: i64, at: At) -> usize {
    if count < least {
        at.count_out_of_range(count);
    }
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl<T: Value> List<T> {
    /// `xs[from..to]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …` or `out of memory limit`.
    pub fn slice(&self, from: i64, to: i64, at: At) -> List<T> {
        List::from_slice(self.part(from, i128::from(to), at), at)
    }

    /// `xs[from..=last]`.
    ///
    /// # Errors
    /// As for [`List::slice`].
    pub fn slice_through(&self, from: i64, last: i64, at: At) -> List<T> {
        List::from_slice(self.part(from, i128::from(last) + 1, at), at)
    }

    /// `xs[from..]`.
    ///
    /// # Errors
    /// As for [`List::slice`].
    pub fn slice_from(&self, from: i64, at: At) -> List<T> {
        self.slice(from, self.len(), at)
    }

    /// `xs[range]`.
    ///
    /// # Errors
    /// As for [`List::slice`], and `cannot slice by a stepped range`.
    pub fn slice_by(&self, range: Range, at: At) -> List<T> {
        let Some((from, to)) = range.bounds() else { at.fail(errors::stepped_slice()) };
        List::from_slice(self.part(from, to, at), at)
    }

    fn part(&self, from: i64, to: i128, at: At) -> &[T] {
        let len = (**self).len();
        if from < 0 || i128::from(from) > to || to > len as i128 {
            at.fail(errors::slice_out_of_range(len, from, to))
        }
        &self[from as usize..to as usize]
    }

    /// `xs.reversed()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn reversed(&self, at: At) -> List<T> {
        List::collect(self.iter().rev().cloned(), at)
    }

    /// `xs.enumerate()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn enumerate(&self, at: At) -> List<(i64, T)> {
        List::collect(self.iter().enumerate().map(|(place, item)| (place as i64, item.clone())), at)
    }

    /// `xs.zip(ys)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn zip<U: Value>(&self, other: &[U], at: At) -> List<(T, U)> {
        List::collect(self.iter().cloned().zip(other.iter().cloned()), at)
    }

    /// `xs.take(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn take(&self, count: i64, at: At) -> List<T> {
        let count = count_from(count, 0, at).min((**self).len());
        List::from_slice(&self[..count], at)
    }

    /// `xs.skip(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn skip(&self, count: i64, at: At) -> List<T> {
        let count = count_from(count, 0, at).min((**self).len());
        List::from_slice(&self[count..], at)
    }

    /// `xs.chunks(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn chunks(&self, count: i64, at: At) -> List<List<T>> {
        List::collect((**self).chunks(count_from(count, 1, at)).map(|part| List::from_slice(part, at)), at)
    }

    /// `xs.windows(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn windows(&self, count: i64, at: At) -> List<List<T>> {
        List::collect((**self).windows(count_from(count, 1, at)).map(|part| List::from_slice(part, at)), at)
    }
}

impl<T: Value> List<List<T>> {
    /// `xs.flatten()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn flatten(&self, at: At) -> List<T> {
        let mut flat = List::new();
        let mut to = flat.edit(at);
        for part in self.iter() {
            to.extend(part, at);
        }
        drop(to);
        flat
    }
}
