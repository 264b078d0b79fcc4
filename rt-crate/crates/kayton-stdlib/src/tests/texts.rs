use kayton_abi::testing::leaks_nothing;
use kayton_abi::KayVal;

use super::{call, host, int, text};

#[test]
fn methods_of_str() {
    leaks_nothing(|| {
        let mut host = host();
        let cases: &[(&str, &str, &[&str], &str)] = &[
            ("len", "né日😀", &[], "4"),
            ("ord", "日", &[], "26085"),
            ("ord", "ab", &[], "expected one character, found \"ab\""),
            ("ord", "", &[], "expected one character, found \"\""),
            ("trim", " \tx\n", &[], "\"x\""),
            ("to_upper", "ñß", &[], "\"ÑSS\""),
            ("find", "aé日z", &["z"], "Some(3)"),
            ("find", "abc", &["q"], "None"),
            ("find", "é", &[""], "Some(0)"),
            ("replace", "banana", &["an", "AN"], "\"bANANa\""),
            ("replace", "x", &["", "y"], "empty separator"),
            ("split", "a,b,,c", &[","], "[\"a\", \"b\", \"\", \"c\"]"),
            ("split", "a", &[""], "empty separator"),
            ("split_whitespace", " the  fox\n", &[], "[\"the\", \"fox\"]"),
            ("lines", "one\ntwo\r\n\nfour\n", &[], "[\"one\", \"two\", \"\", \"four\"]"),
            ("chars", "aé", &[], "[\"a\", \"é\"]"),
            ("bytes", "é", &[], "[195, 169]"),
            ("reversed", "aé日", &[], "\"日éa\""),
            ("starts_with", "日本", &["日"], "true"),
            ("parse_i64", "-7", &[], "Ok(-7)"),
            ("parse_i64", "+7", &[], "Ok(7)"),
            ("parse_i64", "1_0", &[], "Err(\"not an i64: \\\"1_0\\\"\")"),
            ("parse_i64", " 1", &[], "Err(\"not an i64: \\\" 1\\\"\")"),
            ("parse_i64", "9223372036854775808", &[], "Err(\"not an i64: \\\"9223372036854775808\\\"\")"),
            ("parse_f64", "1e3", &[], "Ok(1000.0)"),
            ("parse_f64", "x", &[], "Err(\"not an f64: \\\"x\\\"\")"),
        ];
        for (name, receiver, args, expected) in cases {
            let mut all = vec![text(receiver)];
            all.extend(args.iter().map(|arg| text(arg)));
            assert_eq!(call(&mut host, &format!("str.{name}"), &all), *expected, "{receiver:?}.{name}");
        }
    });
}

#[test]
fn padding_and_repeating() {
    leaks_nothing(|| {
        let mut host = host();
        assert_eq!(call(&mut host, "str.pad_start", &[text("日本"), int(5), text("*")]), "\"***日本\"");
        assert_eq!(call(&mut host, "str.pad_end", &[text("ab"), int(4), text("é")]), "\"abéé\"");
        assert_eq!(call(&mut host, "str.pad_end", &[text("long"), int(2), text("*")]), "\"long\"");
        assert_eq!(
            call(&mut host, "str.pad_end", &[text("x"), int(5), text("ab")]),
            "expected one character, found \"ab\""
        );
        assert_eq!(call(&mut host, "str.pad_end", &[text("x"), int(-5), text("a")]), "count out of range: -5");
        assert_eq!(call(&mut host, "str.pad_end", &[text("x"), int(1 << 50), text("a")]), "out of memory limit");
        assert_eq!(call(&mut host, "str.repeat", &[text("é"), int(3)]), "\"ééé\"");
        assert_eq!(call(&mut host, "str.repeat", &[text("é"), int(-1)]), "count out of range: -1");
        assert_eq!(call(&mut host, "str.repeat", &[text("é"), int(10i64.pow(15))]), "out of memory limit");
        assert_eq!(call(&mut host, "str.contains", &[text("é"), KayVal::UNIT]), "expected str, found ()");
    });
}
