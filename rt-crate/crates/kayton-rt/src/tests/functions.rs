use super::{at, failure};
use crate::*;

#[test]
fn functions_are_values() {
    let add = |amount: i64| Function::closure(move |(x,): (i64,), _| x + amount);
    let adders = list![add(1), add(10)];
    assert_eq!(adders.map(|f| f.call((5,), at()), at()).sum(at()), 21);
    let message = "cannot compare functions";
    assert_eq!(failure(|| adders[0].equal(&adders[1], at())), message);
}

#[test]
fn ranges_walk_both_ways() {
    let items = |range: Range| range.iter().collect::<Vec<i64>>();
    let range = Range::exclusive(0, 10).step_by(3, at());
    assert_eq!((items(range), items(range.rev())), (vec![0, 3, 6, 9], vec![9, 6, 3, 0]));
    assert_eq!(items(Range::exclusive(3, 1)), []);
    assert_eq!(through(i64::MAX - 1, i64::MAX).collect::<Vec<_>>(), [i64::MAX - 1, i64::MAX]);
    assert_eq!((range.len(at()), range.first(), range.last()), (4, Some(0), Some(9)));
    assert!(range.contains(6) && !range.contains(7) && !range.contains(12));
    assert_eq!(failure(|| range.step_by(0, at())), "count out of range: 0");
    assert_eq!(failure(|| Range::exclusive(i64::MIN, i64::MAX).len(at())), "integer overflow");
    assert!(Range::exclusive(0, 10).equal(&Range::inclusive(0, 9), at()));
    assert!(Range::exclusive(5, 5).equal(&Range::exclusive(0, 0), at()));
}

#[test]
fn sequences_have_the_functions_of_lists() {
    let range = Range::exclusive(1, 5);
    assert_eq!(&range.map(|x| x * x, at())[..], [1, 4, 9, 16]);
    assert_eq!(&Sequence::filter(&range, |x| x % 2 == 0, at())[..], [2, 4]);
    assert_eq!(Sequence::fold(&range, 0, |total, x| total - x), -10);
    assert_eq!((range.sum(at()), range.product(at()), range.min(at()), range.max(at())), (10, 24, Some(1), Some(4)));
    assert_eq!(&text!("ab").enumerate(at())[..], [(0, text!("a").clone()), (1, text!("b").clone())]);
    assert_eq!(&Range::exclusive(0, i64::MAX).take(2, at())[..], [0, 1]);
    assert_eq!(&set! {at(); 3, 4}.skip(1, at())[..], [4]);
    assert_eq!(range.count_where(|x| x > 2), 2);
    assert!(Sequence::any(&range, |x| x == 4) && Sequence::all(&range, |x| x < 5));
    assert_eq!(&range.flat_map(|x| List::repeated(x, x % 2, at()), at())[..], [1, 3]);
    assert_eq!(failure(|| Range::exclusive(0, 0).sum(at())), "sum of an empty list");
    assert_eq!(Sequence::reduce(&range, |a, b| a.max(b)), Some(4));
}
