use std::cmp::Ordering;

use kayton_abi::testing::{leaks_nothing, Dice};
use kayton_abi::types::{TypeInfo, TypeKind};
use kayton_abi::{objects, Hook, KayVal};

use super::{call, floats, host, int, ints, list, on_int, text, texts};
use crate::sort::merge_sort;

#[test]
fn sorting_is_stable_and_puts_nan_last() {
    leaks_nothing(|| {
        let mut host = host();
        assert_eq!(call(&mut host, "List.sorted", &[ints(&[5, 3, -1, 3])]), "[-1, 3, 3, 5]");
        let mixed = list(&[KayVal::float(2.5), KayVal::float(f64::NAN), int(1), text("x")]);
        assert_eq!(call(&mut host, "List.sort", &[mixed]), "cannot compare i64 with str | [2.5, NaN, 1, \"x\"]");
        let numbers = list(&[KayVal::float(f64::NAN), int(3), KayVal::float(2.5)]);
        assert_eq!(call(&mut host, "List.sort", &[numbers]), "() | [2.5, 3, NaN]");
        let same = floats(&[0.0, -0.0, f64::NAN, -1.0]);
        assert_eq!(call(&mut host, "List.sort", &[same]), "() | [-1.0, 0.0, -0.0, NaN]");
        assert_eq!(call(&mut host, "List.sorted", &[texts(&["b", "é", "a"])]), "[\"a\", \"b\", \"é\"]");
        let nested = list(&[floats(&[f64::NAN]), floats(&[1.0]), ints(&[])]);
        assert_eq!(call(&mut host, "List.sorted", &[nested]), "[[], [1.0], [NaN]]");
    });
}

#[test]
fn keys_and_comparators() {
    leaks_nothing(|| {
        let mut host = host();
        let third = on_int(&mut host, |n| int(n % 3));
        assert_eq!(call(&mut host, "List.sorted_by_key", &[ints(&[4, 1, 3, 6, 2])],), "expected 1 argument, found 0");
        assert_eq!(call(&mut host, "List.sorted_by_key", &[ints(&[4, 1, 3, 6, 2]), third]), "[3, 6, 4, 1, 2]");
        let down = host.function(|_, args| Ok(int(args[1].int_bits() - args[0].int_bits())));
        assert_eq!(call(&mut host, "List.sort_by", &[ints(&[1, 3, 2]), down]), "() | [3, 2, 1]");
        let wrong = host.function(|_, _| Ok(text("less")));
        assert_eq!(call(&mut host, "List.sort_by", &[ints(&[1, 3]), wrong]), "expected i64, found str | [1, 3]");
        let fails = host.function(|_, args| match args[0].int_bits() {
            3 => Err(kayton_abi::errors::failure("no")),
            n => Ok(int(n)),
        });
        assert_eq!(call(&mut host, "List.sort_by_key", &[texts(&[]), fails]), "() | []");
        assert_eq!(call(&mut host, "List.sort_by_key", &[ints(&[2, 1, 3]), fails]), "no | [2, 1, 3]");
    });
}

#[test]
fn the_users_order_is_used() {
    leaks_nothing(|| {
        let mut host = host();
        let version = host.add_type(TypeInfo::new("V", TypeKind::Struct, &["major", "label"]));
        let major = |value: &KayVal| objects::fields(value)[0].int_bits();
        host.implement(version, Hook::Ord, move |_, args| Ok(int(major(&args[0]) - major(&args[1]))));
        let make = |n: i64, label: &str| objects::structure(version, &[int(n), text(label)]);
        let xs = list(&[make(2, "a"), make(1, "b"), make(2, "c"), make(1, "d")]);
        let sorted = call(&mut host, "List.sorted", &[xs]);
        let labels: Vec<&str> = sorted.split('"').skip(1).step_by(2).collect();
        assert_eq!(labels, ["b", "d", "a", "c"]);
    });
}

#[test]
fn orders_that_contradict_themselves_only_give_some_order() {
    leaks_nothing(|| {
        let (mut host, mut dice) = (host(), Dice(3));
        for len in 0..200 {
            let mut items: Vec<usize> = (0..len).collect();
            merge_sort(&mut host, &mut items, &mut |_, _, _| {
                Ok([Ordering::Less, Ordering::Equal, Ordering::Greater][dice.below(3)])
            })
            .unwrap();
            items.sort_unstable();
            assert!(items.into_iter().eq(0..len));
        }
    });
}

#[test]
fn merging_agrees_with_rusts_stable_sort() {
    let (mut host, mut dice) = (host(), Dice(8));
    for len in 0..150 {
        let mut ours: Vec<(usize, usize)> = (0..len).map(|at| (dice.below(len / 3 + 1), at)).collect();
        let mut theirs = ours.clone();
        merge_sort(&mut host, &mut ours, &mut |_, a, b| Ok(a.0.cmp(&b.0))).unwrap();
        theirs.sort_by_key(|(key, _)| *key);
        assert_eq!(ours, theirs);
    }
}
