"""Invariants of every tree, whatever its language."""

from __future__ import annotations

from kayton.ir.language import Violation, invariant
from kayton.ir.node import Node, walk


@invariant
def ids_unique(root: Node):
    """No two nodes have the same id; dumps, caches and remarks name nodes by it."""
    seen: dict[str, Node] = {}
    for n in walk(root):
        if n.id is not None and seen.setdefault(n.id, n) is not n:
            yield Violation(n, f"the id {n.id} is also that of {seen[n.id]!r}")


@invariant
def spans_ordered(root: Node):
    """A span's end is not before its start."""
    for n in walk(root):
        if n.span is not None and not 0 <= n.span.start <= n.span.end:
            yield Violation(n, f"the span {n.span.start}..{n.span.end} is none")


GENERAL = (ids_unique, spans_ordered)
