//! Arguments and parameters that do not match one to one, and what is wrong with them.

use super::{message, run_main};
use crate::thread::Ending;

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
fn late(a?, b) regs 4 at 0 1:1
    JmpPresent r0, L0
    LoadInt r0, 10
  L0:
    NewTuple r2, r0, 2
    Ret r2, r0, 2
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
    ("LoadFunc r5, late\n LoadInt r6, 1\n CallVal r1, r5(1), _ keys b", "(10, 1)"),
    ("LoadFunc r5, late\n LoadInt r6, 1\n LoadInt r7, 2\n CallVal r1, r5(2), _", "(1, 2)"),
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
    ("LoadNative r5, abs\n LoadInt r6, -3\n CallVal r1, r5(1), _ keys x", "3"),
    (
        "LoadConst r5, \"a\"\n LoadConst r6, \"-\"\n LoadInt r7, 3\n CallMethod r1, r5(2), .pad_start keys fill n",
        "--a",
    ),
    ("NewList r3, r3, 0\n LoadInt r6, 7\n CallMut r3, r5(1), .push mut 1 keys x\n Move r1, r3", "[7]"),
    (
        "LoadInt r5, 4\n NewStruct r1, r5, Node\n Move r5, r1\n LoadInt r6, 5\n CallMethod.drop r5(1), .shift\n Move r1, r5",
        "()",
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
    ("LoadFunc r5, late\n LoadInt r6, 1\n CallVal r1, r5(1), _", "argument b is missing"),
    ("LoadFunc r5, late\n CallVal r1, r5(0), _", "expected 1 to 2 arguments, found 0"),
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
    ("LoadNative r5, abs\n CallVal r1, r5(1), _ keys y", "no parameter named y"),
    ("LoadNative r5, str\n CallVal r1, r5(2), _ keys x", "expected 1 argument, found 2"),
    ("LoadNative r5, max\n CallVal r1, r5(1), _", "expected at least 2 arguments, found 1"),
    ("LoadConst r5, \"a\"\n CallMethod r1, r5(2), .pad_start keys n n", "argument n given twice"),
    ("LoadConst r5, \"a\"\n CallMethod r1, r5(1), .pad_start keys fill", "argument n is missing"),
    ("LoadConst r5, \"a\"\n CallMethod r1, r5(1), .trim keys n", "expected 0 arguments, found 1"),
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

/// Calls whose result is dropped; each leaves something to see in `r1`.
const DROPPED: &[(&str, &str)] = &[
    ("LoadInt r5, 1\n LoadAbsent r6\n LoadAbsent r7\n Call.drop r5(3), f", "()"),
    ("LoadFunc r5, f\n LoadInt r6, 1\n CallVal.drop r5(1), _ keys a", "()"),
    ("Move r5, r0\n LoadInt r6, 4\n CallMethod.drop r5(1), .moved", "()"),
    ("Move r5, r0\n LoadInt r6, 4\n CallMethod.drop r5(1), .with keys x", "()"),
    ("LoadConst r6, 4.5\n CallMut.drop r0, r5(1), .shift mut 1\n Move r1, r0", "Point(x=4.5, y=2)"),
    ("NewList r1, r1, 0\n LoadInt r6, 4\n CallMut.drop r1, r5(1), .push mut 1", "[4]"),
    ("LoadInt r5, 1\n NewList r1, r5, 1\n CallMut.drop r1, r5(0), .pop mut 1", "[]"),
    ("LoadInt r5, 1\n CallNative.drop r5(1), abs", "()"),
    ("LoadNative r5, print\n LoadInt r6, 1\n LoadConst r7, \"\"\n CallVal.drop r5(2), _ keys end", "1()"),
];

#[test]
fn results_that_nobody_wants_go_nowhere() {
    for (lines, expected) in DROPPED {
        let ran = run_main(&(with_point(lines) + "    print r1"), FUNCTIONS);
        assert_eq!(ran.out.trim_end(), *expected, "{lines}: {:?}", ran.ending);
    }
}

/// A built-in method that a site remembers is executed a shorter way the second time.
#[test]
fn remembered_methods_do_the_same() {
    let twice = |lines: &str| {
        let body = format!(
            "    LoadInt r7, 0\n  L0:\n{}    AddImmI64 r7, r7, 1\n    JmpLtImmI64 r7, 4, L0\n    print r1",
            lines.lines().map(|line| format!("    {}\n", line.trim())).collect::<String>()
        );
        let setup = "    LoadInt r2, 1\n    LoadConst r3, \"one\"\n    Move r4, r2\n    LoadInt r5, 2\n    NewMap r2, r2, 1\n    \
             NewList r3, r4, 2\n";
        let ran = run_main(&format!("{setup}{body}"), "");
        assert_eq!(ran.ending, Ending::Exit(0), "{lines}");
        ran.out.trim_end().to_owned()
    };
    let read = |name: &str, args: &str, count: usize| {
        twice(&format!("Move r10, r2\n{args}CallMethod r1, r10({count}), .{name}"))
    };
    assert_eq!(read("len", "", 0), "1");
    assert_eq!(read("get", "LoadInt r11, 1\n", 1), "Some(\"one\")");
    assert_eq!(read("get", "LoadConst r11, \"x\"\n", 1), "None");
    assert_eq!(read("get_or", "LoadUnit r11\nLoadInt r12, 5\n", 2), "5");
    assert_eq!(read("contains", "MoveScalar r11, r7\n", 1), "false");
    assert_eq!(twice("MoveScalar r11, r7\nCallMut r3, r10(1), .push mut 1\nMove r1, r3"), "[1, 2, 0, 1, 2, 3]");
    assert_eq!(twice("Move r11, r3\nCallMut r3, r10(1), .push mut 1\nCallMut r3, r10(0), .len\nMove r1, r10"), "6");
    assert_eq!(twice("CallMut r3, r10(0), .pop mut 1\nMove r1, r10"), "None");
    assert_eq!(
        twice("Move r10, r3\nMoveScalar r11, r7\nCallMethod.drop r10(1), .push mut 1\nMove r1, r10"),
        "[1, 2, 3]"
    );
    assert_eq!(twice("LoadConst r10, 2.25\nCallMethod r1, r10(0), .sqrt"), "1.5");
    assert_eq!(twice("LoadConst r10, \"größe\"\nCallMethod r1, r10(0), .len"), "5");
}

#[test]
fn an_error_at_a_parameter_is_at_the_argument() {
    let ran = super::run(
        "entry main
fn f(a, b) regs 3 at 0 1:1
    Guard r1, r1, str            @1:6 1:7
    RetUnit r0, 2
fn main() regs 5 at 0 3:1
    LoadInt r0, 1
    LoadInt r1, 2
    Call r2, r0(2), f            @4:5 4:12 @(0) 4:7 4:8 @(1) 4:10 4:11
    RetUnit r0, 5
",
    );
    assert_eq!(message(&ran), "expected str, found i64");
}
