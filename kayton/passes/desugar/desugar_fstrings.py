"""desugar-fstrings : Derived -> FStringFree

    f"a{x}b{y:spec}"   =>   concat "a" x "b" (format y spec)
    f"a"               =>   "a"

Of a hole only the value is left, or the value with its format spec. A spec is checked against the grammar of LANGUAGE §2 here,
where it is certain; whether it suits the value (a precision for a bool) only the run shows.
"""

from __future__ import annotations

import re

from kayton.diagnostics.formats import BadFormatSpec
from kayton.ir.core import Concat, Derived, Format, FStringFree
from kayton.ir.surface import Expr, FString, Hole, StrLit
from kayton.passes.framework import Cx, Pass, frozen, rule

_SPEC = re.compile(r"(?s:.?[<>^])?\+?0?[0-9]*(\.[0-9]+)?[xXbeof]?")
"""`[[fill]align][+][0][width][.precision][type]`"""


@frozen
class DesugarFstrings(Pass):
    source = Derived
    target = FStringFree

    @rule
    def hole(self, h: Hole, cx: Cx) -> Expr:
        if not h.spec:
            return h.value
        if _SPEC.fullmatch(h.spec) is None:
            cx.report(BadFormatSpec(span=h.span, spec=h.spec))
        return Format(h.value, h.spec)

    @rule
    def fstring(self, e: FString, cx: Cx) -> StrLit | Concat:
        if all(isinstance(p, StrLit) for p in e.parts):
            return StrLit("".join([p.value for p in e.parts]))
        return Concat(e.parts)
