//! The state that a thread's values share: one for each thread, also where a process has two copies of this crate.
//!
//! A compiled program that loads the VM from a library has this crate twice. Values go back and forth, so both must count
//! the same memory and know the same instances: the library's copy, which is compiled with `--cfg kayton_adopted`, has no state of its
//! own but uses the program's, once [`adopt`] has told this thread where it is.

use std::ffi::c_void;

use crate::{alloc, cycles};

/// Declares variables of a thread that both copies share. They are used like those of `thread_local!`.
#[cfg(not(kayton_adopted))]
macro_rules! shared {
    ($($(#[$meta:meta])* static $name:ident: $ty:ty = const $init:block;)*) => {
        thread_local! {
            $($(#[$meta])* pub(crate) static $name: $ty = const $init;)*
        }
    };
}

#[cfg(kayton_adopted)]
macro_rules! shared {
    ($($(#[$meta:meta])* static $name:ident: $ty:ty = const $init:block;)*) => {
        $(
            $(#[$meta])*
            pub(crate) static $name: $crate::adopt::Adopted<$ty> = {
                thread_local! {
                    static AT: std::cell::Cell<*const $ty> = const { std::cell::Cell::new(std::ptr::null()) };
                }
                $crate::adopt::Adopted { at: &AT }
            };
        )*
    };
}

pub(crate) use shared;

/// Where the state of a thread is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ThreadState {
    heap: *const c_void,
    instances: *const c_void,
    next_at: *const c_void,
    next_bytes: *const c_void,
    due: *const c_void,
}

impl ThreadState {
    /// The state of the current thread. It stays where it is until the thread ends.
    pub fn current() -> ThreadState {
        ThreadState {
            heap: alloc::HEAP.with(|at| std::ptr::from_ref(at).cast()),
            instances: cycles::INSTANCES.with(|at| std::ptr::from_ref(at).cast()),
            next_at: cycles::NEXT_AT.with(|at| std::ptr::from_ref(at).cast()),
            next_bytes: cycles::NEXT_BYTES.with(|at| std::ptr::from_ref(at).cast()),
            due: cycles::DUE.with(|at| std::ptr::from_ref(at).cast()),
        }
    }
}

/// Makes this thread use the state that another copy of this crate has for it. Does nothing in a copy with its own.
///
/// # Safety
/// The state is [`ThreadState::current`] of this thread in a copy made from the same sources by the same compiler.
#[cfg_attr(not(kayton_adopted), allow(unused_variables))]
pub unsafe fn adopt(state: ThreadState) {
    #[cfg(kayton_adopted)]
    {
        alloc::HEAP.at.set(state.heap.cast());
        cycles::INSTANCES.at.set(state.instances.cast());
        cycles::NEXT_AT.at.set(state.next_at.cast());
        cycles::NEXT_BYTES.at.set(state.next_bytes.cast());
        cycles::DUE.at.set(state.due.cast());
    }
}

/// A variable of the thread in the other copy.
#[cfg(kayton_adopted)]
pub(crate) struct Adopted<T: 'static> {
    pub(crate) at: &'static std::thread::LocalKey<std::cell::Cell<*const T>>,
}

#[cfg(kayton_adopted)]
mod adopted {
    use std::cell::{Cell, RefCell};

    use super::Adopted;
    use crate::near::Near;

    impl<T: 'static> Near<T> for Adopted<T> {
        #[inline(always)]
        fn near<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
            self.with(f)
        }
    }

    impl<T> Adopted<T> {
        #[inline(always)]
        pub(crate) fn with<R>(&self, f: impl FnOnce(&T) -> R) -> R {
            // SAFETY: the library's only way in adopts the thread's state first, which lives as long as the thread.
            f(unsafe { &*self.at.get() })
        }
    }

    impl<T> Adopted<Cell<T>> {
        #[inline(always)]
        pub(crate) fn get(&self) -> T
        where
            T: Copy,
        {
            self.with(Cell::get)
        }

        #[inline(always)]
        pub(crate) fn set(&self, value: T) {
            self.with(|cell| cell.set(value));
        }
    }

    impl<T> Adopted<RefCell<T>> {
        pub(crate) fn with_borrow<R>(&self, f: impl FnOnce(&T) -> R) -> R {
            self.with(|cell| f(&cell.borrow()))
        }

        pub(crate) fn with_borrow_mut<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
            self.with(|cell| f(&mut cell.borrow_mut()))
        }
    }
}
