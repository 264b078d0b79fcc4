//! [`KayVal`], the 16 bytes that every Kayton value is.

use crate::object::Header;

/// What a [`KayVal`] holds. Tags below [`Tag::FIRST_HEAP`] are complete in the value; the others point to an object.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Tag(pub u32);

impl Tag {
    /// `i64`: `bits` is the number.
    pub const INT: Tag = Tag(0);
    /// `f64`: `bits` is its bit pattern.
    pub const FLOAT: Tag = Tag(1);
    /// `bool`: `bits` is 0 or 1.
    pub const BOOL: Tag = Tag(2);
    /// `()`.
    pub const UNIT: Tag = Tag(3);
    /// An enum variant without fields: `aux` is its id in the program's variant table.
    pub const VARIANT0: Tag = Tag(4);
    /// A plain function: `aux` is its index.
    pub const FUNC: Tag = Tag(5);
    /// A built-in function: `aux` is its index in the table of natives.
    pub const NATIVE: Tag = Tag(6);
    /// An argument that was not given. Programs never see it.
    pub const ABSENT: Tag = Tag(7);
    /// The least tag of a value that points to an object.
    pub const FIRST_HEAP: Tag = Tag(16);
    /// `str`.
    pub const STR: Tag = Tag(16);
    /// `List`.
    pub const LIST: Tag = Tag(17);
    /// `Map`.
    pub const MAP: Tag = Tag(18);
    /// `Set`.
    pub const SET: Tag = Tag(19);
    /// A tuple of at least one part: `aux` is their number.
    pub const TUPLE: Tag = Tag(20);
    /// A struct value: `aux` is its type id.
    pub const STRUCT: Tag = Tag(21);
    /// An enum variant with fields: `aux` is the variant id.
    pub const ENUM: Tag = Tag(22);
    /// A class instance, shared by reference: `aux` is its type id.
    pub const CLASS: Tag = Tag(23);
    /// A closure: `aux` is the function's index, its fields are what it captured.
    pub const CLOSURE: Tag = Tag(24);
    /// `Range`.
    pub const RANGE: Tag = Tag(25);
    /// `std.text.Builder`, shared by reference: one field, the text so far.
    pub const BUILDER: Tag = Tag(26);
    /// `std.random.Rng`, a value: four i64 fields, the generator's state.
    pub const RNG: Tag = Tag(27);

    /// Whether values of this tag point to an object.
    #[inline(always)]
    pub const fn is_heap(self) -> bool {
        self.0 >= Tag::FIRST_HEAP.0
    }

    /// Whether objects of this tag are a row of fields after the header ([`crate::objects`]).
    #[inline]
    pub const fn has_fields(self) -> bool {
        matches!(self, Tag::TUPLE | Tag::STRUCT | Tag::ENUM | Tag::CLASS | Tag::CLOSURE | Tag::BUILDER | Tag::RNG)
    }

    /// Whether values of this tag are functions: plain, built-in or closures.
    #[inline]
    pub const fn is_function(self) -> bool {
        matches!(self, Tag::FUNC | Tag::NATIVE | Tag::CLOSURE)
    }

    /// Whether values of this tag are references with identity, which are never copied on write.
    #[inline]
    pub const fn is_reference(self) -> bool {
        matches!(self, Tag::CLASS | Tag::BUILDER)
    }
}

/// Any Kayton value. `Copy` and without `Drop`: counts are kept by hand, as the crate's documentation says.
///
/// The fields are public so that an interpreter can test two tags at once. A value with a heap tag may only come from
/// a constructor of this crate, and may not be used after its last count was released.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct KayVal {
    /// What it is.
    pub tag: Tag,
    /// The variant, type or function it belongs to, as [`Tag`] says; otherwise 0.
    pub aux: u32,
    /// The number, or the object's address.
    pub bits: u64,
}

impl KayVal {
    /// `()`.
    pub const UNIT: KayVal = KayVal::immediate(Tag::UNIT, 0, 0);
    /// `true`.
    pub const TRUE: KayVal = KayVal::bool(true);
    /// `false`.
    pub const FALSE: KayVal = KayVal::bool(false);
    /// `None`.
    pub const NONE: KayVal = KayVal::variant0(crate::types::NONE);
    /// An argument that was not given.
    pub const ABSENT: KayVal = KayVal::immediate(Tag::ABSENT, 0, 0);

    const fn immediate(tag: Tag, aux: u32, bits: u64) -> KayVal {
        KayVal { tag, aux, bits }
    }

    /// An i64.
    #[inline(always)]
    pub const fn int(n: i64) -> KayVal {
        KayVal::immediate(Tag::INT, 0, n as u64)
    }

    /// An f64.
    #[inline(always)]
    pub fn float(x: f64) -> KayVal {
        KayVal::immediate(Tag::FLOAT, 0, x.to_bits())
    }

    /// A bool.
    #[inline(always)]
    pub const fn bool(b: bool) -> KayVal {
        KayVal::immediate(Tag::BOOL, 0, b as u64)
    }

    /// The variant `id`, which has no fields.
    #[inline(always)]
    pub const fn variant0(id: u32) -> KayVal {
        KayVal::immediate(Tag::VARIANT0, id, 0)
    }

    /// The plain function `index`.
    #[inline(always)]
    pub const fn func(index: u32) -> KayVal {
        KayVal::immediate(Tag::FUNC, index, 0)
    }

    /// The built-in function `index`.
    #[inline(always)]
    pub const fn native(index: u32) -> KayVal {
        KayVal::immediate(Tag::NATIVE, index, 0)
    }

    /// The i64 inside, if it is one.
    #[inline(always)]
    pub fn to_int(self) -> Option<i64> {
        (self.tag == Tag::INT).then_some(self.bits as i64)
    }

    /// The f64 inside, if it is one.
    #[inline(always)]
    pub fn to_float(self) -> Option<f64> {
        (self.tag == Tag::FLOAT).then_some(f64::from_bits(self.bits))
    }

    /// The bool inside, if it is one.
    #[inline(always)]
    pub fn to_bool(self) -> Option<bool> {
        (self.tag == Tag::BOOL).then_some(self.bits != 0)
    }

    /// A number as f64, the conversion of LANGUAGE §5: an f64 itself, an i64 converted.
    #[inline]
    pub fn to_number(self) -> Option<f64> {
        match self.tag {
            Tag::INT => Some(self.bits as i64 as f64),
            Tag::FLOAT => Some(f64::from_bits(self.bits)),
            _ => None,
        }
    }

    /// `bits` as an i64, without looking at the tag.
    #[inline(always)]
    pub const fn int_bits(self) -> i64 {
        self.bits as i64
    }

    /// `bits` as an f64, without looking at the tag.
    #[inline(always)]
    pub fn float_bits(self) -> f64 {
        f64::from_bits(self.bits)
    }

    /// Whether it points to an object.
    #[inline(always)]
    pub const fn is_heap(self) -> bool {
        self.tag.is_heap()
    }

    /// Whether it stands for an argument that was not given.
    #[inline(always)]
    pub fn is_absent(self) -> bool {
        self.tag == Tag::ABSENT
    }

    /// The variant id of an enum value, with or without fields.
    #[inline(always)]
    pub fn variant(self) -> Option<u32> {
        matches!(self.tag, Tag::VARIANT0 | Tag::ENUM).then_some(self.aux)
    }

    /// Whether both are the same immediate or the same object.
    #[inline]
    pub fn same(self, other: KayVal) -> bool {
        self.tag == other.tag && self.aux == other.aux && self.bits == other.bits
    }

    /// The address of the object behind a heap value.
    #[inline(always)]
    pub(crate) fn header(self) -> *mut Header {
        debug_assert!(self.is_heap());
        self.bits as usize as *mut Header
    }

    /// Takes one more count.
    #[inline(always)]
    pub fn retain(self) {
        if self.is_heap() {
            // SAFETY: a heap value points to a live object (type invariant).
            unsafe { (*self.header()).retain() }
        }
    }

    /// The same value with one more count.
    #[inline(always)]
    #[must_use]
    pub fn retained(self) -> KayVal {
        self.retain();
        self
    }

    /// Gives one count back; the last one frees the object, without recursion however deep it is.
    #[inline(always)]
    pub fn release(self) {
        if self.is_heap() {
            // SAFETY: a heap value points to a live object, and the caller owned a count of it.
            unsafe {
                if (*self.header()).release() {
                    crate::free::free(self.header());
                }
            }
        }
    }

    /// Gives one count back unless it is the last one, which takes more than counting; says whether it did.
    #[inline(always)]
    #[must_use]
    pub fn release_shared(self) -> bool {
        // SAFETY: as in `release`.
        !self.is_heap() || unsafe { (*self.header()).release_shared() }
    }

    /// What a heap value has in `aux`, from its object.
    #[inline(always)]
    pub(crate) fn object_aux(self) -> u32 {
        // SAFETY: a heap value points to a live object (type invariant).
        unsafe { (*self.header()).type_id }
    }

    /// The object behind the value, as a number; 0 where there is none.
    #[inline(always)]
    pub fn object(self) -> u64 {
        if self.is_heap() {
            self.bits
        } else {
            0
        }
    }

    /// Gives one count back of the object that [`KayVal::object`] gave, if there was one.
    ///
    /// # Safety
    /// The caller owned a count of it.
    #[inline(always)]
    pub unsafe fn release_object(object: u64) {
        if object != 0 {
            KayVal { tag: Tag::FIRST_HEAP, aux: 0, bits: object }.release();
        }
    }

    /// Whether this is the only count of its object, so that it may be changed in place.
    #[inline(always)]
    pub fn is_unique(self) -> bool {
        // SAFETY: a heap value points to a live object (type invariant).
        self.is_heap() && unsafe { (*self.header()).count() == 1 }
    }

    /// Makes the object and everything it holds live for ever: counting it does nothing from now on. For constants.
    pub fn immortalize(self) {
        crate::free::immortalize(self);
    }
}
