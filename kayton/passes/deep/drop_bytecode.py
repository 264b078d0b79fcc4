"""drop-bytecode : Emitted -> Emitted

Leaves nothing of the bytecode part where no compiled function needs it: a program without thunks is not compiled twice, and may be larger
than bytecode can be.

    native: rust-program bytecode=true, bytecode: …                   =>   unchanged
    native: rust-program bytecode=false, bytecode: fn main.f …, …     =>   bytecode: fn main.<start> (unit-lit)
"""

from __future__ import annotations

from kayton.ir.hybrid import Emitted, Hybrid
from kayton.ir.node import replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import UnitLit
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class DropBytecode(Pass):
    source = Emitted
    target = Emitted

    def transform(self, root: Hybrid, cx: Cx) -> Hybrid:
        cx.enter(self, root)
        if root.native.bytecode:
            return root
        modules = tuple([replace(m, body=tuple([_empty(i) for i in m.body if _is_start(i)])) for m in root.bytecode.modules])
        return replace(root, bytecode=replace(root.bytecode, modules=modules))


def _is_start(item: object) -> bool:
    return isinstance(item, Fn) and item.name.endswith(".<start>")


def _empty(start: Fn) -> Fn:
    return replace(start, body=UnitLit(id=start.body.id, span=start.body.span), locals=())
