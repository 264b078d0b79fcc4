use super::{at, failure};
use crate::*;

#[test]
fn a_literal_is_a_string_like_any_other() {
    let literal = text!("naïve");
    assert_eq!((literal.len(), literal.as_str()), (5, "naïve"));
    assert_eq!(literal, &Str::new("naïve"));
    assert_eq!(literal.get(2, at()).as_str(), "ï");
    let mut copy = literal.clone();
    copy.append(text!("!"), at());
    assert_eq!((copy.as_str(), literal.as_str()), ("naïve!", "naïve"));
    assert_eq!((text!("").len(), text!("x").as_str(), Str::from_char('\u{7f}').as_str()), (0, "x", "\u{7f}"));
    assert!(text!("ab").iter().eq([text!("a").clone(), text!("b").clone()]));
}

#[test]
fn appending_is_in_place_only_where_nobody_shares() {
    let mut s = Str::new("ab");
    let before = s.clone();
    s.append(text!("cd"), at());
    assert_eq!((s.as_str(), before.as_str()), ("abcd", "ab"));
    let own = s.clone();
    s.append(&own, at());
    assert_eq!(s.as_str(), "abcdabcd");
    s.append_text("x", at());
    assert_eq!(own.concat(&s, at()).as_str(), "abcdabcdabcdx");
}

#[test]
fn indexes_and_slices_count_code_points() {
    let s = Str::new("añb");
    assert_eq!(s.slice(1, 3, at()).as_str(), "ñb");
    assert_eq!(s.slice_from(3, at()).as_str(), "");
    assert_eq!(s.slice_by(Range::inclusive(0, 1), at()).as_str(), "añ");
    assert_eq!(failure(|| s.get(3, at())), "index out of range: the length is 3 but the index is 3");
    assert_eq!(failure(|| s.get(-1, at())), "index out of range: the length is 3 but the index is -1");
    assert_eq!(failure(|| s.slice(2, 1, at())), "slice out of range: the length is 3 but the range is 2..1");
    assert_eq!(failure(|| s.slice(0, 4, at())), "slice out of range: the length is 3 but the range is 0..4");
    let endless = Range::inclusive(0, i64::MAX);
    let message = "slice out of range: the length is 3 but the range is 0..9223372036854775808";
    assert_eq!(failure(|| s.slice_by(endless, at())), message);
    assert_eq!(failure(|| s.slice_by(Range::exclusive(0, 3).rev(), at())), "cannot slice by a stepped range");
}

#[test]
fn methods_look_and_change() {
    let s = Str::new("  Añ b ");
    assert_eq!(s.trim().as_str(), "Añ b");
    assert_eq!((s.trim_start().as_str(), s.trim_end().as_str()), ("Añ b ", "  Añ b"));
    assert_eq!((s.to_upper(at()).as_str(), s.to_lower(at()).as_str()), ("  AÑ B ", "  añ b "));
    assert_eq!((s.find(text!("b")), s.find(text!("z"))), (Some(5), None));
    assert_eq!(s.replace(text!(" "), text!("_"), at()).as_str(), "__Añ_b_");
    assert_eq!(failure(|| s.replace(text!(""), text!("_"), at())), "empty separator");
    assert_eq!(text!("ab").repeat(2, at()).as_str(), "abab");
    assert_eq!(failure(|| s.repeat(-1, at())), "count out of range: -1");
    assert_eq!(s.reversed(at()).as_str(), " b ñA  ");
    assert_eq!(text!("7").pad_start(3, text!("0"), at()).as_str(), "007");
    assert_eq!(text!("7").pad_end(3, text!("ñ"), at()).as_str(), "7ññ");
    assert_eq!(failure(|| s.pad_end(3, text!("ab"), at())), "expected one character, found \"ab\"");
    assert_eq!(text!("ñ").ord(at()), 0xf1);
    assert!(s.starts_with(text!("  A")) && s.ends_with(text!("b ")) && s.contains(text!("ñ")) && !s.is_empty());
}

#[test]
fn parts_and_numbers() {
    let parts = |list: List<Str>| list.iter().map(|part| part.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(parts(text!("a,b,,c").split(text!(","), at())), ["a", "b", "", "c"]);
    assert_eq!(parts(text!("a::b").split(text!("::"), at())), ["a", "b"]);
    assert_eq!(failure(|| text!("a").split(text!(""), at())), "empty separator");
    assert_eq!(parts(text!(" a  b ").split_whitespace(at())), ["a", "b"]);
    assert_eq!(parts(text!("a\r\nb\n").lines(at())), ["a", "b"]);
    assert_eq!(parts(text!("añ").chars(at())), ["a", "ñ"]);
    assert_eq!(&text!("ñ").bytes(at())[..], [0xc3, 0xb1]);
    assert!(text!("a,b").split_iter(text!(","), at()).eq([text!("a").clone(), text!("b").clone()]));
    assert_eq!(failure(|| text!("a").split_iter(text!(""), at()).count()), "empty separator");
    assert_eq!((text!(" a b").split_whitespace_iter().count(), text!("a\nb").lines_iter().count()), (2, 2));
    assert_eq!((text!("añ").char_at(1, at()), text!("añ").iter_chars().last()), ('ñ', Some('ñ')));
    let mut s = Str::new("a");
    s.append_char('ñ', at());
    assert_eq!(s.as_str(), "añ");
    assert_eq!(text!("-12").parse_i64(), Ok(-12));
    assert_eq!(text!("1_0").parse_i64().map_err(|e| e.as_str().to_owned()), Err("not an i64: \"1_0\"".to_owned()));
    assert_eq!(text!("1e3").parse_f64(), Ok(1000.0));
    assert!(text!(" 1").parse_f64().is_err());
}

#[test]
fn strings_are_ordered_and_hashed_by_their_text() {
    let (a, b) = (Str::new("ab"), Str::new("b"));
    assert!(a < b && a.is_less(&b, at()) && a == Str::new("ab"));
    assert_eq!(Key::hash(&a, at()), Key::hash(text!("ab"), at()));
}
