"""desugar-question : IfLetFree -> QuestionFree

    e?   =>   success-or e %failed: return %failed

What an Ok or Some holds is the value; an Err or None leaves the function (§6), or the closure that it stands in (§4).
Kept as one node rather than a match, because the value need not be known to be an Option or a Result here: anything else is
the run-time error `expected Option or Result, found i64`.
"""

from __future__ import annotations

from kayton.ir.core import IfLetFree, QuestionFree, SuccessOr
from kayton.ir.surface import Name, Return, Try
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarQuestion(Pass):
    source = IfLetFree
    target = QuestionFree

    @rule
    def question(self, e: Try, cx: Cx) -> SuccessOr:
        failed = cx.fresh("failed")
        return SuccessOr(e.value, failed, Return(Name(failed)))
