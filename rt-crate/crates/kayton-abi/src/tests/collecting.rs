//! When cycles are collected: the work stays a share of the program's own, and memory bounded.

use super::{list, text};
use crate::testing::leaks_nothing;
use crate::value::KayVal;
use crate::{cycles, memory_in_use, objects, set_memory_limit, List, Owned};

/// A new instance that only it refers to, with something more to hold.
fn drop_a_cycle(payload: KayVal) {
    let mut node = Owned::new(objects::class(2, &[KayVal::UNIT, payload]));
    let link = objects::some(node.retained());
    objects::set_field(node.value_mut(), 0, link).unwrap();
}

/// Makes cycles and collects when that is due; gives how often that was.
fn collections(cycles_made: usize, payload: impl Fn() -> KayVal) -> usize {
    (0..cycles_made)
        .filter(|_| {
            drop_a_cycle(payload());
            let due = cycles::collection_due();
            if due {
                cycles::collect();
            }
            due
        })
        .count()
}

#[test]
fn little_that_is_alive_makes_collections_small() {
    leaks_nothing(|| {
        let before = memory_in_use();
        assert_eq!(collections(100_000, || KayVal::UNIT), 10);
        assert!(memory_in_use() - before < 2 << 20);
        cycles::collect();
    });
}

#[test]
fn much_that_is_alive_makes_them_rare() {
    leaks_nothing(|| {
        let held: Vec<KayVal> = (0..50_000).map(|n| objects::tuple(&[KayVal::int(n), text("x")])).collect();
        let holder = Owned::new(objects::class(2, &[list(&held)]));
        // The first two do not know yet how much there is; after them each must wait for 50,000 instances.
        assert!(collections(250_000, || KayVal::UNIT) <= 6);
        drop(holder);
        cycles::collect();
    });
}

#[test]
fn live_instances_count_as_alive() {
    leaks_nothing(|| {
        let held: Vec<KayVal> = (0..60_000).map(|n| objects::class(2, &[KayVal::int(n)])).collect();
        let holder = Owned::new(list(&held));
        assert!(collections(240_000, || KayVal::UNIT) <= 5);
        drop(holder);
        cycles::collect();
    });
}

#[test]
fn few_instances_that_hold_much_are_collected_in_time() {
    leaks_nothing(|| {
        set_memory_limit(memory_in_use() + (32 << 20));
        let megabyte = || List::repeated(KayVal::int(7), 1 << 17).unwrap();
        assert!(collections(500, megabyte) >= 20);
        cycles::collect();
        set_memory_limit(crate::alloc::DEFAULT_LIMIT);
    });
}

#[test]
fn a_collection_leaves_instances_where_they_were() {
    leaks_nothing(|| {
        let kept: Vec<Owned> = (0..100).map(|n| Owned::new(objects::class(2, &[KayVal::int(n)]))).collect();
        (0..50).for_each(|_| drop_a_cycle(KayVal::UNIT));
        let later: Vec<Owned> = (0..100).map(|n| Owned::new(objects::class(2, &[list(&[KayVal::int(n)])]))).collect();
        assert_eq!(cycles::collect(), 50);
        assert_eq!(cycles::instances(), 200);
        // Each is taken out of the registry by its number, which must be the right one.
        drop(kept);
        assert_eq!(cycles::instances(), 100);
        drop(later);
        assert_eq!(cycles::instances(), 0);
    });
}
