"""resolve-calls and evaluate-consts: arguments, their order, and constants."""

from __future__ import annotations

import sys

import pytest

from tests.compiling import body, errors

DEFINITIONS = "fn area(w, h=2, scale=1): w\n\nfn fill(mut xs, n): n\n\nenum Shape:\n    Dot\n    Round(f64)\n\n"


def in_work(line: str) -> str:
    return f"{DEFINITIONS}fn work(n):\n    let mut ys = [1]\n    {line}\n"


@pytest.mark.parametrize(
    ("call", "bound"),
    [
        ("area(1)", "(call-fn main.area [(int-lit 1) (absent) (absent)])"),
        ("area(1, scale=n)", "(call-fn main.area [(int-lit 1) (absent) (local n)])"),
        ("area(scale=n, w=1)", "(call-fn main.area [(int-lit 1) (absent) (local n)])"),
        ("fill(mut ys, 1)", "(call-fn main.fill [(mut-arg (local ys mutable=true)) (int-lit 1)])"),
        ("print(n, 2, end=n)", "(call-native print [(local n) (int-lit 2) (absent) (local n)])"),
        ("Round(n)", "(call-fn main.Shape.Round [(local n)])"),
        ("Ok(n)", "(make-variant Result.Ok [(local n)])"),
        ("n(1, k=2)", "(call-value (local n) [(arg (int-lit 1)) (arg (int-lit 2) name=k)])"),
        ("n.area(mut ys)", "(method-call (local n) area [(arg (local ys mutable=true) mutable=true)])"),
        ("Set()", "(empty-set)"),
    ],
)
def test_arguments_stand_in_parameter_order(call: str, bound: str) -> None:
    assert body(in_work(call), "resolve-calls")[-1] == bound


def test_arguments_are_evaluated_in_source_order() -> None:
    assert body(in_work("area(h=n.a, w=n.b)"), "resolve-calls")[-1] == (
        "(block [(let (bind-pattern %arg.1) (field (local n) a)) (let (bind-pattern %arg.2) (field (local n) b))]"
        " (call-fn main.area [(local %arg.2) (local %arg.1) (absent)]))"
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("area()", "area expected 1 to 3 arguments, found 0"),
        ("area(1, 2, 3, 4)", "area expected 1 to 3 arguments, found 4"),
        ("fill(mut ys)", "fill expected 2 arguments, found 1"),
        ("area(1, w=2)", "w of area is given twice"),
        ("area(1, widht=2)", "area has no parameter widht"),
        ("fill(ys, 1)", "fill changes its argument xs: write mut before it"),
        ("area(mut ys)", "area does not change its argument w: mut does not belong before it"),
        ("print(mut ys)", "print does not change its argument value: mut does not belong before it"),
        ("n(mut ys, mut ys[0])", "two mut arguments of one call are parts of ys"),
        ("n.f(mut ys, mut ys[0])", "two mut arguments of one call are parts of ys"),
        ("min(1)", "min expected at least 2 arguments, found 1"),
        ("print(1, sepp=2)", "print has no parameter sepp"),
        ("panic()", "panic expected 1 argument, found 0"),
        ("Dot()", "Dot has no fields"),
        ("Some(1, 2)", "Some expected 1 argument, found 2"),
    ],
)
def test_what_does_not_fit_is_reported_once(call: str, message: str) -> None:
    assert [e.partition(" ")[2] for e in errors(in_work(call))] == [message]


def test_constants_are_literals_or_globals() -> None:
    text = "const A = 2 + 3\nconst B = [A, A]\nconst C: f64 = A\n\nfn work(n):\n    A\n    B\n    C\n"
    assert body(text, "evaluate-consts") == ["(int-lit 5)", "(global-ref main.B)", "(float-lit 5.0)"]
    assert body(text + "\nfn main(): 1\n", "evaluate-consts", "main.<consts>") == [
        "(set-global main.B (list-lit [(int-lit 5) (int-lit 5)]))"
    ]


@pytest.mark.parametrize(
    ("const", "message"),
    [
        ("const A = 1 // 0", "1:11 the constant A cannot be evaluated: division by zero"),
        ("const A = A", "1:1 the constant A needs its own value"),
        ("const A = f()\nfn f(): A", "1:1 the constant A needs its own value"),
        ("const A = f()\nfn f(): print(1)", "1:11 the constant A is not a pure computation: it uses print"),
        ("const A = later\nlet later = 1", "1:11 the constant A cannot be evaluated: later is used before it is set"),
        ("const A = [1][1]", "1:11 the constant A cannot be evaluated: index out of range: the length is 1 but the index is 1"),
        ("const A = loop: 1", "1:1 the constants take more than 2,000,000 calls and rounds of loops to compute"),
    ],
)
def test_errors_of_constants(const: str, message: str) -> None:
    assert errors(const + "\n") == [message]


def test_a_program_without_constants_does_not_need_the_evaluator() -> None:
    before = {name for name in sys.modules if name.startswith("kayton.runtime.evaluator")}
    assert errors("fn work(): 1\n", until="evaluate-consts") == []
    assert {name for name in sys.modules if name.startswith("kayton.runtime.evaluator")} == before
