//! [`Dyn`]: a value of any type, as the VM has it.

use std::cmp::Ordering;

use kayton_abi::list::Row;
use kayton_abi::{equal, hash, objects, order, print, types as ids, KayVal, List as Object, Owned, Table, Tag};

use crate::calls::At;
use crate::host::{types, with_host};
use crate::list::List;
use crate::list_query::list_val;
use crate::map::Map;
use crate::set::Set;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Order, Value};

/// A value of any type.
#[repr(transparent)]
pub struct Dyn(KayVal);

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
    fn to_val(&self) -> KayVal {
        self.0.retained()
    }

    #[inline]
    fn lend(&mut self) -> KayVal {
        std::mem::replace(&mut self.0, KayVal::UNIT)
    }

    #[inline]
    fn from_val(value: KayVal) -> Dyn {
        Dyn(value)
    }
}

/// What cannot fail but for lack of memory, where there is nobody to tell.
fn or_abort<T>(result: kayton_abi::Res<T>) -> T {
    result.unwrap_or_else(|error| crate::fail::fail(&error.message, Vec::new()))
}

impl<T: Cross> Cross for List<T> {
    /// The object itself where the VM knows its layout, else a copy.
    fn to_val(&self) -> KayVal {
        if T::ROW != Row::<T>::OTHER {
            return list_val(self.clone().into_object().cast());
        }
        let values: Vec<KayVal> = self.iter().map(Cross::to_val).collect();
        or_abort(Object::from_values(&values))
    }

    fn lend(&mut self) -> KayVal {
        if T::ROW != Row::<T>::OTHER {
            return list_val(std::mem::take(self).into_object().cast());
        }
        self.to_val()
    }

    fn from_val(value: KayVal) -> List<T> {
        expect_tag(value, Tag::LIST);
        let object = std::ptr::NonNull::new(value.bits as usize as *mut crate::list::Elements<T>);
        if let (true, Some(object)) = (T::ROW != Row::<T>::OTHER, object) {
            // SAFETY: a list is a row of some kind; which one is looked at before its elements are.
            if unsafe { (*object.as_ptr()).row.kind() } == T::ROW {
                // SAFETY: the kind says that the elements are `T`.
                return unsafe { List::from_object(object) };
            }
        }
        let held = Owned::new(value);
        let items = held.get::<Object>().into_iter().flat_map(Object::iter);
        List::from(items.map(|item| T::from_val(item.retained())).collect::<Vec<T>>())
    }
}

impl<K: Key + Cross, V: Cross> Cross for Map<K, V> {
    fn to_val(&self) -> KayVal {
        let mut made = Owned::new(Table::map());
        for (key, value) in self.iter() {
            let table = or_abort(made.value_mut().unique::<Table>());
            or_abort(table.insert(types(), key.to_val(), value.to_val()));
        }
        made.take()
    }

    fn from_val(value: KayVal) -> Map<K, V> {
        expect_tag(value, Tag::MAP);
        let (held, mut map, at) = (Owned::new(value), Map::new(), crate::calls::nowhere());
        for entry in held.get::<Table>().into_iter().flat_map(Table::entries) {
            map.set(K::from_val(entry.key().retained()), V::from_val(entry.value.retained()), at);
        }
        map
    }
}

impl<K: Key + Cross> Cross for Set<K> {
    fn to_val(&self) -> KayVal {
        let mut made = Owned::new(Table::set());
        for member in self.iter() {
            let table = or_abort(made.value_mut().unique::<Table>());
            or_abort(table.insert(types(), member.to_val(), KayVal::UNIT));
        }
        made.take()
    }

    fn from_val(value: KayVal) -> Set<K> {
        expect_tag(value, Tag::SET);
        let (held, at) = (Owned::new(value), crate::calls::nowhere());
        let members = held.get::<Table>().into_iter().flat_map(Table::entries);
        Set::collect(members.map(|entry| K::from_val(entry.key().retained())), at)
    }
}
