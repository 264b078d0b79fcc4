"""desugar-for : QuestionFree -> ForFree

    for x in lo..hi: body   =>   for-range x lo hi: body
    for x in e: body        =>   for-each x e: body
    for p in e: body        =>   for-each %item e: { let p = %item; body }

A literal range is counted without making a range value; everything else is iterated by what it is at run time (LANGUAGE §4).
A loop binds one plain variable afterwards; whether the pattern always fits is checked on the `let`, as for every other `let`.
The body stays the loop's body, so `break` and `continue` mean what they meant.
"""

from __future__ import annotations

from kayton.ir.core import ForEach, ForFree, ForRange, QuestionFree
from kayton.ir.surface import BindPattern, Block, Expr, For, Let, Name, Range, WildcardPattern
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarFor(Pass):
    source = QuestionFree
    target = ForFree

    @rule
    def loop(self, e: For, cx: Cx) -> ForRange | ForEach:
        name, body = _plain_variable(e, cx)
        if isinstance(e.iterable, Range):
            bounds = e.iterable
            return ForRange(name, bounds.lo, bounds.hi, bounds.inclusive, body)
        return ForEach(name, e.iterable, body)


def _plain_variable(e: For, cx: Cx) -> tuple[str, Expr]:
    """The loop's variable, and the body in which the pattern's variables are bound from it."""
    p = e.pattern
    if isinstance(p, BindPattern) and not p.mutable:
        return p.name, e.body
    item = cx.fresh("item")
    if isinstance(p, WildcardPattern):
        return item, e.body
    destructured = Let(p, Name(item, span=p.span), span=p.span)
    return item, Block((destructured, e.body), span=e.body.span)
