//! sieve.ktn, as the compiler emits it.
use kayton_rt::prelude::*;

static PROGRAM: Program = Program {
    sources: &[("sieve.ktn", include_str!("sieve.ktn"))],
    sites: "\
0 2:31-2:36 sieve\n\
0 2:24-2:37 sieve\n\
0 5:12-5:23 sieve\n\
0 6:13-6:23 sieve\n\
0 7:25-7:30 sieve\n\
0 9:17-9:36 sieve\n\
0 10:17-10:23 sieve\n\
0 14:14-14:30 main\n\
0 14:5-14:39 main\n\
0 13:1-14:39 <start>",
    kbc: &[],
};

// sieve.ktn:1  fn sieve(n):
fn sieve(n: i64, caller: Calls) -> i64 {
    let calls = caller.enter();
    let mut is_prime = List::repeated(true, add(n, 1, calls.at(0)), calls.at(1));
    let mut count = 0;
    for i in through(2, n) {
        if *is_prime.get(i, calls.at(2)) {
            count = add(count, 1, calls.at(3));
            let mut j = mul(i, i, calls.at(4));
            while j <= n {
                is_prime.set(j, false, calls.at(5));
                j = add(j, i, calls.at(6));
            }
        }
    }
    count
}

// sieve.ktn:13  fn main():
fn main_(caller: Calls) {
    let calls = caller.enter();
    Text::line().with(&sieve(1_000_000, calls.call(7)), calls.at(8)).put(" primes").print(calls.at(8));
}

fn start(calls: Calls) {
    main_(calls.call(9))
}

fn main() {
    run(&PROGRAM, start)
}
