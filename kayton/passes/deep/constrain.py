"""constrain : Owned -> Constrained

Writes down, function by function, what each place demands of types.

    a + b                  =>   demand <a + b> binary [a, b] +
    let x = e              =>   demand x same [e]
    xs[i].hits = v         =>   demand xs store [xs, v] "[].hits"
    case is-variant s Circle, bind r (slot s 0)
                           =>   demand <slot> slot [s] "main.Shape.Circle#0"

A demand says that a variable of types (an expression by its id, a local variable by its name) is at least what a rule makes of
others. What a function demands depends on nothing outside it: the same demands serve every instance that `solve` makes of it, are kept
between builds as long as the function's text stays the same, and are what `kayton explain types` gives as reasons.
"""

from __future__ import annotations

from kayton.ir.constrained import Constrained, Demands
from kayton.ir.resolved import CheckParam, Fn
from kayton.ir.surface import Block, Item
from kayton.ir.typed import Owned
from kayton.passes.deep._demands import RESULT, Builder
from kayton.passes.framework import Cx, ItemPass, frozen


@frozen
class Constrain(ItemPass):
    source = Owned
    target = Constrained

    def item(self, item: Item, cx: Cx) -> tuple[Item, ...]:
        return (item, _demands(item)) if isinstance(item, Fn) else (item,)


def _demands(fn: Fn) -> Demands:
    b = Builder(fn)
    checked = _checked(fn)
    for p in fn.params:
        if p.name not in checked:
            b.add(p, "same", [f"%in.{p.name}"], target=p.name)
    if fn.body is not None:
        b.add(fn.body, "same", [b.visit(fn.body)], target=RESULT)
    return Demands(fn.name, tuple(b.demands), id=f"{fn.id}~constrain.0", span=fn.span)


def _checked(fn: Fn) -> set[str]:
    """The parameters that have a boundary, which they cross on entry."""
    body = fn.body.body if isinstance(fn.body, Block) else ()
    return {s.name for s in body if isinstance(s, CheckParam)}
