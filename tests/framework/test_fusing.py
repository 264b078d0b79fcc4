"""Passes that share a walk make what they make alone: trees with ids and spans, remarks, diagnostics, and all in the same order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayton.cli import main
from kayton.diagnostics.files import NotText
from kayton.ir.core import Core
from kayton.ir.node import Node, Span, children_of, map_children, replace, same, unplaced, walk
from kayton.ir.surface import Binary, Block, Call, Expr, If, IntLit, Let, Name, Param, UnitLit
from kayton.passes.framework import Cx, Pass, check, frozen, rule
from kayton.passes.fusing import SharedWalk
from kayton.pipelines import fusing, manager, sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import PassRun, Settings
from kayton.testing.strategies import programs
from tests.framework.random_trees import trees
from tests.test_programs import of_every_program

ALWAYS, NEVER = 1, 10**9

MINE = """from kayton.ir.core import CompoundFree
from kayton.ir.surface import IntLit
from kayton.passes.framework import Cx, Pass, check, frozen


@frozen
class {name}(Pass):
    source = CompoundFree
    target = CompoundFree

{body}
"""
LOCAL = "    @check\n    def look(self, n: IntLit, cx: Cx) -> None:\n        return\n"
WHOLE = "    def transform(self, root, cx):\n        return root\n"


def everything(root: Node) -> list[Any]:
    """All that two trees may differ in and `same` does not look at."""
    return [(n.__class__, n.id, n.span) for n in walk(root)]


def said(cx: Cx) -> tuple[list, list]:
    """What was remarked and reported, in order."""
    remarks = [(r.pass_name, r.node.id, r.message, r.missed) for r in cx.remarks]
    return remarks, [(d.__class__, d.span, d.message()) for d in cx.diagnostics]


def assert_alike(a: Node, b: Node) -> None:
    assert same(a, b) and everything(a) == everything(b)


@pytest.fixture
def assert_compiled_alike(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Compiles a program with all neighbouring passes fused, those of two and one included, and with none."""
    vm = load("vm")

    def compiled(path: str, text: str, least: int) -> tuple[list[PassRun], Cx]:
        monkeypatch.setattr(fusing, "LEAST", least)
        runs: list[PassRun] = []
        cx = Cx()
        cx.loader = sources.Loader(cx)
        manager.run(vm, sources.from_text(path, text, cx), cx, Settings(verify="off"), [runs.append])
        return runs, cx

    def compare(path: str, text: str) -> None:
        (fused, fused_cx), (alone, alone_cx) = compiled(path, text, ALWAYS), compiled(path, text, NEVER)
        assert [r.step.name for r in fused] == [r.step.name for r in alone]
        for a, b in zip(fused, alone, strict=True):
            if fusing.is_local(a.step.use) or a is fused[-1]:
                assert_alike(a.after, b.after)
            assert (a.after is a.before) == (b.after is b.before), a.step.name
        assert said(fused_cx) == said(alone_cx)

    return compare


@pytest.mark.slow
@of_every_program
def test_every_program_is_compiled_alike(path: Path, assert_compiled_alike: Callable) -> None:
    assert_compiled_alike(str(path), path.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.slow
def test_random_programs_are_compiled_alike(assert_compiled_alike: Callable) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(programs())
    def compare(text: str) -> None:
        assert_compiled_alike("main.ktn", text)

    compare()


@frozen
class Wraps(Pass):
    """Makes nodes that other passes of the group have rules for."""

    source = Core
    target = Core

    @rule
    def variable(self, n: Name, cx: Cx) -> Expr:
        cx.remark(n, cx.fresh("x"))
        return Block((Let(UnitLit(), IntLit(1)),), If(Name("c"), Binary("+", n, IntLit(2)), None))


@frozen
class Doubles(Pass):
    """Copies what is below, already rewritten."""

    source = Core
    target = Core

    @rule
    def call(self, n: Call, cx: Cx) -> Expr:
        return Binary("+", n, replace(unplaced(n), span=n.span))

    @rule
    def negated(self, n: IntLit, cx: Cx) -> IntLit:
        return n if n.value < 0 else IntLit(-1 - n.value)


@frozen
class Reaches(Pass):
    """Rebuilds what is below under the old ids, and drops and moves parts."""

    source = Core
    target = Core

    @rule
    def branch(self, n: If, cx: Cx) -> Expr:
        renamed = map_children(n, lambda c: replace(c, name=cx.fresh("x")) if isinstance(c, Name) else c)
        return Block((renamed.then,), renamed) if n.otherwise is None else n.otherwise

    @rule(before=True)
    def block(self, n: Block, cx: Cx) -> Expr:
        return n.result if n.result is not None and not n.body else n


@frozen
class Early(Pass):
    """Rules that run before those of the children, and make another kind or the same."""

    source = Core
    target = Core
    grow: bool = False

    @rule(before=True)
    def let(self, n: Let, cx: Cx) -> Let:
        cx.remark(n, f"{len(children_of(n))}")
        return Let(n.pattern, Block((n.value,)) if self.grow else n.value, n.type)

    @rule(before=True)
    def sum(self, n: Binary, cx: Cx) -> Expr:
        return Block((n.left,), n.right)


@frozen
class Looks(Pass):
    """Reports in both rounds."""

    source = Core
    target = Core

    @check
    def literal(self, n: IntLit, cx: Cx) -> None:
        cx.report(NotText(span=n.span, byte=n.value % 256))

    @check(before=True)
    def variable(self, n: Name | Param, cx: Cx) -> None:
        cx.report(NotText(span=n.span, byte=len(cx.diagnostics)))


PASSES = st.sampled_from([Wraps(), Doubles(), Reaches(), Early(), Early(grow=True), Looks()])


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(trees(Core), st.lists(PASSES, min_size=1, max_size=5))
def test_random_passes_do_on_random_trees_what_they_do_alone(root: Node, passes: list[Pass]) -> None:
    for i, n in enumerate(walk(root)):  # what the parser makes has places
        Node.id.__set__(n, f"main#{i}")
        Node.span.__set__(n, Span(0, i, i + 1))
    alone_cx, fused_cx = Cx(), Cx()
    shared, alone, fused = SharedWalk(passes, root), root, root
    for i, p in enumerate(passes):
        alone, fused = p.transform(alone, alone_cx), shared.run(i, fused, fused_cx)
        assert_alike(alone, fused)
        assert said(alone_cx) == said(fused_cx)
        assert (alone is root) == (fused is root)


def test_a_pass_without_work_does_not_walk() -> None:
    root = Block((), UnitLit())
    shared = SharedWalk([Wraps(), Looks()], root)
    shared.marks = dict.fromkeys(shared.marks, 0)
    assert shared.run(0, root, Cx()) is root


def test_neighbours_are_grouped_and_others_break_the_group(workshop: Path, write_pipeline: Callable) -> None:
    def grouped(text: str, inside: str = "vm") -> list[list[str]]:
        pipeline = load(write_pipeline(text, f'name = "mine"\nextends = "{inside}"\n'))
        return [[s.name for s in g] for g in fusing.groups(pipeline.steps) if len(g) > 1]

    desugaring = [f"desugar-{x}" for x in ("fstrings", "comprehensions", "compound-assign", "if-let", "question", "for", "defaults")]
    assert grouped("") == [desugaring]
    for name, body in (("Local", LOCAL), ("Whole", WHOLE)):
        (workshop / f"{name.lower()}.py").write_text(MINE.format(name=name, body=body))
    insert = '[[insert]]\nuse = "./{}.py"\nafter = "desugar-compound-assign"\n'
    assert grouped(insert.format("local")) == [[*desugaring[:3], "local", *desugaring[3:]]]
    assert grouped(insert.format("whole")) == [desugaring[:3], desugaring[3:]]


def test_show_says_which_passes_share_a_walk(capsys: pytest.CaptureFixture) -> None:
    assert main(["pipeline", "show", "front"]) == 0
    lines = capsys.readouterr().out.splitlines()
    marked = [line.split()[1] for line in lines if line[:1] in ("┌", "│", "└") and line[1:2] == " "]
    assert marked == [s.name for s in load("front").steps[-7:]]
