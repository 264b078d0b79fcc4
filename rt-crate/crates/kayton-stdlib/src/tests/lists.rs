use kayton_abi::testing::leaks_nothing;
use kayton_abi::types::{TypeInfo, TypeKind};
use kayton_abi::{objects, Hook, KayVal, Tag};

use super::{call, floats, host, int, ints, list, on_int, range, text, texts};
use crate::{method, sequence_method};

#[test]
fn changing_a_list() {
    leaks_nothing(|| {
        let mut host = host();
        for (name, args, expected) in [
            ("push", vec![text("x")], "() | [1, 2, 3, \"x\"]"),
            ("pop", vec![], "Some(3) | [1, 2]"),
            ("insert", vec![int(0), int(9)], "() | [9, 1, 2, 3]"),
            ("insert", vec![int(3), int(9)], "() | [1, 2, 3, 9]"),
            ("insert", vec![int(4), int(9)], "index out of range: the length is 3 but the index is 4 | [1, 2, 3]"),
            ("remove", vec![int(1)], "2 | [1, 3]"),
            ("remove", vec![int(-1)], "index out of range: the length is 3 but the index is -1 | [1, 2, 3]"),
            ("swap", vec![int(0), int(2)], "() | [3, 2, 1]"),
            ("clear", vec![], "() | []"),
            ("extend", vec![floats(&[0.5])], "() | [1, 2, 3, 0.5]"),
            ("extend", vec![range(7, 9)], "() | [1, 2, 3, 7, 8]"),
            ("extend", vec![int(7)], "cannot iterate over i64 | [1, 2, 3]"),
            ("truncate", vec![int(1)], "() | [1]"),
            ("truncate", vec![int(-1)], "count out of range: -1 | [1, 2, 3]"),
            ("reverse", vec![], "() | [3, 2, 1]"),
        ] {
            let mut all = vec![ints(&[1, 2, 3])];
            all.extend(args);
            assert_eq!(call(&mut host, &format!("List.{name}"), &all), expected);
        }
        assert_eq!(call(&mut host, "List.pop", &[ints(&[])]), "None | []");
    });
}

#[test]
fn looking_at_a_list() {
    leaks_nothing(|| {
        let mut host = host();
        let xs = || ints(&[5, 2, 8]);
        assert_eq!(call(&mut host, "List.first", &[xs()]), "Some(5)");
        assert_eq!(call(&mut host, "List.last", &[range(0, 4)]), "Some(3)");
        assert_eq!(call(&mut host, "List.last", &[ints(&[])]), "None");
        assert_eq!(call(&mut host, "List.index_of", &[xs(), KayVal::float(8.0)]), "Some(2)");
        assert_eq!(call(&mut host, "List.sum", &[xs()]), "15");
        assert_eq!(call(&mut host, "List.sum", &[floats(&[0.5, 0.25]), int(1)]), "1.75");
        assert_eq!(call(&mut host, "List.sum", &[texts(&["a", "b"])]), "\"ab\"");
        assert_eq!(call(&mut host, "List.sum", &[ints(&[])]), "sum of an empty list");
        assert_eq!(call(&mut host, "List.product", &[ints(&[]), int(3)]), "3");
        assert_eq!(call(&mut host, "List.product", &[ints(&[i64::MAX, 2])]), "integer overflow");
        assert_eq!(call(&mut host, "List.sum", &[list(&[int(1), text("a")])]), "cannot apply + to i64 and str");
        assert_eq!(call(&mut host, "List.max", &[xs()]), "Some(8)");
        assert_eq!(call(&mut host, "List.min", &[floats(&[f64::NAN, 2.0, 1.0])]), "Some(1.0)");
        assert_eq!(call(&mut host, "List.max", &[list(&[int(1), text("a")])]), "cannot compare str with i64");
        assert_eq!(call(&mut host, "List.join", &[texts(&["a", "b"]), text("-")]), "\"a-b\"");
        assert_eq!(call(&mut host, "List.join", &[xs(), text("-")]), "expected str, found i64");
        assert_eq!(call(&mut host, "List.to_set", &[ints(&[1, 1, 2])]), "{1, 2}");
        assert_eq!(call(&mut host, "List.to_set", &[floats(&[1.0])]), "not a key: f64");
    });
}

#[test]
fn cutting_and_combining() {
    leaks_nothing(|| {
        let mut host = host();
        for (name, args, expected) in [
            ("reversed", vec![range(0, 3)], "[2, 1, 0]"),
            ("enumerate", vec![texts(&["a", "b"])], "[(0, \"a\"), (1, \"b\")]"),
            ("zip", vec![ints(&[1, 2, 3]), text("né")], "[(1, \"n\"), (2, \"é\")]"),
            ("flatten", vec![list(&[ints(&[1]), ints(&[]), range(2, 4)])], "[1, 2, 3]"),
            ("take", vec![range(3, 9), int(2)], "[3, 4]"),
            ("take", vec![ints(&[1]), int(-1)], "count out of range: -1"),
            ("skip", vec![ints(&[1, 2, 3]), int(9)], "[]"),
            ("chunks", vec![ints(&[1, 2, 3]), int(2)], "[[1, 2], [3]]"),
            ("chunks", vec![ints(&[1]), int(0)], "count out of range: 0"),
            ("windows", vec![ints(&[1, 2, 3]), int(2)], "[[1, 2], [2, 3]]"),
            ("windows", vec![ints(&[1]), int(i64::MAX)], "[]"),
        ] {
            assert_eq!(call(&mut host, &format!("List.{name}"), &args), expected);
        }
    });
}

#[test]
fn functions_run_once_per_item_in_order() {
    leaks_nothing(|| {
        let mut host = host();
        let square = on_int(&mut host, |n| int(n * n));
        let even = on_int(&mut host, |n| KayVal::bool(n % 2 == 0));
        let up_to = on_int(&mut host, |n| range(0, n));
        let join = host.function(|host, args| {
            let words = [args[0], args[1]].map(|arg| kayton_abi::print::display(host, arg));
            Ok(text(&words.into_iter().collect::<Result<Vec<_>, _>>()?.join("+")))
        });
        let xs = || ints(&[1, 2, 3]);
        assert_eq!(call(&mut host, "List.map", &[xs(), square]), "[1, 4, 9]");
        assert_eq!(call(&mut host, "List.map", &[range(0, 3), square]), "[0, 1, 4]");
        assert_eq!(call(&mut host, "List.filter", &[xs(), even]), "[2]");
        assert_eq!(call(&mut host, "List.filter", &[xs(), square]), "expected bool, found i64");
        assert_eq!(call(&mut host, "List.fold", &[xs(), text("s"), join]), "\"s+1+2+3\"");
        assert_eq!(call(&mut host, "List.reduce", &[xs(), join]), "Some(\"1+2+3\")");
        assert_eq!(call(&mut host, "List.reduce", &[ints(&[]), join]), "None");
        assert_eq!(call(&mut host, "List.any", &[xs(), even]), "true");
        assert_eq!(call(&mut host, "List.all", &[xs(), even]), "false");
        assert_eq!(call(&mut host, "List.all", &[ints(&[]), even]), "true");
        assert_eq!(call(&mut host, "List.count", &[range(0, 10), even]), "5");
        assert_eq!(call(&mut host, "List.flat_map", &[xs(), up_to]), "[0, 0, 1, 0, 1, 2]");
        assert_eq!(call(&mut host, "List.flat_map", &[xs(), square]), "cannot iterate over i64");
        assert_eq!(call(&mut host, "List.map", &[xs(), int(3)]), "cannot call i64");
    });
}

#[test]
fn any_iterator_is_a_sequence_and_is_asked_no_more_than_needed() {
    leaks_nothing(|| {
        let mut host = host();
        let naturals = host.add_type(TypeInfo::new("Naturals", TypeKind::Struct, &["n"]));
        host.implement(naturals, Hook::Iterator, |_, args| {
            let n = objects::fields(&args[0])[0].to_int().unwrap();
            assert!(n < 5, "asked too often");
            objects::set_field(&mut args[0], 0, int(n + 1))?;
            Ok(objects::some(int(n)))
        });
        let from = |n: i64| objects::structure(naturals, &[int(n)]);
        assert_eq!(call(&mut host, "List.take", &[from(0), int(5)]), "[0, 1, 2, 3, 4]");
        assert_eq!(call(&mut host, "List.zip", &[texts(&["a"]), from(4)]), "[(\"a\", 4)]");
        let big = on_int(&mut host, |n| KayVal::bool(n > 3));
        assert_eq!(call(&mut host, "List.any", &[from(0), big]), "true");
        host.implement(naturals, Hook::Iterator, |_, _| Ok(int(1)));
        assert_eq!(call(&mut host, "List.map", &[from(0), big]), "expected Option, found i64");
    });
}

#[test]
fn iterables_lead_to_what_they_give() {
    leaks_nothing(|| {
        let mut host = host();
        let bag = host.add_type(TypeInfo::new("Bag", TypeKind::Struct, &["items"]));
        host.implement(bag, Hook::Iterable, |_, args| Ok(objects::fields(&args[0])[0].retained()));
        let endless = host.add_type(TypeInfo::new("Endless", TypeKind::Struct, &["items"]));
        host.implement(endless, Hook::Iterable, |_, args| Ok(args[0].retained()));
        let wrapped = |ty: u32| objects::structure(ty, &[objects::structure(bag, &[ints(&[4, 5])])]);
        assert_eq!(call(&mut host, "List.sum", &[wrapped(bag)]), "9");
        assert_eq!(call(&mut host, "List.sum", &[wrapped(endless)]), "call depth limit reached");
    });
}

#[test]
fn which_methods_a_type_has() {
    assert_eq!(method(Tag::RANGE, 0, "map"), method(Tag::LIST, 0, "map"));
    assert!(method(Tag::RANGE, 0, "push").is_none() && method(Tag::RANGE, 0, "rev").is_some());
    assert!(sequence_method("fold").is_some() && sequence_method("join").is_none());
    assert!(method(Tag::SET, 0, "map").is_none() && method(Tag::STR, 0, "trim").is_some());
    assert!(method(Tag::VARIANT0, 0, "is_none").is_some() && method(Tag::ENUM, 1, "is_none").is_none());
    assert!(method(Tag::ENUM, 2, "unwrap").is_none());
}
