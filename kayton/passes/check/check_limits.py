"""check-limits : Constant -> Constant

Reports what is larger than any path can execute (docs/bytecode.md, "Limits").

    fn f(a1, … a128)      more parameters than an instruction can count arguments
    print(a1, … a128)     as many arguments
    fn f(…, mut a32)      a mut parameter, or argument, that the masks of mut parameters have no bit for

Limits of what emission makes of a function, such as its registers, are reported by emit-bc.
"""

from __future__ import annotations

from kayton.diagnostics.limits import BeyondLimit
from kayton.ir.places import source_name
from kayton.ir.resolved import CallNative, CallValue, Constant
from kayton.ir.surface import Arg, Closure, FnDef, MethodCall
from kayton.passes.framework import Cx, Pass, check, frozen

MOST_ARGUMENTS = 127
MOST_MUT = 31


@frozen
class CheckLimits(Pass):
    source = Constant
    target = Constant

    @check
    def parameters(self, f: FnDef | Closure, cx: Cx) -> None:
        name = source_name(f.name.rpartition(".")[2]) if isinstance(f, FnDef) else "a closure"
        self._counted(f, f"parameters of {name}", len(f.params), [p.mutable for p in f.params], cx)

    @check
    def arguments(self, c: CallNative | CallValue | MethodCall, cx: Cx) -> None:
        changed = [isinstance(a, Arg) and a.mutable for a in c.args]
        self._counted(c, "arguments", len(c.args), changed, cx)

    def _counted(self, n: FnDef | Closure | CallNative | CallValue | MethodCall, what: str, count: int, changed: list[bool], cx: Cx) -> None:
        if count > MOST_ARGUMENTS:
            cx.report(BeyondLimit(span=n.span, what=what, most=MOST_ARGUMENTS, found=count))
        elif any(changed[MOST_MUT:]):
            last = max(i for i, mutable in enumerate(changed) if mutable)
            cx.report(BeyondLimit(span=n.span, what=f"{what} up to the last mut one", most=MOST_MUT, found=last + 1))
