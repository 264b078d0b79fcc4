use super::{at, failure, shown};
use crate::*;

#[test]
fn random_numbers_are_those_of_the_library() {
    let mut rng = Rng::new(42);
    let mut value = Rng::new(42).to_val();
    static NEXT: Native = Native::new("std.random.Rng.next_i64");
    static METHOD: Native = Native::new("Rng.next_i64");
    let native =
        if kayton_stdlib::natives().iter().any(|native| native.name == "Rng.next_i64") { &METHOD } else { &NEXT };
    for _ in 0..10 {
        let mut args = vec![value, KayVal::int(-5), KayVal::int(1000)];
        let number = i64::from_val(native.call_in_place(&mut args, at()));
        value = args[0];
        assert_eq!(rng.next_i64(-5, 1000, at()), number);
    }
    assert!(Rng::from_val(value).equal(&rng, at()));
    assert!((0.0..1.0).contains(&rng.next_f64()));
    assert_eq!(failure(|| rng.next_i64(5, 5, at())), "empty range: 5..5");
    let mut xs = Range::exclusive(0, 50).to_list(at());
    let before = xs.clone();
    rng.shuffle(&mut xs, at());
    assert!(!xs.equal(&before, at()) && xs.sorted(at()).equal(&before, at()));
    assert_eq!(rng.choice(&List::<i64>::new()), None);
    assert!(rng.choice(&xs).is_some_and(|x| x < 50));
}

#[test]
fn builders_collect_text() {
    let builder = Builder::new();
    let same = builder.clone();
    builder.push(text!("a"), at());
    same.push(text!("b"), at());
    let built = builder.build();
    builder.push(text!("c"), at());
    assert_eq!((built.as_str(), same.build().as_str()), ("ab", "abc"));
}

#[test]
fn other_functions_come_from_the_library() {
    static DUMP: Native = Native::new("std.json.dump");
    static PARSE: Native = Native::new("std.json.parse");
    let dumped = Str::from_val(DUMP.call(&[list![1, 2].to_val()], at()));
    assert_eq!(dumped.as_str(), "[1,2]");
    let parsed: Result<Dyn, Str> = Cross::from_val(PARSE.call(&[dumped.to_val()], at()));
    assert_eq!(parsed.map(|value| shown(&value)), Ok("[1, 2]".to_owned()));
    assert_eq!(
        failure(|| native("std.json.dump", &[Range::exclusive(0, 1).to_val()], at())),
        "cannot write Range as JSON"
    );
}

#[test]
fn the_clock_and_the_environment() {
    assert!(now() > 1e9 && monotonic() <= monotonic());
    assert_eq!(env_var(text!("a=b")), None);
    assert_eq!(failure(|| sleep(-1.0, at())), "cannot sleep for -1.0 seconds");
    sleep(0.0, at());
    assert!(args().len() >= 0);
}
