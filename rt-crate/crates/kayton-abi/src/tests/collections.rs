use super::{ints, list, shown, text};
use crate::testing::{leaks_nothing, Dice, TestHost};
use crate::value::KayVal;
use crate::{objects, Owned, Range, Table, TypeTable};

fn key(dice: &mut Dice, spread: usize) -> KayVal {
    let n = dice.below(spread) as i64;
    match n % 4 {
        0 => text(&format!("key {n}")),
        1 => objects::tuple(&[KayVal::int(n), text("t")]),
        2 => ints(&[n, n + 1]),
        _ => KayVal::int(n),
    }
}

fn same(a: KayVal, b: KayVal) -> bool {
    crate::equal::keys_equal(a, b).unwrap()
}

/// A map as a list of pairs, searched one by one.
#[derive(Default)]
struct Model(Vec<(KayVal, i64)>);

impl Model {
    fn insert(&mut self, key: KayVal, value: i64) -> Option<i64> {
        match self.0.iter_mut().find(|(known, _)| same(*known, key)) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.0.push((key.retained(), value));
                None
            }
        }
    }

    fn remove(&mut self, key: KayVal) -> Option<i64> {
        let at = self.0.iter().position(|(known, _)| same(*known, key))?;
        let (key, value) = self.0.remove(at);
        key.release();
        Some(value)
    }
}

fn check(table: &Table, model: &Model) {
    assert_eq!(table.len(), model.0.len());
    let (mut at, mut order) = (0, model.0.iter());
    while let Some((entry, next)) = table.entry_from(at) {
        let (key, value) = order.next().unwrap();
        assert!(same(entry.key(), *key));
        assert_eq!(entry.value.to_int(), Some(*value));
        at = next;
    }
    assert!(order.next().is_none());
}

#[test]
fn maps_behave_as_a_list_of_pairs() {
    for (seed, spread) in [(1, 6), (2, 20), (3, 300), (4, 60)] {
        leaks_nothing(|| {
            let (types, mut dice) = (TypeTable::new(), Dice(seed));
            let (mut real, mut model) = (Owned::new(Table::map()), Model::default());
            for round in 0..3000 {
                let (key, shared) = (Owned::new(key(&mut dice, spread)), real.retained());
                let shared = if round % 10 == 0 { Some(Owned::new(shared)) } else { shared.release_now() };
                let table = real.value_mut().unique::<Table>().unwrap();
                let growing = (round / 500) % 2 == 0;
                if dice.below(3) == usize::from(growing) {
                    assert_eq!(table.remove(&types, *key).unwrap().and_then(KayVal::to_int), model.remove(*key));
                } else {
                    let old = table.insert(&types, key.retained(), KayVal::int(round)).unwrap();
                    assert_eq!(old.and_then(KayVal::to_int), model.insert(*key, round));
                }
                let found = table.get(&types, *key).unwrap().and_then(KayVal::to_int);
                assert_eq!(found, model.0.iter().find(|(known, _)| same(*known, *key)).map(|(_, value)| *value));
                drop(shared);
                check(real.get::<Table>().unwrap(), &model);
            }
            model.0.into_iter().for_each(|(key, _)| key.release());
        });
    }
}

trait ReleaseNow {
    fn release_now(self) -> Option<Owned>;
}

impl ReleaseNow for KayVal {
    fn release_now(self) -> Option<Owned> {
        self.release();
        None
    }
}

#[test]
fn taking_first_entries_one_by_one_is_quick_and_uses_no_more_memory() {
    leaks_nothing(|| {
        let types = TypeTable::new();
        let mut map = Owned::new(Table::map());
        let table = map.value_mut().unique::<Table>().unwrap();
        for n in 0..200_000 {
            table.insert(&types, KayVal::int(n), KayVal::UNIT).unwrap();
            if n >= 100 {
                let first = table.entry_from(0).unwrap().0.key();
                assert_eq!(first.to_int(), Some(n - 100));
                table.remove(&types, first).unwrap();
            }
        }
        assert_eq!(table.len(), 100);
        assert!(crate::memory_in_use() < 1 << 20);
        while let Some((entry, _)) = table.entry_from(0) {
            let key = entry.key();
            table.remove(&types, key).unwrap();
        }
    });
}

#[test]
fn lists_are_the_same_key_in_every_representation() {
    leaks_nothing(|| {
        let (types, mut map) = (TypeTable::new(), Owned::new(Table::map()));
        let mut general = Owned::new(list(&[KayVal::int(1), text("x")]));
        general.value_mut().unique::<crate::List>().unwrap().set(1, KayVal::int(2)).unwrap();
        let table = map.value_mut().unique::<Table>().unwrap();
        table.insert(&types, ints(&[1, 2]), KayVal::int(9)).unwrap();
        assert_eq!(table.get(&types, *general).unwrap().and_then(KayVal::to_int), Some(9));
    });
}

#[test]
fn what_is_no_key_is_named_by_its_innermost_part() {
    leaks_nothing(|| {
        let types = TypeTable::new();
        let table = Owned::new(Table::set());
        let refused = |value: KayVal| {
            let value = Owned::new(value);
            table.get::<Table>().unwrap().contains(&types, *value).unwrap_err().message
        };
        assert_eq!(refused(KayVal::float(1.5)), "not a key: f64");
        assert_eq!(refused(list(&[KayVal::float(1.5)])), "not a key: f64");
        assert_eq!(refused(objects::tuple(&[KayVal::int(1), Table::map()])), "not a key: Map");
        assert_eq!(refused(Range::exclusive(0, 3)), "not a key: Range");
        assert_eq!(refused(KayVal::func(0)), "not a key: fn");
        assert!(!table.get::<Table>().unwrap().contains(&types, KayVal::NONE).unwrap());
    });
}

#[test]
fn ranges_know_their_items() {
    leaks_nothing(|| {
        let mut host = TestHost::new();
        let down = Owned::new(Range::exclusive(2, 7));
        let down = Owned::new(down.get::<Range>().unwrap().rev());
        assert_eq!(shown(&mut host, down.retained()), "[6, 5, 4, 3, 2]");
        let thirds = Owned::new(down.get::<Range>().unwrap().step_by(3).unwrap());
        assert_eq!(thirds.get::<Range>().unwrap().items().collect::<Vec<_>>(), [6, 3]);
        assert!(thirds.get::<Range>().unwrap().contains(3) && !thirds.get::<Range>().unwrap().contains(5));
        let top = Owned::new(Range::inclusive(i64::MAX - 1, i64::MAX));
        assert_eq!(shown(&mut host, top.retained()), "9223372036854775806..9223372036854775808");
        assert_eq!(top.get::<Range>().unwrap().items().collect::<Vec<_>>(), [i64::MAX - 1, i64::MAX]);
        let all = Owned::new(Range::exclusive(i64::MIN, i64::MAX));
        assert_eq!(all.get::<Range>().unwrap().len(), u64::MAX);
        assert!(all.get::<Range>().unwrap().contains(i64::MAX - 1) && !all.get::<Range>().unwrap().contains(i64::MAX));
        assert_eq!(shown(&mut host, Range::exclusive(5, 2)), "5..2");
    });
}
