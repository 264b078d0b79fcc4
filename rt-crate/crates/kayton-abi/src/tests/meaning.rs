use super::{ints, list, shown, text};
use crate::guard::Guard;
use crate::host::{Hook, Host};
use crate::ops::{self, Binary};
use crate::testing::{leaks_nothing, TestHost};
use crate::types::{TypeInfo, TypeKind, FIRST_TYPE};
use crate::value::{KayVal, Tag};
use crate::{access, equal, iter, objects, order, Owned, Range, Table};

/// The printed result or the error of an operator.
fn result(op: Binary, a: KayVal, b: KayVal) -> String {
    let (a, b, mut host) = (Owned::new(a), Owned::new(b), TestHost::new());
    match ops::binary(&host.types, op, *a, *b) {
        Ok(value) => shown(&mut host, value),
        Err(error) => error.message,
    }
}

#[test]
fn integer_arithmetic_is_checked() {
    use Binary::{Add, Div, FloorDiv, Mul, Pow, Rem, Shl, Shr, Sub};
    let min = i64::MIN;
    for (op, a, b, expected) in [
        (Add, i64::MAX, 1, "integer overflow"),
        (Sub, min, 1, "integer overflow"),
        (Mul, 1 << 62, 2, "integer overflow"),
        (Div, 7, 2, "3.5"),
        (Div, 1, 0, "division by zero"),
        (FloorDiv, -7, 2, "-4"),
        (FloorDiv, 7, -2, "-4"),
        (FloorDiv, min, -1, "integer overflow"),
        (FloorDiv, 1, 0, "division by zero"),
        (Rem, -7, 2, "1"),
        (Rem, 7, -2, "-1"),
        (Rem, min, -1, "0"),
        (Rem, 1, 0, "division by zero"),
        (Pow, 2, 62, "4611686018427387904"),
        (Pow, 2, 63, "integer overflow"),
        (Pow, -2, 63, "-9223372036854775808"),
        (Pow, -1, i64::MAX, "-1"),
        (Pow, 0, 0, "1"),
        (Pow, 3, 1 << 40, "integer overflow"),
        (Pow, 2, -1, "negative exponent"),
        (Shl, 1, 63, "-9223372036854775808"),
        (Shr, -8, 1, "-4"),
        (Shl, 1, 64, "shift out of range"),
        (Shr, 1, -1, "shift out of range"),
    ] {
        assert_eq!(result(op, KayVal::int(a), KayVal::int(b)), expected, "{a} {} {b}", op.symbol());
    }
}

#[test]
fn float_arithmetic_follows_ieee_and_python() {
    use Binary::{BitAnd, FloorDiv, Pow, Rem};
    for (op, a, b, expected) in [
        (Rem, -7.5, 2.0, "0.5"),
        (Rem, 7.5, -2.0, "-0.5"),
        (Rem, -4.0, 2.0, "0.0"),
        (Rem, 4.0, -2.0, "-0.0"),
        (Rem, 5.0, 0.0, "NaN"),
        (FloorDiv, -7.5, 2.0, "-4.0"),
        (Pow, 4.0, 0.5, "2.0"),
        (BitAnd, 1.0, 2.0, "cannot apply & to f64 and f64"),
    ] {
        assert_eq!(result(op, KayVal::float(a), KayVal::float(b)), expected);
    }
    assert_eq!(result(Binary::Add, KayVal::int(1), KayVal::float(0.5)), "1.5");
}

#[test]
fn other_operands_join_or_are_refused() {
    leaks_nothing(|| {
        assert_eq!(result(Binary::Add, text("ab"), text("é")), "abé");
        assert_eq!(result(Binary::Add, ints(&[1]), list(&[text("x")])), "[1, \"x\"]");
        assert_eq!(result(Binary::Add, KayVal::int(1), text("x")), "cannot apply + to i64 and str");
        assert_eq!(result(Binary::Mul, text("x"), KayVal::int(3)), "cannot apply * to str and i64");
        let types = &TestHost::new().types;
        assert_eq!(ops::negate(types, KayVal::TRUE).unwrap_err().message, "cannot apply - to bool");
        assert_eq!(ops::negate(types, KayVal::int(i64::MIN)).unwrap_err().message, "integer overflow");
    });
}

fn eq(host: &mut TestHost, a: KayVal, b: KayVal) -> bool {
    let (a, b) = (Owned::new(a), Owned::new(b));
    equal::equal(host, *a, *b).unwrap()
}

#[test]
fn equality_is_structural_and_ignores_representation() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        assert!(eq(&mut host, KayVal::int(1), KayVal::float(1.0)));
        assert!(!eq(&mut host, KayVal::int(1), KayVal::TRUE));
        assert!(eq(&mut host, ints(&[1, 2]), list(&[KayVal::float(1.0), KayVal::float(2.0)])));
        assert!(!eq(&mut host, ints(&[1]), objects::tuple(&[KayVal::int(1)])));
        assert!(eq(&mut host, objects::some(text("a")), objects::some(text("a"))));
        assert!(!eq(&mut host, objects::ok(KayVal::int(1)), objects::err(KayVal::int(1))));
        assert!(eq(&mut host, Range::exclusive(3, 3), Range::exclusive(9, 1)));
        assert!(!eq(&mut host, KayVal::float(f64::NAN), KayVal::float(f64::NAN)));
        assert!(!eq(&mut host, KayVal::func(0), KayVal::int(0)));
        let functions = equal::equal(&mut host, KayVal::func(0), KayVal::native(0));
        assert_eq!(functions.unwrap_err().message, "cannot compare functions");
    });
}

#[test]
fn maps_and_sets_are_equal_in_any_order() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        let build = |order: &[i64]| {
            let (types, mut map) = (crate::TypeTable::new(), Table::map());
            for n in order {
                map.unique::<Table>().unwrap().insert(&types, KayVal::int(*n), ints(&[*n])).unwrap();
            }
            map
        };
        assert!(eq(&mut host, build(&[1, 2, 3]), build(&[3, 1, 2])));
        assert!(!eq(&mut host, build(&[1, 2]), build(&[1, 3])));
        assert!(!eq(&mut host, build(&[1]), build(&[1, 2])));
    });
}

/// A host whose struct type 2 compares by its first field only.
fn with_hooks() -> TestHost {
    let mut host = TestHost::new();
    let point = host.add_type(TypeInfo::new("Point", TypeKind::Struct, &["x", "y"]));
    assert_eq!(point, FIRST_TYPE);
    let first = |args: &[KayVal], at: usize| objects::fields(&args[at])[0].int_bits();
    host.implement(point, Hook::Eq, move |_, args| Ok(KayVal::bool(first(args, 0) == first(args, 1))));
    host.implement(point, Hook::Ord, move |_, args| Ok(KayVal::int(first(args, 0) - first(args, 1))));
    host.implement(point, Hook::Show, move |_, args| Ok(text(&format!("#{}", first(args, 0)))));
    host.implement(point, Hook::Add, move |_, args| Ok(KayVal::int(first(args, 0) + first(args, 1))));
    host
}

fn point(x: i64, y: i64) -> KayVal {
    objects::structure(FIRST_TYPE, &[KayVal::int(x), KayVal::int(y)])
}

#[test]
fn the_users_traits_apply_at_every_depth() {
    leaks_nothing(|| {
        let mut host = with_hooks();
        assert!(eq(&mut host, list(&[point(1, 2)]), list(&[point(1, 9)])));
        assert!(!eq(&mut host, point(1, 2), KayVal::int(1)));
        assert_eq!(shown(&mut host, list(&[point(4, 0)])), "[#4]");
        let (a, b) = (Owned::new(list(&[point(1, 5)])), Owned::new(list(&[point(2, 0)])));
        assert_eq!(order::compare(&mut host, *a, *b).unwrap(), Some(std::cmp::Ordering::Less));
        let (p, q) = (Owned::new(point(3, 0)), Owned::new(point(4, 0)));
        assert_eq!(ops::apply(&mut host, Binary::Add, *p, *q).unwrap().to_int(), Some(7));
        assert!(access::contains(&mut host, *p, *Owned::new(list(&[point(3, 8)]))).unwrap());
    });
}

#[test]
fn hooks_that_return_something_else_are_errors() {
    leaks_nothing(|| {
        let mut host = with_hooks();
        host.implement(FIRST_TYPE, Hook::Eq, |_, _| Ok(text("yes")));
        host.implement(FIRST_TYPE, Hook::Show, |_, _| Ok(KayVal::int(1)));
        let (p, q) = (Owned::new(point(1, 1)), Owned::new(point(1, 1)));
        assert_eq!(equal::equal(&mut host, *p, *q).unwrap_err().message, "expected bool, found str");
        assert_eq!(crate::print::display(&mut host, *p).unwrap_err().message, "expected str, found i64");
    });
}

#[test]
fn orderings_exist_within_a_kind_only() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        let mut fails = |a: KayVal, b: KayVal| {
            let (a, b) = (Owned::new(a), Owned::new(b));
            order::compare(&mut host, *a, *b).unwrap_err().message
        };
        assert_eq!(fails(KayVal::int(1), text("a")), "cannot compare i64 with str");
        assert_eq!(fails(KayVal::NONE, KayVal::NONE), "cannot compare Option with Option");
        assert_eq!(fails(ints(&[1]), list(&[text("x")])), "cannot compare i64 with str");
        let nan = KayVal::float(f64::NAN);
        assert_eq!(order::compare(&mut host, nan, KayVal::int(1)).unwrap(), None);
        assert!(order::sorting_order(&mut host, nan, KayVal::int(1)).unwrap().is_gt());
    });
}

#[test]
fn members_indexes_and_places() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        let range = Owned::new(Range::exclusive(0, 5));
        assert!(access::contains(&mut host, KayVal::float(2.0), *range).unwrap());
        assert!(!access::contains(&mut host, KayVal::float(2.5), *range).unwrap());
        let refused = access::contains(&mut host, KayVal::int(1), KayVal::int(2)).unwrap_err();
        assert_eq!(refused.message, "cannot apply in to i64 and i64");
        let mut grid = Owned::new(list(&[ints(&[1, 2]), ints(&[3])]));
        let shared = Owned::share(*grid);
        let row = access::slot(&mut host, grid.value_mut(), KayVal::int(1)).unwrap();
        access::set(&TestHost::new().types, row, KayVal::int(0), text("x")).unwrap();
        assert_eq!(shown(&mut host, grid.retained()), "[[1, 2], [\"x\"]]");
        assert_eq!(shown(&mut host, shared.retained()), "[[1, 2], [3]]");
        let mut map = Owned::new(Table::map());
        access::set(&host.types, map.value_mut(), *Owned::new(text("k")), KayVal::int(1)).unwrap();
        let missing = access::slot(&mut host, map.value_mut(), *Owned::new(text("q"))).unwrap_err();
        assert_eq!(missing.message, "key not found: \"q\"");
    });
}

#[test]
fn every_built_in_sequence_gives_its_items() {
    leaks_nothing(|| {
        let mut set = Table::set();
        for n in [3, 1] {
            set.unique::<Table>().unwrap().insert(&TestHost::new().types, KayVal::int(n), KayVal::UNIT).unwrap();
        }
        for (source, expected) in [
            (ints(&[4, 5]), "[4, 5]"),
            (Range::exclusive(1, 3), "[1, 2]"),
            (text("aé"), "[\"a\", \"é\"]"),
            (set, "[3, 1]"),
        ] {
            let (source, mut cursor, mut items) = (Owned::new(source), 0, Vec::new());
            while let Some(item) = iter::next(*source, &mut cursor) {
                items.push(item);
            }
            assert_eq!(shown(&mut TestHost::new(), list(&items)), expected);
        }
    });
}

#[test]
fn guards_look_at_the_outermost_constructor() {
    leaks_nothing(|| {
        let host = with_hooks();
        let check = |guard: Guard, value: KayVal| {
            let mut value = Owned::new(value);
            guard.check(host.types(), value.value_mut()).map_err(|error| error.message)
        };
        assert_eq!(check(Guard::Builtin(Tag::INT), text("a")), Err("expected i64, found str".into()));
        assert_eq!(check(Guard::Builtin(Tag::FUNC), KayVal::native(1)), Ok(()));
        assert_eq!(check(Guard::Type(FIRST_TYPE), point(1, 2)), Ok(()));
        assert_eq!(check(Guard::Type(FIRST_TYPE), KayVal::TRUE), Err("expected Point, found bool".into()));
        assert_eq!(check(Guard::Type(0), KayVal::NONE), Ok(()));
        let triple = objects::tuple(&[KayVal::UNIT, KayVal::UNIT, KayVal::UNIT]);
        assert_eq!(check(Guard::Tuple(2), triple), Err("expected a tuple of 2, found a tuple of 3".into()));
        let mut converted = KayVal::int(3);
        assert!(Guard::Builtin(Tag::FLOAT).check(host.types(), &mut converted).is_ok());
        assert_eq!(converted.to_float(), Some(3.0));
    });
}
