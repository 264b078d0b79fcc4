use std::panic::{catch_unwind, AssertUnwindSafe};

use super::failure;
use crate::fail::{describe, LeftOut};
use crate::report::{Call, PLAIN};
use crate::{add, Caller, Calls, START};

fn down(n: i64, caller: Calls) -> i64 {
    let calls = caller.enter();
    if n == 0 {
        0
    } else {
        add(1, down(n - 1, calls.call(2)), calls.at(1))
    }
}

#[test]
fn as_many_calls_as_the_limit_says_nest() {
    let first = Calls::first(1000);
    assert_eq!(down(999, first.call(0)), 999);
    assert_eq!(failure(|| down(1000, first.call(0))), "call depth limit reached");
}

#[test]
#[should_panic(expected = "a depth of 131072 calls")]
fn a_limit_that_the_test_of_each_call_would_not_find_is_refused() {
    Calls::first(131_072);
}

#[test]
fn sites_are_those_of_the_calls_in_progress() {
    fn outer(caller: Calls) -> Vec<Caller> {
        let calls = caller.enter();
        let _ = down(3, calls.call(8));
        inner(calls.call(5))
    }
    fn inner(caller: Calls) -> Vec<Caller> {
        caller.enter().at(7).callers()
    }
    assert_eq!(outer(Calls::first(10).call(3)), [7, 5, 3].map(Caller::Site));
}

#[test]
fn an_error_says_how_many_calls_led_to_it() {
    let calls = Calls::first(10);
    let panic = catch_unwind(AssertUnwindSafe(|| down(20, calls.call(0)))).err();
    let text = panic.and_then(|panic| panic.downcast_ref::<String>().cloned());
    assert_eq!(text.as_deref(), Some("call depth limit reached (11 calls)"));
}

fn call(function: &str, line: u32) -> Call<'_> {
    Call { function, path: "main.ktn", line, column: 1, end_line: line, end_column: 2 }
}

#[test]
fn the_start_is_no_call_and_long_traces_are_cut() {
    let calls = vec![call("f", 1), call("main", 2), call(START, 3)];
    assert_eq!(
        describe("x", calls, LeftOut::NOTHING, &PLAIN),
        "error: x\n --> main.ktn:1:1\n  in f at main.ktn:1:1\n  in main at main.ktn:2:1\n"
    );
    assert!(describe("x", vec![call(START, 3)], LeftOut::NOTHING, &PLAIN).ends_with("  in <start> at main.ktn:3:1\n"));
    let long = describe("x", (1..=100).map(|line| call("f", line)).collect(), LeftOut::NOTHING, &PLAIN);
    assert!(long.contains("main.ktn:20:1\n  … 60 more calls …\n  in f at main.ktn:81:1\n"), "{long}");
}
