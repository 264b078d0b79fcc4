"""check-no-thunks : Split -> Split

Reports every thunk: for a pipeline whose programs must be compiled entirely. The start's own thunk only follows from others, and is left
out where there are some: one error for one cause.
"""

from __future__ import annotations

from kayton.diagnostics.thunks import ThunkNeeded
from kayton.ir.surface import Program
from kayton.ir.thunks import Split, Thunk
from kayton.passes.framework import Cx, Pass, check, frozen


@frozen
class CheckNoThunks(Pass):
    source = Split
    target = Split

    @check
    def program(self, p: Program, cx: Cx) -> None:
        thunks = [item for module in p.modules for item in module.body if isinstance(item, Thunk)]
        causes = [t for t in thunks if not t.is_consequence]
        for t in causes or thunks:
            cx.report(ThunkNeeded(span=t.span, name=t.name, thunk=t.code, reason=t.reason, suggestion=t.suggestion))
