//! [`Dyn`]: a value of any type, as the VM has it.

use std::cmp::Ordering;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use kayton_abi::list::Row;
use kayton_abi::{equal, errors, hash, objects, order, print, types as ids, KayVal, List as Object, Owned, Table, Tag};

use crate::boxed::{Boxable, Look};
use crate::calls::{nowhere, At};
use crate::host::{types, with_host};
use crate::list::{Elements, List};
use crate::list_query::list_val;
use crate::map::Map;
use crate::received::{Depth, Received};
use crate::set::Set;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Order, Value};

/// A value of any type.
#[repr(transparent)]
pub struct Dyn(pub(crate) KayVal);

impl Dyn {
    /// The value, borrowed.
    #[inline]
    pub fn val(&self) -> KayVal {
        self.0
    }

    /// The name that `type_name` gives.
    pub fn type_name(&self) -> &'static str {
        types().type_name(self.0)
    }

    /// The value as one of the type `T` that Kayton calls `name`, which it must be.
    pub fn known<T: Received>(self, name: &str, at: At) -> T {
        if !T::is(self.0, Depth::Surface) {
            at.fail(errors::expected(name, self.type_name()));
        }
        T::from_val(self.into_val())
    }
}

impl Clone for Dyn {
    #[inline]
    fn clone(&self) -> Dyn {
        Dyn(self.0.retained())
    }
}

impl Drop for Dyn {
    #[inline]
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Value for Dyn {
    // The VM's own collector knows the instances that are behind it.
    const TRACED: bool = false;
    const ROW: u64 = Row::<KayVal>::ANY;

    fn show(&self, out: &mut Text, at: At) {
        with_host(at, |host| print::write_display(host, self.0, out.buffer()));
    }

    fn show_nested(&self, out: &mut Text, at: At) {
        with_host(at, |host| print::write_nested(host, self.0, out.buffer()));
    }

    fn format(&self, spec: &kayton_abi::format::Spec, out: &mut Text, at: At) {
        with_host(at, |host| spec.write(host, self.0, out.buffer()));
    }

    fn equal(&self, other: &Dyn, at: At) -> bool {
        with_host(at, |host| equal::equal(host, self.0, other.0))
    }

    fn ends_with_error(&self, error: &mut Text, at: At) -> bool {
        let is_error = self.0.variant() == Some(ids::ERR);
        if is_error {
            let inside = objects::fields(&self.0).first().copied().unwrap_or(KayVal::UNIT);
            with_host(at, |host| print::write_display(host, inside, error.buffer()));
        }
        is_error
    }
}

impl Key for Dyn {
    const CERTAIN: bool = false;

    fn hash(&self, at: At) -> u64 {
        hash::int(at.ok(hash::key(types(), self.0)) as i64)
    }

    fn same(&self, other: &Dyn, at: At) -> bool {
        at.ok(equal::keys_equal(self.0, other.0))
    }
}

impl Order for Dyn {
    const SILENT: bool = false;

    fn compare(&self, other: &Dyn, at: At) -> Option<Ordering> {
        with_host(at, |host| order::compare(host, self.0, other.0))
    }

    fn sorting(&self, other: &Dyn, at: At) -> Ordering {
        with_host(at, |host| order::sorting_order(host, self.0, other.0))
    }

    fn is_not_a_number(&self) -> bool {
        self.0.to_float().is_some_and(f64::is_nan)
    }
}

impl Cross for Dyn {
    #[inline]
    fn into_val(self) -> KayVal {
        ManuallyDrop::new(self).0
    }

    #[inline]
    fn from_val(value: KayVal) -> Dyn {
        Dyn(value)
    }
}

impl Boxable for Dyn {
    #[inline]
    fn read(look: Look<'_>) -> Dyn {
        Dyn(look.val())
    }
}

/// Lists that the VM knows, too, are the same object there; others are made anew, which only built-in functions ask for.
impl<T: Cross> Cross for List<T> {
    fn into_val(self) -> KayVal {
        if T::ROW != Row::<T>::OTHER {
            return list_val(self.into_object().cast());
        }
        let values: Vec<KayVal> = self.iter().map(Cross::to_val).collect();
        nowhere().ok(Object::from_values(&values))
    }

    fn from_val(value: KayVal) -> List<T> {
        if let Some(object) = row(value) {
            // SAFETY: the kind says that the elements are `T`.
            return unsafe { List::from_object(object) };
        }
        let held = Owned::new(value);
        let items = held.get::<Object>().into_iter().flat_map(Object::iter);
        List::from(items.map(|item| T::from_val(item.retained())).collect::<Vec<T>>())
    }
}

/// The object of a list that is laid out as a row of `T`.
#[inline]
pub(crate) fn row<T: Value>(value: KayVal) -> Option<NonNull<Elements<T>>> {
    expect_tag(value, Tag::LIST);
    let object = NonNull::new(value.bits as usize as *mut Elements<T>)?;
    // SAFETY: a list is a row of some kind; which one is looked at before its elements are.
    (T::ROW != Row::<T>::OTHER && unsafe { (*object.as_ptr()).row.kind() } == T::ROW).then_some(object)
}

thread_local! {
    /// An empty row of each kind, for looking at an empty list that is one of another kind.
    static EMPTY: ManuallyDrop<[Row<KayVal>; 3]> = const { ManuallyDrop::new([Row::empty(0), Row::empty(1), Row::empty(2)]) };
}

impl<T: Boxable> Boxable for List<T> {
    #[inline]
    fn fits(value: KayVal) -> bool {
        row::<T>(value).is_some() || value.get::<Object>().is_some_and(Object::is_empty)
    }

    #[inline]
    fn read(look: Look<'_>) -> List<T> {
        const { assert!(T::ROW != Row::<T>::OTHER, "a list that the VM does not know") };
        let object = row(look.val()).unwrap_or_else(|| EMPTY.with(|rows| NonNull::from(&rows[T::ROW as usize]).cast()));
        // SAFETY: the kind says that the elements are `T`, or there are none.
        unsafe { List::from_object(object) }
    }
}

impl<K: Key + Cross, V: Cross> Cross for Map<K, V> {
    fn into_val(self) -> KayVal {
        let mut made = Owned::new(Table::map());
        for (key, value) in self.iter() {
            let table = nowhere().ok(made.value_mut().unique::<Table>());
            nowhere().ok(table.insert(types(), key.to_val(), value.to_val()));
        }
        made.take()
    }

    fn from_val(value: KayVal) -> Map<K, V> {
        expect_tag(value, Tag::MAP);
        let (held, mut map) = (Owned::new(value), Map::new());
        for entry in held.get::<Table>().into_iter().flat_map(Table::entries) {
            map.set(K::from_val(entry.key().retained()), V::from_val(entry.value.retained()), nowhere());
        }
        map
    }
}

impl<K: Key + Cross> Cross for Set<K> {
    fn into_val(self) -> KayVal {
        let mut made = Owned::new(Table::set());
        for member in self.iter() {
            let table = nowhere().ok(made.value_mut().unique::<Table>());
            nowhere().ok(table.insert(types(), member.to_val(), KayVal::UNIT));
        }
        made.take()
    }

    fn from_val(value: KayVal) -> Set<K> {
        expect_tag(value, Tag::SET);
        let held = Owned::new(value);
        let members = held.get::<Table>().into_iter().flat_map(Table::entries);
        Set::collect(members.map(|entry| K::from_val(entry.key().retained())), nowhere())
    }
}
