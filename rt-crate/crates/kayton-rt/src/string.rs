//! [`Str`]: text, counted and indexed by code point.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use kayton_abi::format::Spec;
use kayton_abi::string::{self, Literal};
use kayton_abi::{errors, hash, print, KayVal, Str as Object, Tag};

use crate::boxed::{Boxable, Look};
use crate::calls::At;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Order, Value};

/// A str: one pointer to the object that the VM uses too.
#[repr(transparent)]
pub struct Str(NonNull<Object>);

// SAFETY: only literals are ever in statics, and only the thread that runs the program looks at them.
unsafe impl Sync for Str {}

/// A string literal: a `&'static Str` that is there when the program starts, and costs nothing to make.
#[macro_export]
macro_rules! text {
    ($text:expr) => {{
        static OBJECT: $crate::Literal<{ $text.len() }> = $crate::Literal::new($text);
        // What is one ASCII character is the same object as in a string that is walked over, so that comparing them is
        // comparing addresses.
        static TEXT: $crate::Str = match $text.as_bytes() {
            [byte] => $crate::Str::literal(&$crate::ASCII[*byte as usize]),
            _ => $crate::Str::literal(&OBJECT),
        };
        &TEXT
    }};
}

/// The strings of one ASCII character.
#[doc(hidden)]
pub static ASCII: [Literal<1>; 128] = {
    let mut table = [const { Literal::new("\0") }; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = Literal::of_byte(byte);
        byte += 1;
    }
    table
};

impl Str {
    /// The string of a literal; see [`text!`](crate::text).
    pub const fn literal<const N: usize>(literal: &'static Literal<N>) -> Str {
        // SAFETY: a reference is not null.
        Str(unsafe { NonNull::new_unchecked(literal.object().cast_mut()) })
    }

    /// The string of text that is not long; long ones are made by [`Str::checked`].
    #[inline]
    pub fn new(text: &str) -> Str {
        Str::take_val(string::new(text))
    }

    /// The string of text that was computed and may be long.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn checked(text: &str, at: At) -> Str {
        Str::take_val(at.ok(string::checked(text)))
    }

    /// The string of one character.
    #[inline]
    pub fn from_char(c: char) -> Str {
        match ASCII.get(c as usize) {
            Some(object) => Str::literal(object),
            None => Str::take_val(string::from_char(c)),
        }
    }

    /// Takes over a str.
    #[inline(always)]
    pub(crate) fn take_val(value: KayVal) -> Str {
        expect_tag(value, Tag::STR);
        match NonNull::new(value.bits as usize as *mut Object) {
            Some(object) => Str(object),
            None => unreachable!(),
        }
    }

    /// The value, borrowed.
    #[inline(always)]
    pub(crate) fn val(&self) -> KayVal {
        KayVal { tag: Tag::STR, aux: 0, bits: self.0.as_ptr() as usize as u64 }
    }

    #[inline(always)]
    pub(crate) fn object(&self) -> &Object {
        // SAFETY: a `Str` owns a count of its object.
        unsafe { self.0.as_ref() }
    }

    /// The text.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        self.object().text()
    }

    /// Whether it is this text. Texts of one byte are not worth a call.
    #[inline(always)]
    fn has_text(&self, other: &str) -> bool {
        match (self.as_str().as_bytes(), other.as_bytes()) {
            (own, other) if own.len() != other.len() => false,
            ([own], [other]) => own == other,
            (own, other) => own == other,
        }
    }

    /// `s.len()`: the number of code points.
    #[inline]
    pub fn len(&self) -> i64 {
        self.object().chars() as i64
    }

    /// `s.is_empty()`.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// `s[i]`.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline]
    pub fn get(&self, index: i64, at: At) -> Str {
        Str::from_char(self.char_at(index, at))
    }

    /// `s[from..to]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …`.
    #[inline]
    pub fn slice(&self, from: i64, to: i64, at: At) -> Str {
        let object = self.object();
        let len = object.chars();
        if from < 0 || from > to || to as u64 > len as u64 {
            at.fail(errors::slice_out_of_range(len, from, to))
        }
        if from == 0 && to as usize == len {
            return self.clone();
        }
        Str::new(object.part(from as usize, to as usize))
    }

    /// `s[from..]`.
    ///
    /// # Errors
    /// Ends the program with `slice out of range: …`.
    pub fn slice_from(&self, from: i64, at: At) -> Str {
        self.slice(from, self.len(), at)
    }

    /// `s + t`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn concat(&self, other: &Str, at: At) -> Str {
        Str::take_val(at.ok(string::joined(&[self.as_str(), other.as_str()])))
    }

    /// `s += t`, in place where nobody shares `s`. `suffix` may be the text of `s` itself.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn append(&mut self, suffix: &Str, at: At) {
        // Its own count keeps the suffix where it is this string's.
        let held = (self.0 == suffix.0).then(|| suffix.clone());
        self.append_text(held.as_ref().unwrap_or(suffix).as_str(), at);
    }

    /// `s += f"…"`: as [`Str::append`], of text that is no value.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn append_text(&mut self, suffix: &str, at: At) {
        let mut value = self.val();
        at.ok(string::append(&mut value, suffix));
        self.0 = NonNull::new(value.bits as usize as *mut Object).unwrap_or(self.0);
    }

    /// `s[i]` where only its code point is asked for.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline]
    pub fn char_at(&self, index: i64, at: At) -> char {
        let object = self.object();
        let bytes = object.text().as_bytes();
        match bytes.get(index as usize) {
            Some(byte) if object.is_ascii() => char::from(*byte),
            _ => self.char_at_slowly(index, at),
        }
    }

    #[cold]
    #[inline(never)]
    fn char_at_slowly(&self, index: i64, at: At) -> char {
        match usize::try_from(index).ok().and_then(|place| self.object().char_at(place)) {
            Some(c) => c,
            None => at.index_out_of_range(self.object().chars(), index),
        }
    }

    /// The characters, where only their code points are asked for.
    #[inline]
    pub fn iter_chars(&self) -> std::str::Chars<'_> {
        self.as_str().chars()
    }

    /// `s += c` of one character.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn append_char(&mut self, c: char, at: At) {
        self.append_text(c.encode_utf8(&mut [0; 4]), at);
    }

    /// The characters, each a string.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Str> + '_ {
        self.as_str().chars().map(Str::from_char)
    }
}

impl Clone for Str {
    #[inline(always)]
    fn clone(&self) -> Str {
        self.val().retain();
        Str(self.0)
    }
}

impl Drop for Str {
    #[inline(always)]
    fn drop(&mut self) {
        self.val().release();
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        Str::new(text)
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        self.0 == other.0 || self.has_text(other.as_str())
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    #[inline]
    fn partial_cmp(&self, other: &Str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    #[inline]
    fn cmp(&self, other: &Str) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.object().hash());
    }
}

impl std::fmt::Debug for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Value for Str {
    const TRACED: bool = false;

    #[inline]
    fn show(&self, out: &mut Text, _: At) {
        out.put(self.as_str());
    }

    fn show_nested(&self, out: &mut Text, _: At) {
        print::quote(self.as_str(), out.buffer());
    }

    fn format(&self, spec: &Spec, out: &mut Text, at: At) {
        at.ok(spec.write_str(self.as_str(), out.buffer()));
    }

    #[inline]
    fn equal(&self, other: &Str, _: At) -> bool {
        self == other
    }
}

impl Key for Str {
    /// The object keeps its hash; mixing it spreads its 32 bits.
    #[inline]
    fn hash(&self, _: At) -> u64 {
        hash::int(self.object().hash() as i64)
    }

    #[inline]
    fn same(&self, other: &Str, _: At) -> bool {
        self == other
    }
}

impl Order for Str {
    const SILENT: bool = true;

    #[inline]
    fn compare(&self, other: &Str, _: At) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Cross for Str {
    #[inline]
    fn into_val(self) -> KayVal {
        ManuallyDrop::new(self).val()
    }

    #[inline]
    fn from_val(value: KayVal) -> Str {
        Str::take_val(value)
    }
}

impl Boxable for Str {
    #[inline]
    fn read(look: Look<'_>) -> Str {
        Str::take_val(look.val())
    }
}
