use std::cmp::Ordering;

use super::{at, failure};
use crate::*;

fn ints(items: &[i64]) -> List<i64> {
    List::from_slice(items, at())
}

#[test]
fn a_list_is_copied_when_it_is_changed_and_shared() {
    let mut xs = list![1, 2, 3];
    let ys = xs.clone();
    xs.push(4, at());
    xs.set(0, 9, at());
    *xs.slot(1, at()) += 5;
    assert_eq!((&xs[..], &ys[..]), (&[9, 7, 3, 4][..], &[1, 2, 3][..]));
}

#[test]
fn indexes_are_checked() {
    let mut xs = list![1, 2, 3];
    assert_eq!(*xs.get(2, at()), 3);
    let message = |index: i64| format!("index out of range: the length is 3 but the index is {index}");
    assert_eq!(failure(|| *xs.get(3, at())), message(3));
    assert_eq!(failure(|| *xs.get(-1, at())), message(-1));
    assert_eq!(failure(|| xs.set(5, 0, at())), message(5));
    assert_eq!(failure(|| xs.remove(3, at())), message(3));
    assert_eq!(failure(|| xs.insert(4, 0, at())), message(4));
    assert_eq!(failure(|| xs.swap(0, 3, at())), message(3));
    assert_eq!(failure(|| xs.swap(-2, 7, at())), message(-2));
}

#[test]
fn lists_change() {
    let mut xs = list![3, 1, 2];
    xs.insert(3, 5, at());
    xs.insert(0, 4, at());
    assert_eq!(xs.remove(1, at()), 3);
    xs.swap(0, 3, at());
    assert_eq!(&xs[..], [5, 1, 2, 4]);
    xs.extend(&xs.clone(), at());
    xs.truncate(6, at());
    xs.reverse(at());
    assert_eq!(&xs[..], [1, 5, 4, 2, 1, 5]);
    assert_eq!(failure(|| xs.truncate(-1, at())), "count out of range: -1");
    assert_eq!((xs.pop(at()), xs.len()), (Some(5), 5));
    let kept = xs.clone();
    xs.clear(at());
    assert_eq!((xs.len(), kept.len(), xs.pop(at())), (0, 5, None));
    assert_eq!(&kept.concat(&list![7], at())[..], [1, 5, 4, 2, 1, 7]);
}

#[test]
fn slices_are_checked() {
    let xs = list![1, 2, 3];
    assert_eq!(&xs.slice(1, 3, at())[..], [2, 3]);
    assert_eq!(&xs.slice_from(3, at())[..], [0i64; 0]);
    assert_eq!(&xs.slice_through(0, 1, at())[..], [1, 2]);
    let message = "slice out of range: the length is 3 but the range is 0..9223372036854775808";
    assert_eq!(failure(|| xs.slice_through(0, i64::MAX, at())), message);
    assert_eq!(failure(|| text!("abc").slice_through(0, i64::MAX, at())), message);
    assert_eq!(text!("abc").slice_through(1, 1, at()).as_str(), "b");
    assert_eq!(&xs.slice_by(Range::inclusive(1, 1), at())[..], [2]);
    assert_eq!(failure(|| xs.slice(2, 5, at())), "slice out of range: the length is 3 but the range is 2..5");
    assert_eq!(failure(|| xs.slice_by(Range::exclusive(0, 2).rev(), at())), "cannot slice by a stepped range");
}

#[test]
fn lists_are_cut_and_paired() {
    let xs = ints(&[1, 2, 3, 4, 5]);
    let show = |parts: List<List<i64>>| super::shown(&parts);
    assert_eq!(show(xs.chunks(2, at())), "[[1, 2], [3, 4], [5]]");
    assert_eq!(show(xs.windows(4, at())), "[[1, 2, 3, 4], [2, 3, 4, 5]]");
    assert_eq!(xs.windows(6, at()).len(), 0);
    assert_eq!(failure(|| xs.chunks(0, at())), "count out of range: 0");
    assert_eq!(&xs.chunks(2, at()).flatten(at())[..], &xs[..]);
    assert_eq!(&xs.take(2, at())[..], [1, 2]);
    assert_eq!(&xs.skip(9, at())[..], [0i64; 0]);
    assert_eq!(failure(|| xs.take(-1, at())), "count out of range: -1");
    assert_eq!(&xs.reversed(at())[..], [5, 4, 3, 2, 1]);
    assert_eq!(&list![text!("a").clone()].enumerate(at())[..], [(0, text!("a").clone())]);
    assert_eq!(&xs.zip(&list![true, false], at())[..], [(1, true), (2, false)]);
    assert_eq!(&List::repeated(7, 3, at())[..], [7, 7, 7]);
    assert_eq!(failure(|| List::repeated(7, -1, at())), "count out of range: -1");
    assert_eq!(failure(|| List::repeated(7, 1_000_000_000_000_000, at())), "out of memory limit");
}

#[test]
fn lists_are_searched_and_summed() {
    let xs = ints(&[3, 1, 2]);
    assert!(xs.contains(&1, at()) && !xs.contains(&9, at()));
    assert_eq!((xs.index_of(&2, at()), xs.first(), xs.last()), (Some(2), Some(3), Some(2)));
    assert_eq!((xs.min(at()), xs.max(at()), List::<i64>::new().min(at())), (Some(1), Some(3), None));
    assert_eq!((xs.sum(at()), xs.sum_from(10, at()), xs.product(at())), (6, 16, 6));
    assert_eq!(failure(|| List::<f64>::new().sum(at())), "sum of an empty list");
    assert_eq!(failure(|| List::<i64>::new().product(at())), "product of an empty list");
    assert_eq!(failure(|| ints(&[i64::MAX, 1]).sum(at())), "integer overflow");
    assert_eq!(list![text!("a").clone(), text!("b").clone()].join(text!(", "), at()).as_str(), "a, b");
    assert_eq!(list![f64::NAN, 2.0, 1.0].min(at()), Some(1.0));
    assert_eq!(xs.to_set(at()).len(), 3);
    assert_eq!(failure(|| List::<()>::new().accumulate(None, "sum", |a, _| *a, at())), "sum of an empty list");
}

#[test]
fn functions_run_over_lists() {
    let xs = ints(&[1, 2, 3, 4]);
    assert_eq!(&xs.map(|x| *x as f64 / 2.0, at())[..], [0.5, 1.0, 1.5, 2.0]);
    assert_eq!(&xs.filter(|x| x % 2 == 0, at())[..], [2, 4]);
    assert_eq!(xs.fold(0, |total, x| total * 10 + x), 1234);
    assert_eq!((xs.reduce(|a, b| a * b), List::<i64>::new().reduce(|a, _| a)), (Some(24), None));
    assert!(xs.any(|x| *x > 3) && !xs.all(|x| *x > 3));
    assert_eq!(xs.count_where(|x| *x > 1), 3);
    assert_eq!(&xs.flat_map(|x| List::repeated(*x, x % 2, at()), at())[..], [1, 3]);
}

#[test]
fn sorting_is_stable_with_nan_last() {
    let mut xs = list![2.0, f64::NAN, -1.0, 0.0];
    xs.sort(at());
    assert!(xs[..3] == [-1.0, 0.0, 2.0] && xs[3].is_nan());
    assert_eq!(&ints(&[3, 1, 2]).sorted(at())[..], [1, 2, 3]);
    let words = list![text!("bb").clone(), text!("a").clone(), text!("cc").clone(), text!("d").clone()];
    let by_length: Vec<_> = words.sorted_by_key(|w| w.len(), at()).iter().map(|w| w.as_str().to_owned()).collect();
    assert_eq!(by_length, ["a", "d", "bb", "cc"]);
    let mut pairs = list![(2, 1.0), (1, f64::NAN), (1, 0.5)];
    pairs.sort(at());
    assert_eq!((pairs[0], pairs[2]), ((1, 0.5), (2, 1.0)));
}

#[test]
fn comparisons_come_in_the_documented_order() {
    let mut asked = Vec::new();
    let mut xs = ints(&[4, 2, 3, 1, 5]);
    xs.sort_by(
        |a, b| {
            asked.push((*a, *b));
            a - b
        },
        at(),
    );
    assert_eq!(&xs[..], [1, 2, 3, 4, 5]);
    assert_eq!(asked, [(4, 2), (1, 5), (3, 1), (3, 5), (2, 1), (2, 3), (4, 3), (4, 5)]);
}

#[test]
fn lists_are_compared_by_their_elements() {
    assert_eq!(ints(&[1, 2]).compare(&ints(&[1, 3]), at()), Some(Ordering::Less));
    assert_eq!(ints(&[1, 2]).compare(&ints(&[1]), at()), Some(Ordering::Greater));
    assert_eq!(list![f64::NAN].compare(&list![1.0], at()), None);
    assert!(ints(&[1]).equal(&ints(&[1]), at()) && !ints(&[1]).equal(&ints(&[1, 2]), at()));
    assert!(!list![f64::NAN].equal(&list![f64::NAN], at()));
}

#[test]
fn the_elements_of_a_list_are_changed_without_asking_again() {
    let mut xs = ints(&[1, 2, 3]);
    let shared = xs.clone();
    let mut elements = xs.edit(at());
    for place in 0..elements.len() {
        *elements.slot(place, at()) *= 2;
    }
    elements.push(8, at());
    drop(elements);
    assert_eq!((&xs[..], &shared[..]), (&[2, 4, 6, 8][..], &[1, 2, 3][..]));
    let mut slots = xs.slots(at());
    slots.swap(0, 3, at());
    slots.set(1, *slots.get(2, at()) + 1, at());
    assert_eq!(failure(|| slots.set(4, 0, at())), "index out of range: the length is 4 but the index is 4");
    assert_eq!(failure(|| slots.swap(0, -1, at())), "index out of range: the length is 4 but the index is -1");
    assert_eq!((slots.len(), &xs[..]), (4, &[8, 7, 6, 2][..]));
}
