//! The check at an annotation (LANGUAGE §3): the outermost constructor, with i64 given for f64 converted.

use crate::errors::{self, Res};
use crate::types::TypeTable;
use crate::value::{KayVal, Tag};

/// What an annotation demands of a value when it crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// `dyn`, or a type parameter: anything.
    Any,
    /// A built-in type: values of this tag. [`Tag::FUNC`] stands for every kind of function. [`Tag::FLOAT`] converts
    /// an i64.
    Builtin(Tag),
    /// A tuple of this many parts.
    Tuple(u32),
    /// A struct, class or enum by its type id; also `Option` and `Result`.
    Type(u32),
    /// `dyn Trait`, by its place in [`TypeTable::traits`].
    Trait(u32),
}

impl Guard {
    /// Lets `value` cross, converting it where the annotation does.
    ///
    /// # Errors
    /// `expected T, found U`, `expected a tuple of 2, found a tuple of 3`.
    #[inline]
    pub fn check(self, types: &TypeTable, value: &mut KayVal) -> Res<()> {
        match self {
            Guard::Any => Ok(()),
            Guard::Builtin(tag) if tag == value.tag => Ok(()),
            Guard::Builtin(Tag::FLOAT) if value.tag == Tag::INT => {
                *value = KayVal::float(value.int_bits() as f64);
                Ok(())
            }
            _ if self.admits(types, *value) => Ok(()),
            _ => Err(self.mismatch(types, *value)),
        }
    }

    /// Whether `value` passes as it is.
    pub fn admits(self, types: &TypeTable, value: KayVal) -> bool {
        match self {
            Guard::Any => true,
            Guard::Builtin(Tag::FUNC) => value.tag.is_function(),
            Guard::Builtin(tag) => value.tag == tag,
            Guard::Tuple(parts) => value.tag == Tag::TUPLE && value.aux == parts,
            Guard::Type(id) => types.type_id(value) == Some(id),
            Guard::Trait(index) => types.implements(value, index),
        }
    }

    #[cold]
    fn mismatch(self, types: &TypeTable, value: KayVal) -> Box<crate::KayError> {
        let found = types.type_name(value);
        match self {
            Guard::Tuple(parts) if value.tag == Tag::TUPLE => errors::wrong_tuple(parts as usize, value.aux as usize),
            _ => errors::expected(self.name(types), found),
        }
    }

    /// The name in `expected T, …`.
    pub fn name(self, types: &TypeTable) -> &str {
        match self {
            Guard::Any => "dyn",
            Guard::Builtin(tag) => crate::types::builtin_name(tag),
            Guard::Tuple(_) => "tuple",
            Guard::Type(id) => types.types.get(id as usize).map_or("?", |info| &info.name),
            Guard::Trait(index) => types.traits.get(index as usize).map_or("?", |info| &info.name),
        }
    }
}
