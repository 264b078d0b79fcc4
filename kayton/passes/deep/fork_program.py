"""fork-program : Owned -> Forked

    program     =>   hybrid program program

From here on there are two parts: whole-program analysis goes on with the first, which becomes Rust; the second becomes the bytecode that
runs what the first cannot. It is the same tree until a pass changes one part, so that both mean the same.
"""

from __future__ import annotations

from kayton.ir.hybrid import Forked, Hybrid
from kayton.ir.surface import Program
from kayton.ir.typed import Owned
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class ForkProgram(Pass):
    source = Owned
    target = Forked

    def transform(self, root: Program, cx: Cx) -> Hybrid:
        cx.enter(self, root)
        return Hybrid(root, root, id=f"{root.id}~fork-program", span=root.span)
