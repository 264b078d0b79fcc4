//! Objects that are a row of values after the header: tuples, structs, enum variants, class instances, closures.

use crate::alloc;
use crate::cycles;
use crate::errors::Res;
use crate::object::Header;
use crate::types;
use crate::value::{KayVal, Tag};

/// The most fields an object can have.
pub const MAX_FIELDS: usize = u16::MAX as usize;

const fn size(len: usize) -> usize {
    size_of::<Header>() + len * size_of::<KayVal>()
}

/// A new object with these fields, whose counts it takes over.
///
/// # Panics
/// When there are more than [`MAX_FIELDS`] fields, which compilers and verifiers refuse earlier.
#[inline]
fn make(tag: Tag, id: u32, fields: &[KayVal]) -> KayVal {
    assert!(fields.len() <= MAX_FIELDS, "an object of more than {MAX_FIELDS} fields");
    let at = alloc::allocate(size(fields.len())).cast::<Header>();
    // SAFETY: `allocate` gave room for the header and the fields, aligned to 16.
    unsafe {
        at.write(Header::new(tag, id, fields.len() as u16));
        let first = at.add(1).cast::<KayVal>();
        std::ptr::copy_nonoverlapping(fields.as_ptr(), first, fields.len());
    }
    KayVal { tag, aux: id, bits: at as usize as u64 }
}

/// A tuple of these parts; `()` when there are none.
#[inline]
pub fn tuple(parts: &[KayVal]) -> KayVal {
    if parts.is_empty() {
        return KayVal::UNIT;
    }
    make(Tag::TUPLE, parts.len() as u32, parts)
}

/// A struct value of the type `type_id`.
#[inline]
pub fn structure(type_id: u32, fields: &[KayVal]) -> KayVal {
    make(Tag::STRUCT, type_id, fields)
}

/// The enum variant `variant` with these fields; an immediate when there are none.
#[inline]
pub fn variant(variant: u32, fields: &[KayVal]) -> KayVal {
    if fields.is_empty() {
        return KayVal::variant0(variant);
    }
    make(Tag::ENUM, variant, fields)
}

/// A class instance of the type `type_id`, known to the collector of cycles.
pub fn class(type_id: u32, fields: &[KayVal]) -> KayVal {
    let instance = make(Tag::CLASS, type_id, fields);
    cycles::register(instance);
    instance
}

/// A closure of the function `index` over what it captured.
#[inline]
pub fn closure(index: u32, captured: &[KayVal]) -> KayVal {
    make(Tag::CLOSURE, index, captured)
}

/// `Some(value)`, taking over the count.
#[inline]
pub fn some(value: KayVal) -> KayVal {
    make(Tag::ENUM, types::SOME, &[value])
}

/// `Some` of an owned value, or `None`.
#[inline]
pub fn option(value: Option<KayVal>) -> KayVal {
    value.map_or(KayVal::NONE, some)
}

/// `Ok(value)`, taking over the count.
pub fn ok(value: KayVal) -> KayVal {
    make(Tag::ENUM, types::OK, &[value])
}

/// `Err(error)`, taking over the count.
pub fn err(error: KayVal) -> KayVal {
    make(Tag::ENUM, types::ERR, &[error])
}

/// A `std.text.Builder` whose text is `text` (a str), taking over its count.
pub fn builder(text: KayVal) -> KayVal {
    make(Tag::BUILDER, 0, &[text])
}

/// A `std.random.Rng` in this state.
pub fn rng(state: [u64; 4]) -> KayVal {
    make(Tag::RNG, 0, &state.map(|word| KayVal::int(word as i64)))
}

/// The fields of a value, borrowed; empty for values that have none.
#[inline(always)]
pub fn fields(value: &KayVal) -> &[KayVal] {
    if !value.tag.has_fields() {
        return &[];
    }
    // SAFETY: values of these tags point to a header followed by `len` fields, alive as long as the value.
    unsafe { fields_at(value.header()) }
}

/// The fields of the object at `object`.
///
/// # Safety
/// It is an object with fields, intact after its first 8 bytes, and outlives `'a`.
#[inline(always)]
pub(crate) unsafe fn fields_at<'a>(object: *mut Header) -> &'a [KayVal] {
    // SAFETY: `make` wrote `len` fields behind the header.
    unsafe { std::slice::from_raw_parts(object.add(1).cast::<KayVal>(), usize::from((*object).len)) }
}

/// The fields for changing them in place; a shared value is copied one level first, a class instance never is.
/// Empty for values without fields. Whoever replaces a field releases the old one.
///
/// # Errors
/// `out of memory limit`.
#[inline(always)]
pub fn fields_mut(value: &mut KayVal) -> Res<&mut [KayVal]> {
    if !value.tag.has_fields() {
        return Ok(&mut []);
    }
    if !value.is_unique() && !value.tag.is_reference() {
        separate(value)?;
    }
    let object = value.header();
    // SAFETY: as in `fields`; the object is unique or a reference type, whose fields are only touched through short
    // borrows on one thread.
    unsafe { Ok(std::slice::from_raw_parts_mut(object.add(1).cast::<KayVal>(), usize::from((*object).len))) }
}

#[cold]
fn separate(value: &mut KayVal) -> Res<()> {
    alloc::check_memory()?;
    let shared = *value;
    for field in fields(&shared) {
        field.retain();
    }
    *value = make(shared.tag, shared.aux, fields(&shared));
    shared.release();
    Ok(())
}

/// Replaces field `at` by `new`, whose count it takes over; the old field is released.
///
/// # Errors
/// `out of memory limit`, when a shared value had to be copied.
///
/// # Panics
/// When there is no such field, which verifiers refuse earlier.
#[inline]
pub fn set_field(value: &mut KayVal, at: usize, new: KayVal) -> Res<()> {
    match fields_mut(value) {
        Ok(fields) => {
            let old = std::mem::replace(&mut fields[at], new);
            old.release();
            Ok(())
        }
        Err(error) => {
            new.release();
            Err(error)
        }
    }
}

/// Gives back the memory of a dead object with fields.
///
/// # Safety
/// The object is dead, came from [`make`], and its fields are released.
pub(crate) unsafe fn deallocate(object: *mut Header) {
    // SAFETY: `make` allocated this size.
    unsafe { alloc::deallocate(object.cast(), size(usize::from((*object).len))) }
}
