"""Whether evaluating one expression changes a variable that another has read; for emit-bc, which copies the variable then.

Nodes are numbered in preorder when they are first asked about, so what is below a node is an interval and every further
question is a binary search: asking at each level of a deep expression stays cheap.
"""

from __future__ import annotations

from bisect import bisect_left

from kayton.ir.core import ListAppend, MapPut, SetAdd
from kayton.ir.node import Node, children_of
from kayton.ir.resolved import Local, MutArg, Place
from kayton.ir.surface import Arg, Assign
from kayton.ir.typed import LastUse


class Writes:
    """Where variables are written, or used for the last time, in the expressions that were asked about."""

    def __init__(self) -> None:
        self._numbered = 0
        self._intervals: dict[Node, tuple[int, int]] = {}
        self._written_at: dict[str, list[int]] = {}
        """For each variable the numbers of the nodes that change it or move it away, ascending."""

    def below(self, n: Node, name: str) -> bool:
        """Whether evaluating `n` may change the variable, or move it away."""
        if n not in self._intervals:
            self._number(n)
        start, end = self._intervals[n]
        at = self._written_at.get(name, ())
        i = bisect_left(at, start)
        return i < len(at) and at[i] < end

    def _number(self, root: Node) -> None:
        first = self._numbered
        order: list[Node] = []
        parents: list[int] = []
        stack = [(root, -1)]
        while stack:
            n, parent = stack.pop()
            name = _written(n)
            if name is not None:
                self._written_at.setdefault(name, []).append(first + len(order))
            stack += [(c, len(order)) for c in children_of(n)]
            order.append(n)
            parents.append(parent)
        sizes = [1] * len(order)
        for i in range(len(order) - 1, 0, -1):
            sizes[parents[i]] += sizes[i]
        for i, n in enumerate(order):
            self._intervals[n] = (first + i, first + i + sizes[i])
        self._numbered += len(order)


def _written(n: Node) -> str | None:
    """The variable that a node itself may change or move away."""
    match n:
        case LastUse():
            return n.name
        case Assign():
            target = n.target
        case MutArg():
            target = n.place
        case Arg():
            target = n.value
        case ListAppend() | SetAdd() | MapPut():
            return n.target.name
        case _:
            target = getattr(n, "receiver", None)
    return target.root.name if isinstance(target, Place) and isinstance(target.root, Local) else None
