//! The methods of str (LANGUAGE §9).

use kayton_abi::{alloc, errors, print, string};

use crate::calls::At;
use crate::list::List;
use crate::listing::count_from;
use crate::range::Range;
use crate::string::Str;

impl Str {
    /// `s[from..=last]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …`.
    pub fn slice_through(&self, from: i64, last: i64, at: At) -> Str {
        match last.checked_add(1) {
            Some(to) => self.slice(from, to, at),
            None => at.fail(errors::slice_out_of_range(self.len() as usize, from, i128::from(last) + 1)),
        }
    }

    /// `s[range]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …` or `cannot slice by a stepped range`.
    pub fn slice_by(&self, range: Range, at: At) -> Str {
        let Some((from, to)) = range.bounds() else { at.fail(errors::stepped_slice()) };
        let Ok(to) = i64::try_from(to) else { at.fail(errors::slice_out_of_range(self.len() as usize, from, to)) };
        self.slice(from, to, at)
    }

    /// A part of the string; the string itself when the part is all of it.
    #[inline]
    fn part(&self, cut: impl Fn(&str) -> &str) -> Str {
        let part = cut(self.as_str());
        if part.len() == self.as_str().len() {
            self.clone()
        } else {
            Str::new(part)
        }
    }

    /// `s.trim()`.
    pub fn trim(&self) -> Str {
        self.part(str::trim)
    }

    /// `s.trim_start()`.
    pub fn trim_start(&self) -> Str {
        self.part(str::trim_start)
    }

    /// `s.trim_end()`.
    pub fn trim_end(&self) -> Str {
        self.part(str::trim_end)
    }

    /// `s.to_upper()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_upper(&self, at: At) -> Str {
        Str::checked(&self.as_str().to_uppercase(), at)
    }

    /// `s.to_lower()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn to_lower(&self, at: At) -> Str {
        Str::checked(&self.as_str().to_lowercase(), at)
    }

    /// `s.starts_with(prefix)`.
    #[inline]
    pub fn starts_with(&self, prefix: &Str) -> bool {
        self.as_str().starts_with(prefix.as_str())
    }

    /// `s.ends_with(suffix)`.
    #[inline]
    pub fn ends_with(&self, suffix: &Str) -> bool {
        self.as_str().ends_with(suffix.as_str())
    }

    /// `s.contains(part)`, `part in s`.
    #[inline]
    pub fn contains(&self, part: &Str) -> bool {
        self.as_str().contains(part.as_str())
    }

    /// `s.find(part)`: the place of the first occurrence, in code points.
    pub fn find(&self, part: &Str) -> Option<i64> {
        let bytes = self.as_str().find(part.as_str())?;
        Some(if self.object().is_ascii() { bytes } else { self.as_str()[..bytes].chars().count() } as i64)
    }

    /// `s.replace(old, new)`.
    ///
    /// # Errors
    /// Ends the program with `empty separator` or `out of memory limit`.
    pub fn replace(&self, old: &Str, new: &Str, at: At) -> Str {
        let (text, old, new) = (self.as_str(), old.as_str(), new.as_str());
        if old.is_empty() {
            at.fail(errors::empty_separator());
        }
        let found = text.matches(old).count();
        if found == 0 {
            return self.clone();
        }
        at.ok(string::check((text.len() - found * old.len()).saturating_add(found.saturating_mul(new.len()))));
        Str::checked(&text.replace(old, new), at)
    }

    /// `s.repeat(count)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn repeat(&self, count: i64, at: At) -> Str {
        Str::take_val(at.ok(string::repeated(self.as_str(), count)))
    }

    /// `s.reversed()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn reversed(&self, at: At) -> Str {
        Str::checked(&self.as_str().chars().rev().collect::<String>(), at)
    }

    /// The only character.
    fn character(&self, at: At) -> char {
        let mut chars = self.as_str().chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => c,
            _ => {
                let mut quoted = String::new();
                print::quote(self.as_str(), &mut quoted);
                at.fail(errors::expected_one_character(&quoted))
            }
        }
    }

    /// `s.ord()`.
    ///
    /// # Errors
    /// Ends the program with `expected one character, found …`.
    #[inline]
    pub fn ord(&self, at: At) -> i64 {
        match self.as_str().as_bytes() {
            [byte] => i64::from(*byte),
            _ => i64::from(u32::from(self.character(at))),
        }
    }

    /// The padding that brings the string to `count` code points.
    fn padding(&self, count: i64, fill: &Str, at: At) -> String {
        let width = count_from(count, 0, at);
        let fill = fill.character(at);
        let missing = width.saturating_sub(self.object().chars());
        at.ok(string::check(missing.saturating_mul(fill.len_utf8())));
        std::iter::repeat_n(fill, missing).collect()
    }

    /// `s.pad_start(count, fill)`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …`, `expected one character, found …` or `out of memory limit`.
    pub fn pad_start(&self, count: i64, fill: &Str, at: At) -> Str {
        match self.padding(count, fill, at) {
            padding if padding.is_empty() => self.clone(),
            padding => Str::take_val(at.ok(string::joined(&[&padding, self.as_str()]))),
        }
    }

    /// `s.pad_end(count, fill)`.
    ///
    /// # Errors
    /// As for [`Str::pad_start`].
    pub fn pad_end(&self, count: i64, fill: &Str, at: At) -> Str {
        match self.padding(count, fill, at) {
            padding if padding.is_empty() => self.clone(),
            padding => Str::take_val(at.ok(string::joined(&[self.as_str(), &padding]))),
        }
    }

    /// `s.parse_i64()`.
    pub fn parse_i64(&self) -> Result<i64, Str> {
        self.as_str().parse().map_err(|_| self.not_parsed("i64"))
    }

    /// `s.parse_f64()`.
    pub fn parse_f64(&self) -> Result<f64, Str> {
        self.as_str().parse().map_err(|_| self.not_parsed("f64"))
    }

    #[cold]
    fn not_parsed(&self, what: &str) -> Str {
        let mut message = format!("not an {what}: ");
        print::quote(self.as_str(), &mut message);
        Str::new(&message)
    }

    /// `s.chars()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn chars(&self, at: At) -> List<Str> {
        List::collect(self.iter(), at)
    }

    /// `s.bytes()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn bytes(&self, at: At) -> List<i64> {
        at.ok(alloc::check_room(self.as_str().len() * size_of::<i64>()));
        List::collect(self.as_str().bytes().map(i64::from), at)
    }

    /// What a `for` over `s.split(sep)` walks over; no list is made.
    ///
    /// # Errors
    /// Ends the program with `empty separator`.
    pub fn split_iter<'a>(&'a self, sep: &'a Str, at: At) -> impl Iterator<Item = Str> + 'a {
        if sep.is_empty() {
            at.fail(errors::empty_separator())
        }
        self.as_str().split(sep.as_str()).map(Str::new)
    }

    /// What a `for` over `s.split_whitespace()` walks over.
    pub fn split_whitespace_iter(&self) -> impl Iterator<Item = Str> + '_ {
        self.as_str().split_whitespace().map(Str::new)
    }

    /// What a `for` over `s.lines()` walks over.
    pub fn lines_iter(&self) -> impl Iterator<Item = Str> + '_ {
        self.as_str().lines().map(Str::new)
    }

    /// `s.split(sep)`.
    ///
    /// # Errors
    /// Ends the program with `empty separator` or `out of memory limit`.
    pub fn split(&self, sep: &Str, at: At) -> List<Str> {
        match sep.as_str().as_bytes() {
            [] => at.fail(errors::empty_separator()),
            // One byte is found much quicker as a character.
            [byte] => List::collect(self.as_str().split(char::from(*byte)).map(Str::new), at),
            _ => List::collect(self.as_str().split(sep.as_str()).map(Str::new), at),
        }
    }

    /// `s.split_whitespace()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn split_whitespace(&self, at: At) -> List<Str> {
        List::collect(self.as_str().split_whitespace().map(Str::new), at)
    }

    /// `s.lines()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn lines(&self, at: At) -> List<Str> {
        List::collect(self.as_str().lines().map(Str::new), at)
    }
}
