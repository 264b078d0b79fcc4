//! Freeing without recursion: dead objects form a list through their own first bytes.

use crate::alloc;
use crate::cycles;
use crate::list::{Items, List};
use crate::map::Table;
use crate::object::{Header, Layout};
use crate::objects;
use crate::range::Range;
use crate::string;
use crate::value::{KayVal, Tag};

/// Dead objects that wait to be taken apart, linked through their first 8 bytes (count and type id, unused now).
struct Dead {
    first: *mut Header,
}

impl Dead {
    /// # Safety
    /// `object` has no count left and is in no list.
    unsafe fn push(&mut self, object: *mut Header) {
        // SAFETY: objects are at least 16 bytes, aligned to 16; the caller gives up this one.
        unsafe { object.cast::<*mut Header>().write(self.first) };
        self.first = object;
    }

    fn pop(&mut self) -> Option<*mut Header> {
        if self.first.is_null() {
            return None;
        }
        let object = self.first;
        // SAFETY: `push` wrote the link.
        self.first = unsafe { object.cast::<*mut Header>().read() };
        Some(object)
    }

    /// Gives back one count of `value`, putting it on the list when that was the last.
    fn release(&mut self, value: KayVal) {
        if value.is_heap() {
            // SAFETY: the dead holder owned a count, so the object is alive until here.
            unsafe {
                if (*value.header()).release() {
                    self.push(value.header());
                }
            }
        }
    }
}

/// Frees an object whose last count is gone, and everything that only it held.
///
/// # Safety
/// `object` is an object of this thread without any count left.
#[inline(never)]
pub(crate) unsafe fn free(object: *mut Header) {
    let mut dead = Dead { first: std::ptr::null_mut() };
    // SAFETY: the caller gives up the object.
    unsafe { take_apart(object, &mut dead) };
    while let Some(object) = dead.pop() {
        // SAFETY: each object on the list is whole but for its first 8 bytes, which hold no tag.
        unsafe { take_apart(object, &mut dead) };
    }
}

/// # Safety
/// `object` is dead and its bytes after the first 8 are intact.
#[inline(always)]
unsafe fn take_apart(object: *mut Header, dead: &mut Dead) {
    // SAFETY: `kind` lies after the first 8 bytes; each arm reads the layout its tag promises.
    unsafe {
        let tag = Tag(u32::from((*object).kind));
        match tag {
            Tag::STR => string::deallocate(object),
            Tag::LIST => {
                let list = object.cast::<List>().read();
                list.discharge();
                if let Items::Any(values) = list.into_items() {
                    values.into_iter().for_each(|value| dead.release(value));
                }
                drop_cell::<List>(object);
            }
            Tag::MAP | Tag::SET => {
                let table = object.cast::<Table>().read();
                table.discharge();
                for entry in table.into_entries() {
                    dead.release(entry.key());
                    dead.release(entry.value);
                }
                drop_cell::<Table>(object);
            }
            Tag::RANGE => drop_cell::<Range>(object),
            _ => {
                if tag == Tag::CLASS {
                    cycles::unregister(&*object);
                }
                for value in objects::fields_at(object) {
                    dead.release(*value);
                }
                objects::deallocate(object);
            }
        }
    }
}

/// # Safety
/// `object` was placed as a `T`, whose contents have been moved out.
unsafe fn drop_cell<T: Layout>(object: *mut Header) {
    // SAFETY: `place` allocated this size.
    unsafe { alloc::deallocate(object.cast(), size_of::<T>()) };
}

/// Calls `visit` with every value that `value`'s object holds directly.
pub(crate) fn for_each_child(value: KayVal, mut visit: impl FnMut(KayVal)) {
    match value.tag {
        Tag::LIST => {
            if let Some(Items::Any(values)) = value.get::<List>().map(List::items) {
                values.iter().for_each(|child| visit(*child));
            }
        }
        Tag::MAP | Tag::SET => {
            for entry in value.get::<Table>().into_iter().flat_map(Table::entries) {
                visit(entry.key());
                visit(entry.value);
            }
        }
        tag if tag.has_fields() => objects::fields(&value).iter().for_each(|child| visit(*child)),
        _ => {}
    }
}

/// Makes `root` and all it holds immortal, with a worklist of its own.
pub(crate) fn immortalize(root: KayVal) {
    let mut work = vec![root];
    while let Some(value) = work.pop() {
        if !value.is_heap() {
            continue;
        }
        // SAFETY: a heap value points to a live object.
        let header = unsafe { &*value.header() };
        if header.count() == crate::object::IMMORTAL {
            continue;
        }
        header.make_immortal();
        for_each_child(value, |child| work.push(child));
    }
}
