//! Whatever `for` accepts, item by item (LANGUAGE §4, §7).

use kayton_abi::{errors, iter, objects, pulse, types, Hook, Host, KayVal, Owned, Res, Tag};

use crate::args;
use crate::collect::Collected;

/// An `Iterable.iter` may give another iterable; this many in a row is a loop.
const MOST_ITERABLES: usize = 100;

/// A sequence being walked. It holds the value it walks over, so that changes elsewhere do not disturb it.
pub enum Source {
    /// A list, range, str, map or set, and how far it is.
    BuiltIn(Owned, u64),
    /// A user's iterator and its `Iterator.next`.
    User(Owned, KayVal),
}

impl Source {
    /// Starts at the beginning of a borrowed value.
    ///
    /// # Errors
    /// `cannot iterate over i64`, whatever `Iterable.iter` ends with.
    pub fn new(host: &mut dyn Host, value: KayVal) -> Res<Source> {
        let mut value = Owned::share(value);
        for _ in 0..MOST_ITERABLES {
            if iter::is_iterable(value.tag) {
                return Ok(Source::BuiltIn(value, 0));
            }
            if let Some(next) = host.hook(*value, Hook::Iterator) {
                return Ok(Source::User(value, next));
            }
            let Some(iter) = host.hook(*value, Hook::Iterable) else {
                return Err(errors::cannot_iterate(host.types().type_name(*value)));
            };
            value = Owned::new(host.call(iter, &[*value])?);
        }
        Err(errors::call_depth())
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// Whatever `Iterator.next` ends with; `expected Option, found …` when it gives something else; that the program is
    /// to stop.
    #[inline]
    pub fn next(&mut self, host: &mut dyn Host) -> Res<Option<Owned>> {
        match self {
            Source::BuiltIn(value, cursor) => {
                pulse::beat()?;
                Ok(iter::next(**value, cursor).map(Owned::new))
            }
            Source::User(value, next) => {
                let answer = Owned::new(host.call_mut(*next, value.value_mut(), &[])?);
                match (answer.tag, answer.aux) {
                    (Tag::VARIANT0, types::NONE) => Ok(None),
                    (Tag::ENUM, types::SOME) => Ok(objects::fields(&answer).first().copied().map(Owned::share)),
                    _ => Err(args::mismatch(host, "Option", *answer)),
                }
            }
        }
    }

    /// Gives every item to `visit` until it says to stop.
    ///
    /// # Errors
    /// As for [`Source::next`], and what `visit` fails with.
    pub fn each(mut self, host: &mut dyn Host, mut visit: impl FnMut(&mut dyn Host, Owned) -> Res<Walk>) -> Res<()> {
        while let Some(item) = self.next(host)? {
            if visit(host, item)? == Walk::Stop {
                break;
            }
        }
        Ok(())
    }
}

/// Whether a walk goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// To the next item.
    On,
    /// No further.
    Stop,
}

/// Gives every item of a borrowed value to `visit`.
///
/// # Errors
/// As for [`Source::new`] and [`Source::each`].
pub fn each(host: &mut dyn Host, value: KayVal, visit: impl FnMut(&mut dyn Host, Owned) -> Res<Walk>) -> Res<()> {
    Source::new(host, value)?.each(host, visit)
}

/// A list of a borrowed value's items: the value itself when it is a list.
///
/// # Errors
/// As for [`Source::new`] and [`Source::each`].
pub fn to_list(host: &mut dyn Host, value: KayVal) -> Res<Owned> {
    if value.tag == Tag::LIST {
        return Ok(Owned::share(value));
    }
    let mut list = Collected::new();
    each(host, value, |_, item| list.push(item.take()).map(|()| Walk::On))?;
    Ok(Owned::new(list.finish()))
}
