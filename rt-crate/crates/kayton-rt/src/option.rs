//! `Option` and `Result`, which are Rust's own (LANGUAGE §9).

use kayton_abi::types::{ERR, NONE, OK, SOME};
use kayton_abi::{errors, hash, objects, KayVal};

use crate::boxed::{Boxable, Look};
use crate::calls::{shown, At};
use crate::cycles::Tracer;
use crate::text::Text;
use crate::value::{Cross, Key, Value};

/// The methods of `Option` that Rust's has not.
pub trait OptionExt<T> {
    /// `o.unwrap()`.
    ///
    /// # Errors
    /// Ends the program with `unwrap on None`.
    fn value(self, at: At) -> T;

    /// `o.expect(message)`.
    ///
    /// # Errors
    /// Ends the program with the message.
    fn expected<M: Value>(self, message: &M, at: At) -> T;
}

/// The methods of `Result` that Rust's has not.
pub trait ResultExt<T> {
    /// `r.unwrap()`.
    ///
    /// # Errors
    /// Ends the program with `unwrap on Err: …`.
    fn value(self, at: At) -> T;

    /// `r.expect(message)`.
    ///
    /// # Errors
    /// Ends the program with the message.
    fn expected<M: Value>(self, message: &M, at: At) -> T;
}

#[cold]
#[inline(never)]
fn unwrap_on_none(at: At) -> ! {
    at.fail(errors::unwrap_on_none())
}

#[cold]
#[inline(never)]
fn unwrap_on_err<E: Value>(error: &E, at: At) -> ! {
    at.fail(errors::unwrap_on_err(&shown(error, at)))
}

impl<T> OptionExt<T> for Option<T> {
    #[inline(always)]
    fn value(self, at: At) -> T {
        match self {
            Some(value) => value,
            None => unwrap_on_none(at),
        }
    }

    #[inline(always)]
    fn expected<M: Value>(self, message: &M, at: At) -> T {
        match self {
            Some(value) => value,
            None => at.panic(message),
        }
    }
}

impl<T, E: Value> ResultExt<T> for Result<T, E> {
    #[inline(always)]
    fn value(self, at: At) -> T {
        match self {
            Ok(value) => value,
            Err(error) => unwrap_on_err(&error, at),
        }
    }

    #[inline(always)]
    fn expected<M: Value>(self, message: &M, at: At) -> T {
        match self {
            Ok(value) => value,
            Err(_) => at.panic(message),
        }
    }
}

/// Adds `Name(value)`.
fn show_inside<T: Value>(name: &str, value: &T, out: &mut Text, at: At) {
    at.check_stack();
    out.put(name).put("(");
    value.show_nested(out, at);
    out.put(")");
}

impl<T: Value> Value for Option<T> {
    const TRACED: bool = T::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        match self {
            Some(value) => show_inside("Some", value, out, at),
            None => {
                out.put("None");
            }
        }
    }

    #[inline]
    fn equal(&self, other: &Option<T>, at: At) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.equal(b, at),
            (None, None) => true,
            _ => false,
        }
    }

    fn trace(&self, tracer: &mut Tracer) {
        self.iter().for_each(|value| value.trace(tracer));
    }
}

impl<T: Key> Key for Option<T> {
    const CERTAIN: bool = T::CERTAIN;

    #[inline]
    fn hash(&self, at: At) -> u64 {
        match self {
            Some(value) => hash::mix(u64::from(SOME), value.hash(at)),
            None => hash::int(i64::from(NONE)),
        }
    }

    #[inline]
    fn same(&self, other: &Option<T>, at: At) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.same(b, at),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T: Cross> Cross for Option<T> {
    fn into_val(self) -> KayVal {
        objects::option(self.map(Cross::into_val))
    }

    fn from_val(value: KayVal) -> Option<T> {
        let inside = objects::fields(&value).first().copied();
        let found = inside.map(|inside| T::from_val(inside.retained()));
        value.release();
        found
    }
}

/// Whether what a variant's only field holds, if it has one, fits.
fn inside_fits<T: Boxable>(value: KayVal) -> bool {
    objects::fields(&value).first().map_or(true, |inside| T::fits(*inside))
}

impl<T: Boxable> Boxable for Option<T> {
    fn fits(value: KayVal) -> bool {
        inside_fits::<T>(value)
    }

    #[inline]
    fn read(look: Look<'_>) -> Option<T> {
        look.has_parts().then(|| look.part(0))
    }
}

impl<T: Value, E: Value> Value for Result<T, E> {
    const TRACED: bool = T::TRACED || E::TRACED;

    fn show(&self, out: &mut Text, at: At) {
        match self {
            Ok(value) => show_inside("Ok", value, out, at),
            Err(error) => show_inside("Err", error, out, at),
        }
    }

    #[inline]
    fn equal(&self, other: &Result<T, E>, at: At) -> bool {
        match (self, other) {
            (Ok(a), Ok(b)) => a.equal(b, at),
            (Err(a), Err(b)) => a.equal(b, at),
            _ => false,
        }
    }

    fn trace(&self, tracer: &mut Tracer) {
        match self {
            Ok(value) => value.trace(tracer),
            Err(error) => error.trace(tracer),
        }
    }

    fn ends_with_error(&self, error: &mut Text, at: At) -> bool {
        if let Err(found) = self {
            found.show(error, at);
        }
        self.is_err()
    }
}

impl<T: Key, E: Key> Key for Result<T, E> {
    const CERTAIN: bool = T::CERTAIN && E::CERTAIN;

    #[inline]
    fn hash(&self, at: At) -> u64 {
        match self {
            Ok(value) => hash::mix(u64::from(OK), value.hash(at)),
            Err(error) => hash::mix(u64::from(ERR), error.hash(at)),
        }
    }

    #[inline]
    fn same(&self, other: &Result<T, E>, at: At) -> bool {
        match (self, other) {
            (Ok(a), Ok(b)) => a.same(b, at),
            (Err(a), Err(b)) => a.same(b, at),
            _ => false,
        }
    }
}

impl<T: Cross, E: Cross> Cross for Result<T, E> {
    fn into_val(self) -> KayVal {
        match self {
            Ok(value) => objects::ok(value.into_val()),
            Err(error) => objects::err(error.into_val()),
        }
    }

    /// # Panics
    /// When the value is no Result.
    fn from_val(value: KayVal) -> Result<T, E> {
        let inside = objects::fields(&value).first().copied().unwrap_or(KayVal::UNIT).retained();
        let variant = value.variant();
        value.release();
        match variant {
            Some(OK) => Ok(T::from_val(inside)),
            Some(ERR) => Err(E::from_val(inside)),
            _ => panic!("a value that is no Result came where one was promised"),
        }
    }
}

impl<T: Boxable, E: Boxable> Boxable for Result<T, E> {
    fn fits(value: KayVal) -> bool {
        if value.variant() == Some(OK) {
            inside_fits::<T>(value)
        } else {
            inside_fits::<E>(value)
        }
    }

    #[inline]
    fn read(look: Look<'_>) -> Result<T, E> {
        if look.number() == OK {
            Ok(look.part(0))
        } else {
            Err(look.part(0))
        }
    }
}
