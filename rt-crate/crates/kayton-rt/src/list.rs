//! [`List`]: a counted row of elements of one Rust type, copied on write.

use std::hint::assert_unchecked;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use kayton_abi::alloc;
use kayton_abi::list::Row;

use crate::calls::At;
use crate::drops::drop_deep;
use crate::filling::{charge_always, grow, push, with_room};
use crate::value::Value;

/// A list: a counted object, and with the pointer to it the place and number of its elements, so that a loop over them
/// keeps these in registers as it does for a `Vec`. Lists of i64 and f64 are the VM's own objects.
pub struct List<T: Value> {
    object: NonNull<Elements<T>>,
    /// What the object says too: it does not change while this list holds a count, but by this list.
    first: NonNull<T>,
    len: usize,
    owns: PhantomData<T>,
}

/// The elements of a list that nobody else shares, from [`List::edit`]: changing them asks nothing any more.
#[repr(transparent)]
pub struct Elements<T: Value> {
    pub(crate) row: Row<T>,
}

/// `[a, b]`.
#[macro_export]
macro_rules! list {
    ($($element:expr),* $(,)?) => { $crate::List::from(vec![$($element),*]) };
}

impl<T: Value> List<T> {
    /// `[]`.
    #[inline]
    pub fn new() -> List<T> {
        List::place(Vec::new())
    }

    /// A list of elements whose buffer is charged already.
    #[inline(never)]
    pub(crate) fn place(items: Vec<T>) -> List<T> {
        let at = alloc::allocate(size_of::<Row<T>>()).cast::<Elements<T>>();
        // SAFETY: `allocate` gave room for it, aligned to 16.
        unsafe {
            at.write(Elements { row: Row::new(T::ROW, items) });
            List::from_object(NonNull::new_unchecked(at))
        }
    }

    /// An empty list with room for `capacity` elements.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn with_capacity(capacity: usize, at: At) -> List<T> {
        List::place(with_room(capacity, at))
    }

    /// `[x; count]`.
    ///
    /// # Errors
    /// Ends the program with `count out of range: …` or `out of memory limit`.
    pub fn repeated(element: T, count: i64, at: At) -> List<T> {
        let Ok(len) = usize::try_from(count) else { at.count_out_of_range(count) };
        let mut items = with_room(len, at);
        items.resize(len, element);
        List::place(items)
    }

    /// The elements of an iterator.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline]
    pub fn collect(items: impl Iterator<Item = T>, at: At) -> List<T> {
        let mut made = with_room(items.size_hint().0, at);
        for item in items {
            push(&mut made, item, at);
        }
        List::place(made)
    }

    #[inline(always)]
    pub(crate) fn elements(&self) -> &Elements<T> {
        // SAFETY: a `List` owns a count.
        unsafe { self.object.as_ref() }
    }

    /// The object, for handing the list to the VM with its count.
    #[inline]
    pub(crate) fn into_object(self) -> NonNull<Elements<T>> {
        let object = self.object;
        std::mem::forget(self);
        object
    }

    /// The list of an object, whose count it takes over.
    ///
    /// # Safety
    /// The object is a live `Elements<T>`.
    #[inline]
    pub(crate) unsafe fn from_object(object: NonNull<Elements<T>>) -> List<T> {
        let mut list = List { object, first: NonNull::dangling(), len: 0, owns: PhantomData };
        list.refresh();
        list
    }

    /// Reads place and number of the elements from the object again.
    #[inline(always)]
    fn refresh(&mut self) {
        // SAFETY: a `List` owns a count; a vector's pointer is not null.
        unsafe {
            let items = &mut (*self.object.as_ptr()).row.items;
            self.len = items.len();
            self.first = NonNull::new_unchecked(items.as_mut_ptr());
        }
    }

    /// How many share the elements.
    pub(crate) fn count(&self) -> u32 {
        self.elements().row.header.count()
    }

    /// The object's address, for the collector of cycles.
    pub(crate) fn address(&self) -> NonNull<u8> {
        self.object.cast()
    }

    /// Whether both are the same object, and so equal.
    #[inline]
    pub(crate) fn is_same(&self, other: &List<T>) -> bool {
        self.object == other.object
    }

    /// Makes this the only holder of the elements: copied first where others share them.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub(crate) fn own(&mut self, at: At) {
        if self.count() != 1 {
            self.separate(at);
        }
    }

    #[cold]
    #[inline(never)]
    fn separate(&mut self, at: At) {
        *self = List::from_slice(self, at);
    }

    /// The elements for changing them in place; copied first where others share them.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn edit(&mut self, at: At) -> Edit<'_, T> {
        self.own(at);
        Edit { list: self }
    }

    /// The elements of a list that was made this one's own.
    #[inline(always)]
    pub(crate) fn owned(&mut self) -> &mut [T] {
        // SAFETY: the only count is this one, held by `&mut`; `first` and `len` are the object's.
        unsafe { std::slice::from_raw_parts_mut(self.first.as_ptr(), self.len) }
    }

    /// `xs.push(element)`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn push(&mut self, element: T, at: At) {
        self.own(at);
        // SAFETY: the only count is this one, held by `&mut`.
        let items = unsafe { &mut self.object.as_mut().row.items };
        if self.len == items.capacity() {
            grow(items, 1, at);
            // SAFETY: a vector's pointer is not null.
            self.first = unsafe { NonNull::new_unchecked(items.as_mut_ptr()) };
        }
        // SAFETY: there is room for one more behind the last element.
        unsafe {
            self.first.as_ptr().add(self.len).write(element);
            self.len += 1;
            items.set_len(self.len);
        }
    }

    /// `xs.pop()`.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    #[inline(always)]
    pub fn pop(&mut self, at: At) -> Option<T> {
        self.own(at);
        // SAFETY: the only count is this one, held by `&mut`.
        let element = unsafe { self.object.as_mut().row.items.pop() };
        self.len -= usize::from(element.is_some());
        element
    }

    /// `xs.len()`.
    #[inline(always)]
    pub fn len(&self) -> i64 {
        length(self)
    }

    /// `xs.is_empty()`.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// `xs[i]`, borrowed.
    ///
    /// # Errors
    /// Ends the program with `index out of range: …`.
    #[inline(always)]
    pub fn get(&self, index: i64, at: At) -> &T {
        match (**self).get(index as usize) {
            Some(element) => element,
            None => at.index_out_of_range(self.len, index),
        }
    }

    /// A list of copies of these elements.
    ///
    /// # Errors
    /// Ends the program with `out of memory limit`.
    pub fn from_slice(part: &[T], at: At) -> List<T> {
        let mut items = with_room(part.len(), at);
        if std::mem::needs_drop::<T>() {
            for item in part {
                push(&mut items, item.clone(), at);
            }
        } else {
            items.extend_from_slice(part);
        }
        List::place(items)
    }
}

/// The length, as the language has it.
#[inline(always)]
pub(crate) fn length<T>(items: &[T]) -> i64 {
    // SAFETY: no slice of sized elements has more bytes than that. Said so that what is below a length is below it as an
    // unsigned number too.
    unsafe { assert_unchecked(size_of::<T>() == 0 || items.len() <= isize::MAX as usize / size_of::<T>().max(1)) };
    items.len() as i64
}

impl<T: Value> Default for List<T> {
    fn default() -> List<T> {
        List::new()
    }
}

impl<T: Value> From<Vec<T>> for List<T> {
    /// Takes over a vector of a size that the program's text decides; it is counted, but never refused.
    #[inline(never)]
    fn from(items: Vec<T>) -> List<T> {
        charge_always(&items);
        List::place(items)
    }
}

impl<T: Value> Deref for List<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: a `List` owns a count; `first` and `len` are the object's.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.len) }
    }
}

impl<T: Value> Clone for List<T> {
    #[inline(always)]
    fn clone(&self) -> List<T> {
        self.elements().row.header.retain();
        List { object: self.object, first: self.first, len: self.len, owns: PhantomData }
    }
}

impl<T: Value> Drop for List<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.elements().row.header.release() {
            // SAFETY: that was the last count.
            unsafe { drop_last(self.object) };
        }
    }
}

/// # Safety
/// Nobody has a count.
#[inline(never)]
unsafe fn drop_last<T: Value>(object: NonNull<Elements<T>>) {
    if std::mem::needs_drop::<T>() {
        // SAFETY: the caller gives it up.
        unsafe { drop_deep(object.cast(), take_apart::<T>) };
    } else {
        // SAFETY: as above.
        unsafe { take_apart::<T>(object.cast()) };
    }
}

/// # Safety
/// `object` is a dead `Elements<T>`.
unsafe fn take_apart<T: Value>(object: NonNull<u8>) {
    // SAFETY: `List::place` allocated it; the caller gives it up.
    unsafe {
        let row = &mut object.cast::<Elements<T>>().as_mut().row;
        alloc::discharge_vec(&row.items);
        std::ptr::drop_in_place(&raw mut row.items);
        alloc::deallocate(object.as_ptr(), size_of::<Row<T>>());
    }
}

/// A list being changed, from [`List::edit`].
pub struct Edit<'a, T: Value> {
    list: &'a mut List<T>,
}

impl<T: Value> Deref for Edit<'_, T> {
    type Target = Elements<T>;

    #[inline(always)]
    fn deref(&self) -> &Elements<T> {
        self.list.elements()
    }
}

impl<T: Value> DerefMut for Edit<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Elements<T> {
        // SAFETY: `List::edit` left one count, which is held by `&mut`.
        unsafe { self.list.object.as_mut() }
    }
}

impl<T: Value> Drop for Edit<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.list.refresh();
    }
}

impl<T: Value> Deref for Elements<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        &self.row.items
    }
}

impl<T: Value> DerefMut for Elements<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.row.items
    }
}
