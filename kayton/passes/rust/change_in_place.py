"""change-in-place : Split -> Split

Says of which lists a loop only reads and sets elements, so that it is asked once, before the loop, whether somebody else shares them.

    while j <= n: prime[j] = false; j += i     =>   in-place [prime] (while …)
    for i in 0..n: xs[i] = ys[i] + xs.len()    =>   in-place [xs] (for-range …)
    for i in 0..n: xs[i] = i; xs.push(i)       =>   unchanged: the list's length changes
    for i in 0..n: xs[i] = total(xs)           =>   unchanged: the list is used as a whole

A list is copied when it is changed while others share it (LANGUAGE §4). Each `xs[i] = v` asks; in such a loop only the first answer can differ,
because nothing in it gives the list to anybody. `in-place` stands around the outermost loop for which that holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from kayton.ir.core import LOOPS, ForEach, ForRange
from kayton.ir.mono import Builtin, InPlace, MonoFn
from kayton.ir.node import Node, map_children, replace, walk
from kayton.ir.resolved import Bind, IndexStep, Local, MutArg, Place
from kayton.ir.surface import Assign
from kayton.ir.thunks import Split
from kayton.ir.typed import LastUse
from kayton.passes.framework import Cx, Pass, frozen, rule

_READS = frozenset({"List.[]", "List.len", "List.is_empty"})
_CHANGES = frozenset({"List.swap"})


@frozen
class ChangeInPlace(Pass):
    source = Split
    target = Split

    @rule
    def function(self, fn: MonoFn, cx: Cx) -> MonoFn:
        lists = frozenset(v.name for v in (*fn.locals, *fn.params) if v.type.startswith("List["))
        return replace(fn, body=_within(fn.body, lists))


def _within(n: Node, lists: frozenset[str]) -> Node:
    """A part of a function in which these lists are not known to be changed in place yet."""
    if not isinstance(n, LOOPS) or not lists:
        return map_children(n, lambda child: _within(child, lists))
    found = lists & _changed_only(n)
    inside = map_children(n, lambda child: _within(child, lists - found))
    return InPlace(tuple(sorted(found)), inside, id=f"{n.id}~change-in-place", span=n.span) if found else inside


def _changed_only(loop: Node) -> set[str]:
    """The variables from outside of a loop of which it sets elements, and does nothing but read and set elements."""
    allowed: set[int] = set()
    changed: set[str] = set()
    for variable, changes in _elements(loop):
        allowed.add(id(variable))
        if changes:
            changed.add(variable.name)
    own = {n.name for n in walk(loop) if isinstance(n, Bind | ForEach | ForRange)}
    whole = {n.name for n in walk(loop) if isinstance(n, Local | LastUse) and id(n) not in allowed}
    return changed - own - whole


def _elements(loop: Node) -> Iterator[tuple[Local | LastUse, bool]]:
    """The variables of which an element or the length is used, and whether an element is changed there."""
    for n in walk(loop):
        if isinstance(n, Builtin) and n.name in _READS | _CHANGES:
            first = n.args[0].place.root if isinstance(n.args[0], MutArg) and not n.args[0].place.steps else n.args[0]
            if isinstance(first, Local | LastUse):
                yield first, n.name in _CHANGES
        place = n.target if isinstance(n, Assign) else n.place if isinstance(n, MutArg) else None
        if isinstance(place, Place) and place.steps and isinstance(place.steps[0], IndexStep) and isinstance(place.root, Local | LastUse):
            yield place.root, True
