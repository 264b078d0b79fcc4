use super::{shown, text};
use crate::string::{self, Str};
use crate::testing::{leaks_nothing, Dice, TestHost};
use crate::value::KayVal;
use crate::{access, Owned};

#[test]
fn code_points_are_found_in_any_order() {
    leaks_nothing(|| {
        for sample in ["", "plain ascii text", "aé日😀z", "日本語テキスト", "a\u{301}é\0😀😀b"] {
            let (value, chars) = (Owned::new(text(sample)), sample.chars().collect::<Vec<_>>());
            let string = value.get::<Str>().unwrap();
            assert_eq!(string.chars(), chars.len());
            let mut dice = Dice(9);
            for _ in 0..200 {
                let at = dice.below(chars.len() + 2);
                assert_eq!(string.char_at(at), chars.get(at).copied());
                let (from, to) = (dice.below(chars.len() + 1), dice.below(chars.len() + 1));
                if from <= to {
                    assert_eq!(string.part(from, to), chars[from..to].iter().collect::<String>());
                }
            }
        }
    });
}

#[test]
fn building_in_place_keeps_shared_text() {
    leaks_nothing(|| {
        let (mut built, mut model) = (Owned::new(text("")), String::new());
        let mut dice = Dice(5);
        for _ in 0..2000 {
            let piece = ["a", "é", "", "日本", "\n"][dice.below(5)];
            let shared = (dice.below(7) == 0).then(|| Owned::share(*built));
            string::append(built.value_mut(), piece).unwrap();
            if let Some(shared) = shared {
                assert_eq!(shared.as_str(), Some(model.as_str()));
            }
            model.push_str(piece);
            assert_eq!(built.as_str(), Some(model.as_str()));
            assert_eq!(built.get::<Str>().unwrap().chars(), model.chars().count());
        }
    });
}

#[test]
fn a_string_can_be_added_to_itself() {
    leaks_nothing(|| {
        let mut value = Owned::new(text("ab"));
        for _ in 0..6 {
            let same = *value;
            let types = crate::TypeTable::new();
            crate::ops::assign(&types, crate::ops::Binary::Add, value.value_mut(), same).unwrap();
        }
        assert_eq!(value.as_str().unwrap(), "ab".repeat(64));
    });
}

#[test]
fn one_character_is_made_once() {
    leaks_nothing(|| {
        assert!(string::from_char('x').same(string::from_char('x')));
        let wide = string::from_char('日');
        assert_eq!(wide.as_str(), Some("日"));
        wide.release();
    });
}

#[test]
fn lengths_that_do_not_fit_are_refused() {
    let refused = string::repeated("abc", 10i64.pow(15)).unwrap_err();
    assert_eq!(refused.message, "out of memory limit");
    assert_eq!(string::repeated("abc", -1).unwrap_err().message, "count out of range: -1");
    leaks_nothing(|| assert_eq!(shown(&mut TestHost::new(), string::repeated("", i64::MAX).unwrap()), ""));
}

#[test]
fn indexes_and_slices_count_code_points() {
    leaks_nothing(|| {
        let (mut host, value) = (TestHost::new(), Owned::new(text("né日")));
        let got = access::get(&mut host, *value, KayVal::int(2)).unwrap();
        assert_eq!(shown(&mut host, got), "日");
        let beyond = access::get(&mut host, *value, KayVal::int(3)).unwrap_err();
        assert_eq!(beyond.message, "index out of range: the length is 3 but the index is 3");
        let part = access::slice(&host.types, *value, 1, None).unwrap();
        assert_eq!(shown(&mut host, part), "é日");
        let outside = access::slice(&host.types, *value, 2, Some(5)).unwrap_err();
        assert_eq!(outside.message, "slice out of range: the length is 3 but the range is 2..5");
    });
}
