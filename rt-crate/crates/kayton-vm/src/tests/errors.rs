//! Run-time errors: messages, positions, traces.

use std::collections::HashSet;

use kayton_bytecode::Op;

use super::{message, run, run_main};
use crate::thread::Ending;

/// The opcodes that only fail.
pub(super) fn failing_ops() -> HashSet<Op> {
    let ran = run_main("    LoadConst r0, \"v\"\n    NoMatch r0", "");
    assert_eq!(message(&ran), "no match arm for \"v\"");
    let raised = run_main("    Raise \"why\"", "");
    assert_eq!(message(&raised), "why");
    ran.ops.union(&raised.ops).copied().collect()
}

/// Bodies of `main` and the message that each ends with.
const FAILURES: &[(&str, &str)] = &[
    ("    LoadInt r0, 1\n    CallMethod r1, r0(0), .f", "no method f on i64"),
    ("    LoadInt r0, 1\n    GetField r1, r0, .x", "no field x on i64"),
    ("    LoadInt r0, 1\n    SetField r0, r0, .x", "no field x on i64"),
    ("    LoadInt r0, 1\n    CallVal r1, r0(0), _", "cannot call i64"),
    ("    LoadInt r0, 1\n    JmpTrue r0, L\n  L:", "expected bool, found i64"),
    ("    LoadInt r0, 1\n    JmpFalse r0, L\n  L:", "expected bool, found i64"),
    ("    LoadInt r0, 1\n    IterInit r1, r0", "cannot iterate over i64"),
    ("    LoadInt r0, 1\n    LoadConst r1, \"s\"\n    Add r2, r0, r1", "cannot apply + to i64 and str"),
    ("    LoadInt r0, 1\n    LoadConst r1, \"s\"\n    JmpLt r0, r1, L\n  L:", "cannot compare i64 with str"),
    ("    LoadInt r0, 1\n    LoadInt r1, 0\n    FloorDivI64 r2, r0, r1", "division by zero"),
    ("    LoadInt r0, 1\n    LoadInt r1, 0\n    Div r2, r0, r1", "division by zero"),
    ("    LoadInt r0, 1\n    LoadInt r1, 64\n    Shl r2, r0, r1", "shift out of range"),
    ("    LoadConst r0, 9223372036854775807\n    AddImm r2, r0, 1", "integer overflow"),
    ("    LoadConst r0, 9223372036854775807\n    AddImmI64 r2, r0, 1", "integer overflow"),
    ("    GetGlobal r0, g", "g is used before it is set"),
    ("    LoadInt r0, 1\n    TryOk r1, r0, L\n  L:", "expected Option or Result, found i64"),
    ("    LoadConst r0, \"s\"\n    GuardInt r1, r0", "expected i64, found str"),
    ("    LoadConst r0, \"s\"\n    Guard r1, r0, List", "expected List, found str"),
    (
        "    LoadInt r0, 1\n    NewList r1, r0, 1\n    LoadInt r0, 3\n    Index r2, r1, r0",
        "index out of range: the length is 1 but the index is 3",
    ),
    ("    LoadInt r0, 1\n    NewTuple r1, r0, 1\n    GetPart r2, r1, 4", "no field 4 on tuple"),
    ("    LoadConst r0, 1.5\n    NewSet r1, r0, 1", "not a key: f64"),
    ("    LoadInt r0, 1\n    LoadInt r1, 2\n    Is r2, r0, r1", "expected a class instance, found i64"),
];

#[test]
fn messages() {
    for (body, expected) in FAILURES {
        assert_eq!(message(&run_main(body, "global g")), *expected, "{body}");
    }
}

#[test]
fn a_trace_starts_where_the_error_happened() {
    let ran = run("entry main
fn inner(x) regs 3 at 0 1:1
    LoadInt r1, 0
    FloorDiv r2, r0, r1          @2:5 2:11
    Ret r2, r0, 1
fn outer(x) regs 3 at 0 4:1
    Move r1, r0
    Call r1, r1(1), inner        @5:5 5:13
    Ret r1, r0, 1
fn main() regs 3 at 0 7:1
    LoadInt r0, 1
    Call r1, r0(1), outer        @8:5 8:13
    RetUnit r0, 3
");
    let Ending::Failed(failure) = &ran.ending else { panic!("{:?}", ran.ending) };
    assert_eq!(failure.message, "division by zero");
    let places: Vec<_> =
        failure.trace.places.iter().map(|at| (at.function.as_str(), at.span.line, at.span.column)).collect();
    assert_eq!(places, [("inner", 2, 5), ("outer", 5, 5), ("main", 8, 5)]);
}

#[test]
fn a_trace_passes_through_built_ins_that_call_back() {
    let ran = run("entry main
fn f(x) regs 3 at 0 1:1
    LoadInt r1, 0
    Rem r2, r0, r1               @2:5 2:11
    Ret r2, r0, 1
fn main() regs 6 at 0 7:1
    LoadInt r0, 1
    NewList r0, r0, 1
    LoadFunc r1, f
    CallMethod r2, r0(1), .map   @8:5 8:13
    RetUnit r0, 6
");
    let Ending::Failed(failure) = &ran.ending else { panic!("{:?}", ran.ending) };
    let places: Vec<_> = failure.trace.places.iter().map(|at| (at.function.as_str(), at.span.line)).collect();
    assert_eq!((failure.message.as_str(), places), ("division by zero", vec![("f", 2), ("main", 8)]));
}

#[test]
fn main_may_return_an_error() {
    let source =
        |make: &str| format!("entry main\nfn main() regs 3 at 0 1:1\n    LoadInt r0, 300\n{make}    Ret r1, r0, 3\n");
    assert_eq!(run(&source("    NewVariant r1, r0, Result.Err\n")).ending, Ending::Exit(1));
    assert_eq!(run(&source("    NewVariant r1, r0, Result.Ok\n")).ending, Ending::Exit(0));
}
