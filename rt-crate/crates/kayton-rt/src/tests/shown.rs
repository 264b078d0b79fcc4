use super::{at, failure, shown};
use crate::*;

#[test]
fn values_are_shown_as_print_shows_them() {
    assert_eq!(shown(&-5i64), "-5");
    assert_eq!(shown(&1e16), "1e16");
    assert_eq!(shown(&true), "true");
    assert_eq!(shown(&()), "()");
    assert_eq!(shown(text!("a\"b")), "a\"b");
    assert_eq!(shown(&list![text!("a\"\u{1b}").clone()]), r#"["a\"\u{1b}"]"#);
    assert_eq!(shown(&List::<i64>::new()), "[]");
    assert_eq!(shown(&list![1.0, 2.5]), "[1.0, 2.5]");
    assert_eq!(shown(&(1,)), "(1,)");
    assert_eq!(shown(&(1, text!("x").clone(), Some(2.0))), r#"(1, "x", Some(2.0))"#);
    assert_eq!(shown(&map! {at(); text!("a").clone() => 1, text!("b").clone() => 2}), r#"{"a": 1, "b": 2}"#);
    assert_eq!(shown(&Map::<i64, i64>::new()), "{}");
    assert_eq!(shown(&set! {at(); 1, 2, 1}), "{1, 2}");
    assert_eq!(shown(&Set::<i64>::new()), "Set()");
    assert_eq!(shown(&None::<i64>), "None");
    assert_eq!(shown(&Ok::<Option<Str>, ()>(Some(text!("x").clone()))), r#"Ok(Some("x"))"#);
    assert_eq!(shown(&Err::<(), Str>(text!("x").clone())), r#"Err("x")"#);
}

#[test]
fn ranges_are_shown_by_their_bounds_or_items() {
    assert_eq!(shown(&Range::exclusive(0, 5)), "0..5");
    assert_eq!(shown(&Range::inclusive(0, i64::MAX)), "0..9223372036854775808");
    assert_eq!(shown(&Range::exclusive(0, 3).rev()), "[2, 1, 0]");
    assert_eq!(shown(&Range::exclusive(0, 7).step_by(3, at())), "[0, 3, 6]");
}

#[test]
fn functions_and_instances_are_shown_by_name() {
    assert_eq!(shown(&Function::<(i64,), i64>::named("double", |(x,), _| 2 * x)), "<fn double>");
    assert_eq!(shown(&Function::<(), ()>::closure(|(), _| ())), "<closure>");
    assert_eq!(shown(&Builder::new()), "<Builder>");
}

#[test]
fn format_specs_fit_their_values() {
    let formatted = |spec: &str| Text::new().format(&2.71925, spec, at()).as_str().to_owned();
    assert_eq!(formatted(".2"), "2.72");
    assert_eq!(formatted("8.2"), "    2.72");
    assert_eq!(formatted("+.1"), "+2.7");
    assert_eq!(formatted("e"), "2.71925e0");
    let number = |spec: &str| Text::new().format(&-42i64, spec, at()).as_str().to_owned();
    assert_eq!(number("06"), "-00042");
    assert_eq!(number("*^7"), "**-42**");
    assert_eq!(number("f"), "-42.0");
    assert_eq!(Text::new().format(text!("añb"), ".2", at()).as_str(), "añ");
    assert_eq!(Text::new().format(&list![1, 2], ">8", at()).as_str(), "  [1, 2]");
    for (spec, bad) in [(".2", failure(|| number(".2"))), ("q", failure(|| formatted("q")))] {
        assert_eq!(bad, "bad format spec", "{spec}");
    }
    assert_eq!(failure(|| Text::new().format(&list![1], "x", at()).as_str().to_owned()), "bad format spec");
    assert_eq!(failure(|| Text::new().format(&true, ".1", at()).as_str().to_owned()), "bad format spec");
}

#[test]
fn lines_are_built_of_parts() {
    let line = Text::line().with(&1i64, at()).put(" ").with(text!("x"), at()).put_char('!').as_str().to_owned();
    assert_eq!(line, "1 x!");
    assert_eq!(to_str(&list![1], at()).as_str(), "[1]");
}
