"""Blocks, and the expressions that have them: if, match and loops (LANGUAGE §§1, 6).

A block that is an indented suite ends before its DEDENT, which the end of the statement takes: so no operator can follow it.
"""

from __future__ import annotations

from typing import NoReturn

from kayton.diagnostics.codes import Edit, after, before
from kayton.diagnostics.syntax import EqualsInCondition, Expected, ForeignSyntax, MissingSuite
from kayton.ir.node import Span
from kayton.ir.surface import Arm, Block, Expr, For, If, IfLet, Loop, Match, Pattern, Stmt, While, WhileLet
from kayton.passes.front.parsing.cursor import Broken
from kayton.passes.front.parsing.operators import Operators

_COLONS = frozenset(("then", "do"))
"""Words that begin a block elsewhere."""
_ARROWS = frozenset(("=>", "->"))


_ARM = "this arm's `:`"
_ELIF = frozenset(("elsif", "elseif", "elsf"))
_CASE = frozenset(("case", "when"))
_AFTER_PATTERN = frozenset((":", "if", "|", "@", ".", "("))
"""What follows a name that is a pattern."""


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
            if not self.reported():
                colon = (Edit(before(at), ":"),)
                self.report(Expected(span=at, wanted="`:`", found=self.describe(), help="a header ends in `:`", edits=colon))
        elif self.texts[i] in _COLONS or (self.kinds[i] in _ARROWS and header == _ARM):
            self._colon_elsewhere()
            if self.kinds[self.i] != "NEWLINE":
                return False
            i = self.i
        else:
            self.unexpected("`:`")
        if self.kinds[i + 1] == "INDENT":
            self.i = i + 2
            return True
        at = Span(self.file, self.starts[i - 1], self.ends[i - 1])
        self.report(MissingSuite(span=at, header=header))
        return False

    def _colon_elsewhere(self) -> None:
        """Takes a word or arrow that stands where a `:` should."""
        i = self.i
        gap = Span(self.file, self.ends[i - 1], self.ends[i])
        instead = "an arm is `pattern: body`" if self.kinds[i] in _ARROWS else "`:` begins the block"
        self.foreign(self.token_span(i), self.texts[i] or self.kinds[i], instead, Edit(gap, ":"))
        self.i += 1
        if self.kinds[self.i] == ":":  # `if c then:`
            self.i += 1

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
            if self._follows("elif") or self._else_if():
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
            return None, self._compared(self.i)
        pattern = self.pattern()
        self.expect("=")
        return pattern, self.expression()

    def _compared(self, first: int) -> Expr:
        """A condition; a `=` in it is reported and read as `==`."""
        made = self.expression()
        if self.kinds[self.i] != "=":
            return made
        if not self.reported():
            self.report(EqualsInCondition(span=self.span_here()))
        self.kinds[self.i] = "=="
        self.i = first
        return self.expression()

    def _follows(self, word: str) -> bool:
        """Whether `elif` or `else` follows a block, here or at the start of the next line; stops before it if so."""
        i = self.i
        if self.kinds[i] == "NEWLINE" or self.kinds[i] == "DEDENT":
            i += 1
        if self.kinds[i] != word:
            return False
        self.i = i
        return True

    def _else_if(self) -> bool:
        """Whether `else if` or `elsif` follows, which is reported and read as `elif`."""
        i = self.i
        if self.kinds[i] == "NEWLINE" or self.kinds[i] == "DEDENT":
            i += 1
        if self.kinds[i] == "else" and self.kinds[i + 1] == "if":
            tokens = 2
        elif self.texts[i] in _ELIF and self.kinds[i + 1] not in (":", "=", "(", ".", "NEWLINE"):
            tokens = 1
        else:
            return False
        self.i = i
        self.respell("elif", "else if" if tokens == 2 else self.texts[i], tokens)
        return True

    def _else(self) -> Expr:
        self.i += 1
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
        opener = self.i
        if self.kinds[opener] == "(" and self.kinds[opener + 1] in ("let", ";"):
            self._counting()
        pattern = self.pattern()
        if self.kinds[self.i] != "in":
            self._no_in(opener)
        self.i += 1
        iterable = self.expression()
        return For(pattern, iterable, self.body("this loop's `:`"), span=self.span_from(start))

    def _counting(self) -> NoReturn:
        instead = "a loop over numbers is written `for i in 0..n:`, over the elements of a list `for x in xs:`"
        self.fail(ForeignSyntax(span=self.token_span(self.i - 1), written="for (…; …; …)", instead=instead, says="there is no `for` with a counter"))

    def _no_in(self, first: int) -> NoReturn:
        """Fails because a loop's pattern is not followed by `in`."""
        i = self.i
        if self.kinds[i] == "," and all(k in ("NAME", ",") for k in self.kinds[first:i]):
            end = i
            while self.kinds[end] in ("NAME", ","):
                end += 1
            if self.kinds[end] == "in":
                span = self.token_span(first, end - 1)
                edits = (Edit(before(span), "("), Edit(after(span), ")"))
                instead = "several variables stand in parentheses"
                self.fail(ForeignSyntax(span=span, written="for a, b in", instead=instead, edits=edits, says="variables without parentheses"))
        if self.kinds[i] in (":", "=", ";"):
            self._counting()
        help = "a loop is written `for x in xs:`"
        if self.texts[i] == "of":
            edit = Edit(self.token_span(i), "in")
            self.fail(ForeignSyntax(span=self.token_span(i), written="of", instead="write `in`", edits=(edit,)))
        self.unexpected("`in`", help=help)

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
        if self.texts[self.i] in _CASE and self.kinds[self.i + 1] not in _AFTER_PATTERN:
            gap = Span(self.file, start, self.starts[self.i + 1])
            written = self.texts[self.i]
            self.foreign(self.token_span(self.i), written, f"an arm is `pattern: body`, without `{written}`", Edit(gap, ""))
            self.i += 1
        elif self.kinds[self.i] == "else":
            self.respell("_", "else")
            self.kinds[self.i], self.texts[self.i] = "NAME", "_"
        pattern = self.pattern()
        guard = self.expression() if self.take("if") else None
        return Arm(pattern, self.body(_ARM), guard, span=self.span_from(start))
