"""The checks: what is certain is reported, once and where it stands; what is not is left to the running program."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.pipelines import loading
from kayton.pipelines.manager import Settings, run_file
from tests.compiling import body, errors

PROGRAMS = Path(__file__).parents[1] / "golden" / "programs"
VALID = [f for f in sorted(PROGRAMS.rglob("*.ktn")) if "compile" not in f.parts and (f.name == "main.ktn" or not (f.parent / "main.ktn").exists())]

DEFINITIONS = """
class Cell:
    n: i64 = 0

struct Point:
    x: f64
    cell: Cell = Cell()
    any = 1

    fn len(self) -> f64: 1.0
    fn grow(mut self): self.x = 2.0

fn square(n: i64) -> i64: n * n

fn fill(mut xs): 1

"""


def messages(*lines: str) -> list[str]:
    text = DEFINITIONS + "fn work(d, xs: List[i64]):\n" + "\n".join(f"    {line}" for line in lines) + "\n"
    return [e.partition(" ")[2] for e in errors(text)]


@pytest.mark.parametrize("path", VALID, ids=lambda p: str(p.relative_to(PROGRAMS)))
def test_programs_that_run_have_no_errors(path: Path) -> None:
    result = run_file(loading.load("check"), str(path), Settings(verify="each"))
    assert result.failure is None
    assert [d.message() for d in result.diagnostics if d.severity == "error"] == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('let n: i64 = "a"', "expected i64, found str"),
        ("let n: i64 = 1.5", "expected i64, found f64"),
        ("let n: Point = None", "expected Point, found Option"),
        ("let n: (i64, str) = (1, 2)", "expected str, found i64"),
        ("let n: (i64, str) = (1, \"a\", 2)", "expected a tuple of 2, found a tuple of 3"),
        ("let n: List[str] = [\"a\", 1]", "expected str, found i64"),
        ("let n: Map[str, f64] = {1: 2}", "expected str, found i64"),
        ("let n: List[str] = if d: [1] else: []", "expected str, found i64"),
        ("let n: fn(i64) -> i64 = 1", "expected fn, found i64"),
        ("let n: str = square(1)", "expected str, found i64"),
        ("let n: str = Point(1).len()", "expected str, found f64"),
        ("let n: str = Point(1).x", "expected str, found f64"),
        ("let n: str = d == 1", "expected str, found bool"),
        ("let n: str = xs[0..1]", "expected str, found List"),
        ("let p = Point(1)\n    let n: str = p", "expected str, found Point"),
        ("let mut p: f64 = 1\n    p = \"a\"", "expected f64, found str"),
        ("let mut p = Point(1)\n    p.x = \"a\"", "expected f64, found str"),
        ("square(\"a\")", "expected i64, found str"),
        ("Point(\"a\")", "expected f64, found str"),
        ("1 == \"1\"", "cannot compare i64 with str"),
        ("xs != (1,)", "cannot compare List with tuple"),
        ("1 < \"1\"", "cannot compare i64 with str"),
        ("1 + \"a\"", "cannot apply + to i64 and str"),
        ("[1] - [2]", "cannot apply - to List and List"),
        ("1.5 | 2", "cannot apply | to f64 and i64"),
        ("-\"a\"", "cannot apply - to str"),
        ("not 1", "expected bool, found i64"),
        ("if 1: 2", "expected bool, found i64"),
        ("match d:\n        x if 1: 2\n        _: 3", "expected bool, found i64"),
        ("1.foo()", "no method foo on i64"),
        ("xs.foo", "no field foo on List"),
        ("Point(1).z", "no field z on Point"),
        ("Point(1).len(1)", "len expected 0 arguments, found 1"),
    ],
)
def test_certain_type_errors(line: str, message: str) -> None:
    assert messages(line) == [message]


@pytest.mark.parametrize(
    "line",
    [
        "let n: f64 = 1", "let n: i64 = d", "let n: dyn = 1", "let n: i64 = xs[0]", "let n: List[str] = xs", "d + 1", "d == 1",
        "1 == 1.5", "d.foo().bar", "xs[0].foo", "Point(1).any.foo", "let mut v = 1\n    v = \"a\"\n    v + \"b\"", "None == Some(1)",
        "Point(1).with(x=2).x", "let n: i64 = if d: 1 else: return", "let n: i64 = loop: break d", "let n: i64 = panic(\"x\")",
        "square(if d: 1 else: d)", "let f = |x| x\n    f(\"a\") + 1", "let n: i64 = match d:\n        1: 2\n        _: panic(\"x\")",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_error(line: str) -> None:
    assert messages(line) == []


def test_results_and_returns() -> None:
    text = (
        "fn a() -> i64: while true: if f(): return 1\n\nfn f() -> bool: 1\n\nfn g(x) -> str:\n    if x: return\n    for i in x: i\n\n"
        "fn h() -> i64:\n    loop: return 1\n\nfn i() -> (): 1\n\nfn j() -> i64:\n    let k = |x|:\n        return x\n    k(1)\n"
    )
    assert errors(text) == [
        "3:17 expected bool, found i64", "6:11 expected str, found ()", "7:5 expected str, found ()", "12:15 expected (), found i64",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("d = 1", "cannot assign to d, which is not mut"),
        ("let p = Point(1)\n    p.x = 2", "cannot change p, which is not mut"),
        ("let p = Point(1)\n    p.grow()", "grow cannot change p, which is not mut"),
        ("xs.push(1)", "push cannot change xs, which is not mut"),
        ("xs[0] = 1", "cannot change xs, which is not mut"),
        ("let g = [[1]]\n    g[0][0] = 1", "cannot change g, which is not mut"),
        ("let g = {1: [2]}\n    g[1].push(3)", "push cannot change g, which is not mut"),
        ("fill(mut xs)", "cannot assign to xs, which is not mut"),
        ("fill(mut 1 + 2)", "a mut argument must be a mut variable, or a part of one"),
        ("d(mut xs)", "cannot assign to xs, which is not mut"),
        ("let mut n = 1\n    let f = |x|:\n        n = x", "a closure cannot change n, which is outside of it"),
        ("let mut ys = []\n    let f = |x| ys.push(x)", "a closure cannot change ys, which is outside of it"),
        ("let mut ys = []\n    let f = |x| |y| ys.push(x)", "a closure cannot change ys, which is outside of it"),
        ("let mut e = 1\n    (e, _x) = (1, 2)\n    let _x = 1", "unknown name _x"),
        ("break", "break outside of a loop"),
        ("let f = || continue", "continue outside of a loop"),
        ("for x in d: break 1", "break gives no value to a for loop"),
    ],
)
def test_certain_mistakes_with_places_and_jumps(line: str, message: str) -> None:
    assert messages(line) == [message]


@pytest.mark.parametrize(
    "line",
    [
        "d.x = 1", "d.push(1)", "d[0].n = 1", "Point(1).cell.n = 2", "let c = Cell()\n    c.n = 1", "let l = [Cell()]\n    l[0].n = 1",
        "let p = Point(1)\n    p.cell.n += 1", "let p = Point(1)\n    p.any.n += 1", "let c = Cell()\n    let f = || c.n\n    let g = |x|:\n        c.n = x",
        "let mut g = [[1]]\n    g[0][0] = 1\n    fill(mut g[0])", "let f = |x|:\n        let mut y = x\n        y = 1", "d.f(mut d.x)",
    ],
)  # fmt: skip
def test_places_that_may_change(line: str) -> None:
    assert messages(line) == []


@pytest.mark.parametrize(
    ("arms", "missing"),
    [
        (["true: 1"], "this match does not cover false"),
        (["Some(true): 1", "None: 2"], "this match does not cover Some(false)"),
        (["(true, _): 1", "(_, None): 2"], "this match does not cover (false, Some(_))"),
        (["[]: 1", "[_, _]: 2"], "this match does not cover [_] and [_, _, _, ..]"),
        (["[true, ..]: 1", "[]: 2"], "this match does not cover [false, ..]"),
        (["1: 1", "2..=3: 2"], "this match does not cover every value: it needs a catch-all"),
        (["Ok(1): 1", "Err(_): 2"], "this match does not cover Ok(_)"),
        (["Point(x=1): 1"], "this match does not cover Point(_, _, _)"),
        (["x if x > 1: 1"], "this match does not cover every value: it needs a catch-all"),
        (["x @ Some(_) | x @ Ok(_): 1"], "this match does not cover None and Err(_)"),
    ],
)
def test_missing_cases(arms: list[str], missing: str) -> None:
    assert messages("match d:", *[f"    {a}" for a in arms]) == [missing]


@pytest.mark.parametrize(
    ("arms", "warnings"),
    [
        (["_: 1", "1: 2"], 1),
        (["1: 1", "2: 2", "1: 3", "_: 4"], 1),
        (["1 | 2: 1", "2: 3", "_: 4"], 1),
        (["[_, ..]: 1", "[1, 2]: 2", "_: 3"], 1),
        (["Some(_): 1", "Some(1): 2", "None: 3", "_: 4"], 1),
        (["Some(1) if true: 1", "Some(1): 2", "_: 3"], 0),
        (["true: 1", "false: 2", "_: 3"], 0),
        (["(a, 1): 1", "(1, b): 2", "(a, b): 3", "_: 4"], 0),
    ],
)
def test_unreachable_arms(arms: list[str], warnings: int) -> None:
    assert messages("match d:", *[f"    {a}" for a in arms]) == ["this arm can never be reached"] * warnings


def test_a_desugared_if_let_has_no_unreachable_arm() -> None:
    assert messages("if let x = d: x", "while let y = d: break") == []


def test_a_huge_match_is_given_up_in_time() -> None:
    """Where the arms are too many to compare, nothing is said about them; a missing case is found first."""
    arms = [f"    (Some({i}), Some({j})): 1" for i in range(40) for j in range(40)]
    assert messages("match (d, d):", *arms, "    (Some(1), Some(1)): 2") == ["this match does not cover (None, _)"]


def test_casts_reach_into_literals() -> None:
    text = "fn work(d):\n    let xs: List[f64] = if d: [1, d] else: [d; 2]\n    let mut n: f64 = d\n    n = 1\n    g(b=[d], a=d.x)\n\nfn g(a, b: List[i64]): a\n"
    assert body(text, "insert-casts") == [
        "(let (bind-pattern xs) (if (local d) (list-lit [(float-lit 1.0) (cast (local d) f64)])"
        " (list-repeat (cast (local d) f64) (int-lit 2))))",
        "(let (bind-pattern n mutable=true) (cast (local d) f64))",
        "(assign (place (local n mutable=true)) (float-lit 1.0))",
        "(block [(let (bind-pattern %arg.1) (list-lit [(cast (local d) i64)])) (let (bind-pattern %arg.2) (field (local d) x))]"
        " (call-fn main.g [(local %arg.2) (local %arg.1)]))",
    ]


def test_copying_out_crosses_the_variables_boundary() -> None:
    text = "fn work(f):\n    let mut n: i64 = 1\n    change(mut n)\n    keep(mut n)\n\nfn change(mut a): a = 2\n\nfn keep(a: mut i64): a = 3\n"
    assert body(text, "insert-casts")[1:] == [
        "(block [(let (bind-pattern %result.1) (call-fn main.change [(mut-arg (place (local n mutable=true)))]))"
        " (assign (place (local n mutable=true)) (cast (local n mutable=true) i64))] (local %result.1))",
        "(call-fn main.keep [(mut-arg (place (local n mutable=true)))])",
    ]
