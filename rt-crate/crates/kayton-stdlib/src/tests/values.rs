use kayton_abi::testing::leaks_nothing;
use kayton_abi::{objects, ErrorKind, KayVal, Range};

use super::{call, host, int, ints, list, named, on_int, range, text};
use crate::{function, natives, Effect, VARIADIC};

#[test]
fn printing() {
    leaks_nothing(|| {
        let mut host = host();
        call(&mut host, "print", &[text("a"), list(&[text("b")]), KayVal::float(1.0)]);
        call(&mut host, "print", &[]);
        let mut args = [int(1), int(2), text("-"), text("!\n")];
        (named("print").run)(&mut host, &mut args).unwrap();
        assert_eq!(host.printed(), "a [\"b\"] 1.0\n\n1-2!\n");
        args.into_iter().for_each(KayVal::release);
        call(&mut host, "eprint", &[text("oops")]);
        assert_eq!(host.err, b"oops\n");
        let refused = (named("print").run)(&mut host, &mut [int(1), int(2), KayVal::ABSENT]).unwrap_err();
        assert_eq!(refused.message, "expected str, found i64");
    });
}

#[test]
fn reading_lines() {
    leaks_nothing(|| {
        let mut host = host();
        host.input.extend(["one\n".into(), "\r\n".into(), " last".into()]);
        let lines: Vec<String> = (0..5).map(|_| call(&mut host, "input", &[])).collect();
        assert_eq!(lines, ["Some(\"one\")", "Some(\"\")", "Some(\" last\")", "None", "None"]);
    });
}

#[test]
fn conversions_and_failures() {
    leaks_nothing(|| {
        let mut host = host();
        for (name, args, expected) in [
            ("i64", vec![KayVal::float(-7.9)], "-7"),
            ("i64", vec![KayVal::TRUE], "1"),
            ("i64", vec![KayVal::float(1e300)], "number out of range for i64: 1e300"),
            ("i64", vec![KayVal::float(f64::NAN)], "number out of range for i64: NaN"),
            (
                "i64",
                vec![KayVal::float(9_223_372_036_854_775_808.0)],
                "number out of range for i64: 9.223372036854776e18",
            ),
            ("i64", vec![KayVal::float(-9_223_372_036_854_775_808.0)], "-9223372036854775808"),
            ("i64", vec![text("5")], "cannot convert str to i64"),
            ("f64", vec![int(7)], "7.0"),
            ("f64", vec![KayVal::TRUE], "cannot convert bool to f64"),
            ("str", vec![list(&[int(1), text("s")])], "\"[1, \\\"s\\\"]\""),
            ("chr", vec![int(0x1f600)], "\"😀\""),
            ("chr", vec![int(-1)], "not a code point: -1"),
            ("chr", vec![int(0xd800)], "not a code point: 55296"),
            ("type_name", vec![KayVal::NONE], "\"Option\""),
            ("type_name", vec![KayVal::UNIT], "\"()\""),
            ("min", vec![int(3), int(1), KayVal::float(1.0)], "1"),
            ("max", vec![int(3), KayVal::float(f64::NAN)], "3"),
            ("max", vec![int(3)], "expected at least 2 arguments, found 1"),
            ("min", vec![int(3), text("x")], "cannot compare str with i64"),
            ("abs", vec![int(i64::MIN)], "integer overflow"),
            ("abs", vec![text("x")], "cannot apply abs to str"),
            ("panic", vec![text("the end")], "the end"),
            ("assert", vec![KayVal::FALSE], "assertion failed"),
            ("assert", vec![KayVal::FALSE, text("why")], "why"),
            ("assert", vec![int(1)], "expected bool, found i64"),
            ("Set", vec![], "Set()"),
        ] {
            assert_eq!(call(&mut host, name, &args), expected, "{name}");
        }
    });
}

#[test]
fn numbers() {
    let mut host = host();
    for (name, args, expected) in [
        ("i64.abs", vec![i64::MIN], "integer overflow"),
        ("i64.pow", vec![2, 10], "1024"),
        ("i64.pow", vec![2, -1], "negative exponent"),
        ("i64.wrapping_add", vec![i64::MAX, 1], "-9223372036854775808"),
        ("i64.checked_mul", vec![i64::MIN, -1], "None"),
        ("i64.checked_add", vec![2, 3], "Some(5)"),
        ("i64.leading_zeros", vec![255], "56"),
        ("std.math.gcd", vec![-48, 18], "6"),
        ("std.math.gcd", vec![0, 0], "0"),
        ("std.math.gcd", vec![i64::MIN, 0], "integer overflow"),
        ("std.math.hypot", vec![3, 4], "5.0"),
        ("f64.round", vec![3], "3.0"),
    ] {
        let args: Vec<KayVal> = args.into_iter().map(int).collect();
        assert_eq!(call(&mut host, name, &args), expected, "{name}");
    }
    for (name, args, expected) in [
        ("f64.round", vec![-2.5], "-3.0"),
        ("f64.ceil", vec![-0.5], "-0.0"),
        ("f64.min", vec![f64::NAN, 1.0], "1.0"),
        ("f64.to_bits", vec![-0.0], "-9223372036854775808"),
        ("f64.atan2", vec![0.0, 1.0], "0.0"),
        ("i64.min", vec![1.5, 2.0], "expected i64, found f64"),
    ] {
        let args: Vec<KayVal> = args.into_iter().map(KayVal::float).collect();
        assert_eq!(call(&mut host, name, &args), expected, "{name}");
    }
}

#[test]
fn options_and_results() {
    leaks_nothing(|| {
        let mut host = host();
        let double = on_int(&mut host, |n| int(n * 2));
        let seven = host.function(|_, args| Ok(int(7 + args.len() as i64)));
        let half = on_int(&mut host, |n| if n % 2 == 0 { objects::some(int(n / 2)) } else { KayVal::NONE });
        let (some, ok, err) = (|| objects::some(int(4)), || objects::ok(int(8)), || objects::err(text("bad")));
        for (name, args, expected) in [
            ("Option.unwrap", vec![some()], "4"),
            ("Option.unwrap", vec![KayVal::NONE], "unwrap on None"),
            ("Result.unwrap", vec![err()], "unwrap on Err: bad"),
            ("Option.unwrap_or", vec![KayVal::NONE, int(9)], "9"),
            ("Option.unwrap_or_else", vec![KayVal::NONE, seven], "7"),
            ("Result.unwrap_or_else", vec![err(), seven], "8"),
            ("Option.expect", vec![KayVal::NONE, text("there")], "there"),
            ("Option.map", vec![some(), double], "Some(8)"),
            ("Option.map", vec![KayVal::NONE, double], "None"),
            ("Result.map", vec![ok(), double], "Ok(16)"),
            ("Result.map", vec![err(), double], "Err(\"bad\")"),
            ("Result.map_err", vec![ok(), double], "Ok(8)"),
            ("Result.map_err", vec![objects::err(int(3)), double], "Err(6)"),
            ("Option.and_then", vec![some(), half], "Some(2)"),
            ("Option.and_then", vec![KayVal::NONE, half], "None"),
            ("Result.and_then", vec![err(), half], "Err(\"bad\")"),
            ("Option.ok_or", vec![KayVal::NONE, text("missing")], "Err(\"missing\")"),
            ("Option.is_some", vec![some()], "true"),
            ("Result.is_err", vec![ok()], "false"),
        ] {
            assert_eq!(call(&mut host, name, &args), expected, "{name}");
        }
    });
}

#[test]
fn ranges() {
    leaks_nothing(|| {
        let mut host = host();
        assert_eq!(call(&mut host, "Range.rev", &[range(0, 3)]), "[2, 1, 0]");
        assert_eq!(call(&mut host, "Range.step_by", &[range(0, 10), int(4)]), "[0, 4, 8]");
        assert_eq!(call(&mut host, "Range.step_by", &[range(0, 10), int(0)]), "count out of range: 0");
        assert_eq!(call(&mut host, "Range.len", &[Range::exclusive(i64::MIN, i64::MAX)]), "integer overflow");
        assert_eq!(call(&mut host, "List.to_list", &[range(2, 4)]), "[2, 3]");
    });
}

#[test]
fn a_shared_receiver_is_copied_before_it_changes() {
    leaks_nothing(|| {
        let (mut host, shared) = (host(), ints(&[1, 2]));
        assert_eq!(call(&mut host, "List.push", &[shared.retained(), int(3)]), "() | [1, 2, 3]");
        assert_eq!(call(&mut host, "List.clear", &[shared.retained()]), "() | []");
        assert_eq!(call(&mut host, "List.extend", &[shared.retained(), shared.retained()]), "() | [1, 2, 1, 2]");
        assert_eq!(call(&mut host, "List.first", &[shared]), "Some(1)");
    });
}

#[test]
fn the_table_is_consistent() {
    for (index, native) in natives().iter().enumerate() {
        assert!(native.max == VARIADIC || native.min <= native.max, "{}", native.name);
        assert!(native.max == VARIADIC || usize::from(native.max) == native.params.len(), "{}", native.name);
        assert!(!native.mutates || native.receiver, "{}", native.name);
        assert!(native.mutates_param.is_none_or(|at| at < native.max), "{}", native.name);
        if !native.receiver {
            assert_eq!(function(native.name), Some(index as u16), "{} twice", native.name);
        }
    }
    assert_eq!(named("print").effect, Effect::Io);
}

#[test]
fn leaving_is_no_failure() {
    let exit = (named("std.env.exit").run)(&mut host(), &mut [int(3)]).unwrap_err();
    assert_eq!(exit.kind, ErrorKind::Exit(3));
}
