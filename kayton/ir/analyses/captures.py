"""Which uses of variables, inside a closure, are of a variable outside it."""

from __future__ import annotations

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, children_of, walk
from kayton.ir.resolved import Local
from kayton.ir.surface import AtPattern, BindPattern, Closure, FnDef, Program

_BINDERS = frozenset((BindPattern, AtPattern, ForEach, ForRange, SuccessOr))


class CapturedUses:
    """Analysis: every Local node that stands in a closure for a variable bound outside of that closure. What it holds is the
    closure's own copy, made when the closure was (LANGUAGE §4), so it can be neither assigned nor changed."""

    @staticmethod
    def of(root: Program) -> frozenset[Node]:
        found: set[Node] = set()
        for module in root.modules:
            for item in module.body:
                if isinstance(item, FnDef) and any([n.__class__ is Closure for n in walk(item)]):
                    _collect(item, found)
        return frozenset(found)


def _collect(fn: FnDef, found: set[Node]) -> None:
    """A variable is bound at some depth of closures and, names being unique, captured by each use that is deeper."""
    depth_of: dict[str, int] = {}
    stack: list[tuple[Node, int]] = [(fn, 0)]
    while stack:
        n, depth = stack.pop()
        kind = n.__class__
        if kind is Local:
            if depth_of.get(n.name, depth) < depth:
                found.add(n)
            continue
        if kind is Closure:
            depth += 1
        elif kind in _BINDERS:
            depth_of[n.name] = depth
        stack += [(child, depth) for child in reversed(children_of(n))]
