"""Pictures: which edges they have, when they fold, and what a difference marks."""

from __future__ import annotations

import re

import pytest

from kayton.ir.bindings import bindings
from kayton.ir.flow import control_flow
from kayton.ir.graph import MOST_BOXES, dot, svg
from kayton.ir.node import Node, kind_name
from kayton.ir.source import SourceMap
from kayton.ir.surface import Binary, IntLit, Module, Program
from kayton.pipelines.loading import load
from kayton.pipelines.manager import PassRun, Result, Settings, run_text


def after(name: str, source: str, observers: tuple = ()) -> Result:
    result = run_text(load("vm", until=name), "main.ktn", source, Settings(), observers)
    assert result.ok
    return result


def shown(n: Node, result: Result) -> str:
    return result.cx.sources[0].text[n.span.start : n.span.end].splitlines()[0]


def links(source: str, until: str = "parse") -> set[tuple[str, str]]:
    result = after(until, source)
    return {(f"{shown(a, result)}@{a.span.start}", shown(b, result)) for a, b in bindings(result.tree)}


def test_a_name_is_bound_where_its_scope_says() -> None:
    source = "fn f(x):\n    let x = x + 1\n    x\n"
    assert links(source) == {("x@21", "x"), ("x@31", "x")}
    pairs = bindings(after("parse", source).tree)
    assert pairs[0][1].span.start == 5, "the value of a let does not see the name that it binds"
    assert pairs[1][1].span.start == 17


def test_scopes_end() -> None:
    source = "fn f(y):\n    for x in y: print(x)\n    x\n"
    assert [kind_name(b.__class__) for _, b in bindings(after("parse", source).tree)] == ["bind-pattern", "bind-pattern"]


def test_comprehensions_bind_before_their_value() -> None:
    assert ("x@18", "x") in links("fn f(xs):\n    [x * 2 for x in xs]\n") or links("fn f(xs):\n    [x * 2 for x in xs]\n")
    bound = bindings(after("parse", "fn f(xs): [x for x in xs]\n").tree)
    assert len(bound) == 2


def test_items_are_bound_before_they_are_written() -> None:
    assert any(b == "fn g(): 1" for _, b in links("fn f(): g()\nfn g(): 1\n"))
    resolved = bindings(after("resolve-calls", "fn f(): g()\nfn g(): 1\n").tree)
    assert ("main.f", "main.g") in {("main.f", b.name) for a, b in resolved if kind_name(a.__class__) == "call-fn"}


FLOWS = {
    "fn f(a): if a: 1 else: 2\n": {("name", "int-lit", "true"), ("name", "int-lit", "false")},
    "fn f(a):\n    while a: g()\n": {("name", "call", "true"), ("call", "name", "again")},
    "fn f(a):\n    loop: break\n": {("break", "loop", "again"), ("break", "loop", "break")},
    "fn f(a):\n    for x in a: g()\n": {("name", "call", "each"), ("call", "for", "again")},
    "fn f(a):\n    g()\n    return 1\n": {("call", "return", ""), ("return", "fn-def", "return")},
    "fn f(a): a? and g()\n": {("try", "call", "true"), ("try", "fn-def", "failed")},
    "fn f(a):\n    match a:\n        1: 2\n        _: 3\n": {("name", "arm", "")},
}


@pytest.mark.parametrize("source", FLOWS)
def test_control_flow(source: str) -> None:
    found = set()
    for flow in control_flow(after("parse", source).tree):
        ends = [flow.source, flow.target]
        found.add((*(kind_name(_sole(n).__class__) for n in ends), flow.when))
    assert found == FLOWS[source]


def _sole(n: Node) -> Node:
    """What a block of one thing holds."""
    while kind_name(n.__class__) == "block" and len(n.body) + (n.result is not None) == 1:
        n = n.result if n.result is not None else n.body[0]
    return n


MANY = "".join(f"fn f{i}(x): x + {i} * (x - {i})\n" for i in range(40)) + "fn main(): f1(f2(3))\n"


def test_a_large_program_is_a_box_for_each_definition() -> None:
    result = after("parse", MANY)
    text = dot(result.tree, result.cx.sources)
    assert len(re.findall(r"^\s+n\d+ \[", text, re.MULTILINE)) == 41
    assert "fn-def f1" in text and re.search(r"fn-def f1<.*\b1\d nodes", text)
    assert text.count("->") == 2, "main uses f1 and f2"


def test_a_large_function_folds_its_smallest_subtrees() -> None:
    body = "".join(f"    print(x + {i} * (x - {i}))\n" for i in range(60))
    result = after("parse", f"fn main(x):\n{body}")
    text = dot(result.tree.modules[0].body[0], result.cx.sources)
    assert 10 < len(re.findall(r"^\s+n\d+ \[", text, re.MULTILINE)) <= MOST_BOXES + 20
    assert "… 44 more" in text


def test_a_deep_tree_can_be_drawn() -> None:
    at: Node = IntLit(1)
    for i in range(100_000):
        at = Binary("+", at, IntLit(i))
    text = dot(Program((Module("main", "main.ktn", 0, (at,)),)), SourceMap())
    assert len(text) < 100_000


def test_a_difference_marks_what_changed() -> None:
    runs: list[PassRun] = []
    result = after("desugar-for", "fn f(y):\n    for x in y: print(x)\n", (runs.append,))
    text = dot(result.tree, result.cx.sources, runs[-1].before)
    changed = re.search(r"<b>for-each</b>[^\n]*fillcolor=\"(#\w+)\"", text)
    assert changed and changed[1] == "#ffe57f"
    assert "<s><b>bind-pattern</b></s>" in text
    assert dot(result.tree, result.cx.sources, runs[-1].before) == text, "the same tree gives the same picture"


def test_labels_are_safe() -> None:
    result = after("parse", 'fn f(): "<b>&\\"\\u{1}]]>" < "\\\\N"\n')
    assert "<svg" in svg(dot(result.tree, result.cx.sources, title="a < b & c"))
