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
from kayton.ir.node import PUSH, Node, children_of
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
    """Walks a function with the loop that a jump would leave, and whether there is a function to return from. Where they change,
    a pair of them waits on the stack."""
    loop, inside = "", not f.name.endswith(".<init>")
    stack: list[Node | tuple[str, bool]] = [f]
    while stack:
        n = stack.pop()
        kind = n.__class__
        if kind is tuple:
            loop, inside = n
            continue
        if kind in _LOOPS:
            # What a loop evaluates before it runs is not in it; a `while`'s condition is.
            repeated = (n.body, n.condition) if kind is While else (n.body,)
            before = [c for c in reversed(children_of(n)) if c not in repeated]
            stack += [(loop, inside), *repeated, (_LOOPS[kind], inside), *before]
            continue
        if kind is Break or kind is Continue:
            _jump(n, loop, cx)
        elif kind is Return and not inside:
            cx.report(StrayReturn(span=n.span, what="return"))
        elif kind is SuccessOr and not inside:
            cx.report(StrayReturn(span=n.span, what="?"))
            stack.append(n.value)
            continue
        elif kind is Closure:
            stack.append((loop, inside))
            loop, inside = "", True
        PUSH[kind](n, stack)


def _jump(n: Break | Continue, loop: str, cx: Cx) -> None:
    if not loop:
        cx.report(StrayJump(span=n.span, jump="break" if isinstance(n, Break) else "continue"))
    elif isinstance(n, Break) and n.value is not None and loop != "loop":
        cx.report(BreakValue(span=n.span, loop=loop))
