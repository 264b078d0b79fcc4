"""check-control-flow : Constant -> Constant

Reports jumps that lead nowhere (LANGUAGE §6).

    break, continue     outside of a loop of the same function or closure
    break e             in `while` or `for`, which have no value to give
    return, e?          in module-level statements, which are in no function

A closure is left by its own `return`, and a loop around it is not its loop.
"""

from __future__ import annotations

from kayton.diagnostics.places import BreakValue, StrayJump, StrayReturn
from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, children_of
from kayton.ir.resolved import Constant
from kayton.ir.surface import Break, Closure, Continue, FnDef, Loop, Program, Return, While
from kayton.passes.framework import Cx, Pass, frozen

_LOOPS = {Loop: "loop", While: "while", ForRange: "for", ForEach: "for"}


@frozen
class CheckControlFlow(Pass):
    source = Constant
    target = Constant

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        for module in root.modules:
            for item in module.body:
                if isinstance(item, FnDef):
                    _check(item, cx)
        return root


def _check(f: FnDef, cx: Cx) -> None:
    """Walks a function with the loop that a jump would leave, and whether there is a function to return from."""
    stack: list[tuple[Node, str, bool]] = [(f, "", not f.name.endswith(".<init>"))]
    while stack:
        n, loop, inside = stack.pop()
        kind = n.__class__
        if kind is Break or kind is Continue:
            _jump(n, loop, cx)
        elif kind is Return and not inside:
            cx.report(StrayReturn(span=n.span, what="return"))
        elif kind is SuccessOr and not inside:
            cx.report(StrayReturn(span=n.span, what="?"))
            stack.append((n.value, loop, inside))
            continue
        elif kind is Closure:
            loop, inside = "", True
        elif kind in _LOOPS:
            stack += _around_body(n, loop, inside)
            continue
        stack += [(child, loop, inside) for child in reversed(children_of(n))]


def _around_body(n: Loop | While | ForRange | ForEach, loop: str, inside: bool) -> list[tuple[Node, str, bool]]:
    """What a loop evaluates before it runs is not in it; a `while`'s condition is."""
    within = _LOOPS[n.__class__]
    before = () if isinstance(n, Loop | While) else [c for c in children_of(n) if c is not n.body]
    repeated = [n.condition, n.body] if isinstance(n, While) else [n.body]
    return [(c, within, inside) for c in reversed(repeated)] + [(c, loop, inside) for c in reversed(before)]


def _jump(n: Break | Continue, loop: str, cx: Cx) -> None:
    if not loop:
        cx.report(StrayJump(span=n.span, jump="break" if isinstance(n, Break) else "continue"))
    elif isinstance(n, Break) and n.value is not None and loop != "loop":
        cx.report(BreakValue(span=n.span, loop=loop))
