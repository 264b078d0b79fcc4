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
        modules = [_with_thunks(m, native) for m, native in zip(root.bytecode.modules, root.native.modules, strict=True)]
        return replace(root, bytecode=replace(root.bytecode, modules=tuple(modules)))


def _with_thunks(m: Module, native: Module) -> Module:
    made = [i for i in native.body if isinstance(i, Fn) and EXPRESSION in i.name]
    return replace(m, body=(*m.body, *made)) if made else m
