"""The parameters of functions (LANGUAGE §§4, 7)."""

from __future__ import annotations

from kayton.ir.node import Span
from kayton.ir.surface import BindPattern, Param
from kayton.passes.front.parsing.statements import Statements


class Params(Statements):
    """Parses a function's parameters."""

    def params(self) -> tuple[Param, ...]:
        """`(self, a, b: type = default, c: mut type, mut d)`"""
        opener = self.i
        self.expect("(", "`(` and the parameters")
        found: list[Param] = []
        while self.kinds[self.i] != ")":
            found.append(self._param())
            if not self.take(","):
                break
        self.expect_closer(")", opener)
        return tuple(found)

    def _param(self) -> Param:
        start = self.starts[self.i]
        mutable = self.take("mut")
        if self.kinds[self.i] == "self":
            at = self.i
            self.i += 1
            pattern = BindPattern("self", span=Span(self.file, self.starts[at], self.ends[at]))
            return Param(pattern, None, None, mutable, span=self.span_from(start))
        pattern = self.binding("a parameter")
        type = None
        if self.take(":"):
            mutable = self.take("mut") or mutable
            type = self.annotation()
        default = self.expression() if self.take("=") else None
        return Param(pattern, type, default, mutable, span=self.span_from(start))
