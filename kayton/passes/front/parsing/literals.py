"""Numbers, strings and f-strings as nodes (LANGUAGE §2)."""

from __future__ import annotations

from kayton.diagnostics.text import IntegerTooLarge
from kayton.ir.node import Span
from kayton.ir.surface import BoolLit, Expr, FloatLit, FString, Hole, IntLit, StrLit
from kayton.passes.front.parsing.habits import Habits

I64_MAX = 2**63 - 1
_BASES = {"0x": 16, "0b": 2, "0o": 8}
_DIGITS_OF_MAX = 64
"""More digits than this, leading zeros aside, fit an i64 in no base; Python refuses to convert very long ones."""


def integer_value(text: str) -> int:
    """The number that an INT token stands for; of one that is far too large only that it is."""
    base = _BASES.get(text[:2], 10)
    digits = (text if base == 10 else text[2:]).replace("_", "").lstrip("0") or "0"
    return int(digits, base) if len(digits) <= _DIGITS_OF_MAX else 1 << 64


class Literals(Habits):
    """Parses tokens that are values by themselves."""

    def integer(self) -> Expr:
        """An INT token that no minus precedes."""
        at = self.i
        self.i = at + 1
        text = self.texts[at]
        value = integer_value(text)
        span = Span(self.file, self.starts[at], self.ends[at])
        if value > I64_MAX:
            self.report(IntegerTooLarge(span=span, text=text))
        return IntLit(value, span=span)

    def least_integer(self) -> Expr | None:
        """`-9223372036854775808`, which is one literal; None, and nothing taken, where something else stands."""
        at = self.i
        if self.kinds[at + 1] != "INT" or integer_value(self.texts[at + 1]) != I64_MAX + 1:
            return None
        if self.kinds[at + 2] in ("**", ".", "(", "[", "?"):
            return None
        self.i = at + 2
        return IntLit(-I64_MAX - 1, span=self.span_from(self.starts[at]))

    def float(self) -> Expr:
        """A FLOAT token."""
        at = self.i
        self.i = at + 1
        return FloatLit(float(self.texts[at].replace("_", "")), span=Span(self.file, self.starts[at], self.ends[at]))

    def string(self) -> Expr:
        """A STR token, or the FTEXT of an f-string."""
        at = self.i
        self.i = at + 1
        return StrLit(self.texts[at], span=Span(self.file, self.starts[at], self.ends[at]))

    def boolean(self) -> Expr:
        """`true` or `false`."""
        at = self.i
        self.i = at + 1
        return BoolLit(self.kinds[at] == "true", span=Span(self.file, self.starts[at], self.ends[at]))

    def fstring(self) -> Expr:
        """An f-string, from FSTRING to FSTRING_END."""
        start = self.starts[self.i]
        self.i += 1
        parts: list[Expr] = []
        while not self.take("FSTRING_END"):
            if self.kinds[self.i] == "FTEXT":
                text = self.string()
                parts += [text] if text.value else []  # nothing is left of a mere newline after the opening quotes
            elif self.kinds[self.i] == "HOLE":
                parts.append(self._hole())
            else:
                self.unexpected("the end of the f-string")
        return FString(tuple(parts), span=self.span_from(start))

    def _hole(self) -> Expr:
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] in ("HOLE_END", "SPEC"):
            self.unexpected("an expression in the hole of an f-string", help="a brace itself is written twice: `{{` or `}}`")
        value = self.expression()
        spec = None
        if self.take("SPEC"):
            spec = self.texts[self.i - 1]
        self.expect("HOLE_END", "`}`")
        return Hole(value, spec, span=self.span_from(start))
