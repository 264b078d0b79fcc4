"""number-temporaries : Flat -> Flat

The variables that passes have made get numbers of their function's own, in the order in which they stand there.

    bind %part.57 e; … %part.57     =>   bind %part.1 e; … %part.1

Their numbers were given out over the whole program. After this, what a function is does not depend on what stands before it: analysis of it can be kept
when only others change, and its Rust stays as it was. After the last pass that makes such variables.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.core import FillDefault, ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import Bind, CheckParam, Flat, Fn, FnParam, Local
from kayton.ir.surface import Item
from kayton.passes.framework import Cx, ItemPass, frozen, rewrite_with

_NAMED = frozenset((Local, Bind, ForEach, ForRange, SuccessOr, FillDefault, CheckParam, FnParam))


@frozen
class NumberTemporaries(ItemPass):
    source = Flat
    target = Flat

    def item(self, item: Item, cx: Cx) -> Sequence[Item]:
        return (_numbered(item),) if isinstance(item, Fn) else (item,)


def _numbered(fn: Fn) -> Fn:
    met = [*fn.captures, *[n.name for n in walk(fn) if n.__class__ in _NAMED]]
    names, counts = {}, {}
    for name in dict.fromkeys([m for m in met if m[0] == "%"]):
        base = name.partition(".")[0]
        counts[base] = counts.get(base, 0) + 1
        names[name] = f"{base}.{counts[base]}"
    if all([old == new for old, new in names.items()]):
        return fn

    def renamed(n: Node) -> Node:
        return replace(n, name=names[n.name]) if n.name in names else n

    def parameter(p: FnParam) -> FnParam:
        return replace(p, name=names.get(p.name, p.name), keyword=names.get(p.keyword, p.keyword))

    made = rewrite_with({**dict.fromkeys(_NAMED, renamed), FnParam: parameter}, fn)
    return replace(made, captures=tuple([names.get(c, c) for c in fn.captures]))
