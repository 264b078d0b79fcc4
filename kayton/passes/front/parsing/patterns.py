"""Patterns (LANGUAGE §6)."""

from __future__ import annotations

from kayton.ir.node import Span
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ConstructorPattern,
    Expr,
    FloatLit,
    IntLit,
    ListPattern,
    LiteralPattern,
    OrPattern,
    PathPattern,
    Pattern,
    PatternArg,
    RangePattern,
    TuplePattern,
    WildcardPattern,
)
from kayton.passes.front.parsing.types import Types

_LITERALS = frozenset(("INT", "FLOAT", "STR", "true", "false", "-"))


class Patterns(Types):
    """Parses patterns. A name with an upper-case first letter refers to something; any other binds."""

    def pattern(self) -> Pattern:
        """A pattern, alternatives included."""
        self.deeper()
        start = self.starts[self.i]
        found = [self.single_pattern()]
        while self.take("|"):
            found.append(self.single_pattern())
        self.depth -= 1
        return found[0] if len(found) == 1 else OrPattern(tuple(found), span=self.span_from(start))

    def single_pattern(self) -> Pattern:
        """A pattern without `|` outside of brackets, such as a closure's parameter."""
        kind = self.kinds[self.i]
        if kind == "NAME":
            return self._name()
        if kind in _LITERALS:
            return self._literal_or_range()
        if kind == "(":
            return self._in_parentheses_pattern()
        if kind == "[":
            return self._list()
        if kind == "mut":
            return self._mutable()
        return self.not_a_name("a pattern")

    def binding(self, wanted: str) -> Pattern:
        """A single name, or `_`."""
        at = self.i
        name = self.expect_name(wanted)
        span = Span(self.file, self.starts[at], self.ends[at])
        return WildcardPattern(span=span) if name == "_" else BindPattern(name, span=span)

    def _mutable(self) -> Pattern:
        start = self.starts[self.i]
        self.i += 1
        name = self.expect_name("the name of a mutable variable")
        return BindPattern(name, True, span=self.span_from(start))

    def _name(self) -> Pattern:
        """`_`, `name`, `name @ pattern`, `Name`, `path.Name`, `Name(…)`"""
        start = self.starts[self.i]
        name = self.texts[self.i]
        following = self.kinds[self.i + 1]
        if following == "." or following == "(" or name[0].isupper():
            return self._path()
        if following != "@":
            return self.binding("a pattern")
        self.i += 2
        self.deeper()
        inner = self.single_pattern()
        self.depth -= 1
        return AtPattern(name, inner, span=self.span_from(start))

    def _path(self) -> Pattern:
        start = self.starts[self.i]
        path = [self.expect_name("a name")]
        while self.take("."):
            path.append(self.expect_name("a name"))
        if self.kinds[self.i] != "(":
            return PathPattern(tuple(path), span=self.span_from(start))
        args = self._arguments()
        return ConstructorPattern(tuple(path), args, span=self.span_from(start))

    def _arguments(self) -> tuple[PatternArg, ...]:
        """`(p, field=q)`"""
        opener = self.i
        self.i += 1
        args: list[PatternArg] = []
        while self.kinds[self.i] != ")":
            start = self.starts[self.i]
            name = self.argument_name(args)
            args.append(PatternArg(self.pattern(), name, span=self.span_from(start)))
            if not self.take(","):
                break
        self.expect_closer(")", opener)
        return tuple(args)

    def _in_parentheses_pattern(self) -> Pattern:
        """`()`, `(p)`, `(p,)`, `(p, q)`"""
        opener, start = self.i, self.starts[self.i]
        self.i += 1
        items = []
        comma = False
        while self.kinds[self.i] != ")":
            items.append(self.pattern())
            comma = self.take(",")
            if not comma:
                break
        self.expect_closer(")", opener)
        if len(items) == 1 and not comma:
            return items[0]
        return TuplePattern(tuple(items), span=self.span_from(start))

    def _list(self) -> Pattern:
        """`[p, q]`, `[p, ..rest]`, `[p, ..]`"""
        opener, start = self.i, self.starts[self.i]
        self.i += 1
        items: list[Pattern] = []
        rest = None
        while self.kinds[self.i] != "]":
            if self.kinds[self.i] == "..":
                rest = self._rest()
                self.take(",")
                if self.kinds[self.i] != "]":
                    self.unexpected("`]`", help="`..rest` comes last in a list pattern")
                break
            items.append(self.pattern())
            if not self.take(","):
                break
        self.expect_closer("]", opener)
        return ListPattern(tuple(items), rest, span=self.span_from(start))

    def _rest(self) -> Pattern:
        """`..`, `..name` or `..mut name`"""
        at = self.i
        self.i += 1
        if self.kinds[self.i] == "mut":
            return self._mutable()
        if self.kinds[self.i] == "NAME":
            return self.binding("a name")
        return WildcardPattern(span=Span(self.file, self.starts[at], self.ends[at]))

    def _literal_or_range(self) -> Pattern:
        start = self.starts[self.i]
        lo = self._literal()
        inclusive = self.kinds[self.i] == "..="
        if not inclusive and self.kinds[self.i] != "..":
            return LiteralPattern(lo, span=self.span_from(start))
        self.i += 1
        if self.kinds[self.i] not in _LITERALS:
            self.unexpected("a literal", help="both ends of a range pattern are literals")
        return RangePattern(lo, self._literal(), inclusive, span=self.span_from(start))

    def _literal(self) -> Expr:
        """A literal, a minus folded into it."""
        kind = self.kinds[self.i]
        if kind == "-":
            return self._negative()
        if kind == "INT":
            return self.integer()
        if kind == "FLOAT":
            return self.float()
        return self.string() if kind == "STR" else self.boolean()

    def _negative(self) -> Expr:
        least = self.least_integer()
        if least is not None:
            return least
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] == "INT":
            return IntLit(-self.integer().value, span=self.span_from(start))
        if self.kinds[self.i] == "FLOAT":
            return FloatLit(-self.float().value, span=self.span_from(start))
        return self.unexpected("a number")
