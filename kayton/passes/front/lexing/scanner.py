"""The scanner: from text to tokens, with indentation made explicit (LANGUAGE §§1–2).

Besides keywords and operators, which are kinds of their own, tokens are

    NAME INT FLOAT                      text: as written
    STR                                 text: its value
    FSTRING … FSTRING_END               an f-string; between them FTEXT (text: its value) and holes
    HOLE … SPEC HOLE_END                a hole: the tokens of its expression, then perhaps a format spec (text: the spec)
    DOC                                 text: the doc comment that belongs to the item whose first token follows
    NEWLINE INDENT DEDENT END           layout; none of it inside of brackets
    ERROR                               something that was reported and is no token; no statement may contain it

Brackets outside of ERROR are balanced: `( [ {` stand before their partners in every statement without ERROR.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from kayton.diagnostics.codes import Diagnostic, Edit, Label
from kayton.diagnostics.text import (
    ForeignComment,
    SingleQuotes,
    BadNumber,
    Semicolon,
    UnclosedBracket,
    UnclosedHole,
    UnknownCharacter,
    UnterminatedString,
    WrongBracket,
)
from kayton.ir.node import Span
from kayton.ir.surface import Token
from kayton.passes.front.lexing import rules
from kayton.passes.front.lexing.fstrings import FStrings
from kayton.passes.front.lexing.layout import Layout
from kayton.passes.front.lexing.rules import KEYWORDS, OPENERS
from kayton.passes.front.lexing.strings import bad_escapes, in_double_quotes, multi_line, unescape

_HOLE = "hole"
_make = tuple.__new__


class Scanner:
    """Scans one file. `brackets` holds the open brackets and holes, innermost last, each with its offset."""

    def __init__(self, text: str, file: int, report: Callable[[Diagnostic], None]) -> None:
        self.text = text
        self.file = file
        self.report = report
        self.tokens: list[Token] = []
        self.brackets: list[tuple[str, int]] = []
        self.comments: list[tuple[int, int]] = []
        """Where the comments are, which are no tokens."""
        self.single_quotes: list[Edit] = []
        """Text in single quotes, as it would be in double ones."""
        self.layout = Layout(self)
        self.fstrings = FStrings(self)

    def scan(self) -> tuple[Token, ...]:
        """All tokens of the file. Errors are reported, never raised."""
        text, tokens, match, intern = self.text, self.tokens, rules.MASTER.match, sys.intern
        handlers = self._handlers()
        colons = self.fstrings.colons
        pos = self.layout.start()
        while (m := match(text, pos)) is not None:
            kind = m.lastindex
            start, pos = m.span(kind)
            if kind == rules.NAME:
                word = intern(m[1])
                if word in KEYWORDS:
                    tokens.append(_make(Token, (word, word, start, pos)))
                    if colons and word in rules.TAKES_COLON:
                        self.fstrings.keyword()
                elif word.isascii() or word.isidentifier():
                    tokens.append(_make(Token, ("NAME", word, start, pos)))
                else:
                    self.unknown(start, pos)
            elif kind == rules.OPERATOR:
                word = intern(m[2])
                tokens.append(_make(Token, (word, word, start, pos)))
                if word == "." and (part := rules.TUPLE_PART.match(text, pos)):
                    pos = part.end()
                    tokens.append(Token("INT", part[0], part.start(), pos))
            else:
                pos = handlers[kind](start, pos)
        self.unclosed(0)
        self.layout.finish(len(text))
        if self.single_quotes:
            first, *others = [e.span for e in self.single_quotes]
            self.report(SingleQuotes(span=first, edits=tuple(self.single_quotes), others=tuple(others)))
        return tuple(tokens)

    def _handlers(self) -> dict[int, Callable[[int, int], int]]:
        return {
            rules.OPEN: self._open,
            rules.CLOSE: self._close,
            rules.NEWLINE: self._newline,
            rules.COLON: self._colon,
            rules.STRING: self._string,
            rules.NUMBER: self._number,
            rules.COMMENT: self._comment,
            rules.FSTRING: self.fstrings.start,
            rules.SEMICOLON: self._semicolon,
            rules.OPEN_STRING: self._open_string,
            rules.UNKNOWN: self.unknown,
        }

    def emit(self, kind: str, text: str, start: int, end: int) -> None:
        """Adds a token."""
        self.tokens.append(_make(Token, (kind, text, start, end)))

    def fail(self, diagnostic: Diagnostic) -> None:
        """Reports, and leaves an ERROR token at the diagnostic's span."""
        self.report(diagnostic)
        self.emit("ERROR", "", diagnostic.span.start, diagnostic.span.end)

    def span(self, start: int, end: int) -> Span:
        """The stretch of this file."""
        return Span(self.file, start, end)

    def unclosed(self, keep: int) -> None:
        """Reports the outermost bracket beyond the first `keep` as never closed, and forgets it and all inside of it."""
        if len(self.brackets) <= keep:
            return
        opener, at = self.brackets[keep]
        if opener == _HOLE:
            self.fail(UnclosedHole(span=self.span(at, at + 1)))
        else:
            self.fail(UnclosedBracket(span=self.span(at, at + 1), opener=opener))
        del self.brackets[keep:]
        self.fstrings.forget(keep)
        if opener == _HOLE:
            self.forget_line(at)

    def forget_line(self, at: int) -> None:
        """Forgets the brackets that were opened on the line of `at`: what would have closed them was taken for text."""
        line = self.text.rfind("\n", 0, at) + 1
        while self.brackets and self.brackets[-1][1] >= line and self.brackets[-1][0] != _HOLE:
            self.brackets.pop()

    def _open(self, start: int, end: int) -> int:
        bracket = self.text[start]
        self.brackets.append((bracket, start))
        self.emit(bracket, bracket, start, end)
        return end

    def _close(self, start: int, end: int) -> int:
        bracket = self.text[start]
        opener, at = self.brackets[-1] if self.brackets else ("", 0)
        if opener == _HOLE and bracket == "}":
            return self.fstrings.close_hole(start)
        if OPENERS.get(opener) == bracket:
            self.brackets.pop()
            self.emit(bracket, bracket, start, end)
        elif opener:
            shown = "{" if opener == _HOLE else opener
            opened = Label(self.span(at, at + 1), f"`{shown}` is open")
            self.fail(WrongBracket(span=self.span(start, end), closer=bracket, opened=opened))
            if opener != _HOLE:
                self.brackets.pop()
        else:
            self.fail(WrongBracket(span=self.span(start, end), closer=bracket))
        return end

    def _newline(self, start: int, end: int) -> int:
        if self.fstrings.on_one_line():
            self.unclosed(self.fstrings.level())
        if not self.brackets:
            return self.layout.newline(start, end)
        if self.layout.starts_statement(end):
            self.unclosed(0)
            return self.layout.newline(start, end)
        return end

    def _colon(self, start: int, end: int) -> int:
        if self.brackets and self.brackets[-1][0] == _HOLE and self.fstrings.starts_spec():
            return self.fstrings.spec(start)
        self.emit(":", ":", start, end)
        return end

    def _comment(self, start: int, end: int) -> int:
        self.comments.append((start, end))
        return end

    def _string(self, start: int, end: int) -> int:
        triple = self.text.startswith('"""', start)
        skip = 3 if triple else 1
        raw = self.text[start + skip : end - skip]
        for bad in bad_escapes(raw, self.file, start + skip):
            self.report(bad)
        self.emit("STR", multi_line(raw) if triple else unescape(raw), start, end)
        return end

    def _open_string(self, start: int, end: int) -> int:
        if self.fstrings.on_one_line():
            self.unclosed(self.fstrings.level())
        elif self.text.startswith('"""', start):
            end = len(self.text)
            self.fail(UnterminatedString(span=self.span(start, start + 3), quote='"""'))
        else:
            self.fail(UnterminatedString(span=self.span(start, end), quote='"'))
            self.forget_line(start)
        return end

    def _number(self, start: int, end: int) -> int:
        word = self.text[start:end]
        if rules.INTEGER.fullmatch(word):
            self.emit("INT", word, start, end)
        elif rules.FLOAT.fullmatch(word):
            self.emit("FLOAT", word, start, end)
        else:
            self.fail(BadNumber(span=self.span(start, end), text=word))
        return end

    def _semicolon(self, start: int, end: int) -> int:
        if self.brackets:
            self.emit(";", ";", start, end)
            return end
        if self._ends_line(end):
            self.layout.semicolons.append(Edit(self.span(start, end), ""))
        else:
            self.report(Semicolon(span=self.span(start, end)))
        self.layout.end_statement(start)
        return end

    def unknown(self, start: int, end: int) -> int:
        """Reports a stretch that starts no token; text in single quotes is read as text all the same."""
        written = self.text[start:end]
        slashes = self._comment_before(start)
        if slashes is not None:
            return self._drop_comment(slashes)
        if written == "/":
            return self._block_comment(start)
        if written[0] == "'" and len(written) > 1:
            return self._single_quotes(start, end)
        shown = written if written.isprintable() else f"U+{ord(written[0]):04X}"
        self.fail(UnknownCharacter(span=self.span(start, end), text=shown, instead=rules.MEANT.get(written[0], "")))
        return end

    def _single_quotes(self, start: int, end: int) -> int:
        skip = 1
        if (triple := rules.TRIPLE_SINGLE.match(self.text, start)) is not None:
            end, skip = triple.end(), 3
        inside = self.text[start + skip : end - skip]
        self.single_quotes.append(Edit(self.span(start, end), in_double_quotes(inside, skip)))
        self.emit("STR", unescape(inside), start, end)
        return end

    def _block_comment(self, start: int) -> int:
        end = rules.BLOCK_COMMENT.match(self.text, start).end()
        inside = self.text[start:end]
        edits: tuple[Edit, ...] = ()
        if "\n" not in inside and self._ends_line(end) and inside.endswith("*/"):
            text = inside.strip("/*").strip()
            edits = (Edit(self.span(start, end), f"# {text}"),)
        self.report(ForeignComment(span=self.span(start, end), written="/*", edits=edits))
        return end

    def _ends_line(self, at: int) -> bool:
        """Whether nothing but a comment stands between an offset and the end of its line."""
        m = rules.LINE.match(self.text, at)
        return m[3] is not None or m.end() == len(self.text)

    def _comment_before(self, start: int) -> int | None:
        """The index of a token `//` further left on the line that looks as if it began a comment."""
        line = self.text.rfind("\n", 0, start) + 1
        for index in range(len(self.tokens) - 1, -1, -1):
            kind, _, at, end = self.tokens[index]
            if at < line:
                return None
            if kind == "//" and self.text[at - 1 : at].isspace() and self.text[end : end + 1].isspace():
                return index
        return None

    def _drop_comment(self, index: int) -> int:
        """Reports a comment that began with the token `//` and forgets all tokens from there on."""
        at = self.tokens[index].start
        end = rules.REST_OF_LINE.match(self.text, at).end()
        self.report(ForeignComment(span=self.span(at, end), written="//", edits=(Edit(self.span(at, at + 2), "#"),)))
        del self.tokens[index:]
        return end
