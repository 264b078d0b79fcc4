"""The desugaring passes on whole programs: after each the tree is in its language, and only the first pass sees the sugar."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kayton.ir.core import Core
from kayton.ir.invariants import GENERAL
from kayton.ir.node import Node, same, walk
from kayton.passes.desugar.desugar_compound_assign import DesugarCompoundAssign
from kayton.passes.desugar.desugar_comprehensions import DesugarComprehensions
from kayton.passes.desugar.desugar_defaults import DesugarDefaults
from kayton.passes.desugar.desugar_for import DesugarFor
from kayton.passes.desugar.desugar_fstrings import DesugarFstrings
from kayton.passes.desugar.desugar_if_let import DesugarIfLet
from kayton.passes.desugar.desugar_question import DesugarQuestion
from kayton.passes.desugar.expand_derives import ExpandDerives
from kayton.passes.desugar.hoist_methods import HoistMethods
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text

PASSES = (
    HoistMethods(), ExpandDerives(), DesugarFstrings(), DesugarComprehensions(), DesugarCompoundAssign(), DesugarIfLet(),
    DesugarQuestion(), DesugarFor(), DesugarDefaults(),
)  # fmt: skip

PROGRAMS = Path(__file__).parents[1] / "golden" / "programs"
FILES = [f for f in sorted(PROGRAMS.glob("[ctv]*/*.ktn")) if "\nuse " not in f.read_text()] + sorted(PROGRAMS.glob("programs/*.ktn"))


def to_core(text: str) -> Node:
    cx = Cx()
    root = parse_text(text, cx=cx)
    for p in PASSES:
        assert p.source.violations(root) == []
        root = p.transform(root, cx)
        assert [v for inv in GENERAL for v in inv.holds(root)] == []
        assert [n for n in walk(root) if n.id is None or n.span is None] == []
    assert cx.diagnostics == []
    return root


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_a_program_becomes_core(file):
    text = file.read_text()
    root = to_core(text)
    assert Core.violations(root) == []
    again = to_core(text)
    assert same(root, again)
    assert [n.id for n in walk(root)] == [n.id for n in walk(again)]


def test_depth_is_no_limit():
    """A method chain, a sum and an f-string as deep as a generated program may have them."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10**6)
    try:
        deep = "fn f(x):\n    x" + ".g()" * 20_000 + "\n    let y = " + "1 + " * 20_000 + "x\n    [i for i in 0.." + "x[" * 5_000 + "0" + "]" * 5_000 + "]\n"
        assert sum(1 for _ in walk(to_core(deep))) > 60_000
    finally:
        sys.setrecursionlimit(limit)
