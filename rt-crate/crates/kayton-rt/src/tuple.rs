//! Tuples, which are Rust's own.

use std::cmp::Ordering;

use kayton_abi::{hash, objects, KayVal, Tag};

use crate::boxed::{Boxable, Look};
use crate::calls::At;
use crate::cycles::Tracer;
use crate::text::Text;
use crate::value::{expect_tag, Cross, Key, Order, Value};

/// Compares part by part until one decides.
macro_rules! decide {
    ($self:ident, $other:ident, $part:ident => $order:expr, $($place:tt)+) => {{
        $(
            match { let $part = (&$self.$place, &$other.$place); $order } {
                Some(Ordering::Equal) => {}
                decided => return decided,
            }
        )+
        Some(Ordering::Equal)
    }};
}

macro_rules! tuple {
    ($count:literal, $end:literal, $($name:ident $place:tt),+) => {
        impl<$($name: Value),+> Value for ($($name,)+) {
            const TRACED: bool = $($name::TRACED)||+;

            fn show(&self, out: &mut Text, at: At) {
                at.check_stack();
                out.put("(");
                $(
                    if $place > 0 {
                        out.put(", ");
                    }
                    self.$place.show_nested(out, at);
                )+
                out.put($end);
            }

            #[inline]
            fn equal(&self, other: &Self, at: At) -> bool {
                $(self.$place.equal(&other.$place, at))&&+
            }

            fn trace(&self, tracer: &mut Tracer) {
                $(self.$place.trace(tracer);)+
            }
        }

        impl<$($name: Key),+> Key for ($($name,)+) {
            const CERTAIN: bool = $($name::CERTAIN)&&+;

            #[inline]
            fn hash(&self, at: At) -> u64 {
                let state = $count;
                $(let state = hash::mix(state, self.$place.hash(at));)+
                state
            }

            #[inline]
            fn same(&self, other: &Self, at: At) -> bool {
                $(self.$place.same(&other.$place, at))&&+
            }
        }

        impl<$($name: Order),+> Order for ($($name,)+) {
            const SILENT: bool = $($name::SILENT)&&+;

            #[inline]
            fn compare(&self, other: &Self, at: At) -> Option<Ordering> {
                decide!(self, other, part => part.0.compare(part.1, at), $($place)+)
            }

            #[inline]
            fn sorting(&self, other: &Self, at: At) -> Ordering {
                let order = || decide!(self, other, part => Some(part.0.sorting(part.1, at)), $($place)+);
                order().unwrap_or(Ordering::Equal)
            }
        }

        impl<$($name: Cross),+> Cross for ($($name,)+) {
            fn into_val(self) -> KayVal {
                objects::tuple(&[$(self.$place.into_val()),+])
            }

            fn from_val(value: KayVal) -> Self {
                expect_tag(value, Tag::TUPLE);
                let part = |place: usize| objects::fields(&value)[place].retained();
                let tuple = ($($name::from_val(part($place)),)+);
                value.release();
                tuple
            }
        }

        impl<$($name: Boxable),+> Boxable for ($($name,)+) {
            fn fits(value: KayVal) -> bool {
                $($name::fits(objects::fields(&value)[$place]))&&+
            }

            #[inline]
            fn read(look: Look<'_>) -> Self {
                expect_tag(look.val(), Tag::TUPLE);
                ($(look.part::<$name>($place),)+)
            }
        }
    };
}

tuple!(1, ",)", A 0);
tuple!(2, ")", A 0, B 1);
tuple!(3, ")", A 0, B 1, C 2);
tuple!(4, ")", A 0, B 1, C 2, D 3);
tuple!(5, ")", A 0, B 1, C 2, D 3, E 4);
tuple!(6, ")", A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(7, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(8, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(9, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(10, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(11, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(12, ")", A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
