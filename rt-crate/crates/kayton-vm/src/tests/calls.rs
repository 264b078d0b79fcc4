//! Arguments and parameters that do not match one to one, and what is wrong with them.

use super::{message, run_main};

const FUNCTIONS: &str = "struct Point
  field x: f64
  field y
  method moved = moved
  method shift = shift
class Node
  field x
  method shift = shift
fn f(a, b?, c?) regs 6 at 0 1:1
    JmpPresent r1, L0
    LoadInt r1, 20
  L0:
    JmpPresent r2, L1
    LoadInt r2, 30
  L1:
    NewTuple r3, r0, 3
    Ret r3, r0, 3
fn grow(mut xs, x) regs 4 at 0 1:1
    ListAppend r0, r1!
    RetUnit r1, 1
fn moved(self, by, times?) regs 6 at 0 1:1
    JmpPresent r2, L0
    LoadInt r2, 1
  L0:
    NewTuple r3, r1, 2
    Ret r3, r0, 3
fn shift(mut self, by) regs 4 at 0 1:1
    SetField r0, r1, .x
    RetUnit r1, 1";

/// What a call of `f`, or of a method of `p`, gives.
const CALLS: &[(&str, &str)] = &[
    ("LoadFunc r5, f\n LoadInt r6, 1\n CallVal r1, r5(1), _", "(1, 20, 30)"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n LoadInt r7, 2\n CallVal r1, r5(2), _ keys c", "(1, 20, 2)"),
    ("LoadFunc r5, f\n LoadInt r6, 3\n LoadInt r7, 1\n CallVal r1, r5(2), _ keys c a", "(1, 20, 3)"),
    ("Move r5, r0\n LoadInt r6, 4\n CallMethod r1, r5(1), .moved", "(4, 1)"),
    ("Move r5, r0\n LoadInt r6, 4\n LoadInt r7, 5\n CallMethod r1, r5(2), .moved keys times by", "(5, 4)"),
    ("Move r5, r0\n LoadInt r6, 4\n CallMethod r1, r5(1), .with keys x", "Point(x=4.0, y=2)"),
    ("LoadInt r6, 4\n CallMut r0, r5(1), .with keys y\n Move r1, r5", "Point(x=1.0, y=4)"),
    ("LoadConst r6, 4.5\n CallMut r0, r5(1), .shift mut 1\n Move r1, r0", "Point(x=4.5, y=2)"),
    ("LoadConst r6, 4.5\n CallMut r0, r5(1), .shift mut 1 keys by\n Move r1, r0", "Point(x=4.5, y=2)"),
    ("LoadFunc r5, grow\n NewList r6, r6, 0\n LoadInt r7, 4\n CallVal r1, r5(2), _ mut 2\n Move r1, r6", "[4]"),
    (
        "LoadFunc r5, grow\n LoadInt r6, 4\n NewList r7, r7, 0\n CallVal r1, r5(2), _ mut 4 keys x xs\n Move r1, r7",
        "[4]",
    ),
    ("LoadInt r5, 4\n NewStruct r5, r5, Node\n LoadInt r6, 5\n Move r7, r5\n CallMethod r1, r5(1), .shift\n GetField r1, r7, .x", "5"),
];

/// What is wrong with a call.
const MISTAKES: &[(&str, &str)] = &[
    ("LoadFunc r5, f\n CallVal r1, r5(0), _", "expected 1 to 3 arguments, found 0"),
    ("LoadFunc r5, grow\n CallVal r1, r5(1), _", "expected 2 arguments, found 1"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n CallVal r1, r5(1), _ keys z", "no parameter named z"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n LoadInt r7, 1\n CallVal r1, r5(2), _ keys a", "argument a given twice"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n CallVal r1, r5(1), _ keys b", "argument a is missing"),
    ("LoadFunc r5, grow\n CallVal r1, r5(2), _", "argument xs must be marked mut"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n CallVal r1, r5(1), _ mut 2", "parameter a is not mut"),
    ("Move r5, r0\n CallMethod r1, r5(0), .moved", "expected 1 to 2 arguments, found 0"),
    ("Move r5, r0\n LoadConst r6, 1.5\n CallMethod r1, r5(1), .shift", "cannot change an immutable value"),
    ("NewList r5, r5, 0\n CallMethod r1, r5(1), .push", "cannot change an immutable value"),
    ("NewList r5, r5, 0\n CallMethod r1, r5(0), .push mut 1", "expected 1 argument, found 0"),
    ("Move r5, r0\n CallMethod r1, r5(1), .with", "expected 0 arguments, found 1"),
    ("Move r5, r0\n CallMethod r1, r5(1), .with keys z", "no field z on Point"),
    ("Move r5, r0\n LoadUnit r6\n CallMethod r1, r5(1), .with keys x", "expected f64, found ()"),
    ("LoadNative r5, abs\n CallVal r1, r5(0), _", "expected 1 argument, found 0"),
    ("LoadNative r5, abs\n CallVal r1, r5(1), _ keys x", "no parameter named x"),
    ("LoadInt r6, 1\n SetField.frozen r0, r6, .x", "cannot change an immutable value"),
];

/// A `main` with a `Point` in `r0`, then the lines.
fn with_point(lines: &str) -> String {
    let setup = "LoadConst r0, 1.0\n LoadInt r1, 2\n NewStruct r0, r0, Point\n LoadUnit r1\n";
    format!("{setup}{lines}").lines().map(|line| format!("    {}\n", line.trim())).collect()
}

#[test]
fn arguments_find_their_parameters() {
    for (lines, expected) in CALLS {
        let ran = run_main(&(with_point(lines) + "    print r1"), FUNCTIONS);
        assert_eq!(ran.out.trim_end(), *expected, "{lines}: {:?}", ran.ending);
    }
}

#[test]
fn mistakes_in_calls() {
    for (lines, expected) in MISTAKES {
        assert_eq!(message(&run_main(&with_point(lines), FUNCTIONS)), *expected, "{lines}");
    }
}

#[test]
fn an_error_at_a_parameter_is_at_the_argument() {
    let ran = super::run("entry main
fn f(a, b) regs 3 at 0 1:1
    Guard r1, r1, str            @1:6 1:7
    RetUnit r0, 2
fn main() regs 5 at 0 3:1
    LoadInt r0, 1
    LoadInt r1, 2
    Call r2, r0(2), f            @4:5 4:12 @(0) 4:7 4:8 @(1) 4:10 4:11
    RetUnit r0, 5
");
    assert_eq!(message(&ran), "expected str, found i64");
}
