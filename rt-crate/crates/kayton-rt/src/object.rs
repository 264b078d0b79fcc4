//! Class instances: [`Object`], its [`Field`]s, and what the collector of cycles knows of them.

use std::cell::{Cell, UnsafeCell};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

use kayton_abi::alloc;

use crate::calls::At;
use crate::cycles::{self, Node, Tracer};
use crate::drops::drop_deep;
use crate::text::Text;
use crate::value::{Order, Value};

/// The place of an instance that the collector does not know.
const UNKNOWN: u32 = u32::MAX;
/// The place of an instance that was emptied.
const EMPTIED: u32 = u32::MAX - 1;

/// The emitted struct of a class: its fields are [`Field`]s.
pub trait Class: Sized + 'static {
    /// The class's name.
    const NAME: &'static str;

    /// Whether instances may be part of a cycle: whether a class instance can be reached from a field.
    const TRACED: bool;

    /// Traces every field.
    fn trace(&self, tracer: &mut Tracer);

    /// What is shown: `<Node>`, unless there is an `impl Show`.
    fn show(_this: &Object<Self>, out: &mut Text, _at: At) {
        out.put("<").put(Self::NAME).put(">");
    }

    /// `==`: identity, unless there is an `impl Eq`.
    fn equal(this: &Object<Self>, other: &Object<Self>, _at: At) -> bool {
        this.is(other)
    }
}

/// A class with an `impl Ord`.
pub trait OrderedClass: Class {
    /// The order that `Ord.cmp` says.
    fn compare(this: &Object<Self>, other: &Object<Self>, at: At) -> std::cmp::Ordering;
}

#[repr(C)]
struct Head {
    count: Cell<u32>,
    place: Cell<u32>,
}

#[repr(C)]
struct Counted<T> {
    head: Head,
    fields: ManuallyDrop<T>,
}

/// A reference to a class instance. Clones refer to the same one.
pub struct Object<T: Class> {
    object: NonNull<Counted<T>>,
    owns: PhantomData<T>,
}

impl<T: Class> Object<T> {
    /// A new instance.
    #[inline]
    pub fn new(fields: T) -> Object<T> {
        const { assert!(align_of::<T>() <= 16) };
        if T::TRACED {
            cycles::collect_if_due();
        }
        let at = alloc::allocate(size_of::<Counted<T>>()).cast::<Counted<T>>();
        let head = Head { count: Cell::new(1), place: Cell::new(UNKNOWN) };
        // SAFETY: `allocate` gave room for it, aligned to 16.
        let object = unsafe {
            at.write(Counted { head, fields: ManuallyDrop::new(fields) });
            NonNull::new_unchecked(at)
        };
        let made = Object { object, owns: PhantomData };
        if T::TRACED {
            let instance = Instance { object: object.cast(), class: const { &Methods::of::<T>() } };
            made.head().place.set(cycles::register(instance));
        }
        made
    }

    /// `a is b`.
    #[inline(always)]
    pub fn is(&self, other: &Object<T>) -> bool {
        self.object == other.object
    }

    #[inline(always)]
    fn head(&self) -> &Head {
        // SAFETY: an `Object` owns a count.
        unsafe { &self.object.as_ref().head }
    }
}

impl<T: Class> Deref for Object<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: an `Object` owns a count, and only instances that nobody refers to are emptied.
        unsafe { &self.object.as_ref().fields }
    }
}

impl<T: Class> Clone for Object<T> {
    #[inline(always)]
    fn clone(&self) -> Object<T> {
        let count = &self.head().count;
        count.set(count.get().checked_add(1).unwrap_or_else(|| std::process::abort()));
        Object { object: self.object, owns: PhantomData }
    }
}

impl<T: Class> Drop for Object<T> {
    #[inline(always)]
    fn drop(&mut self) {
        let count = self.head().count.get();
        self.head().count.set(count - 1);
        if count == 1 {
            // SAFETY: that was the last count.
            unsafe { drop_last(self.object) };
        }
    }
}

/// # Safety
/// Nobody has a count.
#[inline(never)]
unsafe fn drop_last<T: Class>(object: NonNull<Counted<T>>) {
    // SAFETY: the object is alive until it is taken apart; the caller gives it up.
    unsafe {
        let place = object.as_ref().head.place.get();
        if place < EMPTIED {
            cycles::unregister(place);
        }
        if std::mem::needs_drop::<T>() && place != EMPTIED {
            drop_deep(object.cast(), take_apart::<T>);
        } else {
            alloc::deallocate(object.as_ptr().cast(), size_of::<Counted<T>>());
        }
    }
}

/// # Safety
/// `object` is a dead `Counted<T>` that was not emptied.
unsafe fn take_apart<T: Class>(object: NonNull<u8>) {
    // SAFETY: `Object::new` allocated it; the caller gives it up.
    unsafe {
        ManuallyDrop::drop(&mut object.cast::<Counted<T>>().as_mut().fields);
        alloc::deallocate(object.as_ptr(), size_of::<Counted<T>>());
    }
}

/// What the collector does with instances of one class.
struct Methods {
    trace: unsafe fn(NonNull<u8>, &mut Tracer),
    take_fields: unsafe fn(NonNull<u8>),
    drop_last: unsafe fn(NonNull<u8>),
}

impl Methods {
    const fn of<T: Class>() -> Methods {
        /// # Safety
        /// `object` is a live `Counted<T>` that was not emptied.
        unsafe fn trace<T: Class>(object: NonNull<u8>, tracer: &mut Tracer) {
            // SAFETY: the caller's.
            unsafe { object.cast::<Counted<T>>().as_ref() }.fields.trace(tracer);
        }
        /// # Safety
        /// As for `trace`; the fields are not used afterwards.
        unsafe fn take_fields<T: Class>(object: NonNull<u8>) {
            // SAFETY: the caller's.
            drop(unsafe { ManuallyDrop::take(&mut object.cast::<Counted<T>>().as_mut().fields) });
        }
        /// # Safety
        /// Nobody has a count of `object`.
        unsafe fn last<T: Class>(object: NonNull<u8>) {
            // SAFETY: the caller's.
            unsafe { drop_last(object.cast::<Counted<T>>()) }
        }
        Methods { trace: trace::<T>, take_fields: take_fields::<T>, drop_last: last::<T> }
    }
}

/// An instance of any class, as the collector of cycles sees it. It has no count of its own.
#[derive(Clone, Copy)]
pub(crate) struct Instance {
    object: NonNull<Head>,
    class: &'static Methods,
}

impl Instance {
    fn head(&self) -> &Head {
        // SAFETY: instances are registered as long as they live.
        unsafe { self.object.as_ref() }
    }

    /// The instance among what others hold.
    pub(crate) fn node(&self) -> Node {
        Node { object: self.object.cast(), count: self.head().count.get(), trace: self.class.trace }
    }

    /// Says where the registry has it.
    pub(crate) fn set_place(&self, place: u32) {
        self.head().place.set(place);
    }

    /// Takes a count.
    pub(crate) fn retain(&self) {
        self.head().count.set(self.head().count.get() + 1);
    }

    /// Drops the fields of an instance that only garbage refers to, and that is held by a count.
    pub(crate) fn empty(&self) {
        let place = self.head().place.replace(EMPTIED);
        cycles::unregister(place);
        // SAFETY: it was registered, so it has its fields; nobody looks at them any more.
        unsafe { (self.class.take_fields)(self.object.cast()) };
    }

    /// Gives a count back.
    pub(crate) fn release(&self) {
        let count = self.head().count.get();
        self.head().count.set(count - 1);
        if count == 1 {
            // SAFETY: that was the last count.
            unsafe { (self.class.drop_last)(self.object.cast()) };
        }
    }
}

impl<T: Class> Value for Object<T> {
    const TRACED: bool = T::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        T::show(self, out, at);
    }

    fn equal(&self, other: &Object<T>, at: At) -> bool {
        T::equal(self, other, at)
    }

    fn trace(&self, tracer: &mut Tracer) {
        if T::TRACED {
            tracer.meet(Node {
                object: self.object.cast(),
                count: self.head().count.get(),
                trace: const { Methods::of::<T>().trace },
            });
        }
    }
}

impl<T: OrderedClass> Order for Object<T> {
    const SILENT: bool = false;

    fn compare(&self, other: &Object<T>, at: At) -> Option<std::cmp::Ordering> {
        Some(T::compare(self, other, at))
    }
}

/// A field of a class instance, changed through any reference to the instance.
pub struct Field<F> {
    value: UnsafeCell<F>,
}

impl<F> Field<F> {
    /// A field with this value.
    #[inline(always)]
    pub fn new(value: F) -> Field<F> {
        Field { value: UnsafeCell::new(value) }
    }

    /// `c.f = value`.
    #[inline(always)]
    pub fn set(&self, value: F) {
        // The old value is dropped when the field is whole again.
        drop(self.replace(value));
    }

    /// Stores a value and gives the old one.
    #[inline(always)]
    pub fn replace(&self, value: F) -> F {
        // SAFETY: one thread, and no reference into the field outlives a method of it.
        std::mem::replace(unsafe { &mut *self.value.get() }, value)
    }

    /// Looks at the field. `look` must not run any of the program's code, which might change the field meanwhile.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&F) -> R) -> R {
        // SAFETY: as above; what `look` may do is the emitter's promise.
        look(unsafe { &*self.value.get() })
    }

    /// Changes the field in place. `change` must not run any of the program's code: values are computed before.
    #[inline(always)]
    pub fn change<R>(&self, change: impl FnOnce(&mut F) -> R) -> R {
        // SAFETY: as above; what `change` may do is the emitter's promise.
        change(unsafe { &mut *self.value.get() })
    }
}

impl<F: Clone> Field<F> {
    /// `c.f`.
    #[inline(always)]
    pub fn get(&self) -> F {
        // SAFETY: as above; cloning a value only counts.
        unsafe { (*self.value.get()).clone() }
    }
}

impl<F: Value> Field<F> {
    /// Tells the collector what the field holds.
    pub fn trace(&self, tracer: &mut Tracer) {
        if F::TRACED {
            self.with(|value| value.trace(tracer));
        }
    }
}
