//! The header every heap object starts with, and checked access to the layout behind a value.

use std::cell::Cell;

use crate::alloc;
use crate::errors::Res;
use crate::value::{KayVal, Tag};

/// The count of an object that is never freed.
pub const IMMORTAL: u32 = u32::MAX;

/// The first 16 bytes of every object. When an object is dead its first 8 bytes link it to the next dead one.
#[repr(C)]
pub struct Header {
    count: Cell<u32>,
    /// Type id (struct, class), variant id (enum), function index (closure); the same as the value's `aux`.
    pub(crate) type_id: u32,
    /// For the collector of cycles: the place of a class instance in the registry of its thread, and while it collects
    /// of every object among those that it has met.
    pub(crate) slot: Cell<u32>,
    /// The number of fields after the header, where the layout has them.
    pub(crate) len: u16,
    /// The tag, which fits a byte.
    pub(crate) kind: u8,
    /// For the collector of cycles: whether it has met the object.
    pub(crate) flags: Cell<u8>,
}

impl Header {
    /// The header of a new object with one count.
    pub const fn new(tag: Tag, type_id: u32, len: u16) -> Header {
        Header { count: Cell::new(1), type_id, slot: Cell::new(0), len, kind: tag.0 as u8, flags: Cell::new(0) }
    }

    /// The header of an object that is never freed.
    pub const fn immortal(tag: Tag) -> Header {
        Header { count: Cell::new(IMMORTAL), ..Header::new(tag, 0, 0) }
    }

    pub(crate) fn tag(&self) -> Tag {
        Tag(u32::from(self.kind))
    }

    /// The number of counts.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    /// Counts up. A count that reaches [`IMMORTAL`] stays there: the object is then leaked, never freed too early.
    #[inline(always)]
    pub fn retain(&self) {
        let more = self.count.get().wrapping_add(1);
        if more != 0 {
            self.count.set(more);
        }
    }

    /// Counts down and says whether the object is dead now.
    #[inline(always)]
    pub fn release(&self) -> bool {
        let count = self.count.get();
        if count == IMMORTAL {
            return false;
        }
        self.count.set(count - 1);
        count == 1
    }

    /// Counts down unless this is the last count; says whether it did.
    #[inline(always)]
    pub(crate) fn release_shared(&self) -> bool {
        let count = self.count.get();
        if count == 1 {
            return false;
        }
        if count != IMMORTAL {
            self.count.set(count - 1);
        }
        true
    }

    pub(crate) fn make_immortal(&self) {
        self.count.set(IMMORTAL);
    }
}

/// A Rust type that is the whole of some heap object.
///
/// # Safety
/// The type is `repr(C)`, starts with a [`Header`], and every object whose tag passes `fits` has exactly this layout.
pub unsafe trait Layout: Sized {
    /// The name in `expected …` errors.
    const NAME: &'static str;

    /// Whether values of this tag have this layout.
    fn fits(tag: Tag) -> bool;

    /// A copy one level deep, with one count.
    ///
    /// # Errors
    /// `out of memory limit`.
    fn duplicate(&self) -> Res<KayVal>;
}

/// Moves `object` to the heap; the result owns its only count.
#[inline]
pub(crate) fn place<T: Layout>(tag: Tag, object: T) -> KayVal {
    debug_assert!(T::fits(tag));
    let at = alloc::allocate(size_of::<T>()).cast::<T>();
    // SAFETY: `allocate` gave size_of::<T>() writable bytes, aligned to 16.
    unsafe { at.write(object) };
    KayVal { tag, aux: 0, bits: at as usize as u64 }
}

impl KayVal {
    /// The object behind the value, if it has the layout `T`.
    #[inline(always)]
    pub fn get<T: Layout>(&self) -> Option<&T> {
        // SAFETY: `fits` promises that objects of this tag are a `T`, and the value keeps its object alive.
        T::fits(self.tag).then(|| unsafe { &*self.header().cast::<T>() })
    }

    /// The object behind the value, for changing it in place: copied one level first when others share it.
    ///
    /// # Errors
    /// `expected T, found …` when the value is something else; `out of memory limit`.
    #[inline(always)]
    pub fn unique<T: Layout>(&mut self) -> Res<&mut T> {
        if !self.is_unique() || !T::fits(self.tag) {
            self.separate::<T>()?;
        }
        // SAFETY: `separate` left a `T` with one count, which the caller holds by `&mut`.
        Ok(unsafe { &mut *self.header().cast::<T>() })
    }

    #[cold]
    #[inline(never)]
    fn separate<T: Layout>(&mut self) -> Res<()> {
        let Some(object) = self.get::<T>() else {
            return Err(crate::errors::expected(T::NAME, crate::types::builtin_name(self.tag)));
        };
        let copy = object.duplicate()?;
        self.release();
        *self = copy;
        Ok(())
    }
}
