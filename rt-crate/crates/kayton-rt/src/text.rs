//! Text in the making: lines of `print`, f-strings, printed forms. Little here is inlined: a call costs less than what it does, and programs
//! are full of texts.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::Write as _;
use std::mem::ManuallyDrop;

use kayton_abi::format::Spec;
use kayton_abi::{alloc, errors};

use crate::calls::At;
use crate::out;
use crate::string::Str;
use crate::value::Value;

thread_local! {
    /// Buffers of finished texts, for the next ones. Never dropped with its thread: that would cost a look at each use.
    static SPARE: RefCell<ManuallyDrop<Vec<String>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// A spare buffer larger than this is not kept.
const KEPT: usize = 64 * 1024;

/// Text in the making.
pub struct Text {
    /// Given away or kept for the next text when this one is done, as each is in the end: so nothing else has to drop it.
    text: ManuallyDrop<String>,
}

fn spec_of(text: &str, at: At) -> Spec {
    at.ok(Spec::parse(text))
}

impl Default for Text {
    fn default() -> Text {
        Text::new()
    }
}

impl Text {
    /// No text.
    pub fn new() -> Text {
        Text { text: ManuallyDrop::new(SPARE.with_borrow_mut(|spare| spare.pop()).unwrap_or_default()) }
    }

    /// No text, for a line to print.
    pub fn line() -> Text {
        Text::new()
    }

    /// Adds text as it is.
    pub fn put(&mut self, text: &str) -> &mut Text {
        self.text.push_str(text);
        self
    }

    /// Adds one character.
    pub fn put_char(&mut self, c: char) -> &mut Text {
        self.text.push(c);
        self
    }

    /// Adds a value as `print` shows it.
    #[inline]
    pub fn with<V: Value>(&mut self, value: &V, at: At) -> &mut Text {
        value.show(self, at);
        self
    }

    /// Adds a value as it is shown inside others.
    #[inline]
    pub fn nested<V: Value>(&mut self, value: &V, at: At) -> &mut Text {
        value.show_nested(self, at);
        self
    }

    /// Adds a value by a format spec.
    ///
    /// # Errors
    /// Ends the program with `bad format spec` where the spec is malformed or does not fit.
    pub fn format<V: Value>(&mut self, value: &V, spec: &str, at: At) -> &mut Text {
        value.format(&spec_of(spec, at), self, at);
        self
    }

    /// Adds what Rust formats.
    pub fn args(&mut self, args: std::fmt::Arguments<'_>) -> &mut Text {
        // Writing to a String cannot fail.
        let _ = self.text.write_fmt(args);
        self
    }

    /// The text so far.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The buffer, for functions that write to a String.
    #[inline]
    pub(crate) fn buffer(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends the program with `out of memory limit` where the text has become too long for a value.
    pub(crate) fn check_room(&self, at: At) {
        at.ok(alloc::check_room(self.text.len()));
    }

    /// The text as Rust's.
    pub fn into_string(mut self) -> String {
        std::mem::take(&mut *self.text)
    }

    /// The text as a value.
    pub fn finish(&mut self, at: At) -> Str {
        let text = Str::checked(&self.text, at);
        self.keep();
        text
    }

    /// `print`: the text and a newline, to standard output.
    pub fn print(&mut self, at: At) {
        self.text.push('\n');
        self.print_bare(at);
    }

    /// `print` with an `end` of its own, which was put already.
    pub fn print_bare(&mut self, at: At) {
        if out::write(self.text.as_bytes()).is_err() {
            at.fail(errors::cannot_write("standard output"));
        }
        self.keep();
    }

    /// `eprint`: the text and a newline, to standard error, after what was printed so far.
    pub fn eprint(&mut self, at: At) {
        self.text.push('\n');
        self.eprint_bare(at);
    }

    /// `eprint` with an `end` of its own, which was put already.
    pub fn eprint_bare(&mut self, at: At) {
        out::flush();
        if std::io::stderr().write_all(self.text.as_bytes()).is_err() {
            at.fail(errors::cannot_write("standard error"));
        }
        self.keep();
    }

    /// Keeps the buffer for the next text.
    fn keep(&mut self) {
        let mut text = std::mem::take(&mut *self.text);
        if text.capacity() <= KEPT {
            text.clear();
            SPARE.with_borrow_mut(|spare| spare.push(text));
        }
    }
}
