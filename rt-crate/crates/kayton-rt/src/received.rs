//! What compiled code can receive from bytecode, and how it is told: [`Received`].

use kayton_abi::list::Row;
use kayton_abi::types::{ERR, NONE, OK, SOME};
use kayton_abi::{objects, KayVal, List as Object, Table, Tag};

use crate::boxed::{Boxable, Boxed};
use crate::boxed_list::BoxedList;
use crate::boxed_map::BoxedMap;
use crate::boxed_set::BoxedSet;
use crate::dynamic::{row, Dyn};
use crate::list::List;
use crate::map::Map;
use crate::parts::Never;
use crate::range::Range;
use crate::set::Set;
use crate::shared::Shared;
use crate::std_modules::{Builder, Rng};
use crate::string::Str;
use crate::value::{Cross, Key};

/// How many elements of a container are looked at, or made anew.
const FEW: usize = 16;

/// How much of a value is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its own type: what is in it is known.
    Surface,
    /// All of it.
    Whole,
}

/// A value that may come from bytecode.
pub trait Received: Cross {
    /// Whether every value of the VM is one.
    const ANY: bool = false;

    /// Whether a value of the VM is one, if that can be told, and the value be had, in a time that does not grow with it. So of long
    /// containers and of values of any depth it is only told that they are ones where their parts are known, and of those that
    /// are made anew not even then.
    fn is(value: KayVal, depth: Depth) -> bool;
}

macro_rules! received {
    ($($ty:ty: $tag:expr),*) => {
        $(impl Received for $ty {
            #[inline]
            fn is(value: KayVal, _: Depth) -> bool {
                value.tag == $tag
            }
        })*
    };
}

received!(i64: Tag::INT, f64: Tag::FLOAT, bool: Tag::BOOL, (): Tag::UNIT, Str: Tag::STR, Range: Tag::RANGE);
received!(Rng: Tag::RNG, Builder: Tag::BUILDER);

impl Received for Dyn {
    const ANY: bool = true;

    #[inline]
    fn is(_: KayVal, _: Depth) -> bool {
        true
    }
}

impl Received for Never {
    fn is(_: KayVal, _: Depth) -> bool {
        false
    }
}

impl<T: Received> Received for Option<T> {
    fn is(value: KayVal, depth: Depth) -> bool {
        is_variant(value, NONE, depth, []) || is_variant(value, SOME, depth, [T::is])
    }
}

impl<T: Received, E: Received> Received for Result<T, E> {
    fn is(value: KayVal, depth: Depth) -> bool {
        is_variant(value, OK, depth, [T::is]) || is_variant(value, ERR, depth, [E::is])
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {
        $(impl<$($name: Received),+> Received for ($($name,)+) {
            fn is(value: KayVal, depth: Depth) -> bool {
                value.tag == Tag::TUPLE && parts_are(value, depth, [$($name::is),+])
            }
        })*
    };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

/// The same object where the VM knows its layout, which says of numbers what they are; else made anew.
impl<T: Received> Received for List<T> {
    fn is(value: KayVal, depth: Depth) -> bool {
        let Some(list) = value.get::<Object>() else { return false };
        let tells = depth == Depth::Surface || T::ANY || T::ROW != Row::<T>::ANY;
        (tells && row::<T>(value).is_some()) || few(list.len(), depth, || list.iter().all(|item| T::is(item, depth)))
    }
}

impl<K: Key + Received, V: Received> Received for Map<K, V> {
    fn is(value: KayVal, depth: Depth) -> bool {
        let parts = |table: &Table| table.entries().all(|e| K::is(e.key(), depth) && V::is(e.value, depth));
        value.tag == Tag::MAP && value.get::<Table>().is_some_and(|table| few(table.len(), depth, || parts(table)))
    }
}

impl<K: Key + Received> Received for Set<K> {
    fn is(value: KayVal, depth: Depth) -> bool {
        let parts = |table: &Table| table.entries().all(|e| K::is(e.key(), depth));
        value.tag == Tag::SET && value.get::<Table>().is_some_and(|table| few(table.len(), depth, || parts(table)))
    }
}

/// Whether a container has few elements, and they are what is wanted.
fn few(len: usize, depth: Depth, parts: impl FnOnce() -> bool) -> bool {
    len <= FEW && (depth == Depth::Surface || parts())
}

impl<T: Boxable + Received> Received for BoxedList<T> {
    fn is(value: KayVal, depth: Depth) -> bool {
        value.tag == Tag::LIST && (depth == Depth::Surface || T::ANY || value.get::<Object>().is_some_and(|list| few(list.len(), depth, || list.iter().all(|item| T::is(item, depth)))))
    }
}

impl<K: Key + Boxable + Received, V: Boxable + Received> Received for BoxedMap<K, V> {
    fn is(value: KayVal, depth: Depth) -> bool {
        value.tag == Tag::MAP && (depth == Depth::Surface || Map::<K, V>::is(value, depth))
    }
}

impl<K: Key + Boxable + Received> Received for BoxedSet<K> {
    fn is(value: KayVal, depth: Depth) -> bool {
        value.tag == Tag::SET && (depth == Depth::Surface || Set::<K>::is(value, depth))
    }
}

/// Behind it there may be any depth.
impl<T: Boxable + Received> Received for Boxed<T> {
    fn is(_: KayVal, depth: Depth) -> bool {
        depth == Depth::Surface
    }
}

/// It would be made anew, to any depth.
impl<T: Received> Received for Shared<T> {
    fn is(_: KayVal, _: Depth) -> bool {
        false
    }
}

/// What tells whether a part is of its type.
type Test = fn(KayVal, Depth) -> bool;

/// Whether a value is a struct of the type with this number, and its fields are what the tests say.
#[inline]
pub fn is_structure<const N: usize>(value: KayVal, number: u32, depth: Depth, fields: [Test; N]) -> bool {
    value.tag == Tag::STRUCT && value.aux == number && parts_are(value, depth, fields)
}

/// As [`is_structure`], for an enum's variant.
#[inline]
pub fn is_variant<const N: usize>(value: KayVal, number: u32, depth: Depth, fields: [Test; N]) -> bool {
    value.variant() == Some(number) && parts_are(value, depth, fields)
}

/// As [`is_structure`], for a function of the program and what it captured.
#[inline]
pub fn is_function<const N: usize>(value: KayVal, number: u32, depth: Depth, captured: [Test; N]) -> bool {
    matches!(value.tag, Tag::FUNC | Tag::CLOSURE) && value.aux == number && parts_are(value, depth, captured)
}

/// Whether a value is an instance of the class with this number.
#[inline]
pub fn is_instance(value: KayVal, number: u32) -> bool {
    value.tag == Tag::CLASS && value.aux == number
}

#[inline]
fn parts_are<const N: usize>(value: KayVal, depth: Depth, tests: [Test; N]) -> bool {
    let parts = objects::fields(&value);
    parts.len() == N && parts.iter().zip(tests).all(|(part, is)| is(*part, depth))
}
