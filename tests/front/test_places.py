"""Spans cover the source of a node; ids are stable (ARCHITECTURE: promises about ids)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.ir.invariants import GENERAL
from kayton.ir.node import Node, children_of, walk
from kayton.ir.surface import Closure, Expr, FnDef, If, IfLet, Let, Match
from kayton.ir.text import one_line
from tests.front.conftest import parsed, statements

PROGRAMS = sorted((Path(__file__).parents[1] / "golden" / "programs").glob("*/*.ktn"))
LONG_ENOUGH = [p for p in PROGRAMS if p.stat().st_size > 500]
"""Those with some expressions to look at."""

SAMPLE = """\
## Doc.
@inline
pub fn f(x: i64 = 1, mut y) -> f64:
    let (a, b) = ((x), -y ** 2)
    (a + b).abs().max(f(1, y=2)[0..n])
    if a: 1 elif let Some(z) = b: (2) else: 3
    a[i].b = |q| q + f"{a:>5} {b}"
"""


def spans(text: str) -> dict[str, set[str]]:
    """The source of every node by its kind."""
    found: dict[str, set[str]] = {}
    for n in walk(parsed(text)[0].modules[0]):
        found.setdefault(type(n).__name__, set()).add(text[n.span.start : n.span.end])
    return found


def test_spans_are_exact():
    found = spans(SAMPLE)
    assert found["Module"] == {SAMPLE}
    assert found["FnDef"] == {SAMPLE[8:-1]}
    assert found["Param"] == {"x: i64 = 1", "mut y", "q"}
    assert found["Let"] == {"let (a, b) = ((x), -y ** 2)"}
    assert found["Tuple"] == {"((x), -y ** 2)"}
    assert found["Unary"] == {"-y ** 2"}
    assert found["Binary"] == {"y ** 2", "a + b", 'q + f"{a:>5} {b}"'}
    assert found["MethodCall"] == {"(a + b).abs()", "(a + b).abs().max(f(1, y=2)[0..n])"}
    assert found["Arg"] == {"1", "y=2", "f(1, y=2)[0..n]"}
    assert found["Slice"] == {"f(1, y=2)[0..n]"}
    assert found["If"] == {"if a: 1 elif let Some(z) = b: (2) else: 3"}
    assert found["IfLet"] == {"elif let Some(z) = b: (2) else: 3"}
    assert found["Hole"] == {"{a:>5}", "{b}"}
    assert found["Block"] == {SAMPLE[SAMPLE.index("let (") : -1]}


def test_layout_after_a_suite_belongs_to_no_span():
    text = "fn f():\n    if a:\n        b\n\n\n# end\n\nc\n"
    found = spans(text)
    assert found["FnDef"] == {"fn f():\n    if a:\n        b"}
    assert found["If"] == {"if a:\n        b"}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_children_lie_inside_their_parents_and_in_order(path):
    program, _ = parsed(path.read_text(encoding="utf-8"))
    for n in walk(program):
        inside = [c.span for c in children_of(n)]
        assert all(n.span.start <= s.start <= s.end <= n.span.end for s in inside), n
        if type(n).__name__ not in _OUT_OF_ORDER:
            assert inside == sorted(inside), n


_OUT_OF_ORDER = frozenset(
    "Program FnDef Let Param FieldDef ConstDef TypeAlias ImplDef Arm StructDef ClassDef EnumDef".split()
)
"""Kinds whose fields do not stand in the order of the text."""


def _reparses(n: Node) -> bool:
    """Whether a node's text, on its own, is parsed as the same node: not an `elif`, and nothing that indentation shapes."""
    return isinstance(n, Expr) and type(n).__name__ not in ("Hole", "Block", "Slice", "Name")


@pytest.mark.parametrize("path", LONG_ENOUGH[::6], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_the_text_of_an_expression_parses_to_the_same_expression(path):
    text = path.read_text(encoding="utf-8")
    checked = 0
    for n in walk(parsed(text)[0].modules[0]):
        source = text[n.span.start : n.span.end]
        if not _reparses(n) or "\n" in source or source.startswith("elif") or (type(n).__name__ == "StrLit" and source[0] != '"'):
            continue
        (again,) = statements(f"let it = {source}\n")
        assert one_line(again.value) == one_line(n)
        checked += 1
    assert checked > 20


# Ids

SOURCE = """\
fn fib(n): if n < 2: n else: fib(n - 1) + fib(n - 2)

let limit = 10

struct Point:
    x: i64

    fn len(self): self.x

impl Show for Point:
    fn show(self): "P"

impl Point:
    fn more(self): 1

print(fib(limit))

fn main():
    fn inner(): |x| x + 1
    inner()
"""


def ids(text: str) -> dict[str, str]:
    """Every node's id, and what it is apart from its children."""
    program, _ = parsed(text)
    assert [v for inv in GENERAL for v in inv.holds(program)] == []
    return {n.id: repr(n) for n in walk(program)}


def test_every_node_has_an_id_made_of_its_definitions_path_and_a_number():
    paths = {n.id.partition("#")[0] for n in walk(parsed(SOURCE)[0])}
    assert paths == {
        "program", "main", "main.fib", "main.Point", "main.Point.len", "main.Point.Show", "main.Point.Show.show",
        "main.Point.impl", "main.Point.more", "main.main", "main.main.inner",
    }  # fmt: skip


def test_numbers_are_in_preorder_and_start_at_the_definition():
    (fn,) = statements("fn f(a): b + c")
    numbered = [n.id for n in walk(fn)]
    assert numbered == [f"main.f#{i}" for i in range(len(numbered))]


def test_closures_belong_to_the_function_around_them():
    closure = next(n for n in walk(parsed(SOURCE)[0]) if isinstance(n, Closure))
    assert closure.id.startswith("main.main.inner#")


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("fib(n - 2)", "fib(n - 2) + 0 * n", "main.fib"),
        ("self.x", "self.x + self.x", "main.Point.len"),
        ('"P"', 'f"P{self.x}"', "main.Point.Show.show"),
        ("|x| x + 1", "|x, y| x + 1 + y", "main.main.inner"),
        ("    inner()", "    inner()\n    inner()", "main.main"),
        ("print(fib(limit))", "print(fib(limit), 1)", "main"),
    ],
)
def test_editing_one_definition_renumbers_no_node_of_another(old, new, path):
    before, after = ids(SOURCE), ids(SOURCE.replace(old, new))
    changed = {i.partition("#")[0] for i in before.keys() | after.keys() if before.get(i) != after.get(i)}
    assert changed <= {path, "main"} if path != "main" else changed == {"main"}
    assert path in changed
    others = {i: text for i, text in before.items() if i.partition("#")[0] != path}
    assert others.items() <= after.items()


def test_adding_a_definition_renumbers_nothing():
    before, after = ids(SOURCE), ids(f"fn first(): 1\n\n{SOURCE}\nfn last(): 2\n")
    assert before.items() <= after.items()


def test_paths_that_are_taken_are_told_apart():
    text = "impl A:\n    fn f(): 1\nimpl A:\n    fn f(): 2\nfn g(): 1\nfn g(): 2\n"
    program, cx = parsed(text)
    assert cx.diagnostics == []
    assert [v for inv in GENERAL for v in inv.holds(program)] == []
    assert {n.id for n in walk(program) if isinstance(n, FnDef)} == {"main.A.f#0", "main.A.f@2#0", "main.g#0", "main.g@2#0"}


def test_spans_of_conditionals_start_at_their_own_word():
    (let,) = statements("let a = if b: 1 elif c: 2 else: 3\n")
    outer = let.value
    assert isinstance(let, Let) and isinstance(outer, (If, IfLet, Match))
    assert (outer.span.start, outer.otherwise.span.start) == (8, 16)
