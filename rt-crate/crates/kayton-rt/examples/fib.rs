//! fib.ktn, as the compiler emits it.
use kayton_rt::prelude::*;

static PROGRAM: Program = Program {
    sources: &[("fib.ktn", include_str!("fib.ktn"))],
    sites: "\
0 2:25-2:30 fib\n\
0 2:21-2:31 fib\n\
0 2:38-2:43 fib\n\
0 2:34-2:44 fib\n\
0 2:21-2:44 fib\n\
0 5:11-5:18 main\n\
0 5:5-5:19 main\n\
0 4:1-5:19 <start>",
    kbc: &[],
};

// fib.ktn:1  fn fib(n):
fn fib(n: i64, caller: Calls) -> i64 {
    let calls = caller.enter();
    if n < 2 {
        n
    } else {
        add(fib(sub(n, 1, calls.at(0)), calls.call(1)), fib(sub(n, 2, calls.at(2)), calls.call(3)), calls.at(4))
    }
}

// fib.ktn:4  fn main():
fn main_(caller: Calls) {
    let calls = caller.enter();
    Text::line().with(&fib(32, calls.call(5)), calls.at(6)).print(calls.at(6));
}

fn start(calls: Calls) {
    main_(calls.call(7))
}

fn main() {
    run(&PROGRAM, start)
}
