"""allocate-registers: on every conformance program, variables that are live together never share a register, and registers that
hold counted values are never those of scalars."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, children_of, walk
from kayton.ir.resolved import Bind, Case, Local
from kayton.ir.surface import Block
from kayton.ir.typed import AllocatedFn, LastUse
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.pipelines.loading import load
from tests.compiling import items
from tests.evaluator.programs import Case as Program
from tests.evaluator.programs import cases, read

_STEPS = load("vm", until="allocate-registers").steps
_BINDERS = (Bind, ForEach, ForRange, SuccessOr)
_SCOPES = (Block, Case, ForEach, ForRange, SuccessOr)


def functions(program: Program) -> Iterator[AllocatedFn]:
    """All functions of a program once their variables have registers."""
    cx = Cx()
    tree: Node = read(program, cx)
    with undisturbed():
        for step in _STEPS:
            tree = step.use.transform(tree, cx)
    for module in tree.modules:
        yield from [item for item in module.body if isinstance(item, AllocatedFn)]


def shared(fn: AllocatedFn) -> list[tuple[str, str]]:
    """Pairs of variables of which the second is bound to the first one's register while the first is in scope."""
    number = {r.name: r.number for r in fn.registers}
    outer = {number[name]: name for name in [*[p.name for p in fn.params], *fn.captures]}
    found: list[tuple[str, str]] = []
    stack: list[tuple[Node, dict[int, str]]] = [(fn.body, outer)]
    while stack:
        n, scope = stack.pop()
        scope = dict(scope) if isinstance(n, _SCOPES) else scope
        if isinstance(n, _BINDERS):
            here = number[n.name]
            if scope.setdefault(here, n.name) != n.name:
                found.append((scope[here], n.name))
        below = children_of(n)
        below.reverse()
        stack += [(child, scope) for child in below]
    return found


@pytest.mark.parametrize("program", cases(), ids=lambda p: p.name)
def test_conformance_program(program: Program) -> None:
    for fn in functions(program):
        assert shared(fn) == [], fn.name
        scalars = {r.number for r in fn.registers if r.scalar}
        assert not scalars & {r.number for r in fn.registers if not r.scalar}, fn.name
        assert all(r.number < fn.temporaries for r in fn.registers), fn.name
        known = {r.name for r in fn.registers}
        assert {n.name for n in walk(fn.body) if isinstance(n, Local | LastUse)} <= known, fn.name


def registers(text: str) -> dict[str, tuple[int, bool]]:
    """Number and class of each variable of `work`."""
    return {r.name: (r.number, r.scalar) for r in items(text, "allocate-registers")["main.work"].registers}


def test_parameters_come_first_and_scalars_last() -> None:
    found = registers("fn work(a, b: i64):\n    let n = 1\n    let x = [a]\n    let m = n + b\n    print(x, m)\n")
    assert found == {"a": (0, False), "b": (1, False), "x": (2, False), "n": (3, True), "m": (4, True)}


def test_disjoint_scopes_share() -> None:
    found = registers("fn work(a):\n    if a:\n        let x = [a]\n        print(x)\n    else:\n        let y = [a]\n        print(y)\n")
    assert found["x"] == found["y"] == (1, False)
