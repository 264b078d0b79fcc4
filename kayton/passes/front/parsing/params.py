"""The parameters of functions (LANGUAGE §§4, 7)."""

from __future__ import annotations

from kayton.diagnostics.codes import Edit
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
        if self.kinds[self.i] == "let":
            gap = Span(self.file, start, self.starts[self.i + 1])
            self.foreign(self.token_span(self.i), "let", "a parameter is written without `let`", Edit(gap, ""), says="a parameter has no `let`")
            self.i += 1
        elif self.kinds[self.i] in ("*", "**", "&"):
            self._star()
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

    def _star(self) -> None:
        """Takes what stands before a parameter elsewhere: `*args`, `&self`."""
        i = self.i
        if self.kinds[i] == "&":
            self.foreign(self.token_span(i), "&", "there are no references: leave `&` out", Edit(self.token_span(i), ""))
        else:
            self.foreign(self.token_span(i), self.kinds[i], "a function has a fixed number of parameters: take a list")
        self.i += 1
