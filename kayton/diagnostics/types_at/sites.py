"""From a place in the source, or an id, to what can be asked about: an expression, a variable, a global."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from kayton.diagnostics.types_at.solved import Solved
from kayton.ir.core import ForEach, ForRange
from kayton.ir.node import Node, walk
from kayton.ir.resolved import Bind, Fn, FnParam, GlobalRef, Local, Place, SetGlobal
from kayton.ir.source import Source
from kayton.ir.typed import LastUse

_CELLS = (GlobalRef, SetGlobal)
_NAMING = (Local, LastUse, Bind, ForEach, ForRange, FnParam, *_CELLS)
"""Nodes that stand for a variable or global."""
_GIVEN = re.compile(r"\s*(:[^=\n]*)?=\s*")
"""What stands between the name and the value of a `let`."""
_WORD = re.compile(r"\w+")


@attrs.frozen(eq=False)
class Site:
    """A place that was asked about: a node in a function, and its variable of types (kayton/ir/constrained.py) or the name of a global."""

    fn: Fn
    node: Node
    variable: str

    @property
    def is_cell(self) -> bool:
        """Whether it is a global, which has one type over the whole program."""
        return isinstance(self.node, _CELLS)

    @property
    def is_variable(self) -> bool:
        """Whether it has a name in the source."""
        return isinstance(self.node, _NAMING)


def by_id(solved: Solved, wanted: str) -> Site | None:
    """The node with that id."""
    return next((_site(fn, n) for fn, n in _nodes(solved) if n.id == wanted), None)


def by_place(solved: Solved, file: int, source: Source, offset: int) -> Site | None:
    """The variable that is defined at an offset, or else the smallest expression around it."""
    around: list[tuple[int, Site]] = []
    name = _name_at(source, offset)
    for fn, n in _nodes(solved):
        span = n.span
        if n is fn or span is None or span.file != file:
            continue
        if name and isinstance(n, Bind | SetGlobal) and _is_definition(n, name, source):
            return _site(fn, n)
        if span.start <= offset < max(span.end, span.start + 1):
            around.append((span.end - span.start, _site(fn, n)))
    return min(around, key=lambda one: one[0])[1] if around else None


def _nodes(solved: Solved) -> Iterator[tuple[Fn, Node]]:
    return ((fn, n) for fn in solved.functions.values() for n in walk(fn))


def _site(fn: Fn, node: Node) -> Site:
    if isinstance(node, Place) and not node.steps:
        node = node.root
    return Site(fn, node, node.name if isinstance(node, _NAMING) else node.id)


def _name_at(source: Source, offset: int) -> re.Match | None:
    """The name at an offset; for the words `let` and `mut` the one that they declare."""
    words = [m for m in _WORD.finditer(source.text, source.text.rfind("\n", 0, offset) + 1) if m.end() > offset][:3]
    declared = next((m for m in words if m[0] not in ("let", "mut")), None)
    return declared if words and words[0].start() <= offset else None


def _is_definition(n: Bind | SetGlobal, name: re.Match, source: Source) -> bool:
    """Whether a name in the source is the one that a `let` defines: its value comes next."""
    value = n.value.span
    return _base(n) == name[0] and value is not None and bool(_GIVEN.fullmatch(source.text, name.end(), max(value.start, name.end())))


def _base(n: Bind | SetGlobal) -> str:
    """The name as it stands in the source."""
    return n.name.rpartition(".")[2] if isinstance(n, SetGlobal) else n.name.partition(".")[0]
