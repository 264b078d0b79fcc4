use super::{at, failure, shown};
use crate::*;

#[test]
fn maps_keep_the_order_of_insertion() {
    let mut map = Map::new();
    for n in 0..100 {
        map.set(n * 7 % 101, n, at());
    }
    map.set(7, -1, at());
    assert_eq!(map.remove(&0, at()), Some(0));
    map.set(0, 5, at());
    let keys: Vec<i64> = map.iter_keys().copied().collect();
    assert_eq!((keys[0], keys[99], map.len()), (7, 0, 100));
    assert_eq!((map.get(&7, at()), map.get(&1000, at())), (Some(-1), None));
}

#[test]
fn maps_agree_with_a_simple_one_whatever_is_done() {
    let (mut map, mut model): (Map<i64, i64>, Vec<(i64, i64)>) = (Map::new(), Vec::new());
    let mut rng = Rng::new(7);
    for step in 0..20_000 {
        let key = rng.next_i64(0, 300, at());
        let found = model.iter().position(|(own, _)| *own == key);
        if rng.next_i64(0, 3, at()) == 0 {
            let expected = found.map(|place| model.remove(place).1);
            assert_eq!(map.remove(&key, at()), expected);
        } else {
            let expected = found.map(|place| std::mem::replace(&mut model[place].1, step));
            if found.is_none() {
                model.push((key, step));
            }
            assert_eq!(map.insert(key, step, at()), expected);
        }
        if step % 500 == 0 {
            let copy = map.clone();
            map.set(1000, 1, at());
            map = copy;
        }
        assert_eq!(map.len(), model.len() as i64);
    }
    assert_eq!(map.iter().map(|(k, v)| (*k, *v)).collect::<Vec<_>>(), model);
    assert!(model.iter().all(|(key, value)| map.find(key, at()) == Some(value)));
}

#[test]
fn a_map_used_as_a_queue_stays_small() {
    let mut map = Map::new();
    for n in 0..100_000 {
        map.set(n, (), at());
        if n >= 10 {
            assert_eq!(map.iter_keys().next(), Some(&(n - 10)));
            map.remove(&(n - 10), at());
        }
    }
    assert_eq!(map.len(), 10);
}

#[test]
fn missing_keys_are_told() {
    let mut map = map! {at(); text!("a").clone() => 1};
    assert_eq!(*map.index(text!("a"), at()), 1);
    assert_eq!(failure(|| *map.index(text!("b"), at())), "key not found: \"b\"");
    assert_eq!(failure(|| *map.slot(text!("b"), at())), "key not found: \"b\"");
    *map.slot(text!("a"), at()) += 1;
    *map.entry(text!("c").clone(), 10, at()) += 1;
    map.update(text!("c").clone(), 0, |n| n * 2, at());
    assert_eq!(shown(&map), r#"{"a": 2, "c": 22}"#);
    assert_eq!(map.get_or(text!("z"), 5, at()), 5);
}

#[test]
fn maps_are_merged_listed_and_compared() {
    let mut a = map! {at(); 1 => 10, 2 => 20};
    let b = map! {at(); 2 => 21, 3 => 30};
    let before = a.clone();
    a.merge(&b, at());
    a.merge(&a.clone(), at());
    assert_eq!(shown(&a), "{1: 10, 2: 21, 3: 30}");
    assert_eq!(shown(&before), "{1: 10, 2: 20}");
    assert_eq!(shown(&(a.keys(at()), a.values(at()))), "([1, 2, 3], [10, 21, 30])");
    assert_eq!(shown(&b.items(at())), "[(2, 21), (3, 30)]");
    assert!(a.equal(&map! {at(); 3 => 30, 1 => 10, 2 => 21}, at()));
    assert!(!a.equal(&map! {at(); 3 => 30, 1 => 10, 4 => 21}, at()));
    a.clear();
    assert!(a.is_empty() && !a.contains(&1, at()));
}

#[test]
fn sets_have_their_operations() {
    let (a, b) = (set! {at(); 1, 2, 3}, set! {at(); 4, 3, 2});
    assert_eq!(shown(&a.union(&b, at())), "{1, 2, 3, 4}");
    assert_eq!(shown(&a.intersection(&b, at())), "{2, 3}");
    assert_eq!(shown(&a.difference(&b, at())), "{1}");
    assert!(set! {at(); 2}.is_subset(&a, at()) && !a.is_subset(&b, at()));
    let mut c = a.clone();
    assert!(c.add(9, at()) && !c.add(9, at()) && c.remove(&1, at()) && !c.remove(&1, at()));
    assert_eq!(shown(&c.to_list(at())), "[2, 3, 9]");
    assert!(a.equal(&set! {at(); 3, 2, 1}, at()) && !a.equal(&c, at()));
    assert_eq!(a.len(), 3);
}

#[test]
fn keys_are_of_many_types() {
    let mut map = Map::new();
    map.set((1, list![text!("a").clone()], Some(true)), (), at());
    assert!(map.contains(&(1, list![Str::new("a")], Some(true)), at()));
    assert!(!map.contains(&(1, list![Str::new("b")], Some(true)), at()));
    assert!(!map.contains(&(1, list![Str::new("a")], None), at()));
    let words: Vec<Str> = (0..1000).map(|n| Str::new(&format!("word {n}"))).collect();
    let counts = words.iter().fold(Map::new(), |mut counts: Map<Str, i64>, word| {
        *counts.entry(word.clone(), 0, at()) += word.len();
        counts
    });
    assert_eq!(counts.get(text!("word 999"), at()), Some(8));
}
