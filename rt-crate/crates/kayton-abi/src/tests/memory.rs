use super::{list, text};
use crate::testing::{leaks_nothing, TestHost};
use crate::value::KayVal;
use crate::{cycles, equal, errors, hash, memory_in_use, objects, print, set_memory_limit, stack, List, Owned, Table};

fn nested(depth: usize, wrap: impl Fn(KayVal) -> KayVal) -> Owned {
    (0..depth).fold(Owned::new(text("core")), |inner, _| Owned::new(wrap(inner.take())))
}

#[test]
fn freeing_a_million_levels_needs_no_stack() {
    leaks_nothing(|| {
        drop(nested(1_000_000, |inner| list(&[inner])));
        drop(nested(1_000_000, |inner| objects::tuple(&[inner, text("side")])));
        drop(nested(1_000_000, objects::some));
        drop(nested(1_000_000, |inner| objects::class(2, &[inner])));
        drop(nested(200_000, |inner| {
            let mut map = Table::map();
            let table = map.unique::<Table>().unwrap();
            table.insert(&TestHost::new().types, KayVal::int(1), inner).unwrap();
            map
        }));
    });
}

#[test]
fn deep_values_give_an_error_instead_of_a_crash() {
    let deep = nested(500_000, |inner| list(&[inner]));
    let copy = nested(500_000, |inner| list(&[inner]));
    let mut host = TestHost::new();
    stack::set_remaining(1 << 20);
    let expected = errors::call_depth().message;
    assert_eq!(print::display(&mut host, *deep).unwrap_err().message, expected);
    assert_eq!(equal::equal(&mut host, *deep, *copy).unwrap_err().message, expected);
    assert_eq!(crate::order::compare(&mut host, *deep, *copy).unwrap_err().message, expected);
    assert_eq!(hash::key(&host.types, *deep).unwrap_err().message, expected);
}

#[test]
fn the_limit_stops_growth_and_leaves_the_list_whole() {
    leaks_nothing(|| {
        set_memory_limit(memory_in_use() + 100_000);
        let mut xs = Owned::new(List::empty());
        let items = xs.value_mut().unique::<List>().unwrap();
        let error = (0..).find_map(|n| items.push(KayVal::int(n)).err()).unwrap();
        assert_eq!(error.message, "out of memory limit");
        assert!(items.len() > 5_000 && items.len() <= 12_500);
        assert_eq!(items.get(items.len() - 1).and_then(KayVal::to_int), Some(items.len() as i64 - 1));
        set_memory_limit(crate::alloc::DEFAULT_LIMIT);
    });
}

#[test]
fn small_objects_are_noticed_by_the_check() {
    leaks_nothing(|| {
        set_memory_limit(memory_in_use() + 10_000);
        let held: Vec<Owned> = (0..500).map(|n| Owned::new(objects::some(KayVal::int(n)))).collect();
        assert_eq!(crate::check_memory().unwrap_err().message, "out of memory limit");
        drop(held);
        assert!(crate::check_memory().is_ok());
        set_memory_limit(crate::alloc::DEFAULT_LIMIT);
    });
}

#[test]
fn shared_fields_are_copied_before_they_change() {
    leaks_nothing(|| {
        let mut point = Owned::new(objects::structure(2, &[KayVal::int(1), text("label")]));
        let before = Owned::share(*point);
        objects::set_field(point.value_mut(), 0, KayVal::int(5)).unwrap();
        assert_eq!(objects::fields(&before)[0].to_int(), Some(1));
        assert_eq!(objects::fields(&point)[0].to_int(), Some(5));
        let mut node = Owned::new(objects::class(3, &[KayVal::int(1)]));
        let alias = Owned::share(*node);
        objects::set_field(node.value_mut(), 0, KayVal::int(7)).unwrap();
        assert_eq!(objects::fields(&alias)[0].to_int(), Some(7));
    });
}

#[test]
fn constants_are_never_freed_nor_changed_in_place() {
    let mut constant = list(&[text("a"), text("b")]);
    constant.immortalize();
    let original = constant;
    (0..10).for_each(|_| original.release());
    constant.unique::<List>().unwrap().push(KayVal::int(1)).unwrap();
    assert_eq!(original.get::<List>().unwrap().len(), 2);
    assert_eq!(original.get::<List>().unwrap().get(1).unwrap().as_str(), Some("b"));
    constant.release();
}

/// A ring of `len` instances, each also holding a list of itself and a payload.
fn ring(len: usize) -> Vec<Owned> {
    let mut nodes: Vec<Owned> =
        (0..len).map(|_| Owned::new(objects::class(2, &[KayVal::UNIT, text("payload")]))).collect();
    for at in 0..len {
        let links = list(&[nodes[(at + 1) % len].retained(), nodes[at].retained()]);
        objects::set_field(nodes[at].value_mut(), 0, links).unwrap();
    }
    nodes
}

#[test]
fn cycles_are_collected_once_nothing_holds_them() {
    leaks_nothing(|| {
        let mut nodes = ring(1000);
        let outside = nodes.pop();
        drop(nodes);
        assert_eq!(cycles::collect(), 0, "the ring is still held");
        assert_eq!(cycles::instances(), 1000);
        drop(outside);
        assert_eq!(cycles::collect(), 1000);
        assert_eq!(cycles::instances(), 0);
    });
}

#[test]
fn what_a_held_value_reaches_is_kept() {
    leaks_nothing(|| {
        let mut nodes = ring(3);
        let holder = Owned::new(objects::some(list(&[nodes[0].retained()])));
        drop(ring(5));
        nodes.clear();
        assert_eq!(cycles::collect(), 5);
        assert_eq!(cycles::instances(), 3);
        drop(holder);
        assert_eq!(cycles::collect(), 3);
    });
}
