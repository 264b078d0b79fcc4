"""Statements that start with a word of another language: named, and where that is easy read as what was meant."""

from __future__ import annotations

from kayton.diagnostics.codes import Edit
from kayton.diagnostics.syntax import ForeignSyntax
from kayton.ir.node import Span
from kayton.ir.surface import Block, Stmt
from kayton.passes.front.parsing.cursor import LINE_ENDS
from kayton.passes.front.parsing.definitions import Definitions
from kayton.passes.front.parsing.foreign_words import (
    FUNCTION_WORDS,
    GIVEN_UP,
    HANDLER_WORDS,
    HEADER_WORDS,
    REPLACED_BY,
    SKIPPED_WORDS,
    TRY_WORDS,
    VARIABLE_WORDS,
)
from kayton.passes.front.parsing.statements import ITEM_STARTS

_FOLLOWING = frozenset(("NAME", "INT", "FLOAT", "STR", "FSTRING", "true", "false", "not", "self", "{", "fn", "let", "if"))
"""What cannot follow a name, so that the word before it is none."""
_DEFINITIONS = ITEM_STARTS | {"let", "NAME"}


class ForeignStatements(Definitions):
    """Parses statements whose first word shows where the writer comes from."""

    def foreign_statement(self) -> Stmt | None:
        """A statement that starts with a word of another language; None where the word is a name."""
        word, following = self.texts[self.i], self.kinds[self.i + 1]
        if word in FUNCTION_WORDS and following == "NAME":
            return self._as_keyword("fn", FUNCTION_WORDS[word])
        if word in VARIABLE_WORDS and following == "NAME":
            return self._variable(word)
        if word in SKIPPED_WORDS and following in _DEFINITIONS:
            return self._skipped(word)
        if word in HEADER_WORDS and (following in _FOLLOWING or (following == "(" and self._is_header())):
            return self._header(word)
        if word in TRY_WORDS and following == ":":
            return self._with_handlers(word)
        if word in (*TRY_WORDS, *GIVEN_UP) and (following in _FOLLOWING or (word in HANDLER_WORDS and following == ":")):
            self._given_up(word)
        return None

    def _is_header(self) -> bool:
        """Whether the line ends as a header does: what starts with a name and `(` may be a call."""
        end = self.line_end()
        return self.kinds[end - 1] == ":" or "{" in self.kinds[self.i : end]

    def _as_keyword(self, keyword: str, instead: str) -> Stmt:
        """Reads the word as a keyword of ours."""
        span = self.token_span(self.i)
        self.foreign(span, self.texts[self.i], instead, Edit(span, keyword))
        self.kinds[self.i] = keyword
        return self.item() if self.kinds[self.i] in ITEM_STARTS else self.statement()

    def _variable(self, word: str) -> Stmt:
        span, written = self.token_span(self.i), VARIABLE_WORDS[word]
        instead = "a variable is made with `let`, one that changes with `let mut`"
        self.foreign(span, word, instead, Edit(span, written))
        return self.let()

    def _skipped(self, word: str) -> Stmt:
        gap = Span(self.file, self.starts[self.i], self.starts[self.i + 1])
        instead = SKIPPED_WORDS[word]
        self.foreign(self.token_span(self.i), word, instead, Edit(gap, "pub " if instead == "write `pub`" else ""))
        self.i += 1
        return self.item() if self.kinds[self.i] in ITEM_STARTS else self.statement()

    def _header(self, word: str) -> Stmt:
        keyword, instead = HEADER_WORDS[word]
        span = self.token_span(self.i)
        edits = (Edit(span, REPLACED_BY[word]),) if word in REPLACED_BY else ()
        self.foreign(span, word, instead, *edits)
        self.kinds[self.i] = keyword
        return self.statement()

    def _with_handlers(self, word: str) -> Stmt:
        """`try:` and what handles its errors, of which only the blocks are looked at."""
        start = self.starts[self.i]
        self.foreign(self.token_span(self.i), word, TRY_WORDS[word])
        self.i += 1
        made = self.body(f"`{word}:`")
        while self._at_handler():
            self.i += self.kinds[self.i] in ("NEWLINE", "DEDENT")
            while self.kinds[self.i] not in (":", *LINE_ENDS):
                self.i += 1
            self.body("this handler's `:`")
        return Block((made,), span=self.span_from(start))

    def _at_handler(self) -> bool:
        i = self.i + (self.kinds[self.i] in ("NEWLINE", "DEDENT"))
        return self.texts[i] in HANDLER_WORDS or (self.kinds[i] == "else" and self.kinds[self.i] == "DEDENT")

    def _given_up(self, word: str) -> None:
        """Fails with what to write instead. Raises Broken."""
        first = self.i
        instead = {**TRY_WORDS, **GIVEN_UP}[word]
        edits: tuple[Edit, ...] = ()
        if word == "import" and self.kinds[first + 2] in LINE_ENDS:
            instead, edits = self._use((self.texts[first + 1],), ())
        elif word == "from" and self.texts[first + 2] == "import":
            names = [self.texts[i] for i in range(first + 3, self.line_end()) if self.kinds[i] == "NAME"]
            instead, edits = self._use((self.texts[first + 1],), tuple(names))
        self.fail(ForeignSyntax(span=self.token_span(first), written=word, instead=instead, edits=edits))

    def _use(self, path: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, tuple[Edit, ...]]:
        """The `use` line that is meant by an import, and the edit that writes it."""
        from kayton.ir.builtins import STD_FUNCTIONS

        module = ".".join(path)
        module = f"std.{module}" if f"std.{module}" in STD_FUNCTIONS else module
        line = f"use {module}.{{{', '.join(names)}}}" if names else f"use {module}"
        return f"write `{line}`", (Edit(self.token_span(self.i, self.line_end() - 1), line),)
