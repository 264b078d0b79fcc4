"""The comments of a file and its blank lines, by the statement, member or arm that they belong to.

A comment beside a statement stays beside it, one on a line of its own or between the items of a bracket stands above the next or the
enclosing one. Doc comments of documented items are theirs, in the tree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from kayton.ir.node import Node, walk
from kayton.ir.source import Source
from kayton.ir.surface import (
    Block,
    ClassDef,
    EnumDef,
    ImplDef,
    Match,
    Module,
    StructDef,
    TraitDef,
)
from kayton.passes.front.lexing.scanner import Scanner


class Above(NamedTuple):
    """What stands above a line: comments, and whether a blank line comes first."""

    lines: tuple[str, ...] = ()
    blank: bool = False


class Comments:
    """By where a line's node starts, what belongs to it; `rest` are the comments after the last."""

    def __init__(self) -> None:
        self._above: dict[tuple[int, int], list[str]] = {}
        self._blank: set[tuple[int, int]] = set()
        self._beside: dict[tuple[int, int], str] = {}
        self.rest: list[Above] = []

    def above(self, n: Node) -> Above:
        """What stands above a node."""
        place = _place(n)
        return Above(tuple(self._above.get(place, ())), place in self._blank)

    def beside(self, n: Node) -> str:
        """The comment at the end of a node's line; empty where there is none."""
        return self._beside.get(_place(n), "")

    def add(self, module: Module, source: Source) -> None:
        """Adds those of a module that was parsed from that text."""
        nodes = sorted([n for n in _lines(module) if n.span is not None], key=lambda n: n.span.start)
        starts = [n.span.start for n in nodes]
        documented = {_place(n) for n in nodes if getattr(n, "doc", None) is not None}
        tops = {_place(n): source.position(n.span.start)[0] for n in nodes}
        scanner = Scanner(source.text, module.file, lambda diagnostic: None)
        scanner.scan()
        for start, end in scanner.comments:
            text = source.text[start:end].rstrip()
            at = bisect_right(starts, start) - 1
            if at >= 0 and self._keep_beside(nodes, at, start, text, source):
                continue
            inside = at >= 0 and start < nodes[at].span.end and not _has_lines(nodes, at)
            owner = nodes[at] if inside else nodes[at + 1] if at + 1 < len(nodes) else None
            if owner is None:
                line = source.position(start)[0]
                self.rest.append(Above((text,), line > 1 and not source.line(line - 1).strip()))
                continue
            place = _place(owner)
            tops[place] = min(tops[place], source.position(start)[0])
            if not (text.startswith("##") and place in documented):
                self._above.setdefault(place, []).append(text)
        self._blank |= {place for place, line in tops.items() if line > 1 and not source.line(line - 1).strip()}

    def _keep_beside(self, nodes: list[Node], at: int, start: int, text: str, source: Source) -> bool:
        """Keeps a comment that stands at the end of a node, or of the line that a node with lines of its own starts on."""
        n = nodes[at]
        line = source.position(start)[0]
        after = start >= n.span.end and source.position(max(n.span.end - 1, 0))[0] == line
        heads = _has_lines(nodes, at) and source.position(n.span.start)[0] == line
        if after or heads:
            self._beside[_place(n)] = text
        return after or heads


NONE = Comments()
"""No comments."""


def _place(n: Node) -> tuple[int, int]:
    return (-1, -1) if n.span is None else (n.span.file, n.span.start)


def _lines(module: Module) -> Iterable[Node]:
    """The nodes that stand on lines of their own."""
    for n in walk(module):
        kind = n.__class__
        if kind in (Module, Block):
            yield from n.body
            if kind is Block and n.result is not None:
                yield n.result
        elif kind is Match:
            yield from n.arms
        elif kind in (StructDef, ClassDef):
            yield from (*n.fields, *n.methods)
        elif kind is EnumDef:
            yield from (*n.variants, *n.methods)
        elif kind in (TraitDef, ImplDef):
            yield from n.methods


def _has_lines(nodes: list[Node], at: int) -> bool:
    """Whether the next node is inside of this one."""
    return at + 1 < len(nodes) and nodes[at + 1].span.start < nodes[at].span.end

