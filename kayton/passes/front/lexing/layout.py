"""Layout: where statements end and blocks begin and end, doc comments included (LANGUAGE §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kayton.diagnostics.codes import Edit
from kayton.diagnostics.text import ForeignComment, Semicolon, TabInIndentation, UnevenDedent
from kayton.passes.front.lexing import rules

if TYPE_CHECKING:
    from kayton.passes.front.lexing.scanner import Scanner

_TAB_WIDTH = 4
_NO_STATEMENT = frozenset(("NEWLINE", "INDENT", "DEDENT", "DOC"))


class Layout:
    """Adds NEWLINE, INDENT, DEDENT, DOC and END to a scanner's tokens. `levels` are the open blocks' indentations."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.levels = [0]
        self.tabs: list[Edit] = []
        """The indentations with tabs, as they would be without."""
        self.slashes: list[Edit] = []
        """The `//` that lines start with."""
        self.semicolons: list[Edit] = []
        """Those that end a line."""

    def start(self) -> int:
        """Lays out the first line; gives the offset where scanning begins."""
        return self._open_line(*self._next_line(1 if self.scanner.text.startswith("\ufeff") else 0))

    def newline(self, start: int, end: int) -> int:
        """Deals with a line's end outside of brackets; gives the offset of the next token."""
        scanner = self.scanner
        line, at, docs = self._next_line(end)
        text, tokens = scanner.text, scanner.tokens
        if text.startswith(".", at) and not text.startswith("..", at) and at - line >= self.levels[-1]:
            return at  # further left the statement is one with a suite, and ends there
        goes_on = tokens and tokens[-1].kind in rules.CONTINUING and at < len(text)
        if goes_on and not self.starts_statement(line) and not self._decrement():
            return at
        self.end_statement(start)
        return self._open_line(line, at, docs)

    def end_statement(self, at: int) -> None:
        """Adds a NEWLINE if a statement is open."""
        tokens = self.scanner.tokens
        if tokens and tokens[-1].kind not in _NO_STATEMENT:
            self.scanner.emit("NEWLINE", "", at, at)

    def finish(self, end: int) -> None:
        """Ends the last statement and all blocks, and reports what is one mistake however many lines have it."""
        self.end_statement(end)
        for _ in self.levels[1:]:
            self.scanner.emit("DEDENT", "", end, end)
        self.scanner.emit("END", "", end, end)
        report = self.scanner.report
        if self.tabs:
            first = self.tabs[0].span
            tab = self.scanner.text.index("\t", first.start)
            report(TabInIndentation(span=self.scanner.span(tab, tab + 1), lines=tuple(self.tabs)))
        if self.slashes:
            start = self.slashes[0].span.start
            line = rules.REST_OF_LINE.match(self.scanner.text, start).end()
            more = len(self.slashes) - 1
            report(ForeignComment(span=self.scanner.span(start, line), written="//", edits=tuple(self.slashes), more=more))
        if self.semicolons:
            report(Semicolon(span=self.semicolons[0].span, edits=tuple(self.semicolons)))

    def starts_statement(self, at: int) -> bool:
        """Whether the line at `at` cannot go on with what was begun before: it starts like a definition or a `let`, and no
        further right than the block. Then an operand or a closing bracket was forgotten."""
        m = rules.LINE.match(self.scanner.text, at)
        if m is None or len(m[1]) > self.levels[-1] or not rules.ITEM_LINE.match(self.scanner.text, m.end(1)):
            return False
        return self.scanner.tokens[-1].kind not in rules.TAKES_COLON

    def _decrement(self) -> bool:
        """Whether the line ends in `--`, which elsewhere is a statement's end."""
        before = self.scanner.tokens[-2:]
        return [t.kind for t in before] == ["-", "-"] and before[0].end == before[1].start

    def _next_line(self, pos: int) -> tuple[int, int, list[str]]:
        """Skips blank lines: where the next line starts, where its first token does, and the doc comments before it."""
        text, docs, match = self.scanner.text, [], rules.LINE.match
        while True:
            m = match(text, pos)
            if m[2] is not None and m[2][0] == "#":
                self.scanner.comments.append(m.span(2))
            if m[2] is not None and m[2].startswith("##"):
                docs.append(m[2].lstrip("#").removeprefix(" ").rstrip())
            elif m[2] is not None and m[2][0] == "/":
                self.slashes.append(Edit(self.scanner.span(m.start(2), m.start(2) + 2), "#"))
            if m[3] is None:
                return pos, (m.end() if m[2] is not None else m.end(1)), docs
            pos = m.end()

    def _open_line(self, line: int, at: int, docs: list[str]) -> int:
        """Compares the line's indentation with the open blocks."""
        scanner = self.scanner
        if at == len(scanner.text):
            return at
        indent = at - line
        if scanner.text.find("\t", line, at) >= 0:
            indent = self._tabs(line, at)
        if indent > self.levels[-1]:
            self.levels.append(indent)
            scanner.emit("INDENT", "", at, at)
        elif indent < self.levels[-1]:
            self._dedent(indent, at)
        if docs and rules.DOCUMENTED.match(scanner.text, at):
            scanner.emit("DOC", "\n".join(docs), at, at)
        return at

    def _dedent(self, indent: int, at: int) -> None:
        levels = self.levels
        while levels[-2] >= indent if len(levels) > 1 else False:
            levels.pop()
            self.scanner.emit("DEDENT", "", at, at)
        if levels[-1] > indent:  # between two levels: the inner block goes on at the line's own
            enclosing = tuple(levels)
            levels[-1] = indent
            self.scanner.report(UnevenDedent(span=self.scanner.span(at, at + 1), indent=indent, enclosing=enclosing))

    def _tabs(self, line: int, at: int) -> int:
        """The indentation with tabs as stops every four columns, which is kept for the report."""
        spaces = self.scanner.text[line:at].expandtabs(_TAB_WIDTH)
        self.tabs.append(Edit(self.scanner.span(line, at), spaces))
        return len(spaces)
