"""extract-thunks : Divided -> Divided

Gives the bytecode part the functions that were made of operations in the native part, so that both have them.

    native: fn main.g.<expression>3 [d b] …, bytecode: …     =>   bytecode: …, fn main.g.<expression>3 [d b] …
"""

from __future__ import annotations

from kayton.ir.hybrid import Divided, Hybrid
from kayton.ir.node import replace
from kayton.ir.paths import EXPRESSION
from kayton.ir.resolved import Fn
from kayton.ir.surface import Module
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class ExtractThunks(Pass):
    source = Divided
    target = Divided

    def transform(self, root: Hybrid, cx: Cx) -> Hybrid:
        cx.enter(self, root)
        made = [_expressions(m) for m in root.native.modules]
        if not any(made):
            return root
        modules = [replace(m, body=(*m.body, *own)) for m, own in zip(root.bytecode.modules, made, strict=True)]
        return replace(root, bytecode=replace(root.bytecode, modules=tuple(modules)))


def _expressions(m: Module) -> list[Fn]:
    return [i for i in m.body if isinstance(i, Fn) and EXPRESSION in i.name]
