"""The cursor over a file's tokens: looking, expecting, reporting, and going on after an error.

A mistake is reported once and raises `Broken`, which the nearest loop over statements, members or arms catches: it passes
over the rest of that statement and goes on. An ERROR token was reported by the lexer, so meeting it only raises.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.diagnostics.syntax import Expected, ForeignSyntax, KeywordAsName, NestedTooDeeply, PositionalAfterNamed, UnexpectedIndent
from kayton.ir.node import Span
from kayton.ir.surface import Arg, Expr, Pattern, PatternArg, Stmt, Token, TypeExpr
from kayton.passes.front.lexing.rules import KEYWORDS

DEEPEST = 150_000
"""How deep things may nest. More would not fit the frames of one Python stack (the limit is a million of them)."""

_FRAMES_PER_LEVEL = 6
"""The most Python frames between one level and the next."""

_DESCRIBED = {
    "NEWLINE": "the end of the line",
    "END": "the end of the file",
    "DEDENT": "the end of the block",
    "INDENT": "an indented block",
    "STR": "a string",
    "FSTRING": "an f-string",
    "DOC": "a doc comment",
    "SPEC": "`:`",
    "HOLE_END": "`}`",
    "FTEXT": "text",
    "FSTRING_END": "the end of the f-string",
}

ASSIGNMENTS = frozenset("= += -= *= /= //= %= **= &= |= ^= <<= >>=".split())

LINE_ENDS = frozenset(("NEWLINE", "DEDENT", "END"))
_make = tuple.__new__


class Broken(Exception):
    """The statement at hand cannot be parsed; why has been reported."""


class Cursor:
    """A position in the tokens; the base of the parser. `depth` counts levels of nesting."""

    def __init__(self, tokens: tuple[Token, ...], file: int, report: Callable[[Diagnostic], None]) -> None:
        self.kinds = [t[0] for t in tokens]
        self.texts = [t[1] for t in tokens]
        self.starts = [t[2] for t in tokens]
        self.ends = [t[3] for t in tokens]
        self.file = file
        self.report = report
        self.i = 0
        self.depth = 0
        self.at_top = False
        """Whether a block is parsed that nothing opened, at the top level: items may stand in it."""
        self.habits: dict[tuple[str, str, bool], list[ForeignSyntax]] = {}
        """Habits from other languages that were found, each with all its places."""
        self.deepest = min(DEEPEST, max(20, sys.getrecursionlimit() // _FRAMES_PER_LEVEL - 100))

    # What the parts of the grammar need of each other.

    def expression(self, least: int = 0) -> Expr:
        """An expression whose operators outside of brackets bind at least as tightly as `least`."""
        raise NotImplementedError

    def pattern(self) -> Pattern:
        """A pattern, alternatives included."""
        raise NotImplementedError

    def type(self) -> TypeExpr:
        """A type without `where`."""
        raise NotImplementedError

    def statement(self) -> Stmt:
        """A statement without its end."""
        raise NotImplementedError

    def habit(self) -> Diagnostic | None:
        """The habit that explains why the statement cannot go on here; None where none does."""
        raise NotImplementedError

    def report_habit(self, habit: ForeignSyntax) -> None:
        """Keeps a habit until the end of the file is reached."""
        raise NotImplementedError

    # Spans

    def span_from(self, start: int) -> Span:
        """The stretch from the offset `start` to the end of the last token that was taken (layout does not count)."""
        at, ends = self.i - 1, self.ends
        kinds = self.kinds
        while kinds[at] == "NEWLINE" or kinds[at] == "DEDENT":
            at -= 1
        return _make(Span, (self.file, start, ends[at]))

    def span_here(self) -> Span:
        """The current token; where it is layout, the place where it would stand."""
        return Span(self.file, self.starts[self.i], max(self.ends[self.i], self.starts[self.i] + 1))

    # Taking tokens

    def take(self, kind: str) -> bool:
        """Takes the current token if it is of that kind."""
        if self.kinds[self.i] != kind:
            return False
        self.i += 1
        return True

    def expect(self, kind: str, wanted: str = "", help: str = "") -> None:
        """Takes a token of that kind; anything else is an error."""
        if self.kinds[self.i] != kind:
            self.unexpected(wanted or f"`{kind}`", help)
        self.i += 1

    def expect_closer(self, closer: str, opener_at: int) -> None:
        """Takes the closing bracket of what was opened at the token `opener_at`."""
        if self.kinds[self.i] != closer:
            opener = self.kinds[opener_at]
            opened = Label(Span(self.file, self.starts[opener_at], self.ends[opener_at]), f"to close this `{opener}`")
            self.unexpected(f"`,` or `{closer}`", "", opened)
        self.i += 1

    def expect_name(self, wanted: str) -> str:
        """Takes a name and gives it; a keyword in its place has an error of its own."""
        if self.kinds[self.i] != "NAME":
            self.not_a_name(wanted)
        self.i += 1
        return self.texts[self.i - 1]

    def argument_name(self, earlier: list[Arg] | list[PatternArg]) -> str | None:
        """Takes `name=` before an argument and gives the name. After an argument with one, every argument must have one."""
        if self.kinds[self.i] == "NAME" and self.kinds[self.i + 1] == "=":
            self.i += 2
            return self.texts[self.i - 2]
        if earlier and earlier[-1].name is not None:
            self.fail(PositionalAfterNamed(span=self.span_here()))
        return None

    def not_a_name(self, wanted: str) -> NoReturn:
        """Fails because the current token is not the name that should stand here."""
        kind = self.kinds[self.i]
        if kind in KEYWORDS:
            self.fail(KeywordAsName(span=self.span_here(), keyword=kind))
        self.unexpected(wanted)

    # Errors

    def describe(self) -> str:
        """The current token in words."""
        kind, text = self.kinds[self.i], self.texts[self.i]
        if kind in KEYWORDS:
            return f"the keyword `{kind}`"
        if kind in ("NAME", "INT", "FLOAT"):
            return f"`{text}`" if len(text) <= 40 else f"`{text[:30]}…`"
        return _DESCRIBED.get(kind) or f"`{kind}`"

    def fail(self, diagnostic: Diagnostic) -> NoReturn:
        """Reports, unless the lexer already found fault with the statement, and gives the statement up. Raises Broken."""
        if not self.reported():
            if isinstance(diagnostic, ForeignSyntax):
                self.report_habit(diagnostic)
            else:
                self.report(diagnostic)
        raise Broken

    def reported(self) -> bool:
        """Whether an ERROR token stands here or further along the line."""
        kinds, i = self.kinds, self.i
        while kinds[i] not in LINE_ENDS:
            if kinds[i] == "ERROR":
                return True
            i += 1
        return False

    def unexpected(self, wanted: str, help: str = "", opened: Label | None = None) -> NoReturn:
        """Fails because something else should stand here; a habit that explains it is what is reported. Raises Broken."""
        habit = self.habit()
        if habit is not None:
            self.fail(habit)
        here = self.span_here()
        if self.kinds[self.i] in ("NEWLINE", "END", "DEDENT") and self.i:
            here = Span(self.file, self.ends[self.i - 1], self.ends[self.i - 1] + 1)
        self.fail(Expected(span=here, wanted=wanted, found=self.describe(), help=help, opened=opened))

    def deeper(self) -> None:
        """Enters a level of nesting; the caller leaves it by `self.depth -= 1`. Raises Broken where it is too deep."""
        self.depth += 1
        if self.depth > self.deepest:
            self.too_deep()

    def too_deep(self) -> NoReturn:
        """Gives up on a statement whose parts nest too deeply. Raises Broken."""
        self.fail(NestedTooDeeply(span=self.span_here(), limit=self.deepest))

    # Going on after an error

    def skip_line(self) -> None:
        """Passes over the rest of a broken statement's line, its NEWLINE included; stops before the end of the block."""
        kinds = self.kinds
        i = self.i
        while kinds[i] not in LINE_ENDS:
            i += 1
        self.i = i + (kinds[i] == "NEWLINE")

    def skip_suite(self) -> None:
        """Passes over an indented block that the cursor stands before."""
        level = 0
        while True:
            kind = self.kinds[self.i]
            level += (kind == "INDENT") - (kind == "DEDENT")
            if kind == "END":
                return
            self.i += 1
            if level == 0:
                return

    def refuse_indent(self) -> bool:
        """Reports and passes over an indented block where members or arms stand; whether there was one."""
        if self.kinds[self.i] != "INDENT":
            return False
        self.unexpected_indent()
        self.skip_suite()
        return True

    def unexpected_indent(self) -> None:
        """Reports an indented block that no header opened."""
        self.report(UnexpectedIndent(span=self.span_here()))
