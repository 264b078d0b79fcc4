//! What compiled code and bytecode share as it is: [`Boxable`] values, looked at through a [`View`] and changed through a
//! [`Slot`]; [`Boxed`] is one behind a pointer.
//!
//! Where values of a type get to bytecode, what holds them keeps them as the VM does: lists are [`crate::BoxedList`]s,
//! maps and sets [`crate::BoxedMap`]s and [`crate::BoxedSet`]s, class instances [`crate::Instance`]s. Then nothing is
//! converted where a container crosses, however much is in it. Compiled code still computes with Rust's values: it
//! makes one of what the VM has when it looks, which takes no count and never looks deeper than the next pointer.

use std::cmp::Ordering;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

use kayton_abi::list::Row;
use kayton_abi::{objects, KayVal};

use crate::calls::At;
use crate::dynamic::Dyn;
use crate::host::types;
use crate::text::Text;
use crate::value::{Cross, Key, Order, Value};

/// A value that crosses without being converted.
pub trait Boxable: Cross {
    /// Whether the VM has lists of numbers inside of it, up to the next pointer, as compiled code does. It may have made one
    /// a list of any values, on its way into a number.
    fn fits(_value: KayVal) -> bool {
        true
    }

    /// What the VM has, which fits, without a count: made of the `look`'s parts only, and never dropped.
    fn read(look: Look<'_>) -> Self;

    /// What a thunk is given: the same object, with a count of its own.
    #[inline]
    fn handle(&self) -> KayVal {
        self.to_val()
    }
}

/// A value of the VM that is being looked at by [`Boxable::read`].
#[derive(Clone, Copy)]
pub struct Look<'a> {
    value: &'a KayVal,
}

impl<'a> Look<'a> {
    /// The value.
    #[inline(always)]
    pub fn val(self) -> KayVal {
        *self.value
    }

    /// The number of its struct type, variant or function.
    #[inline(always)]
    pub fn number(self) -> u32 {
        self.value.aux
    }

    /// The number of its type.
    pub fn type_number(self) -> u32 {
        type_number(*self.value)
    }

    /// Whether it has fields.
    #[inline(always)]
    pub(crate) fn has_parts(self) -> bool {
        !objects::fields(self.value).is_empty()
    }

    /// One of its fields.
    #[inline(always)]
    pub fn part<T: Boxable>(self, index: usize) -> T {
        T::read(Look { value: &objects::fields(self.value)[index] })
    }

    /// The value itself, as one of another type.
    #[inline(always)]
    pub fn whole<T: Boxable>(self) -> T {
        T::read(self)
    }
}

/// The number of the program's type that a value has.
pub fn type_number(value: KayVal) -> u32 {
    types().type_id(value).unwrap_or(u32::MAX)
}

/// Whether a field is laid out as compiled code has it.
pub fn part_fits<T: Boxable>(value: KayVal, index: usize) -> bool {
    T::fits(objects::fields(&value)[index])
}

/// The value from the VM's, whose count it takes over.
#[inline]
pub(crate) fn taken<T: Boxable>(value: KayVal) -> T {
    let own = T::clone(&View::of(&value));
    value.release();
    own
}

/// A value of the VM as Rust's, for as long as it is looked at. It has no count.
pub struct View<'a, T: Boxable> {
    value: ManuallyDrop<T>,
    of: PhantomData<&'a KayVal>,
}

impl<'a, T: Boxable> View<'a, T> {
    /// A look at a value of the VM, which somebody keeps for so long.
    #[inline(always)]
    pub(crate) fn of(value: &'a KayVal) -> View<'a, T> {
        View::of_kept(*value)
    }

    /// The same, of a value that is kept by whoever chooses the lifetime.
    #[inline(always)]
    pub(crate) fn of_kept(value: KayVal) -> View<'a, T> {
        let found = if T::fits(value) { T::read(Look { value: &value }) } else { copy_for_ever(value) };
        View { value: ManuallyDrop::new(found), of: PhantomData }
    }
}

/// A copy that is never freed. Only where the program itself gives numbers an `Index` is there what does not fit.
#[cold]
#[inline(never)]
fn copy_for_ever<T: Boxable>(value: KayVal) -> T {
    T::from_val(value.retained())
}

impl<T: Boxable> Deref for View<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A place of the VM, whose value is Rust's as long as it is changed.
pub struct Slot<'a, T: Boxable> {
    place: &'a mut KayVal,
    value: ManuallyDrop<T>,
}

impl<'a, T: Boxable> Slot<'a, T> {
    /// The value of a place, which is put back afterwards.
    #[inline(always)]
    pub(crate) fn of(place: &'a mut KayVal) -> Slot<'a, T> {
        let value = T::from_val(std::mem::replace(place, KayVal::UNIT));
        Slot { place, value: ManuallyDrop::new(value) }
    }
}

impl<T: Boxable> Deref for Slot<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Boxable> DerefMut for Slot<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: Boxable> Drop for Slot<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: it is taken here only.
        *self.place = unsafe { ManuallyDrop::take(&mut self.value) }.into_val();
    }
}

/// A value as the VM has it: a recursive field of a struct or enum that crosses. It has the methods of [`crate::Shared`],
/// but that it is looked at by [`Boxed::view`].
#[derive(Clone)]
#[repr(transparent)]
pub struct Boxed<T: Boxable> {
    object: Dyn,
    holds: PhantomData<T>,
}

impl<T: Boxable> Boxed<T> {
    /// The value as the VM has it.
    #[inline]
    pub fn new(value: T) -> Boxed<T> {
        Boxed::over(value.into_val())
    }

    #[inline]
    fn over(value: KayVal) -> Boxed<T> {
        Boxed { object: Dyn::from_val(value), holds: PhantomData }
    }

    /// A look at it.
    #[inline(always)]
    pub fn view(&self) -> View<'_, T> {
        View::of(&self.object.0)
    }

    /// The value for changing it.
    #[inline]
    pub fn edit(&mut self) -> Slot<'_, T> {
        Slot::of(&mut self.object.0)
    }

    /// The value.
    #[inline]
    pub fn take(self) -> T {
        T::from_val(self.object.into_val())
    }
}

impl<T: Boxable> Cross for Boxed<T> {
    #[inline]
    fn into_val(self) -> KayVal {
        self.object.into_val()
    }

    #[inline]
    fn from_val(value: KayVal) -> Boxed<T> {
        Boxed::over(value)
    }
}

impl<T: Boxable> Boxable for Boxed<T> {
    #[inline]
    fn read(look: Look<'_>) -> Boxed<T> {
        Boxed::over(look.val())
    }
}

impl<T: Boxable> Value for Boxed<T> {
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, at: At) {
        at.check_stack();
        self.view().show(out, at);
    }

    fn show_nested(&self, out: &mut Text, at: At) {
        at.check_stack();
        self.view().show_nested(out, at);
    }

    fn equal(&self, other: &Boxed<T>, at: At) -> bool {
        at.check_stack();
        self.view().equal(&other.view(), at)
    }
}

impl<T: Boxable + Key> Key for Boxed<T> {
    const CERTAIN: bool = T::CERTAIN;

    fn hash(&self, at: At) -> u64 {
        at.check_stack();
        self.view().hash(at)
    }

    fn same(&self, other: &Boxed<T>, at: At) -> bool {
        at.check_stack();
        self.object.0.same(other.object.0) || self.view().same(&other.view(), at)
    }
}

impl<T: Boxable + Order> Order for Boxed<T> {
    const SILENT: bool = T::SILENT;

    fn compare(&self, other: &Boxed<T>, at: At) -> Option<Ordering> {
        at.check_stack();
        self.view().compare(&other.view(), at)
    }
}
