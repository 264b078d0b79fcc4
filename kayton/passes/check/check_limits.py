"""check-limits : Constant -> Constant

Reports what is larger than any path can execute (docs/bytecode.md, "Limits").

    fn f(a1, … a128)      more parameters than an instruction can count arguments
    print(a1, … a128)     as many arguments
    fn f(…, mut a32)      a mut parameter, or argument, that the masks of mut parameters have no bit for
    t.65536               a part that an instruction cannot number

Limits of what emission makes of a function, such as its registers, are reported by emit-bc.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.diagnostics.limits import BeyondLimit
from kayton.ir.core import Absent
from kayton.ir.node import Node
from kayton.ir.places import source_name
from kayton.ir.resolved import CallNative, CallValue, Constant, MutArg
from kayton.ir.surface import Arg, Closure, FnDef, MethodCall, Param, Part
from kayton.passes.framework import Cx, Pass, check, frozen

MOST_ARGUMENTS = 127
MOST_MUT = 31
MOST_PARTS = 2**16


@frozen
class CheckLimits(Pass):
    source = Constant
    target = Constant

    @check
    def parameters(self, f: FnDef | Closure, cx: Cx) -> None:
        name = source_name(f.name.rpartition(".")[2]) if isinstance(f, FnDef) else "a closure"
        _count(f, f"parameters of {name}", f.params, 0, cx)

    @check
    def arguments(self, c: CallNative | CallValue | MethodCall, cx: Cx) -> None:
        given = [a for a in c.args if not isinstance(a, Absent)]
        _count(c, "arguments", given, len(c.args) - len(given), cx)

    @check
    def part(self, e: Part, cx: Cx) -> None:
        if e.index >= MOST_PARTS:
            cx.report(BeyondLimit(span=e.span, what="parts of a tuple", most=MOST_PARTS, found=e.index + 1))


def _count(n: Node, what: str, given: Sequence[Node], beside: int, cx: Cx) -> None:
    """`beside`: how many places are taken by what was left out."""
    changed = [i for i, a in enumerate(given) if isinstance(a, Param | Arg | MutArg) and (isinstance(a, MutArg) or a.mutable)]
    if len(given) + beside > MOST_ARGUMENTS:
        cx.report(BeyondLimit(span=n.span, what=what, most=MOST_ARGUMENTS - beside, found=len(given)))
    elif changed and changed[-1] >= MOST_MUT:
        cx.report(BeyondLimit(span=n.span, what=f"{what} up to the last mut one", most=MOST_MUT, found=changed[-1] + 1))
