//! The examples, which stand for compiled programs: they write what `kayton run` writes of the source beside them
//! (`.out` files: standard output, the exit code, standard error).

use std::path::PathBuf;
use std::process::Command;

fn example(name: &str) -> PathBuf {
    let mut path = std::env::current_exe().unwrap_or_default();
    path.pop();
    if path.ends_with("deps") {
        path.pop();
    }
    path.join("examples").join(name)
}

fn check(name: &str, expected: &str) {
    let run = Command::new(example(name)).env("NO_COLOR", "1").output();
    let run = run.unwrap_or_else(|error| panic!("{name}: {error}"));
    let code = run.status.code().unwrap_or(-1);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(format!("{}--- exit code {code}\n{}", text(&run.stdout), text(&run.stderr)), expected);
}

#[test]
fn fib() {
    check("fib", include_str!("../examples/fib.out"));
}

#[test]
fn sieve() {
    check("sieve", include_str!("../examples/sieve.out"));
}

#[test]
fn shapes() {
    check("shapes", include_str!("../examples/shapes.out"));
}
