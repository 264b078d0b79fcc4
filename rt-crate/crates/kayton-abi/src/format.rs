//! Format specs of f-strings (LANGUAGE §2): `[[fill]align][+][0][width][.precision][type]`.

use std::fmt::Write;

use crate::errors::{self, Res};
use crate::host::Host;
use crate::print;
use crate::string;
use crate::value::{KayVal, Tag};

/// The greatest width and precision, which is Rust's.
const MOST: usize = u16::MAX as usize;

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    Center,
}

/// A spec's type letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// None: the printed form.
    Plain,
    /// `f`: a number's default form, an i64 converted first.
    Fixed,
    /// `e`: an f64 with an exponent.
    Exponent,
    /// `x X b o`: an i64's bits.
    Bits(char),
}

/// A parsed format spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    fill: char,
    align: Option<Align>,
    plus: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    kind: Kind,
}

impl Spec {
    /// Parses the text after the colon.
    ///
    /// # Errors
    /// `bad format spec`.
    pub fn parse(text: &str) -> Res<Spec> {
        let (fill, align, rest) = parse_align(text);
        let (plus, rest) = skip(rest, '+');
        let (zero, rest) = skip(rest, '0');
        let (width, rest) = parse_number(rest)?;
        let (precision, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let (precision, rest) = parse_number(rest)?;
                (Some(precision.ok_or_else(errors::bad_format_spec)?), rest)
            }
            None => (None, rest),
        };
        let kind = match rest {
            "" => Kind::Plain,
            "f" => Kind::Fixed,
            "e" => Kind::Exponent,
            "x" | "X" | "b" | "o" => Kind::Bits(rest.chars().next().unwrap_or('x')),
            _ => return Err(errors::bad_format_spec()),
        };
        Ok(Spec { fill, align, plus, zero, width: width.unwrap_or(0), precision, kind })
    }

    /// Appends `value` in this form.
    ///
    /// # Errors
    /// `bad format spec` where the spec does not fit the value; those of [`print::display`].
    pub fn write(&self, host: &mut dyn Host, value: KayVal, out: &mut String) -> Res<()> {
        match value.tag {
            Tag::INT => self.write_int(value.int_bits(), out),
            Tag::FLOAT => self.write_float(value.float_bits(), out),
            _ => {
                self.fits_text(value.tag)?;
                let shown = print::display(host, value)?;
                self.cut_and_pad(&shown, out)
            }
        }
    }

    /// Appends an i64 in this form.
    ///
    /// # Errors
    /// `bad format spec` where the spec does not fit it.
    pub fn write_int(&self, n: i64, out: &mut String) -> Res<()> {
        match self.kind {
            Kind::Bits(letter) => self.int(bits(n, letter), out),
            Kind::Plain => self.int(n.to_string(), out),
            Kind::Fixed => self.float(n as f64, out),
            Kind::Exponent => Err(errors::bad_format_spec()),
        }
    }

    /// Appends an f64 in this form.
    ///
    /// # Errors
    /// `bad format spec` where the spec does not fit it.
    pub fn write_float(&self, x: f64, out: &mut String) -> Res<()> {
        match (self.kind, self.precision) {
            (Kind::Bits(_), _) => Err(errors::bad_format_spec()),
            (Kind::Plain | Kind::Fixed, Some(precision)) if self.width == 0 && !self.plus => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{x:.precision$}");
                Ok(())
            }
            _ => self.float(x, out),
        }
    }

    /// Appends a str in this form.
    ///
    /// # Errors
    /// `bad format spec` where the spec does not fit it, `out of memory limit`.
    pub fn write_str(&self, text: &str, out: &mut String) -> Res<()> {
        self.fits_text(Tag::STR)?;
        self.cut_and_pad(text, out)
    }

    /// Appends the printed form of what is neither a number nor a str; `show` gives it, after the spec was found to fit.
    ///
    /// # Errors
    /// `bad format spec` where the spec does not fit it, `out of memory limit`.
    pub fn write_shown(&self, show: impl FnOnce() -> String, out: &mut String) -> Res<()> {
        self.fits_text(Tag::UNIT)?;
        self.cut_and_pad(&show(), out)
    }

    fn int(&self, digits: String, out: &mut String) -> Res<()> {
        if self.precision.is_some() {
            return Err(errors::bad_format_spec());
        }
        self.number(&digits, out)
    }

    fn float(&self, x: f64, out: &mut String) -> Res<()> {
        let digits = match (self.kind, self.precision) {
            (Kind::Exponent, Some(precision)) => format!("{x:.precision$e}"),
            (Kind::Exponent, None) => format!("{x:e}"),
            (_, Some(precision)) => format!("{x:.precision$}"),
            (_, None) => format!("{x:?}"),
        };
        self.number(&digits, out)
    }

    /// A number's digits with sign and padding; zeros go between the sign and the digits.
    fn number(&self, digits: &str, out: &mut String) -> Res<()> {
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None if self.plus && digits != "NaN" => ("+", digits),
            None => ("", digits),
        };
        if self.zero {
            out.push_str(sign);
            let missing = self.width.saturating_sub(sign.len() + digits.len());
            out.extend(std::iter::repeat_n('0', missing));
            out.push_str(digits);
            return Ok(());
        }
        self.pad(&format!("{sign}{digits}"), Align::Right, out)
    }

    /// Whether the spec fits what is shown as text; only a str is cut.
    fn fits_text(&self, tag: Tag) -> Res<()> {
        let for_numbers = self.kind != Kind::Plain || self.plus || self.zero;
        if for_numbers || (self.precision.is_some() && tag != Tag::STR) {
            return Err(errors::bad_format_spec());
        }
        Ok(())
    }

    fn cut_and_pad(&self, shown: &str, out: &mut String) -> Res<()> {
        let cut = self.precision.and_then(|most| shown.char_indices().nth(most));
        self.pad(cut.map_or(shown, |(end, _)| &shown[..end]), Align::Left, out)
    }

    /// Fills up to the width, which counts code points.
    fn pad(&self, text: &str, default: Align, out: &mut String) -> Res<()> {
        let missing = self.width.saturating_sub(text.chars().count());
        string::check(out.len() + text.len() + missing * self.fill.len_utf8())?;
        let before = match self.align.unwrap_or(default) {
            Align::Left => 0,
            Align::Right => missing,
            Align::Center => missing / 2,
        };
        out.extend(std::iter::repeat_n(self.fill, before));
        out.push_str(text);
        out.extend(std::iter::repeat_n(self.fill, missing - before));
        Ok(())
    }
}

fn bits(n: i64, letter: char) -> String {
    match letter {
        'x' => format!("{n:x}"),
        'X' => format!("{n:X}"),
        'b' => format!("{n:b}"),
        _ => format!("{n:o}"),
    }
}

fn align_of(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        _ => None,
    }
}

/// A fill is only one when an alignment follows, so `<` alone aligns and `<<` fills with `<`.
fn parse_align(text: &str) -> (char, Option<Align>, &str) {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some(fill), Some(align)) = (first, second.and_then(align_of)) {
        return (fill, Some(align), chars.as_str());
    }
    match first.and_then(align_of) {
        Some(align) => (' ', Some(align), &text[1..]),
        None => (' ', None, text),
    }
}

fn skip(text: &str, c: char) -> (bool, &str) {
    match text.strip_prefix(c) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

fn parse_number(text: &str) -> Res<(Option<usize>, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 {
        return Ok((None, text));
    }
    match text[..end].parse() {
        Ok(number) if number <= MOST => Ok((Some(number), &text[end..])),
        _ => Err(errors::bad_format_spec()),
    }
}
