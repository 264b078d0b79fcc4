"""Runs one pass on a tree written as text, and checks what every rewrite owes: its target language, unique ids, spans."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kayton.ir.invariants import GENERAL
from kayton.ir.node import Node, Span, place_at, replace, walk
from kayton.ir.text import one_line
from kayton.ir.text_reader import read
from kayton.passes.framework import Cx, Pass


def placed(root: Node) -> Node:
    """The tree with ids and spans, as the parser would have left it."""
    root = replace(root, id="main", span=Span(0, 0, 1))
    return place_at(root, root, "read", {})


def checked(p: Pass, root: Node, cx: Cx) -> Node:
    """What the pass makes of a tree; fails where input or output is not what the languages promise."""
    assert p.source.violations(root) == []
    out = p.transform(root, cx)
    assert p.target.violations(out) == []
    assert [v for inv in GENERAL for v in inv.holds(out)] == []
    assert [n for n in walk(out) if n.id is None or n.span is None] == []
    return out


@pytest.fixture
def items() -> Callable[[type[Pass], str], list[str]]:
    """Runs a pass on a module's items, given and returned as text."""

    def run(kind: type[Pass], text: str) -> list[str]:
        root = placed(read(f"(program [(module main main.ktn 0 [{text}])])"))
        (module,) = checked(kind(), root, Cx()).modules
        return [one_line(item) for item in module.body]

    return run


@pytest.fixture
def body() -> Callable[[type[Pass], str], list[str]]:
    """Runs a pass on the statements of a function, given and returned as text."""

    def run(kind: type[Pass], text: str) -> list[str]:
        root = placed(read(f"(program [(module main main.ktn 0 [(fn-def f body=(block [{text}]))])])"))
        (module,) = checked(kind(), root, Cx()).modules
        return [one_line(s) for s in module.body[0].body.body]

    return run


@pytest.fixture
def errors() -> Callable[[type[Pass], str], list[str]]:
    """The messages of a pass on the statements of a function."""

    def run(kind: type[Pass], text: str) -> list[str]:
        root = placed(read(f"(program [(module main main.ktn 0 [(fn-def f body=(block [{text}]))])])"))
        cx = Cx()
        kind().transform(root, cx)
        return [d.message() for d in cx.diagnostics]

    return run
