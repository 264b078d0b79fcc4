use kayton_abi::{memory_in_use, Owned};

use super::{at, failure, shown};
use crate::*;

/// A recursive enum, as it is emitted.
#[derive(Clone)]
enum Tree {
    Leaf,
    Node(Shared<Tree>, i64, Shared<Tree>),
}

impl Value for Tree {
    const TRACED: bool = false;

    fn show(&self, out: &mut Text, at: At) {
        match self {
            Tree::Leaf => drop(out.put("Leaf").as_str()),
            Tree::Node(left, n, right) => {
                out.put("Node(");
                left.show_nested(out, at);
                out.args(format_args!(", {n}, "));
                right.show_nested(out, at);
                out.put(")");
            }
        }
    }

    fn equal(&self, other: &Tree, at: At) -> bool {
        match (self, other) {
            (Tree::Leaf, Tree::Leaf) => true,
            (Tree::Node(a, b, c), Tree::Node(x, y, z)) => a.equal(x, at) && b == y && c.equal(z, at),
            _ => false,
        }
    }
}

fn chain(length: i64) -> Tree {
    (0..length).fold(Tree::Leaf, |tree, n| Tree::Node(Shared::new(tree), n, Shared::new(Tree::Leaf)))
}

#[test]
fn values_as_deep_as_memory_are_dropped() {
    let before = memory_in_use();
    drop(chain(1_000_000));
    let mut lists: List<Dyn> = List::new();
    for _ in 0..100_000 {
        lists = list![Dyn::from_val(lists.to_val())];
    }
    drop(lists);
    assert_eq!(memory_in_use(), before);
}

#[test]
fn small_values_without_end_are_an_error() {
    let thread = std::thread::spawn(|| {
        kayton_abi::set_memory_limit(10 << 20);
        kayton_abi::alloc::set_exhausted(crate::fail::out_of_memory);
        assert_eq!(failure(|| chain(1_000_000)), "out of memory limit");
        let mut list = List::new();
        assert_eq!(failure(|| (0..i64::MAX).for_each(|n| list.push(n as f64, at()))), "out of memory limit");
        let mut map = Map::new();
        assert_eq!(failure(|| (0..i64::MAX).for_each(|n| map.set(n, (), at()))), "out of memory limit");
        let mut text = Str::new("ab");
        assert_eq!(failure(|| (0..100).for_each(|_| text.append(&text.clone(), at()))), "out of memory limit");
    });
    assert!(thread.join().is_ok());
}

#[test]
fn shared_values_are_copied_when_they_are_changed() {
    let mut a = Shared::new(chain(1));
    let b = a.clone();
    *a.edit() = Tree::Leaf;
    assert_eq!((shown(&a), shown(&b)), ("Leaf".to_owned(), "Node(Leaf, 0, Leaf)".to_owned()));
    let c = b.clone();
    assert!(b.equal(&c, at()) && !b.equal(&a, at()));
    assert_eq!(shown(&c.take()), shown(&b.take()));
}

#[test]
fn values_too_deep_to_walk_are_an_error() {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        kayton_abi::stack::set_remaining(2 << 20);
        let deep = chain(100_000);
        let copy = deep.clone();
        let messages = (failure(|| shown(&deep)), failure(|| deep.equal(&chain(100_000), at())));
        assert!(chain(3).equal(&chain(3), at()) && matches!(copy, Tree::Node(..)));
        assert_eq!(messages, ("call depth limit reached".to_owned(), "call depth limit reached".to_owned()));
    });
    assert!(thread.is_ok_and(|thread| thread.join().is_ok()));
}

/// What comes back from the VM's form.
fn there_and_back<T: Cross>(value: &T) -> String {
    let crossed = T::from_val(value.to_val());
    assert!(crossed.equal(value, at()));
    shown(&crossed)
}

#[test]
fn values_cross_to_the_vm_and_back() {
    let before = memory_in_use();
    assert_eq!(there_and_back(&-7), "-7");
    assert_eq!(there_and_back(&(1.5, true, ())), "(1.5, true, ())");
    assert_eq!(there_and_back(&list![1, 2]), "[1, 2]");
    assert_eq!(there_and_back(&list![list![0.5], List::new()]), "[[0.5], []]");
    assert_eq!(there_and_back(&list![Str::new("a")]), r#"["a"]"#);
    assert_eq!(there_and_back(&Some(Range::exclusive(1, 4))), "Some(1..4)");
    assert_eq!(there_and_back(&None::<Str>), "None");
    assert_eq!(there_and_back(&Err::<i64, Str>(Str::new("e"))), "Err(\"e\")");
    assert_eq!(there_and_back(&map! {at(); (1, true) => list![2.0]}), "{(1, true): [2.0]}");
    assert_eq!(there_and_back(&set! {at(); Str::new("x")}), "{\"x\"}");
    assert_eq!(there_and_back(&Rng::new(1)), "<Rng>");
    assert_eq!(memory_in_use(), before);
}

#[test]
fn lists_of_numbers_cross_without_a_copy() {
    let xs = list![1, 2, 3];
    let crossed = Owned::new(xs.to_val());
    let object = crossed.get::<kayton_abi::List>();
    assert_eq!(object.map(|list| list.get(2).and_then(KayVal::to_int)), Some(Some(3)));
    assert!(!crossed.is_unique());
    let empty: List<f64> = List::from_val(kayton_abi::List::empty());
    assert_eq!(empty.len(), 0);
}

#[test]
fn dynamic_values_mean_what_they_mean_in_the_vm() {
    let dynamic = |value: KayVal| Dyn::from_val(value);
    let (one, text) = (dynamic(KayVal::int(1)), dynamic(Str::new("a").to_val()));
    assert!(one.equal(&dynamic(KayVal::float(1.0)), at()) && !one.equal(&text, at()));
    assert!(one.same(&dynamic(KayVal::int(1)), at()) && !one.same(&text, at()));
    assert_eq!(failure(|| one.is_less(&text, at())), "cannot compare i64 with str");
    assert_eq!(failure(|| Key::hash(&dynamic(KayVal::float(1.0)), at())), "not a key: f64");
    assert_eq!((text.type_name(), shown(&text), shown(&list![text.clone()])), ("str", "a".into(), "[\"a\"]".into()));
}

#[test]
fn options_and_results_are_unwrapped() {
    assert_eq!(Some(3).value(at()), 3);
    assert_eq!(failure(|| None::<i64>.value(at())), "unwrap on None");
    assert_eq!(failure(|| Err::<i64, Str>(Str::new("bad")).value(at())), "unwrap on Err: bad");
    assert_eq!(failure(|| None::<i64>.expected(text!("no number"), at())), "no number");
    assert_eq!(failure(|| Err::<i64, i64>(4).expected(text!("none"), at())), "none");
    assert_eq!(Ok::<i64, i64>(4).expected(text!("none"), at()), 4);
}

#[test]
fn the_error_that_main_returns_is_shown_bare() {
    let mut text = Text::new();
    assert!(Err::<(), Str>(Str::new("bad")).ends_with_error(&mut text, at()));
    assert!(!Ok::<(), Str>(()).ends_with_error(&mut text, at()) && !5.ends_with_error(&mut text, at()));
    assert_eq!(text.as_str(), "bad");
}

#[test]
fn failures_with_texts_of_their_own() {
    assert_eq!(failure(|| at().panic(&list![Str::new("x")])), "[\"x\"]");
    assert_eq!(failure(|| at().no_match_arm(&Str::new("x"))), "no match arm for \"x\"");
    assert_eq!(failure(|| at().assertion_failed()), "assertion failed");
}
