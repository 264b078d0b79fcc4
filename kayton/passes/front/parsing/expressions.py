"""What an expression starts with: literals, brackets, comprehensions, closures and jumps (LANGUAGE §§2, 6)."""

from __future__ import annotations

from typing import NoReturn

from kayton.diagnostics.codes import Edit, before
from kayton.diagnostics.syntax import ForeignSyntax, SuiteClosure
from kayton.ir.node import Span
from kayton.ir.surface import (
    Break,
    Clause,
    Closure,
    Continue,
    Expr,
    ForClause,
    IfClause,
    ListComp,
    ListLit,
    ListRepeat,
    MapComp,
    MapEntry,
    MapLit,
    Name,
    Param,
    Return,
    SetComp,
    SetLit,
    Tuple,
    UnitLit,
)
from kayton.passes.front.parsing.control import Control
from kayton.passes.front.parsing.operators import Operators


class Expressions(Control):
    """Parses what operators stand between."""

    def no_expression(self) -> NoReturn:
        """Fails because no expression starts with the current token."""
        if self.kinds[self.i] == "mut" and self.i == self.line_start():
            self.fail(
                ForeignSyntax(
                    span=self.span_here(), written="mut x = …", instead="a variable is made by `let mut x = …`",
                    edits=(Edit(before(self.span_here()), "let "),),
                )  # fmt: skip
            )
        self.unexpected("an expression", help=_MEANT.get(self.kinds[self.i], ""))

    def starts_expression(self) -> bool:
        """Whether an expression can start with the current token."""
        return self.kinds[self.i] == "NAME" or self.kinds[self.i] in self.prefixes

    def own_name(self) -> Expr:
        """`self` or `Self`"""
        at = self.i
        self.i += 1
        return Name(self.kinds[at], span=Span(self.file, self.starts[at], self.ends[at]))

    # Brackets

    def group(self) -> Expr:
        """`()`, `(a)`, `(a,)`, `(a, b)`"""
        opener, start = self.i, self.starts[self.i]
        self.i += 1
        if self.take(")"):
            return UnitLit(span=self.span_from(start))
        first = self.expression()
        if self.take(")"):
            return first
        items = [first, *self._more(")")]
        self.expect_closer(")", opener)
        return Tuple(tuple(items), span=self.span_from(start))

    def list(self) -> Expr:
        """`[a, b]`, `[value; count]`, `[value for …]`"""
        opener, start = self.i, self.starts[self.i]
        self.i += 1
        if self.take("]"):
            return ListLit(span=self.span_from(start))
        first = self.expression()
        if self.take(";"):
            count = self.expression()
            self.expect_closer("]", opener)
            return ListRepeat(first, count, span=self.span_from(start))
        if self.kinds[self.i] == "for":
            clauses = self._clauses()
            self.expect_closer("]", opener)
            return ListComp(first, clauses, span=self.span_from(start))
        items = [first, *self._more("]")]
        self.expect_closer("]", opener)
        return ListLit(tuple(items), span=self.span_from(start))

    def braces(self) -> Expr:
        """`{}`, `{k: v}`, `{a, b}` and their comprehensions."""
        opener, start = self.i, self.starts[self.i]
        self.i += 1
        if self.take("}"):
            return MapLit(span=self.span_from(start))
        at = self.starts[self.i]
        first = self.expression()
        if self.take(":"):
            value = self.expression()
            return self._map(MapEntry(first, value, span=self.span_from(at)), opener, start)
        if self.kinds[self.i] == "for":
            clauses = self._clauses()
            self.expect_closer("}", opener)
            return SetComp(first, clauses, span=self.span_from(start))
        items = [first, *self._more("}")]
        self.expect_closer("}", opener)
        return SetLit(tuple(items), span=self.span_from(start))

    def _map(self, first: MapEntry, opener: int, start: int) -> Expr:
        """The rest of a map after its first entry."""
        if self.kinds[self.i] == "for":
            clauses = self._clauses()
            self.expect_closer("}", opener)
            return MapComp(first.key, first.value, clauses, span=self.span_from(start))
        entries = [first]
        while self.take(",") and self.kinds[self.i] != "}":
            at = self.starts[self.i]
            key = self.expression()
            self.expect(":", "`:` and a value")
            entries.append(MapEntry(key, self.expression(), span=self.span_from(at)))
        self.expect_closer("}", opener)
        return MapLit(tuple(entries), span=self.span_from(start))

    def _more(self, closer: str) -> list[Expr]:
        """What follows the first of several expressions: `, b, c` and perhaps a trailing comma."""
        found = []
        while self.kinds[self.i] == ",":
            self.i += 1
            if self.kinds[self.i] == closer:
                break
            found.append(self.expression())
        return found

    def _clauses(self) -> tuple[Clause, ...]:
        """`for p in xs if c for …`"""
        found: list[Clause] = []
        while True:
            start = self.starts[self.i]
            if self.take("for"):
                pattern = self.pattern()
                self.expect("in")
                found.append(ForClause(pattern, self.expression(), span=self.span_from(start)))
            elif self.take("if"):
                found.append(IfClause(self.expression(), span=self.span_from(start)))
            else:
                return tuple(found)

    # Closures and jumps

    def closure(self) -> Expr:
        """`|x, y| body`, `|| body`, or `|x|:` with a suite."""
        start = self.starts[self.i]
        self.i += 1
        params = []
        while self.kinds[self.i] != "|":
            params.append(self._closure_param())
            if not self.take(","):
                break
        self.expect("|", "`,` or `|` after a closure's parameter")
        if self.kinds[self.i] != ":":
            body = self.expression()
        elif self.kinds[self.i + 1] != "NEWLINE":
            self.fail(SuiteClosure(span=self.span_here()))
        else:
            body = self.body("the closure's `:`")
        return Closure(tuple(params), body, span=self.span_from(start))

    def _closure_param(self) -> Param:
        start = self.starts[self.i]
        pattern = self.single_pattern()
        type = self.annotation() if self.take(":") else None
        return Param(pattern, type, span=self.span_from(start))

    def return_(self) -> Expr:
        """`return`, `return value`"""
        return self._jump(Return)

    def break_(self) -> Expr:
        """`break`, `break value`"""
        return self._jump(Break)

    def _jump(self, kind: type[Return | Break]) -> Expr:
        start = self.starts[self.i]
        self.i += 1
        value = self.expression() if self.starts_expression() else None
        return kind(value, span=self.span_from(start))

    def continue_(self) -> Expr:
        """`continue`"""
        at = self.i
        self.i += 1
        return Continue(span=Span(self.file, self.starts[at], self.ends[at]))


Operators.prefixes = {
    "INT": Expressions.integer,
    "FLOAT": Expressions.float,
    "STR": Expressions.string,
    "FSTRING": Expressions.fstring,
    "true": Expressions.boolean,
    "false": Expressions.boolean,
    "self": Expressions.own_name,
    "Self": Expressions.own_name,
    "(": Expressions.group,
    "[": Expressions.list,
    "{": Expressions.braces,
    "-": Operators.negative,
    "~": Operators.inverse,
    "not": Operators.negation,
    "!": Operators.exclamation,
    "++": Operators.increment,
    "|": Expressions.closure,
    "if": Control.if_,
    "match": Control.match,
    "while": Control.while_,
    "for": Control.for_,
    "loop": Control.loop,
    "return": Expressions.return_,
    "break": Expressions.break_,
    "continue": Expressions.continue_,
}

_MEANT = {
    "let": "a `let` stands on a line of its own; in a condition write `if let pattern = value:`",
    "fn": "a function without a name is a closure, `|x| x + 1`",
    "=": "`==` compares; an assignment is a statement",
    "mut": "`mut` stands before an argument, a parameter or the name in a `let`",
    "else": "`else` stands at its `if`'s indentation",
    "elif": "`elif` stands at its `if`'s indentation",
    ".": "a statement that ends in a block ends there; give its value a name first",
}
