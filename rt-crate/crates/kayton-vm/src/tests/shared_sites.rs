//! When there are more instructions with sites than numbers for them, those that share one do not disturb each other.

use super::{message, run};

/// A program whose `main` shares its sites: all numbers are taken by a function before it. `P` has a method `x` with a high
/// number, and `Q` a field `x` with a boundary.
fn crowded(body: &str) -> String {
    let uses = "    GetField r0, r0, .y\n".repeat(1 << 16);
    let fillers: String = (0..40).map(|n| format!("fn f{n}() regs 1\n    RetUnit r0, 1\n")).collect();
    format!(
        "entry main\nfn crowd(a) regs 1 at 0 1:1\n{uses}    RetUnit r0, 1\n{fillers}\
         fn method(self) regs 2 at 0 1:1\n    LoadInt r1, 7\n    Ret r1, r0, 1\n\
         struct P\n  method x = method\nclass Q\n  field x: i64\n\
         fn main() regs 40 at 0 1:1\n{body}\n    RetUnit r0, 40\n"
    )
}

#[test]
fn a_method_is_no_field() {
    let program = crowded(
        "    NewStruct r1, r4, P\n    Move r2, r1\n    CallMethod r3, r2(0), .x\n    print r3\n    GetField r3, r1, .x",
    );
    let ran = run(&program);
    assert_eq!((ran.out.as_str(), message(&ran)), ("7\n", "no field x on P"));
}

#[test]
fn what_may_be_read_is_checked_when_it_is_written() {
    let program = crowded(
        "    LoadInt r4, 1\n    NewStruct r1, r4, Q\n    GetField r3, r1, .x\n    print r3\n    LoadFunc r5, f0\n    SetField r1, r5, .x",
    );
    let ran = run(&program);
    assert_eq!((ran.out.as_str(), message(&ran)), ("1\n", "expected i64, found fn"));
}
