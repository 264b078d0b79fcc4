use kayton_abi::memory_in_use;

use super::{at, shown};
use crate::*;

/// A class, as it is emitted.
struct Node {
    next: Field<Option<Object<Node>>>,
    others: Field<List<Object<Node>>>,
    name: Field<Str>,
}

impl Class for Node {
    const NAME: &'static str = "Node";
    const TRACED: bool = true;

    fn trace(&self, tracer: &mut Tracer) {
        self.next.trace(tracer);
        self.others.trace(tracer);
    }
}

fn node() -> Object<Node> {
    Object::new(Node { next: Field::new(None), others: Field::new(List::new()), name: Field::new(Str::new("a name")) })
}

#[test]
fn instances_have_identity() {
    let (a, b) = (node(), node());
    let same = a.clone();
    same.name.set(Str::new("changed"));
    assert_eq!(a.name.get().as_str(), "changed");
    assert!(a.is(&same) && a.equal(&same, at()) && !a.is(&b) && !a.equal(&b, at()));
    assert_eq!(shown(&list![a]), "[<Node>]");
}

#[test]
fn millions_of_cycles_live_in_bounded_memory() {
    let before = memory_in_use();
    let mut most = 0;
    for _ in 0..300_000 {
        let (a, b) = (node(), node());
        a.next.set(Some(b.clone()));
        b.others.change(|others| others.push(a.clone(), at()));
        b.next.set(Some(b.clone()));
        most = most.max(instances());
    }
    assert!(most <= 10_001, "{most} instances at once");
    collect();
    assert_eq!((instances(), memory_in_use()), (0, before));
}

#[test]
fn what_is_held_from_outside_is_kept_with_all_it_reaches() {
    let kept = node();
    let inner = node();
    inner.next.set(Some(kept.clone()));
    kept.next.set(Some(inner));
    let list = list![node()];
    list[0].others.set(list.clone());
    let garbage = node();
    garbage.next.set(Some(garbage.clone()));
    garbage.others.set(list![kept.clone()]);
    drop(garbage);
    assert_eq!(instances(), 4);
    assert_eq!(collect(), 1);
    assert_eq!((instances(), collect()), (3, 0));
    assert!(kept.next.get().is_some_and(|inner| inner.next.get().is_some_and(|back| back.is(&kept))));
    kept.next.set(None);
    assert_eq!(instances(), 2);
    drop(list);
    assert_eq!((collect(), instances()), (1, 1));
}

#[test]
fn cycles_run_through_every_container() {
    type Held = Map<i64, (Shared<Wrapped>, Set<i64>)>;
    struct Holder(Field<Option<Held>>);
    #[derive(Clone)]
    struct Wrapped(Result<Object<Holder>, i64>);
    impl Value for Wrapped {
        const TRACED: bool = true;
        fn show(&self, _: &mut Text, _: At) {}
        fn equal(&self, _: &Wrapped, _: At) -> bool {
            true
        }
        fn trace(&self, tracer: &mut Tracer) {
            self.0.trace(tracer);
        }
    }
    impl Class for Holder {
        const NAME: &'static str = "Holder";
        const TRACED: bool = true;
        fn trace(&self, tracer: &mut Tracer) {
            self.0.trace(tracer);
        }
    }
    let before = memory_in_use();
    let holder = Object::new(Holder(Field::new(None)));
    let map = map! {at(); 1 => (Shared::new(Wrapped(Ok(holder.clone()))), Set::new())};
    holder.0.set(Some(map.clone()));
    drop(holder);
    assert_eq!((collect(), instances()), (0, 1));
    drop(map);
    assert_eq!((collect(), instances(), memory_in_use()), (1, 0, before));
}

#[test]
fn long_chains_of_instances_are_dropped() {
    let mut last = node();
    for _ in 0..200_000 {
        let next = node();
        next.next.set(Some(last));
        last = next;
    }
    drop(last);
    assert_eq!(instances(), 0);
}
