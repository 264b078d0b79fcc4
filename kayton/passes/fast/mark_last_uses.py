"""mark-last-uses : Typed -> Owned

    local x        x is not needed afterwards on any path   =>   last-use x

A last use moves: the callee, container or result takes the value over, no count changes, and a container that was the only
reference is changed in place (Perceus, Reinking et al. 2021, marks the same points). Backward liveness over the tree in one walk, the
live variables being the bits of an int. A loop's body may run again, so whatever it reads from outside is
live throughout it: a little less precise than a fixed point, and linear whatever the nesting.
Scalars are not counted, so their uses are left alone.
"""

from __future__ import annotations

from kayton.ir.node import replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import Item
from kayton.ir.typed import Owned, Typed
from kayton.passes.fast._liveness import Liveness
from kayton.passes.framework import Cx, ItemPass, frozen


@frozen
class MarkLastUses(ItemPass):
    source = Typed
    target = Owned

    def item(self, item: Item, cx: Cx) -> tuple[Item, ...]:
        return (_marked(item) if isinstance(item, Fn) else item,)


def _marked(fn: Fn) -> Fn:
    if fn.body is None:
        return fn
    body = Liveness(fn).mark()
    return fn if body is fn.body else replace(fn, body=body)
