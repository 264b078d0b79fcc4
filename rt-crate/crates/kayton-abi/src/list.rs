//! Lists, which keep numbers of one kind without tags.

use crate::alloc;
use crate::errors::{self, Res};
use crate::object::{self, Header, Layout};
pub use crate::row::Row;
use crate::value::{KayVal, Tag};

/// The three ways a list keeps its elements. Which one is used never shows.
///
/// Its layout is a part of what compiled programs know, see [`Row`].
#[repr(u64)]
pub enum Items {
    /// Only i64. Also the form of a list that never had an element.
    Ints(Vec<i64>),
    /// Only f64.
    Floats(Vec<f64>),
    /// Anything; the list owns a count of each.
    Any(Vec<KayVal>),
}

/// The elements of a list as a slice to rearrange.
pub enum ItemsMut<'a> {
    /// Only i64.
    Ints(&'a mut [i64]),
    /// Only f64.
    Floats(&'a mut [f64]),
    /// Anything; whoever replaces a value takes over its count.
    Any(&'a mut [KayVal]),
}

/// A list value.
#[repr(C)]
pub struct List {
    header: Header,
    items: Items,
}

const _: () = assert!(size_of::<Row<i64>>() == size_of::<List>());

// SAFETY: repr(C), header first, and only `List::place` makes LIST objects.
unsafe impl Layout for List {
    const NAME: &'static str = "List";

    #[inline(always)]
    fn fits(tag: Tag) -> bool {
        tag == Tag::LIST
    }

    fn duplicate(&self) -> Res<KayVal> {
        self.slice(0, self.len())
    }
}

/// Runs the same code on the vector of whichever representation the items have.
macro_rules! on_items {
    ($items:expr, $vec:ident => $body:expr) => {
        match $items {
            Items::Ints($vec) => $body,
            Items::Floats($vec) => $body,
            Items::Any($vec) => $body,
        }
    };
}
pub(crate) use on_items;

#[inline]
fn ensure_room<T>(vec: &mut Vec<T>) -> Res<()> {
    if vec.len() == vec.capacity() {
        alloc::grow(vec, 1)?;
    }
    Ok(())
}

/// Pushing where that takes no memory.
trait PushInPlace<T> {
    fn push_in_place(&mut self, item: T, fits: bool) -> bool;
}

impl<T> PushInPlace<T> for Vec<T> {
    #[inline(always)]
    fn push_in_place(&mut self, item: T, fits: bool) -> bool {
        let len = self.len();
        if !fits || len == self.capacity() {
            return false;
        }
        // SAFETY: there is room behind the last item.
        unsafe {
            self.as_mut_ptr().add(len).write(item);
            self.set_len(len + 1);
        }
        true
    }
}

fn copied<T: Copy>(part: &[T]) -> Res<Vec<T>> {
    let mut copy = Vec::new();
    alloc::reserve_to(&mut copy, part.len())?;
    copy.extend_from_slice(part);
    Ok(copy)
}

impl List {
    pub(crate) fn place(items: Items) -> KayVal {
        object::place(Tag::LIST, List { header: Header::new(Tag::LIST, 0, 0), items })
    }

    /// An empty list.
    #[inline]
    pub fn empty() -> KayVal {
        List::place(Items::Ints(Vec::new()))
    }

    /// A list of these numbers.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn from_ints(ints: Vec<i64>) -> Res<KayVal> {
        alloc::charge(ints.capacity() * size_of::<i64>())?;
        Ok(List::place(Items::Ints(ints)))
    }

    /// A list of these numbers.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn from_floats(floats: Vec<f64>) -> Res<KayVal> {
        alloc::charge(floats.capacity() * size_of::<f64>())?;
        Ok(List::place(Items::Floats(floats)))
    }

    /// A list of these values, whose counts it takes over, in the tightest form.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn from_values(values: &[KayVal]) -> Res<KayVal> {
        let all = |tag| values.iter().all(|value| value.tag == tag);
        let made = if all(Tag::INT) {
            copy_map(values, |value| value.int_bits()).map(Items::Ints)
        } else if all(Tag::FLOAT) {
            copy_map(values, |value| value.float_bits()).map(Items::Floats)
        } else {
            copied(values).map(Items::Any)
        };
        if made.is_err() {
            values.iter().for_each(|value| value.release());
        }
        made.map(List::place)
    }

    /// `[value; count]`, with counts of its own.
    ///
    /// # Errors
    /// `count out of range: -1`, `out of memory limit`.
    pub fn repeated(value: KayVal, count: i64) -> Res<KayVal> {
        let Ok(len) = usize::try_from(count) else {
            return Err(errors::count_out_of_range(count));
        };
        Ok(List::place(match value.tag {
            Tag::INT => Items::Ints(filled(value.int_bits(), len)?),
            Tag::FLOAT => Items::Floats(filled(value.float_bits(), len)?),
            _ => {
                let values = filled(value, len)?;
                values.iter().for_each(|value| value.retain());
                Items::Any(values)
            }
        }))
    }

    /// The elements in their representation.
    #[inline(always)]
    pub fn items(&self) -> &Items {
        &self.items
    }

    pub(crate) fn items_raw(&mut self) -> &mut Items {
        &mut self.items
    }

    /// The elements as a slice to rearrange.
    pub fn items_mut(&mut self) -> ItemsMut<'_> {
        match &mut self.items {
            Items::Ints(ints) => ItemsMut::Ints(ints),
            Items::Floats(floats) => ItemsMut::Floats(floats),
            Items::Any(values) => ItemsMut::Any(values),
        }
    }

    pub(crate) fn into_items(self) -> Items {
        self.items
    }

    /// Takes the buffer out of the account; its list is about to be dropped.
    pub(crate) fn discharge(&self) {
        on_items!(&self.items, vec => alloc::discharge_vec(vec));
    }

    /// The number of elements.
    #[inline(always)]
    pub fn len(&self) -> usize {
        on_items!(&self.items, vec => vec.len())
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `at`, borrowed.
    #[inline(always)]
    pub fn get(&self, at: usize) -> Option<KayVal> {
        match &self.items {
            Items::Ints(ints) => ints.get(at).map(|n| KayVal::int(*n)),
            Items::Floats(floats) => floats.get(at).map(|x| KayVal::float(*x)),
            Items::Any(values) => values.get(at).copied(),
        }
    }

    /// All elements in order, borrowed.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = KayVal> + ExactSizeIterator + '_ {
        (0..self.len()).map(|at| self.get(at).unwrap_or(KayVal::UNIT))
    }

    /// Adds an element at the end, taking over its count.
    ///
    /// # Errors
    /// `out of memory limit`.
    #[inline(always)]
    pub fn push(&mut self, value: KayVal) -> Res<()> {
        match &mut self.items {
            Items::Ints(ints) if value.tag == Tag::INT && ints.len() < ints.capacity() => ints.push(value.int_bits()),
            Items::Floats(floats) if value.tag == Tag::FLOAT && floats.len() < floats.capacity() => {
                floats.push(value.float_bits());
            }
            Items::Any(values) if values.len() < values.capacity() => values.push(value),
            _ => return self.push_slowly(value),
        }
        Ok(())
    }

    /// Adds an element at the end, taking over its count, if the representation and the room are there; says whether it did.
    #[inline(always)]
    #[must_use]
    pub fn push_in_place(&mut self, value: KayVal) -> bool {
        match &mut self.items {
            Items::Ints(ints) => ints.push_in_place(value.int_bits(), value.tag == Tag::INT),
            Items::Floats(floats) => floats.push_in_place(value.float_bits(), value.tag == Tag::FLOAT),
            Items::Any(values) => values.push_in_place(value, true),
        }
    }

    #[cold]
    #[inline(never)]
    fn push_slowly(&mut self, value: KayVal) -> Res<()> {
        let room = self.accept(value.tag).and_then(|()| on_items!(&mut self.items, vec => ensure_room(vec)));
        if let Err(error) = room {
            value.release();
            return Err(error);
        }
        self.append(value);
        Ok(())
    }

    /// Adds `value`, for which the representation and the room are there.
    fn append(&mut self, value: KayVal) {
        match &mut self.items {
            Items::Ints(ints) => ints.push(value.int_bits()),
            Items::Floats(floats) => floats.push(value.float_bits()),
            Items::Any(values) => values.push(value),
        }
    }

    /// Replaces element `at`, which must exist, taking over the new value's count and releasing the old one.
    ///
    /// # Errors
    /// `out of memory limit`.
    #[inline(always)]
    pub fn set(&mut self, at: usize, value: KayVal) -> Res<()> {
        match &mut self.items {
            Items::Ints(ints) if value.tag == Tag::INT => ints[at] = value.int_bits(),
            Items::Floats(floats) if value.tag == Tag::FLOAT => floats[at] = value.float_bits(),
            Items::Any(values) => std::mem::replace(&mut values[at], value).release(),
            _ => return self.set_slowly(at, value),
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn set_slowly(&mut self, at: usize, value: KayVal) -> Res<()> {
        if let Err(error) = self.accept(value.tag) {
            value.release();
            return Err(error);
        }
        self.set(at, value)
    }

    /// Changes the representation, if need be, so that a value of this tag can be stored.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub(crate) fn accept(&mut self, tag: Tag) -> Res<()> {
        let fits = match &self.items {
            Items::Ints(_) => tag == Tag::INT,
            Items::Floats(_) => tag == Tag::FLOAT,
            Items::Any(values) => !values.is_empty() || !matches!(tag, Tag::INT | Tag::FLOAT),
        };
        if fits {
            return Ok(());
        }
        if self.is_empty() {
            self.discharge();
            self.items = match tag {
                Tag::INT => Items::Ints(Vec::new()),
                Tag::FLOAT => Items::Floats(Vec::new()),
                _ => Items::Any(Vec::new()),
            };
            return Ok(());
        }
        self.generalize()
    }

    /// Makes the representation `Any`.
    pub(crate) fn generalize(&mut self) -> Res<()> {
        let values = match &self.items {
            Items::Ints(ints) => copy_map(ints, |n| KayVal::int(*n))?,
            Items::Floats(floats) => copy_map(floats, |x| KayVal::float(*x))?,
            Items::Any(_) => return Ok(()),
        };
        self.discharge();
        self.items = Items::Any(values);
        Ok(())
    }

    /// Removes and gives the last element, with its count.
    #[inline]
    pub fn pop(&mut self) -> Option<KayVal> {
        match &mut self.items {
            Items::Ints(ints) => ints.pop().map(KayVal::int),
            Items::Floats(floats) => floats.pop().map(KayVal::float),
            Items::Any(values) => values.pop(),
        }
    }

    /// A new list of the elements `from..to`, which must be inside.
    ///
    /// # Errors
    /// `out of memory limit`.
    pub fn slice(&self, from: usize, to: usize) -> Res<KayVal> {
        Ok(List::place(match &self.items {
            Items::Ints(ints) => Items::Ints(copied(&ints[from..to])?),
            Items::Floats(floats) => Items::Floats(copied(&floats[from..to])?),
            Items::Any(values) => {
                let part = copied(&values[from..to])?;
                part.iter().for_each(|value| value.retain());
                Items::Any(part)
            }
        }))
    }
}

fn copy_map<A, B>(part: &[A], convert: impl Fn(&A) -> B) -> Res<Vec<B>> {
    let mut made = Vec::new();
    alloc::reserve_to(&mut made, part.len())?;
    made.extend(part.iter().map(convert));
    Ok(made)
}

fn filled<T: Copy>(value: T, len: usize) -> Res<Vec<T>> {
    let mut made = Vec::new();
    alloc::reserve_to(&mut made, len)?;
    made.resize(len, value);
    Ok(made)
}
