use super::{ints, list, shown, text};
use crate::list::Items;
use crate::testing::{leaks_nothing, Dice, TestHost};
use crate::value::{KayVal, Tag};
use crate::{List, Owned};

fn edit(value: &mut Owned) -> &mut List {
    value.value_mut().unique::<List>().unwrap()
}

fn value_of(dice: &mut Dice, kinds: usize) -> KayVal {
    let n = dice.below(100) as i64;
    match dice.below(kinds) {
        0 => KayVal::int(n),
        1 => KayVal::float(n as f64),
        _ => text(&n.to_string()),
    }
}

/// One random edit of a list and of its model; what each element prints as is compared afterwards.
fn step(dice: &mut Dice, real: &mut Owned, model: &mut Vec<KayVal>, kinds: usize) {
    let len = model.len();
    match dice.below(9) {
        0 => {
            let dropped: Vec<KayVal> = model.drain(len / 2..).collect();
            dropped.into_iter().for_each(KayVal::release);
            edit(real).truncate(len / 2);
        }
        1 if len > 0 => {
            let (at, value) = (dice.below(len), value_of(dice, kinds));
            std::mem::replace(&mut model[at], value.retained()).release();
            edit(real).set(at, value).unwrap();
        }
        2 if len > 0 => {
            let at = dice.below(len);
            model.remove(at).release();
            edit(real).remove(at).release();
        }
        3 => {
            let (at, value) = (dice.below(len + 1), value_of(dice, kinds));
            model.insert(at, value.retained());
            edit(real).insert(at, value).unwrap();
        }
        4 => {
            model.reverse();
            edit(real).reverse();
        }
        5 => assert_eq!(edit(real).pop().map(KayVal::release), model.pop().map(KayVal::release)),
        _ => {
            let value = value_of(dice, kinds);
            model.push(value.retained());
            edit(real).push(value).unwrap();
        }
    }
}

#[test]
fn every_representation_behaves_as_a_vector() {
    for (seed, kinds) in [(1, 1), (2, 2), (3, 3), (4, 3), (5, 2)] {
        leaks_nothing(|| {
            let (mut dice, mut host) = (Dice(seed), TestHost::new());
            let (mut real, mut model) = (Owned::new(List::empty()), Vec::new());
            for _ in 0..1500 {
                let before = Owned::share(*real);
                let seen = shown(&mut host, before.retained());
                step(&mut dice, &mut real, &mut model, kinds);
                assert_eq!(shown(&mut host, before.retained()), seen, "a shared list changed");
                model.iter().for_each(|value| value.retain());
                assert_eq!(shown(&mut host, real.retained()), shown(&mut host, list(&model)));
            }
            model.into_iter().for_each(KayVal::release);
        });
    }
}

#[test]
fn numbers_of_one_kind_have_no_tags() {
    let mut xs = Owned::new(ints(&[1, 2]));
    assert!(matches!(xs.get::<List>().unwrap().items(), Items::Ints(_)));
    edit(&mut xs).push(KayVal::float(0.5)).unwrap();
    assert!(matches!(xs.get::<List>().unwrap().items(), Items::Any(_)));
    edit(&mut xs).truncate(0);
    edit(&mut xs).push(KayVal::float(0.5)).unwrap();
    assert!(matches!(xs.get::<List>().unwrap().items(), Items::Floats(_)));
}

#[test]
fn slices_joins_and_repetitions_are_lists_of_their_own() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        let xs = Owned::new(list(&[KayVal::int(1), text("two"), KayVal::float(3.0)]));
        let part = xs.get::<List>().unwrap().slice(1, 3).unwrap();
        let ys = Owned::new(ints(&[7, 8]));
        let joined = ys.get::<List>().unwrap().concat(xs.get::<List>().unwrap()).unwrap();
        assert_eq!(shown(&mut host, joined), "[7, 8, 1, \"two\", 3.0]");
        let again = List::repeated(part, 2).unwrap();
        assert_eq!(shown(&mut host, again), "[[\"two\", 3.0], [\"two\", 3.0]]");
        part.release();
    });
}

#[test]
fn a_slot_makes_a_list_general() {
    leaks_nothing(|| {
        let mut xs = Owned::new(ints(&[1, 2, 3]));
        *edit(&mut xs).slot(1).unwrap() = text("x");
        assert_eq!(shown(&mut TestHost::new(), xs.retained()), "[1, \"x\", 3]");
        assert_eq!(xs.get::<List>().unwrap().get(1).unwrap().tag, Tag::STR);
    });
}

#[test]
fn huge_lists_are_refused_before_memory_is_touched() {
    assert_eq!(List::repeated(KayVal::int(0), 10i64.pow(15)).unwrap_err().message, "out of memory limit");
    assert_eq!(List::repeated(KayVal::int(0), -1).unwrap_err().message, "count out of range: -1");
}
