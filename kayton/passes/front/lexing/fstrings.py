"""F-strings: text and holes, nested in each other to any depth (LANGUAGE §2).

The scanner scans what stands in a hole as it scans everything else; this module takes over between the quotes, and decides
when a `:` begins a format spec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kayton.diagnostics.text import SingleBrace, UnterminatedString
from kayton.passes.front.lexing import rules
from kayton.passes.front.lexing.strings import bad_escapes, closing_indent, dedent, unescape_ftext

if TYPE_CHECKING:
    from kayton.passes.front.lexing.scanner import Scanner


class _Open:
    """An f-string whose end has not been reached."""

    __slots__ = ("at", "colons", "level", "quote", "texts")

    def __init__(self, quote: str, at: int, level: int) -> None:
        self.quote = quote
        self.at = at
        self.level = level
        """How many brackets were open where it began."""
        self.texts: list[int] = []
        """Indices of its FTEXT tokens, which hold source text until the end is known."""
        self.colons = 0
        """How many keywords of the current hole wait for their `:`."""


class FStrings:
    """The open f-strings of a scanner, innermost last in `open`; `colons` is that list too, false when there is none."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.open: list[_Open] = []
        self.colons = self.open

    def start(self, start: int, end: int) -> int:
        """Opens an f-string whose `f` and quotes are at start..end and scans its first text."""
        scanner = self.scanner
        self.open.append(_Open(scanner.text[start + 1 : end], start, len(scanner.brackets)))
        scanner.emit("FSTRING", "", start, end)
        return self._text(end)

    def level(self) -> int:
        """How many brackets were open where the innermost f-string began."""
        return self.open[-1].level

    def on_one_line(self) -> bool:
        """Whether an f-string is open that may not go on in the next line."""
        return bool(self.open) and self.open[-1].quote == '"'

    def forget(self, brackets: int) -> None:
        """Drops the f-strings that were opened inside of brackets that are no longer open."""
        while self.open and self.open[-1].level >= brackets:
            self._decode(self.open.pop())

    def keyword(self) -> None:
        """Notes a keyword that has a `:` of its own, if it stands directly in a hole."""
        if len(self.scanner.brackets) == self.level() + 1:
            self.open[-1].colons += 1

    def starts_spec(self) -> bool:
        """Whether a `:` directly in a hole begins a format spec; if not, it serves a keyword."""
        waiting = self.open[-1].colons
        self.open[-1].colons = max(waiting - 1, 0)
        return not waiting

    def spec(self, colon: int) -> int:
        """Scans the format spec after the `:` up to the hole's end."""
        scanner = self.scanner
        m = rules.SPEC.match(scanner.text, colon + 1)
        scanner.emit("SPEC", m[0], colon + 1, m.end())
        return m.end()

    def close_hole(self, at: int) -> int:
        """Ends the hole whose `}` is at `at` and scans the text after it."""
        self.scanner.brackets.pop()
        self.scanner.emit("HOLE_END", "", at, at + 1)
        return self._text(at + 1)

    def _text(self, pos: int) -> int:
        """Scans text up to the next hole, which it opens, or to the end of the f-string."""
        inner, text = self.open[-1], self.scanner.text
        end = self._piece(inner, pos)
        while text.startswith("}", end):
            self.scanner.report(SingleBrace(span=self.scanner.span(end, end + 1)))
            end = self._piece(inner, end + 1)
        if text.startswith("{", end):
            inner.colons = 0
            self.scanner.brackets.append(("hole", end))
            self.scanner.emit("HOLE", "", end, end + 1)
            return end + 1
        self._decode(self.open.pop())
        if text.startswith(inner.quote, end):
            self.scanner.emit("FSTRING_END", "", end, end + len(inner.quote))
            return end + len(inner.quote)
        self.scanner.fail(UnterminatedString(span=self.scanner.span(inner.at, end), quote=inner.quote))
        if inner.quote == '"':
            self.scanner.forget_line(inner.at)
        return end

    def _piece(self, inner: _Open, pos: int) -> int:
        """Scans text without holes; gives where it ends."""
        end = rules.FTEXT[inner.quote].match(self.scanner.text, pos).end()
        if end > pos:
            inner.texts.append(len(self.scanner.tokens))
            self.scanner.emit("FTEXT", self.scanner.text[pos:end], pos, end)
        return end

    def _decode(self, done: _Open) -> None:
        """Replaces the source text in its FTEXT tokens by what it stands for."""
        tokens = self.scanner.tokens
        indent = 0
        if done.quote == '"""' and done.texts and done.texts[-1] == len(tokens) - 1:
            indent = closing_indent(tokens[-1].text)
        for index in done.texts:
            token = tokens[index]
            for bad in bad_escapes(token.text, self.scanner.file, token.start):
                self.scanner.report(bad)
            raw = token.text if done.quote == '"' else dedent(token.text, indent)
            if done.quote == '"""' and index == done.texts[0] and tokens[index - 1].kind == "FSTRING":
                raw = raw.removeprefix("\n")
            tokens[index] = token._replace(text=unescape_ftext(raw))
