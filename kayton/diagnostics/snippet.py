"""Excerpts of source with marks under them, as wide as a terminal shows them.

Characters take the columns that a terminal gives them: a tab up to the next stop, a wide character two, a combining one none. A
control character is shown as a replacement, so that no source can command the terminal. Of a long line only a window around
the mark is shown, and only that is looked at. A stretch of several lines has a rail beside it:

    4 |     let x = match n:
      |  ___________^
    5 | |       1: "one"
    6 | |       2: 2
      | |__________^ two types
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

TAB = 4
_BEFORE, _WINDOW = 60, 160
"""How many characters of a long line are shown before a mark, and how many in all."""
_RAILED = 2
"""How many lines are shown at either end of a long stretch."""


@frozen
class Mark:
    """A stretch of one line, columns from 1 and `end` exclusive, with what is said about it. `sign` is `^` or `-`."""

    line: int
    start: int
    end: int
    sign: str = "^"
    text: str = ""


@frozen
class Rail:
    """A stretch of several lines: from the column `start` of `line` to the column `end`, exclusive, of the line `last`."""

    line: int
    start: int
    last: int
    end: int
    text: str = ""


@frozen
class Colours:
    """Control sequences for a terminal; all empty for plain text."""

    error: str = ""
    warning: str = ""
    strong: str = ""
    frame: str = ""
    help: str = ""
    removed: str = ""
    added: str = ""
    off: str = ""

    def paint(self, colour: str, text: str) -> str:
        """The text in one of these colours."""
        return f"{colour}{text}{self.off}" if colour and text else text


PLAIN = Colours()
ANSI = Colours(
    "\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[1;34m", "\x1b[1;36m", "\x1b[31m", "\x1b[32m", "\x1b[0m"
)


class Lines:
    """The lines of one text, found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        find = text.find
        while (at := find("\n", self._starts[-1])) >= 0:
            self._starts.append(at + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def length(self, line: int) -> int:
        """How many characters a line has, its end not counted; 0 for one that is not there."""
        start, end = self._bounds(line)
        return end - start

    def part(self, line: int, first: int, last: int) -> str:
        """The characters of a line from the column `first` up to, not including, `last`."""
        start, end = self._bounds(line)
        return self._text[min(start + first - 1, end) : min(start + last - 1, end)]

    def blanks(self, line: int) -> int:
        """How many blanks a line starts with, as far as a window reaches."""
        head = self.part(line, 1, _WINDOW)
        return len(head) - len(head.lstrip())

    def _bounds(self, line: int) -> tuple[int, int]:
        if not 0 < line <= len(self._starts):
            return 0, 0
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._text)
        return start, end - 1 if end > start and self._text[end - 1] == "\r" else end


def span_marks(lines: Lines, start: int, end: int, sign: str, text: str) -> tuple[list[Mark], Rail | None]:
    """The mark of a stretch of source; for one of several lines the rail, or where it is only pointed at a mark of its start."""
    (line, column), (last, last_column) = lines.position(start), lines.position(max(end, start))
    while last > line and lines.part(last, 1, last_column).strip() == "":
        last, last_column = last - 1, lines.length(last - 1) + 1
    if line == last:
        return [Mark(line, column, max(last_column, column + 1), sign, text)], None
    if sign != "^":
        return [Mark(line, column, max(lines.length(line) + 1, column + 1), sign, text)], None
    return [], Rail(line, column, last, last_column, text)


def gutter(marks: Sequence[Mark], rail: Rail | None = None) -> int:
    """How wide the line numbers are."""
    lines = [m.line for m in marks] if rail is None else [rail.last, *[m.line for m in marks]]
    return len(str(max(lines, default=1)))


class Excerpt:
    """The marked lines of one file with their numbers, each followed by its marks; `width` columns are for the numbers."""

    def __init__(self, lines: Lines, width: int, colours: Colours, accent: str, rail: Rail | None = None) -> None:
        self.lines = lines
        self.width = width
        self.colours = colours
        self.accent = accent
        self.rail = rail
        self.out: list[str] = []

    def of(self, marks: Sequence[Mark]) -> list[str]:
        """The whole excerpt."""
        rail = self.rail
        shown = {m.line for m in marks}
        if rail is not None:
            middle = range(rail.line + _RAILED, rail.last - _RAILED + 1)
            shown |= set(range(rail.line, rail.last + 1)) - (set(middle) if len(middle) > 1 else set())
        self._row(None, "")
        previous = 0
        for line in sorted(shown):
            if previous and line > previous + 1:
                self._gap(previous)
            self._line(line, [m for m in marks if m.line == line])
            previous = line
        return self.out

    def _row(self, number: int | None, text: str, edge: str = "") -> None:
        gutter_ = " " * self.width if number is None else f"{number:>{self.width}}"
        edge = self.colours.paint(self.accent, edge) if edge.strip() else edge
        self.out.append(f"{self.colours.paint(self.colours.frame, f'{gutter_} |')} {edge}{text}".rstrip())

    def _gap(self, line: int) -> None:
        paint = self.colours.paint
        railed = self.rail is not None and self.rail.line <= line < self.rail.last
        dots = paint(self.colours.frame, "...")
        self.out.append(f"{dots}{' ' * self.width}{paint(self.accent, '|')}" if railed else dots)

    def _line(self, line: int, marks: list[Mark]) -> None:
        rail = self.rail
        here = sorted(marks, key=lambda m: (m.start, m.sign != "^"))
        first, text = _window(self.lines, line, here[0].start if here else 1)
        shown, columns = _displayed(text)
        cut = "…" if first > 1 else ""
        more = "…" if first - 1 + len(text) < self.lines.length(line) else ""
        opens = rail is not None and line == rail.line
        at_start = opens and rail.start == self.lines.blanks(line) + 1
        self._row(line, f"{cut}{shown}{more}", "/ " if at_start else self._edge(line))
        edge = "| " if at_start else self._edge(line)
        placed = [(m, len(cut) + _before(m.start, first, columns), _under(m, first, columns)) for m in here]
        self._marks(placed, edge)
        if opens and not at_start:
            column = len(cut) + _before(rail.start, first, columns)
            self._row(None, self.colours.paint(self.accent, f"{'_' * (column + 1)}^"), " ")
        elif rail is not None and line == rail.last:
            column = len(cut) + max(_before(rail.end, first, columns) - 1, 0)
            self._row(None, self.colours.paint(self.accent, f"{'_' * (column + 1)}^ {rail.text}".rstrip()), "|")

    def _edge(self, line: int) -> str:
        """What stands between the number and the text of a line, or of the rows under it."""
        rail = self.rail
        if rail is None:
            return ""
        return "| " if rail.line < line <= rail.last else "  "

    def _marks(self, placed: list[tuple[Mark, int, str]], edge: str) -> None:
        """Marks that do not overlap share a row. The last has its text beside it, the others theirs further down."""
        while placed:
            row, rest, end = [], [], 0
            for one in placed:
                (row if one[1] >= end else rest).append(one)
                end = max(end, one[1] + len(one[2])) if one in row else end
            self._shared_row(row, edge)
            placed = rest

    def _shared_row(self, row: list[tuple[Mark, int, str]], edge: str) -> None:
        painted, at = "", 0
        for m, column, signs in row:
            said = f"{signs} {m.text}".rstrip() if m is row[-1][0] else signs
            painted += " " * (column - at) + self.colours.paint(self._colour(m), said)
            at = column + len(signs)
        self._row(None, painted, edge)
        waiting = [one for one in row[:-1] if one[0].text]
        if waiting:
            self._row(None, self._bars(waiting), edge)
        while waiting:
            m, column, _ = waiting.pop()
            bars = self._bars(waiting)
            room = column - (waiting[-1][1] + 1 if waiting else 0)
            self._row(None, bars + " " * room + self.colours.paint(self._colour(m), m.text), edge)

    def _bars(self, waiting: list[tuple[Mark, int, str]]) -> str:
        painted, at = "", 0
        for m, column, _ in waiting:
            painted += " " * (column - at) + self.colours.paint(self._colour(m), "|")
            at = column + 1
        return painted

    def _colour(self, m: Mark) -> str:
        return self.accent if m.sign == "^" else self.colours.frame


def _window(lines: Lines, line: int, column: int) -> tuple[int, str]:
    """The column where what is shown of a line starts, and the characters shown."""
    first = 1 if lines.length(line) <= _WINDOW else max(1, column - _BEFORE)
    return first, lines.part(line, first, first + _WINDOW)


def _displayed(text: str) -> tuple[str, list[int]]:
    """The text as a terminal can show it, and the display column of each character, with the end's at the end."""
    out, columns, at = [], [], 0
    for c in text:
        columns.append(at)
        if c == "\t":
            shown = " " * (TAB - at % TAB)
        else:
            shown = c if c.isprintable() else "\ufffd"
        out.append(shown)
        at += len(shown) if c == "\t" else _width(c)
    columns.append(at)
    return "".join(out), columns


def _width(c: str) -> int:
    """How many columns a terminal gives a character."""
    if c.isascii():
        return 1
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _before(column: int, first: int, columns: list[int]) -> int:
    """The display column of a column of the source; cut where the window is."""
    last = len(columns) - 1
    return columns[min(max(column - first, 0), last)] + max(column - first - last, 0)


def _under(m: Mark, first: int, columns: list[int]) -> str:
    """The signs under a mark."""
    last = len(columns) - 1
    start = min(max(m.start - first, 0), last)
    end = min(max(m.end - first, start), last)
    return m.sign * max(columns[end] - columns[start], 1)


def displayed(text: str) -> str:
    """The text as a terminal can show it."""
    return _displayed(text)[0]
