//! [`Shared`]: a value behind a count, for the recursive fields of structs and enums.

use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use kayton_abi::{alloc, KayVal};

use crate::calls::At;
use crate::cycles::{Holds, Node, Tracer};
use crate::drops::drop_deep;
use crate::text::Text;
use crate::value::{Cross, Key, Order, Value};

struct Counted<T> {
    count: Cell<u32>,
    value: T,
}

/// A value behind a pointer, shared by its clones, copied when one of them is changed. Like `Rc`, but its memory comes
/// from the same lists as other objects', and chains of any length are dropped.
pub struct Shared<T> {
    object: NonNull<Counted<T>>,
    owns: PhantomData<Counted<T>>,
}

impl<T> Shared<T> {
    /// Moves a value behind a pointer.
    #[inline]
    pub fn new(value: T) -> Shared<T> {
        const { assert!(align_of::<T>() <= 16) };
        let at = alloc::allocate(size_of::<Counted<T>>()).cast::<Counted<T>>();
        // SAFETY: `allocate` gave room for it, aligned to 16.
        let object = unsafe {
            at.write(Counted { count: Cell::new(1), value });
            NonNull::new_unchecked(at)
        };
        Shared { object, owns: PhantomData }
    }

    #[inline(always)]
    fn counted(&self) -> &Counted<T> {
        // SAFETY: a `Shared` owns a count.
        unsafe { self.object.as_ref() }
    }

    /// Whether both are the same object, and so equal.
    #[inline]
    pub fn is_same(&self, other: &Shared<T>) -> bool {
        self.object == other.object
    }
}

impl<T: Clone> Shared<T> {
    /// The value for changing it in place; copied first where others share it.
    #[inline]
    pub fn edit(&mut self) -> &mut T {
        if self.counted().count.get() != 1 {
            self.separate();
        }
        // SAFETY: the only count is this one, held by `&mut`.
        unsafe { &mut self.object.as_mut().value }
    }

    #[cold]
    #[inline(never)]
    fn separate(&mut self) {
        *self = Shared::new(self.counted().value.clone());
    }

    /// The value, moved out where nobody else shares it.
    #[inline]
    pub fn take(self) -> T {
        if self.counted().count.get() != 1 {
            return self.counted().value.clone();
        }
        let object = self.object.as_ptr();
        std::mem::forget(self);
        // SAFETY: the only count was this one; the value is moved out before its memory is given back.
        unsafe {
            let value = std::ptr::read(&raw const (*object).value);
            alloc::deallocate(object.cast(), size_of::<Counted<T>>());
            value
        }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.counted().value
    }
}

impl<T> Clone for Shared<T> {
    #[inline(always)]
    fn clone(&self) -> Shared<T> {
        let count = &self.counted().count;
        count.set(count.get().checked_add(1).unwrap_or_else(|| std::process::abort()));
        Shared { object: self.object, owns: PhantomData }
    }
}

impl<T> Drop for Shared<T> {
    #[inline(always)]
    fn drop(&mut self) {
        let count = self.counted().count.get();
        self.counted().count.set(count - 1);
        if count == 1 {
            // SAFETY: that was the last count.
            unsafe { drop_last(self.object) };
        }
    }
}

/// # Safety
/// Nobody has a count.
#[inline(never)]
unsafe fn drop_last<T>(object: NonNull<Counted<T>>) {
    if std::mem::needs_drop::<T>() {
        // SAFETY: the caller gives it up.
        unsafe { drop_deep(object.cast(), take_apart::<T>) };
    } else {
        // SAFETY: as above.
        unsafe { take_apart::<T>(object.cast()) };
    }
}

/// # Safety
/// `object` is a dead `Counted<T>`.
unsafe fn take_apart<T>(object: NonNull<u8>) {
    // SAFETY: `Shared::new` allocated it; the caller gives it up.
    unsafe {
        std::ptr::drop_in_place(object.cast::<Counted<T>>().as_ptr());
        alloc::deallocate(object.as_ptr(), size_of::<Counted<T>>());
    }
}

/// # Safety
/// `object` is a live `Counted<T>`.
unsafe fn trace<T: Holds>(object: NonNull<u8>, tracer: &mut Tracer) {
    // SAFETY: the caller's.
    unsafe { object.cast::<Counted<T>>().as_ref() }.value.trace_held(tracer);
}

impl<T: Holds> Shared<T> {
    /// Tells the collector of cycles about what is behind the pointer.
    pub(crate) fn meet(&self, tracer: &mut Tracer) {
        tracer.meet(Node { object: self.object.cast(), count: self.counted().count.get(), trace: trace::<T> });
    }
}

impl<T: Cross> Cross for Shared<T> {
    fn into_val(self) -> KayVal {
        self.take().into_val()
    }

    fn from_val(value: KayVal) -> Shared<T> {
        Shared::new(T::from_val(value))
    }
}

impl<T: Value> Value for Shared<T> {
    // Whether its `T` is traced depends on this very constant where the type is recursive.
    const TRACED: bool = true;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        (**self).show(out, at);
    }

    fn show_nested(&self, out: &mut Text, at: At) {
        at.check_stack();
        (**self).show_nested(out, at);
    }

    fn equal(&self, other: &Shared<T>, at: At) -> bool {
        at.check_stack();
        (**self).equal(other, at)
    }

    fn trace(&self, tracer: &mut Tracer) {
        self.meet(tracer);
    }
}

impl<T: Key> Key for Shared<T> {
    const CERTAIN: bool = T::CERTAIN;

    fn hash(&self, at: At) -> u64 {
        at.check_stack();
        (**self).hash(at)
    }

    fn same(&self, other: &Shared<T>, at: At) -> bool {
        at.check_stack();
        self.is_same(other) || (**self).same(other, at)
    }
}

impl<T: Order> Order for Shared<T> {
    const SILENT: bool = T::SILENT;

    fn compare(&self, other: &Shared<T>, at: At) -> Option<std::cmp::Ordering> {
        at.check_stack();
        (**self).compare(other, at)
    }
}
