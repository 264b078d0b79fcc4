//! Strings: UTF-8 text behind a short head, counted and indexed by code point (LANGUAGE §9).

use std::cell::Cell;
use std::mem::offset_of;

use crate::alloc;
use crate::errors::{self, Res};
use crate::hash;
use crate::object::{Header, Layout};
use crate::value::{KayVal, Tag};

/// A count of code points that is not known yet.
const UNKNOWN: u32 = u32::MAX;
/// The most bytes a string can have.
const MAX: usize = (u32::MAX - 64) as usize;

/// The head of a string value; `capacity` bytes follow it, of which `len` are text.
#[repr(C)]
pub struct Str {
    header: Header,
    len: u32,
    capacity: u32,
    chars: Cell<u32>,
    /// The hash, 0 while unknown.
    hash: Cell<u32>,
    /// A code point's place and its byte offset, so that walking by index through non-ASCII text is quick.
    near: Cell<(u32, u32)>,
}

const HEAD: usize = size_of::<Str>();

// SAFETY: repr(C), header first, and only `raw` makes STR objects.
unsafe impl Layout for Str {
    const NAME: &'static str = "str";

    #[inline(always)]
    fn fits(tag: Tag) -> bool {
        tag == Tag::STR
    }

    fn duplicate(&self) -> Res<KayVal> {
        checked(self.text())
    }
}

impl Str {
    /// The text.
    #[inline]
    pub fn text(&self) -> &str {
        let first = (std::ptr::from_ref(self) as usize + HEAD) as *const u8;
        // SAFETY: `len` bytes of UTF-8 follow the head, and live as long as it.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(first, self.len as usize)) }
    }

    /// Whether both have the same text.
    #[inline]
    pub fn same_text(&self, other: &Str) -> bool {
        std::ptr::eq(self, other) || self.text() == other.text()
    }

    /// The number of code points, counted once.
    #[inline]
    pub fn chars(&self) -> usize {
        match self.chars.get() {
            UNKNOWN => self.count_chars(),
            chars => chars as usize,
        }
    }

    #[cold]
    #[inline(never)]
    fn count_chars(&self) -> usize {
        let chars = self.text().chars().count();
        self.chars.set(chars as u32);
        chars
    }

    /// The number of code points, if it was counted.
    #[inline(always)]
    pub fn known_chars(&self) -> Option<usize> {
        let chars = self.chars.get();
        (chars != UNKNOWN).then_some(chars as usize)
    }

    /// Whether every code point is one byte.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.chars() == self.len as usize
    }

    /// The byte offset of code point `at`, which may be the length.
    pub fn offset(&self, at: usize) -> usize {
        if self.is_ascii() {
            return at;
        }
        let (near, offset) = self.near.get();
        let (near, offset) = if near as usize <= at { (near as usize, offset as usize) } else { (0, 0) };
        let rest = &self.text()[offset..];
        let found = offset + rest.char_indices().nth(at - near).map_or(rest.len(), |(offset, _)| offset);
        self.near.set((at as u32, found as u32));
        found
    }

    /// Code point `at`.
    pub fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.chars() {
            return None;
        }
        self.text()[self.offset(at)..].chars().next()
    }

    /// The text of the code points `from..to`, which must be inside.
    pub fn part(&self, from: usize, to: usize) -> &str {
        let start = self.offset(from);
        &self.text()[start..self.offset(to)]
    }

    /// The hash of the text, computed once.
    #[inline]
    pub fn hash(&self) -> u64 {
        if self.hash.get() == 0 {
            self.hash.set(((hash::bytes(self.text().as_bytes()) >> 32) as u32).max(1));
        }
        u64::from(self.hash.get())
    }
}

/// An empty string with room for `capacity` bytes. The caller checked that the room is there.
fn raw(capacity: usize) -> *mut Str {
    let size = (HEAD + capacity).next_multiple_of(16);
    let at = alloc::allocate(size).cast::<Str>();
    let head = Str {
        header: Header::new(Tag::STR, 0, 0),
        len: 0,
        capacity: (size - HEAD) as u32,
        chars: Cell::new(0),
        hash: Cell::new(0),
        near: Cell::new((0, 0)),
    };
    // SAFETY: `allocate` gave at least HEAD bytes, aligned to 16.
    unsafe { at.write(head) };
    at
}

/// Adds bytes behind the text of a string that nobody else sees.
///
/// # Safety
/// `at` is a live, unshared string with room for `suffix`, which may be part of its own text.
#[inline(always)]
unsafe fn push_bytes(at: *mut Str, suffix: &[u8]) {
    // SAFETY: the room is there, and what is written lies behind all text.
    unsafe {
        let end = at.cast::<u8>().add(HEAD + (*at).len as usize);
        std::ptr::copy_nonoverlapping(suffix.as_ptr(), end, suffix.len());
        (*at).len += suffix.len() as u32;
        (*at).chars.set(UNKNOWN);
        (*at).hash.set(0);
    }
}

fn value(at: *mut Str) -> KayVal {
    KayVal { tag: Tag::STR, aux: 0, bits: at as usize as u64 }
}

/// A string of text that exists already. It never fails: the next check of the memory limit notices it.
///
/// # Panics
/// When the text has 4 GiB or more; functions that make long texts check first.
pub fn new(text: &str) -> KayVal {
    assert!(text.len() <= MAX, "a string of {} bytes", text.len());
    let at = raw(text.len());
    // SAFETY: `raw` made an unshared string with this room.
    unsafe { push_bytes(at, text.as_bytes()) };
    value(at)
}

/// A string of text that was computed and may be long.
///
/// # Errors
/// `out of memory limit`.
pub fn checked(text: &str) -> Res<KayVal> {
    check(text.len())?;
    Ok(new(text))
}

/// The string of `parts` one after the other.
///
/// # Errors
/// `out of memory limit`, before anything is copied.
pub fn joined(parts: &[&str]) -> Res<KayVal> {
    let len = parts.iter().map(|part| part.len()).fold(0, usize::saturating_add);
    check(len)?;
    let at = raw(len);
    for part in parts {
        // SAFETY: `raw` made an unshared string with room for all parts.
        unsafe { push_bytes(at, part.as_bytes()) };
    }
    Ok(value(at))
}

/// Whether a text of `len` bytes can be made now.
///
/// # Errors
/// `out of memory limit`.
pub fn check(len: usize) -> Res<()> {
    if len > MAX {
        return Err(errors::out_of_memory());
    }
    alloc::check_room(len)
}

/// `text` repeated.
///
/// # Errors
/// `count out of range: -1`, `out of memory limit`.
pub fn repeated(text: &str, count: i64) -> Res<KayVal> {
    let Ok(times) = usize::try_from(count) else {
        return Err(errors::count_out_of_range(count));
    };
    let len = text.len().saturating_mul(times);
    check(len)?;
    let at = raw(len);
    for _ in 0..if text.is_empty() { 0 } else { times } {
        // SAFETY: `raw` made an unshared string with room for all repetitions.
        unsafe { push_bytes(at, text.as_bytes()) };
    }
    Ok(value(at))
}

/// Adds `suffix` to the string in `target`, in place when it is unshared; growing costs O(1) per byte on average.
/// `suffix` may be the text of `target` itself.
///
/// # Errors
/// `out of memory limit`; `target` is unchanged then. `expected str, found …` when it is something else.
#[inline]
pub fn append(target: &mut KayVal, suffix: &str) -> Res<()> {
    match target.get::<Str>() {
        Some(text) if target.is_unique() && suffix.len() <= (text.capacity - text.len) as usize => {
            // SAFETY: unshared, with the room.
            unsafe { push_bytes(target.header().cast(), suffix.as_bytes()) };
            Ok(())
        }
        _ => append_slowly(target, suffix),
    }
}

fn append_slowly(target: &mut KayVal, suffix: &str) -> Res<()> {
    let Some(text) = target.get::<Str>() else {
        return Err(errors::expected("str", crate::types::builtin_name(target.tag)));
    };
    let (len, capacity) = (text.len as usize, text.capacity as usize);
    let wanted = len.saturating_add(suffix.len());
    let doubled = wanted.max(capacity.saturating_mul(2));
    let room = check(doubled).map(|()| doubled).or_else(|_| check(wanted).map(|()| wanted))?;
    let at = raw(room);
    // SAFETY: `raw` made an unshared string with this room; the old text lives until `release`.
    unsafe {
        push_bytes(at, text.text().as_bytes());
        push_bytes(at, suffix.as_bytes());
    }
    target.release();
    *target = value(at);
    Ok(())
}

/// A string that is in a compiled program from its start, and never freed. `N` is its length in bytes.
#[repr(C, align(16))]
pub struct Literal<const N: usize> {
    head: Str,
    text: [u8; N],
}

// SAFETY: what changes in a literal is the place and hash that were found last, and only the thread that runs the
// program looks at them.
unsafe impl<const N: usize> Sync for Literal<N> {}

impl<const N: usize> Literal<N> {
    /// The string of this text.
    pub const fn new(text: &str) -> Literal<N> {
        let (mut bytes, mut chars, mut at) = ([0; N], 0, 0);
        while at < N {
            bytes[at] = text.as_bytes()[at];
            // Every byte but the further ones of a code point.
            chars += (bytes[at] & 0xc0 != 0x80) as u32;
            at += 1;
        }
        assert!(text.len() == N && N <= MAX);
        let head = Str {
            header: Header::immortal(Tag::STR),
            len: N as u32,
            capacity: N as u32,
            chars: Cell::new(chars),
            hash: Cell::new(0),
            near: Cell::new((0, 0)),
        };
        Literal { head, text: bytes }
    }

    /// The string, as values point to it.
    #[inline(always)]
    pub const fn object(&'static self) -> *const Str {
        std::ptr::from_ref(self).cast()
    }
}

impl Literal<1> {
    /// The string of one ASCII character.
    ///
    /// # Panics
    /// When it is not ASCII.
    pub const fn of_byte(byte: u8) -> Literal<1> {
        assert!(byte.is_ascii());
        Literal { text: [byte], ..Literal::new("0") }
    }
}

thread_local! {
    /// The strings of one ASCII character, which live for ever.
    static ASCII: Cell<[KayVal; 128]> = const { Cell::new([KayVal::UNIT; 128]) };
}

pub(crate) fn forget_cached() {
    ASCII.set([KayVal::UNIT; 128]);
}

/// The string of one character, made only once when it is ASCII.
pub fn from_char(c: char) -> KayVal {
    if !c.is_ascii() {
        return new(c.encode_utf8(&mut [0; 4]));
    }
    ASCII.with(|cache| {
        // SAFETY: nothing else looks into the cell meanwhile: it is private to this thread, and neither `new` nor
        // `immortalize` reads it.
        let slot = unsafe { &mut (*cache.as_ptr())[c as usize] };
        if slot.tag == Tag::UNIT {
            *slot = new(c.encode_utf8(&mut [0; 4]));
            slot.immortalize();
        }
        *slot
    })
}

/// Gives back the memory of a dead string.
///
/// # Safety
/// The object is a dead string, intact after its first 8 bytes.
pub(crate) unsafe fn deallocate(object: *mut Header) {
    const { assert!(offset_of!(Str, capacity) >= 8) };
    // SAFETY: `raw` allocated this size; the capacity lies after the first 8 bytes.
    unsafe {
        let capacity = (*object.cast::<Str>()).capacity as usize;
        alloc::deallocate(object.cast(), HEAD + capacity);
    }
}

impl KayVal {
    /// The text of a str.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        self.get::<Str>().map(Str::text)
    }
}
