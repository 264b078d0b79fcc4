//! [`Instance`]: a class instance that compiled code and bytecode share, as the VM has it.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;

use kayton_abi::list::Row;
use kayton_abi::{cycles, objects, KayVal, Tag};

use crate::boxed::Boxable;
use crate::value::expect_tag;

/// A reference to a class instance of the VM, whose collector of cycles knows it. Clones refer to the same one.
#[repr(transparent)]
pub struct Instance(KayVal);

impl Instance {
    /// How lists of references are laid out: as the VM's lists of any values.
    pub const ROW: u64 = Row::<KayVal>::ANY;

    /// A new instance of the type with this number, whose fields it takes over.
    pub fn new(type_number: u32, fields: &[KayVal]) -> Instance {
        let made = Instance(objects::class(type_number, fields));
        if cycles::collection_due() {
            cycles::collect();
        }
        made
    }

    /// `a is b`.
    #[inline]
    pub fn is(&self, other: &Instance) -> bool {
        self.0.same(other.0)
    }

    /// Field number `index`, in which there are only values of type `T`.
    #[inline]
    pub fn field<T: Boxable>(&self, index: usize) -> FieldOf<'_, T> {
        FieldOf { instance: self, index, holds: PhantomData }
    }

    /// The reference as the VM has it, with its count.
    #[inline]
    pub fn into_val(self) -> KayVal {
        ManuallyDrop::new(self).0
    }

    /// The reference from the VM's, whose count it takes over.
    ///
    /// # Panics
    /// When it is none.
    #[inline]
    pub fn from_val(value: KayVal) -> Instance {
        expect_tag(value, Tag::CLASS);
        Instance(value)
    }
}

impl Clone for Instance {
    #[inline]
    fn clone(&self) -> Instance {
        Instance(self.0.retained())
    }
}

impl Drop for Instance {
    #[inline]
    fn drop(&mut self) {
        self.0.release();
    }
}

/// A field of an [`Instance`]: it has the methods of [`crate::Field`].
pub struct FieldOf<'a, T> {
    instance: &'a Instance,
    index: usize,
    holds: PhantomData<T>,
}

impl<T: Boxable> FieldOf<'_, T> {
    /// `c.f`.
    #[inline]
    pub fn get(&self) -> T {
        T::from_val(objects::fields(&self.instance.0)[self.index].retained())
    }

    /// `c.f = value`.
    #[inline]
    pub fn set(&self, value: T) {
        self.replace(value.into_val()).release();
    }

    /// Changes the field in place. `change` must not run any of the program's code: values are computed before.
    #[inline]
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut held = T::from_val(self.replace(KayVal::UNIT));
        let result = change(&mut held);
        self.replace(held.into_val());
        result
    }

    fn replace(&self, value: KayVal) -> KayVal {
        let mut instance = self.instance.0;
        match objects::fields_mut(&mut instance) {
            Ok(fields) => std::mem::replace(&mut fields[self.index], value),
            Err(error) => crate::fail::fail(&error.message, Vec::new()),
        }
    }
}
