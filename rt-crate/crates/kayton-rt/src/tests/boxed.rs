//! What is boxed is the VM's own: nothing is converted where it crosses.

use kayton_abi::list::Items as Kind;
use kayton_abi::{memory_in_use, objects, List as Object, Owned, Tag};

use super::{at, failure, shown};
use crate::crossing::{changed, lent};
use crate::*;

fn words(words: &[&str]) -> BoxedList<Str> {
    BoxedList::collect(words.iter().map(|word| Str::new(word)), at())
}

/// Where a value's object is.
fn address<T: Boxable>(value: &T) -> u64 {
    Owned::new(value.handle()).bits
}

/// A recursive enum that crosses, as it is emitted.
#[derive(Clone)]
enum Chain {
    End,
    Link(i64, Boxed<Chain>),
}

impl Value for Chain {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, at: At) {
        match self {
            Chain::End => drop(out.put("End").as_str()),
            Chain::Link(n, rest) => {
                out.args(format_args!("Link({n}, "));
                rest.show_nested(out, at);
                out.put(")");
            }
        }
    }

    fn equal(&self, other: &Chain, at: At) -> bool {
        match (self, other) {
            (Chain::End, Chain::End) => true,
            (Chain::Link(n, a), Chain::Link(m, b)) => n == m && a.equal(b, at),
            _ => false,
        }
    }
}

impl Cross for Chain {
    fn into_val(self) -> KayVal {
        match self {
            Chain::End => variant(90, &[]),
            Chain::Link(n, rest) => variant(91, &[n.into_val(), rest.into_val()]),
        }
    }

    fn from_val(value: KayVal) -> Chain {
        taken_apart(value, |number, fields| match number {
            90 => Chain::End,
            _ => Chain::Link(field(fields, 0), field(fields, 1)),
        })
    }
}

impl Boxable for Chain {
    fn read(look: Look<'_>) -> Chain {
        match look.number() {
            90 => Chain::End,
            _ => Chain::Link(look.part(0), look.part(1)),
        }
    }
}

#[test]
fn both_sides_have_the_same_object() {
    fn same<T: Boxable>(value: T) {
        let before = address(&value);
        let there_and_back: T = lent([value.handle()], |[value]| value.retained());
        assert_eq!(address(&there_and_back), before);
    }
    same(words(&["a", "b"]));
    same(boxed_map! { at(); Str::new("k") => words(&["v"]) });
    same(boxed_set! { at(); (1, Str::new("a")) });
    same(boxed_list![list![1, 2], List::new()]);
    same(boxed_list![Some(true), None]);
    same(list![words(&["inner"])]);
    same(boxed_list![dynamic(1), dynamic(text!("x").clone())]);
    same(Boxed::new(Chain::End));
    same(Builder::new());
}

#[test]
fn what_is_inside_is_never_copied_either() {
    let inner = list![1, 2, 3];
    let before = address(&inner);
    let grid = boxed_list![inner];
    let back: BoxedList<List<i64>> = lent([grid.handle()], |[grid]| grid.retained());
    assert_eq!(address(&*back.get(0, at())), before);
    let pairs = boxed_list![(1, words(&["a"]))];
    let inner = address(&pairs.get(0, at()).1);
    let map = boxed_map! { at(); 1 => pairs };
    assert_eq!(address(&map.index(&1, at()).get(0, at()).1), inner);
}

#[test]
fn looking_takes_no_count() {
    let grid = boxed_list![list![1, 2], list![3]];
    let row = grid.get(0, at());
    assert_eq!((row.len(), *row.get(1, at()), List::clone(&row).len()), (2, 2, 2));
    let value = Owned::new(row.handle());
    assert!(!value.is_unique());
    drop(value);
    let mut grid = grid;
    let before = address(&*grid.get(0, at()));
    grid.slot(0, at()).push(9, at());
    grid.slot(0, at()).set(0, 7, at());
    assert_eq!((shown(&grid), address(&*grid.get(0, at()))), ("[[7, 2, 9], [3]]".to_owned(), before));
}

#[test]
fn what_is_shared_is_copied_when_it_is_changed() {
    let mut xs = words(&["a", "b"]);
    let ys = xs.clone();
    xs.push(Str::new("c"), at());
    xs.set(0, Str::new("z"), at());
    assert_eq!((shown(&xs), shown(&ys)), (r#"["z", "b", "c"]"#.to_owned(), r#"["a", "b"]"#.to_owned()));
    let mut map = boxed_map! { at(); 1 => xs.clone() };
    let old = map.clone();
    map.slot(&1, at()).push(Str::new("d"), at());
    map.set(2, ys, at());
    assert_eq!(
        (shown(&old), map.len(), map.index(&1, at()).len(), xs.len()),
        (r#"{1: ["z", "b", "c"]}"#.to_owned(), 2, 4, 3)
    );
    let mut chain = Chain::Link(1, Boxed::new(Chain::Link(2, Boxed::new(Chain::End))));
    let kept = chain.clone();
    if let Chain::Link(_, rest) = &mut chain {
        *rest.edit() = Chain::End;
    }
    assert_eq!((shown(&chain), shown(&kept)), ("Link(1, End)".to_owned(), "Link(1, Link(2, End))".to_owned()));
}

#[test]
fn a_mut_argument_is_the_only_holder_of_all_it_has() {
    let mut place = (words(&["a"]), boxed_map! { at(); 1 => list![1] });
    changed(&mut place, |held| {
        assert!(held.is_unique());
        assert!(objects::fields(held).iter().all(|part| part.is_unique()));
    });
    assert_eq!(shown(&place), r#"(["a"], {1: [1]})"#);
}

#[test]
fn a_list_of_any_values_is_kept_as_the_vm_likes_it() {
    let mut xs: BoxedList<Dyn> = boxed_list![dynamic(1), dynamic(2)];
    let kind = |xs: &BoxedList<Dyn>| {
        let value = Owned::new(xs.handle());
        value.get::<Object>().map(|list| matches!(list.items(), Kind::Ints(_)))
    };
    assert_eq!(kind(&xs), Some(true));
    xs.push(dynamic(text!("x").clone()), at());
    assert_eq!((kind(&xs), shown(&xs)), (Some(false), r#"[1, 2, "x"]"#.to_owned()));
}

#[test]
fn a_list_of_numbers_that_the_vm_made_general_is_read_all_the_same() {
    let mut value = Owned::new(Object::from_values(&[KayVal::int(4), KayVal::int(5)]).expect("memory"));
    value.value_mut().unique::<Object>().and_then(|list| list.slot(0)).expect("memory");
    assert!(!<(List<i64>, i64)>::fits(objects::tuple(&[value.retained(), KayVal::int(1)])));
    let pair = Boxed::<(List<i64>, i64)>::from_val(objects::tuple(&[value.take(), KayVal::int(1)]));
    assert_eq!((shown(&pair), pair.view().0.len()), ("([4, 5], 1)".to_owned(), 2));
    let empty = Boxed::<List<f64>>::from_val(Object::empty());
    let mut xs = List::clone(&empty.view());
    xs.push(1.5, at());
    assert_eq!((shown(&xs), empty.view().len()), ("[1.5]".to_owned(), 0));
}

#[test]
fn errors_are_the_same() {
    let mut xs = words(&["a", "b"]);
    let message = |index: i64| format!("index out of range: the length is 2 but the index is {index}");
    assert_eq!(failure(|| xs.get(2, at()).len()), message(2));
    assert_eq!(failure(|| xs.set(-1, Str::new(""), at())), message(-1));
    assert_eq!(failure(|| xs.insert(3, Str::new(""), at())), message(3));
    assert_eq!(failure(|| xs.swap(0, 2, at())), message(2));
    assert_eq!(failure(|| xs.truncate(-1, at())), "count out of range: -1");
    assert_eq!(failure(|| xs.slice(1, 3, at())), "slice out of range: the length is 2 but the range is 1..3");
    let mut map = boxed_map! { at(); Str::new("k") => 1 };
    assert_eq!(failure(|| *map.index(&Str::new("x"), at())), r#"key not found: "x""#);
    assert_eq!(failure(|| *map.slot(&Str::new("x"), at()) += 1), r#"key not found: "x""#);
    let mut dynamics: BoxedSet<Dyn> = BoxedSet::new();
    assert_eq!(failure(|| dynamics.add(dynamic(1.5), at())), "not a key: f64");
}

#[test]
fn nothing_is_leaked_however_deep() {
    let before = memory_in_use();
    let chain = (0..1_000_000).fold(Chain::End, |rest, n| Chain::Link(n, Boxed::new(rest)));
    let value = chain.into_val();
    assert_eq!(value.tag, Tag::ENUM);
    drop(Chain::from_val(value));
    let mut map = boxed_map! { at(); (1, Str::new("key")) => words(&["v"]) };
    map.insert((1, Str::new("key")), words(&["w"]), at());
    assert_eq!(
        (map.get(&(1, Str::new("key")), at()).map(|words| words.len()), map.remove(&(2, Str::new("")), at()).is_none()),
        (Some(1), true)
    );
    drop((map.keys(at()), map.values(at()), map.items(at()), map));
    let mut xs = words(&["a", "bb", "c"]);
    xs.sort_by_key(Str::len, at());
    xs.extend(&xs.clone(), at());
    drop((xs.pop(at()), xs.chunks(2, at()), xs.to_set(at()).boxed(at()), xs.reversed(at()), xs.zip(&xs, at())));
    drop(xs);
    assert_eq!(memory_in_use(), before);
}
