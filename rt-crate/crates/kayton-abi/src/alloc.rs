//! Memory of this thread's objects: size classes for small ones, and the account of all bytes against a limit.
//!
//! Small objects never fail to be made; they only count. What can be large (buffers of lists, maps and strings) is
//! charged before it is allocated, and [`check_memory`] lets an interpreter notice many small objects.

use std::alloc::{alloc, dealloc, handle_alloc_error, Layout};
use std::cell::Cell;
use std::ptr::null_mut;

use crate::errors::{self, KayError, Res};
use crate::near::Near;
use crate::pulse;

/// Objects up to this size come from the free lists; none do where a memory checker is to see each object's life.
const SMALL: usize = if cfg!(feature = "apart") { 0 } else { 128 };
const GRAIN: usize = 16;
const CLASSES: usize = SMALL / GRAIN + 1;
/// Small objects are cut from chunks of this size.
const CHUNK: usize = 32 * 1024;
/// The limit until [`set_memory_limit`] is called: 4 GiB.
pub const DEFAULT_LIMIT: usize = 4 << 30;

/// A free cell, or the first cell of a chunk, linked to the next.
struct Link {
    next: *mut Link,
}

#[repr(C)]
pub(crate) struct Heap {
    free: [Cell<*mut Link>; CLASSES],
    fresh: Cell<*mut u8>,
    fresh_left: Cell<usize>,
    chunks: Cell<*mut Link>,
    in_use: Cell<usize>,
    limit: Cell<usize>,
}

crate::adopt::shared! {
    /// The objects of this thread.
    static HEAP: Heap = const {
        Heap {
            free: [const { Cell::new(null_mut()) }; CLASSES],
            fresh: Cell::new(null_mut()),
            fresh_left: Cell::new(0),
            chunks: Cell::new(null_mut()),
            in_use: Cell::new(0),
            limit: Cell::new(DEFAULT_LIMIT),
        }
    };
    static EXHAUSTED: Cell<Option<fn() -> !>> = const { Cell::new(None) };
}

/// Says what ends a program whose small objects pass the limit, where nobody asks [`check_memory`].
pub fn set_exhausted(end: fn() -> !) {
    EXHAUSTED.set(Some(end));
}

/// Bytes held by the objects of this thread.
pub fn memory_in_use() -> usize {
    HEAP.near(|heap| heap.in_use.get())
}

/// The bytes that objects of this thread may hold.
pub fn memory_limit() -> usize {
    HEAP.near(|heap| heap.limit.get())
}

/// Sets what objects of this thread may hold before `out of memory limit`.
pub fn set_memory_limit(bytes: usize) {
    HEAP.near(|heap| heap.limit.set(bytes));
    crate::cycles::plan_bytes();
}

/// Notices that small objects have passed the limit: for a loop's back edge or a call.
///
/// # Errors
/// `out of memory limit`.
#[inline]
pub fn check_memory() -> Res<()> {
    charge(0)
}

/// Counts `bytes` that are about to be allocated.
///
/// # Errors
/// `out of memory limit` when they do not fit; nothing is counted then.
#[inline]
pub fn charge(bytes: usize) -> Res<()> {
    HEAP.near(|heap| {
        let total = heap.in_use.get().saturating_add(bytes);
        if total > heap.limit.get() {
            return Err(errors::out_of_memory());
        }
        heap.in_use.set(total);
        Ok(())
    })
}

/// Whether `bytes` more would fit, for what is about to be built outside of objects (a text being printed).
///
/// # Errors
/// `out of memory limit`.
pub fn check_room(bytes: usize) -> Res<()> {
    charge(bytes)?;
    discharge(bytes);
    Ok(())
}

/// Takes back `bytes` that were charged and are freed now.
#[inline]
pub fn discharge(bytes: usize) {
    HEAP.near(|heap| heap.in_use.set(heap.in_use.get().wrapping_sub(bytes)));
}

/// Makes room for `extra` more elements, at least doubling, and charges for it first.
///
/// # Errors
/// `out of memory limit`; the vector is unchanged then.
#[cold]
pub fn grow<T>(vec: &mut Vec<T>, extra: usize) -> Res<()> {
    let wanted = vec.len().saturating_add(extra);
    let doubled = wanted.max(vec.capacity().saturating_mul(2)).max(4);
    reserve_to(vec, doubled).or_else(|_| reserve_to(vec, wanted))
}

/// Makes room for exactly `capacity` elements in all, and charges for it first.
///
/// # Errors
/// `out of memory limit`; the vector is unchanged then.
pub fn reserve_to<T>(vec: &mut Vec<T>, capacity: usize) -> Res<()> {
    let before = vec.capacity();
    if capacity <= before {
        return Ok(());
    }
    let bytes = charge_buffer(capacity - before, size_of::<T>())?;
    if vec.try_reserve_exact(capacity - vec.len()).is_err() {
        return Err(refused(bytes));
    }
    // The allocator may have given more than was asked for.
    discharge(bytes.wrapping_sub((vec.capacity() - before) * size_of::<T>()));
    Ok(())
}

/// Charges for elements of a size that are about to get room, and gives the bytes. What is the same for all types is compiled once.
fn charge_buffer(elements: usize, size: usize) -> Res<usize> {
    let bytes = elements.saturating_mul(size);
    charge(bytes)?;
    pulse::spend(bytes);
    Ok(bytes)
}

#[cold]
fn refused(bytes: usize) -> Box<KayError> {
    discharge(bytes);
    errors::out_of_memory()
}

/// Takes back what a vector's buffer was charged with, for when the vector is about to be dropped.
pub fn discharge_vec<T>(vec: &Vec<T>) {
    discharge(vec.capacity() * size_of::<T>());
}

/// Memory for an object of `size` bytes, which must not be 0, aligned to 16; counted, but never refused.
#[inline]
pub fn allocate(size: usize) -> *mut u8 {
    if size > SMALL {
        return allocate_large(size);
    }
    let class = size.div_ceil(GRAIN);
    HEAP.near(|heap| {
        heap.in_use.set(heap.in_use.get() + class * GRAIN);
        let cell = heap.free[class].get();
        if cell.is_null() {
            return cut(heap, class * GRAIN);
        }
        // SAFETY: cells in a free list are ours, unused, and start with their link.
        heap.free[class].set(unsafe { (*cell).next });
        cell.cast()
    })
}

/// Gives back what [`allocate`] returned for the same size.
///
/// # Safety
/// `at` came from `allocate(size)` on this thread and is not used any more.
#[inline]
pub unsafe fn deallocate(at: *mut u8, size: usize) {
    if size > SMALL {
        discharge(size);
        // SAFETY: `allocate_large` used this layout.
        unsafe { dealloc(at, large(size)) };
        return;
    }
    let class = size.div_ceil(GRAIN);
    HEAP.near(|heap| {
        heap.in_use.set(heap.in_use.get().wrapping_sub(class * GRAIN));
        let cell = at.cast::<Link>();
        // SAFETY: the cell is at least 16 bytes, aligned, and nobody else's.
        unsafe { cell.write(Link { next: heap.free[class].get() }) };
        heap.free[class].set(cell);
    });
}

fn large(size: usize) -> Layout {
    // Sizes were charged against a limit or come from a live object, so they are far below isize::MAX.
    Layout::from_size_align(size, GRAIN).unwrap_or(Layout::new::<u128>())
}

#[cold]
fn allocate_large(size: usize) -> *mut u8 {
    let layout = large(size);
    // SAFETY: the size is above SMALL, so it is not zero.
    let at = unsafe { alloc(layout) };
    if at.is_null() {
        handle_alloc_error(layout);
    }
    HEAP.near(|heap| heap.in_use.set(heap.in_use.get() + size));
    pulse::spend(size);
    at
}

#[cold]
fn cut(heap: &Heap, size: usize) -> *mut u8 {
    if heap.fresh_left.get() < size {
        if let (true, Some(end)) = (heap.in_use.get() > heap.limit.get(), EXHAUSTED.get()) {
            end()
        }
        let layout = large(CHUNK);
        // SAFETY: CHUNK is not zero.
        let chunk = unsafe { alloc(layout) };
        if chunk.is_null() {
            handle_alloc_error(layout);
        }
        let link = chunk.cast::<Link>();
        // SAFETY: the chunk is ours and larger than a link.
        unsafe { link.write(Link { next: heap.chunks.get() }) };
        heap.chunks.set(link);
        // SAFETY: GRAIN is inside the chunk.
        heap.fresh.set(unsafe { chunk.add(GRAIN) });
        heap.fresh_left.set(CHUNK - GRAIN);
    }
    let at = heap.fresh.get();
    // SAFETY: `size` bytes are left in the chunk.
    heap.fresh.set(unsafe { at.add(size) });
    heap.fresh_left.set(heap.fresh_left.get() - size);
    at
}

/// Frees the chunks of small objects of this thread, whatever is still in them, and starts the account at zero.
/// For a thread that ends, or between two programs.
///
/// # Safety
/// No value made on this thread is used afterwards, constants and cached strings included.
pub unsafe fn reset_thread() {
    crate::string::forget_cached();
    crate::cycles::forget_all();
    pulse::forget_watch();
    HEAP.near(|heap| {
        let mut chunk = heap.chunks.replace(null_mut());
        while !chunk.is_null() {
            // SAFETY: chunks were made by `cut` with this layout and start with their link.
            unsafe {
                let next = (*chunk).next;
                dealloc(chunk.cast(), large(CHUNK));
                chunk = next;
            }
        }
        heap.free.iter().for_each(|list| list.set(null_mut()));
        heap.fresh_left.set(0);
        heap.in_use.set(0);
    });
}
