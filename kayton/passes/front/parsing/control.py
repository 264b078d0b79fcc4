"""Blocks, and the expressions that have them: if, match and loops (LANGUAGE §§1, 6).

A block that is an indented suite ends before its DEDENT, which the end of the statement takes: so no operator can follow it.
"""

from __future__ import annotations

from kayton.diagnostics.syntax import Expected, ForeignSyntax, MissingSuite
from kayton.ir.node import Span
from kayton.ir.surface import Arm, Block, Expr, For, If, IfLet, Loop, Match, Pattern, Stmt, While, WhileLet
from kayton.passes.front.parsing.cursor import Broken
from kayton.passes.front.parsing.operators import Operators

_MEANT = {
    "{": "a block starts with `:` and is indented; it has no braces",
    "=": "`==` compares",
    "then": "`:` begins the block",
    "do": "`:` begins the block",
}


class Control(Operators):
    """Parses blocks and control flow."""

    def statements(self) -> list[Stmt]:
        """The statements up to the end of the block."""
        raise NotImplementedError

    def end_of_statement(self) -> None:
        """Takes what ends a statement: its NEWLINE, or the DEDENT of the block it ended in."""
        raise NotImplementedError

    def recover(self, first: int, depth: int) -> None:
        """Goes on after the broken statement that began at token `first`."""
        raise NotImplementedError

    # Blocks

    def body(self, header: str) -> Expr:
        """`:` and a block: one statement on the same line, or a suite."""
        if self.enter_suite(header):
            return self.block()
        if self.kinds[self.i] in ("NEWLINE", "END"):  # reported
            return Block(span=self.span_here())
        start = self.starts[self.i]
        made = self.statement()
        return made if isinstance(made, Expr) else Block((made,), span=self.span_from(start))

    def block(self) -> Block:
        """The statements of a suite, and its value."""
        start = self.starts[self.i]
        self.deeper()
        body = self.statements()
        self.depth -= 1
        result = None
        if body and isinstance(body[-1], Expr):
            result = body.pop()
        return Block(tuple(body), result, span=self.span_from(start))

    def enter_suite(self, header: str) -> bool:
        """Takes the `:` and, if a suite follows, what leads into it. A suite without `:` is reported and entered all the same."""
        i = self.i
        if self.kinds[i] == ":":
            self.i = i = i + 1
            if self.kinds[i] != "NEWLINE":
                return False
        elif self.kinds[i] == "NEWLINE" and self.kinds[i + 1] == "INDENT":
            at = Span(self.file, self.ends[i - 1], self.ends[i - 1] + 1)
            self.report(Expected(span=at, wanted="`:`", found=self.describe(), help="a header ends in `:`"))
        else:
            self.unexpected("`:`", help=_MEANT.get(self.kinds[i]) or _MEANT.get(self.texts[i], ""))
        if self.kinds[i + 1] == "INDENT":
            self.i = i + 2
            return True
        at = Span(self.file, self.starts[i - 1], self.ends[i - 1])
        self.report(MissingSuite(span=at, header=header))
        return False

    # Conditions

    def if_(self) -> Expr:
        """`if c: a elif d: b else: e`, on one line or several, each condition perhaps `let pattern = value`."""
        branches: list[tuple[int, Pattern | None, Expr, Expr]] = []
        otherwise = None
        while True:
            start = self.starts[self.i]
            self.i += 1
            pattern, value = self._condition()
            branches.append((start, pattern, value, self.body("this condition's `:`")))
            if self._follows("elif"):
                continue
            if self._follows("else"):
                otherwise = self._else()
            break
        while branches:
            start, pattern, value, then = branches.pop()
            span = self.span_from(start)
            if pattern is None:
                otherwise = If(value, then, otherwise, span=span)
            else:
                otherwise = IfLet(pattern, value, then, otherwise, span=span)
        return otherwise

    def _condition(self) -> tuple[Pattern | None, Expr]:
        """`condition`, or `let pattern = value`."""
        if not self.take("let"):
            return None, self.expression()
        pattern = self.pattern()
        self.expect("=")
        return pattern, self.expression()

    def _follows(self, word: str) -> bool:
        """Whether `elif` or `else` follows a block, here or at the start of the next line; stops before it if so."""
        i = self.i
        if self.kinds[i] == "NEWLINE" or self.kinds[i] == "DEDENT":
            i += 1
        if self.kinds[i] != word:
            return False
        self.i = i
        return True

    def _else(self) -> Expr:
        self.i += 1
        if self.kinds[self.i] == "if":
            span = Span(self.file, self.starts[self.i - 1], self.ends[self.i])
            self.fail(ForeignSyntax(span=span, written="else if", instead="write `elif`"))
        return self.body("`else:`")

    # Loops

    def while_(self) -> Expr:
        """`while condition:`, `while let pattern = value:`"""
        start = self.starts[self.i]
        self.i += 1
        pattern, value = self._condition()
        body = self.body("this condition's `:`")
        span = self.span_from(start)
        return While(value, body, span=span) if pattern is None else WhileLet(pattern, value, body, span=span)

    def for_(self) -> Expr:
        """`for pattern in iterable:`"""
        start = self.starts[self.i]
        self.i += 1
        pattern = self.pattern()
        self.expect("in")
        iterable = self.expression()
        return For(pattern, iterable, self.body("this loop's `:`"), span=self.span_from(start))

    def loop(self) -> Expr:
        """`loop:`"""
        start = self.starts[self.i]
        self.i += 1
        return Loop(self.body("`loop:`"), span=self.span_from(start))

    # Match

    def match(self) -> Expr:
        """`match value:` and its arms on indented lines."""
        start = self.starts[self.i]
        self.i += 1
        value = self.expression()
        if not self.enter_suite("the match's `:`") and self.kinds[self.i] != "NEWLINE":
            help = "inside brackets there are no lines; give the match a name with `let`"
            self.unexpected("the arms on indented lines", help)
        arms = []
        while self.kinds[self.i] not in ("DEDENT", "END", "NEWLINE"):
            if self.refuse_indent():
                continue
            first, depth = self.i, self.depth
            self.take("DOC")
            try:
                arm = self._arm()
                self.end_of_statement()
                arms.append(arm)
            except Broken:
                self.recover(first, depth)
        return Match(value, tuple(arms), span=self.span_from(start))

    def _arm(self) -> Arm:
        start = self.starts[self.i]
        pattern = self.pattern()
        guard = self.expression() if self.take("if") else None
        return Arm(pattern, self.body("this arm's `:`"), guard, span=self.span_from(start))
