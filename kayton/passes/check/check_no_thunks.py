"""check-no-thunks : Rust -> Rust

Reports every thunk: for a pipeline whose programs must be compiled entirely. The start's own thunk only follows from others, and is left
out where there are some: one error for one cause.
"""

from __future__ import annotations

from kayton.diagnostics.thunks import ThunkNeeded
from kayton.ir.rust import Rust, RustProgram
from kayton.ir.thunks import causes
from kayton.passes.framework import Cx, Pass, check, frozen


@frozen
class CheckNoThunks(Pass):
    source = Rust
    target = Rust

    @check
    def program(self, p: RustProgram, cx: Cx) -> None:
        for t in causes(p.thunks):
            cx.report(ThunkNeeded.of(t))
