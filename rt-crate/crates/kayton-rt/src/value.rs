//! What every Kayton value can do, whatever its Rust type: [`Value`], [`Key`], [`Order`], [`Cross`].

use std::cmp::Ordering;

use kayton_abi::format::Spec;
use kayton_abi::list::Row;
use kayton_abi::{hash, order, KayVal, Tag};

use crate::boxed::{Boxable, Look};
use crate::calls::{shown, At};
use crate::cycles::Tracer;
use crate::text::Text;

/// Any Kayton value. `clone` is cheap: scalars are copied, the rest is counted.
pub trait Value: Clone + 'static {
    /// Whether a class instance that may be part of a cycle can be reached from it. Emitted types that are recursive
    /// say so themselves; `true` is always right.
    const TRACED: bool;

    /// How lists of it are laid out: as the VM's lists of numbers or of any values, or as nothing the VM knows.
    #[doc(hidden)]
    const ROW: u64 = Row::<()>::OTHER;

    /// Adds the text that `print` shows.
    fn show(&self, out: &mut Text, at: At);

    /// Adds the text that is shown inside containers.
    fn show_nested(&self, out: &mut Text, at: At) {
        self.show(out, at);
    }

    /// Adds its text by a format spec.
    ///
    /// # Errors
    /// Ends the program with `bad format spec` where the spec does not fit.
    fn format(&self, spec: &Spec, out: &mut Text, at: At) {
        at.ok(spec.write_shown(|| shown(self, at), out.buffer()));
    }

    /// `==`, with `impl Eq` where there is one.
    fn equal(&self, other: &Self, at: At) -> bool;

    /// Tells the collector of cycles everything counted that this value holds directly.
    fn trace(&self, _tracer: &mut Tracer) {}

    /// Whether it is an `Err`, for what `main` returns; its error is then added to `error`.
    fn ends_with_error(&self, _error: &mut Text, _at: At) -> bool {
        false
    }
}

/// A value that can be a map key or a set member: structurally, without `impl Eq`.
pub trait Key: Value {
    /// Whether every value of the type is a key; of one whose type is known only at run time it must be asked (`not a key: f64`).
    const CERTAIN: bool = true;

    /// Equal keys have equal hashes; all bits are well mixed.
    fn hash(&self, at: At) -> u64;

    /// Whether both are the same key.
    fn same(&self, other: &Self, at: At) -> bool;
}

/// A value with an order: `< <= > >=`, sorting, `min` and `max`.
pub trait Order: Value {
    /// Whether comparing runs none of the program's code, so that nobody can tell what is compared when.
    const SILENT: bool;

    /// The order of `<` and its kin; `None` where a NaN decides, which makes all four false.
    fn compare(&self, other: &Self, at: At) -> Option<Ordering>;

    /// The order of sorting, with NaN last.
    fn sorting(&self, other: &Self, at: At) -> Ordering {
        self.compare(other, at).unwrap_or(Ordering::Equal)
    }

    /// Whether it is NaN, which gives way to any number in `min` and `max`.
    fn is_not_a_number(&self) -> bool {
        false
    }

    /// `self < other`.
    #[inline(always)]
    fn is_less(&self, other: &Self, at: At) -> bool {
        self.compare(other, at) == Some(Ordering::Less)
    }

    /// `self <= other`.
    #[inline(always)]
    fn is_at_most(&self, other: &Self, at: At) -> bool {
        matches!(self.compare(other, at), Some(Ordering::Less | Ordering::Equal))
    }

    /// `self > other`.
    #[inline(always)]
    fn is_more(&self, other: &Self, at: At) -> bool {
        self.compare(other, at) == Some(Ordering::Greater)
    }

    /// `self >= other`.
    #[inline(always)]
    fn is_at_least(&self, other: &Self, at: At) -> bool {
        matches!(self.compare(other, at), Some(Ordering::Greater | Ordering::Equal))
    }
}

/// A value that can be given to the VM and built-in functions, and come back.
pub trait Cross: Value {
    /// The value as the VM has it, which takes over what it holds.
    fn into_val(self) -> KayVal;

    /// The value as the VM has it, with counts of its own.
    #[inline]
    fn to_val(&self) -> KayVal {
        self.clone().into_val()
    }

    /// The value from the VM's, whose count it takes over.
    ///
    /// # Panics
    /// When it is a value of another type, which callers check.
    fn from_val(value: KayVal) -> Self;
}

/// Ends in a panic unless the value has this tag.
#[inline]
pub(crate) fn expect_tag(value: KayVal, tag: Tag) {
    assert!(value.tag == tag, "a value of tag {} came where {} was promised", value.tag.0, tag.0);
}

/// `min(a, b)`: the first of equals, and a number rather than NaN.
#[inline(always)]
pub fn least<T: Order>(a: T, b: T, at: At) -> T {
    if is_better(&b, &a, Ordering::Less, at) {
        b
    } else {
        a
    }
}

/// `max(a, b)`: the first of equals, and a number rather than NaN.
#[inline(always)]
pub fn greatest<T: Order>(a: T, b: T, at: At) -> T {
    if is_better(&b, &a, Ordering::Greater, at) {
        b
    } else {
        a
    }
}

/// Whether `value` takes the place of `best`.
#[inline(always)]
pub(crate) fn is_better<T: Order>(value: &T, best: &T, wanted: Ordering, at: At) -> bool {
    value.compare(best, at) == Some(wanted) || (best.is_not_a_number() && !value.is_not_a_number())
}

/// Values without any part that is counted.
macro_rules! scalar {
    ($ty:ty, $tag:expr, $row:expr, |$x:ident, $out:ident| $show:expr, $to:expr, $from:expr $(, $format:ident)?) => {
        impl Value for $ty {
            const TRACED: bool = false;
            const ROW: u64 = $row;

            #[inline]
            fn show(&self, $out: &mut Text, _: At) {
                let $x = self;
                $show
            }

            $(
                fn format(&self, spec: &Spec, out: &mut Text, at: At) {
                    at.ok(spec.$format(*self, out.buffer()));
                }
            )?

            #[inline(always)]
            fn equal(&self, other: &Self, _: At) -> bool {
                self == other
            }
        }

        impl Cross for $ty {
            #[inline]
            fn into_val(self) -> KayVal {
                ($to)(self)
            }

            #[inline]
            fn from_val(value: KayVal) -> Self {
                expect_tag(value, $tag);
                ($from)(value)
            }
        }

        impl Boxable for $ty {
            #[inline]
            fn read(look: Look<'_>) -> Self {
                ($from)(look.val())
            }
        }
    };
}

scalar!(
    i64,
    Tag::INT,
    Row::<i64>::INTS,
    |n, out| kayton_abi::print::int(*n, out.buffer()),
    KayVal::int,
    KayVal::int_bits,
    write_int
);
scalar!(
    f64,
    Tag::FLOAT,
    Row::<f64>::FLOATS,
    |x, out| kayton_abi::print::float(*x, out.buffer()),
    KayVal::float,
    KayVal::float_bits,
    write_float
);
scalar!(
    bool,
    Tag::BOOL,
    Row::<bool>::OTHER,
    |b, out| {
        out.put(if *b { "true" } else { "false" });
    },
    KayVal::bool,
    |value: KayVal| value.bits != 0
);
scalar!(
    (),
    Tag::UNIT,
    Row::<()>::OTHER,
    |_unit, out| {
        out.put("()");
    },
    |()| KayVal::UNIT,
    |_| ()
);

macro_rules! scalar_key {
    ($ty:ty, $x:ident => $word:expr) => {
        impl Key for $ty {
            #[inline(always)]
            fn hash(&self, _: At) -> u64 {
                let $x = *self;
                hash::int($word)
            }

            #[inline(always)]
            fn same(&self, other: &Self, _: At) -> bool {
                self == other
            }
        }
    };
}

scalar_key!(i64, n => n);
scalar_key!(bool, b => i64::from(b));
scalar_key!((), _unit => 0);

macro_rules! scalar_order {
    ($ty:ty) => {
        impl Order for $ty {
            const SILENT: bool = true;

            #[inline(always)]
            fn compare(&self, other: &Self, _: At) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

scalar_order!(i64);
scalar_order!(bool);

impl Order for f64 {
    const SILENT: bool = true;

    #[inline(always)]
    fn compare(&self, other: &f64, _: At) -> Option<Ordering> {
        self.partial_cmp(other)
    }

    #[inline(always)]
    fn sorting(&self, other: &f64, _: At) -> Ordering {
        order::nan_last(*self, *other)
    }

    #[inline(always)]
    fn is_not_a_number(&self) -> bool {
        self.is_nan()
    }
}
