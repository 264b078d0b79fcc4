"""Excerpts of source with marks under them, as wide as a terminal shows them.

Characters take the columns that a terminal gives them: a tab up to the next stop, a wide character two, a combining one none. A
control character is shown as a replacement, so that no source can command the terminal. Of a long line only a window around
the mark is shown, and only that is looked at.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from attrs import frozen

TAB = 4
_BEFORE, _WINDOW = 60, 160
"""How many characters of a long line are shown before a mark, and how many in all."""


@frozen
class Mark:
    """A stretch of one line, columns from 1 and `end` exclusive, with what is said about it. `sign` is `^` or `-`."""

    line: int
    start: int
    end: int
    sign: str = "^"
    text: str = ""


@frozen
class Colours:
    """Control sequences for a terminal; all empty for plain text."""

    error: str = ""
    warning: str = ""
    strong: str = ""
    frame: str = ""
    off: str = ""

    def paint(self, colour: str, text: str) -> str:
        """The text in one of these colours."""
        return f"{colour}{text}{self.off}" if colour and text else text


PLAIN = Colours()
ANSI = Colours("\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[1;34m", "\x1b[0m")


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


def span_marks(lines: Lines, start: int, end: int, sign: str, text: str) -> list[Mark]:
    """The marks of a stretch of source: one, or for several lines one under the first and one under the last."""
    (line, column), (last, last_column) = lines.position(start), lines.position(max(end, start))
    if line == last:
        return [Mark(line, column, max(last_column, column + 1), sign, text)]
    while last > line and lines.part(last, 1, last_column).strip() == "":
        last, last_column = last - 1, lines.length(last - 1) + 1
    if line == last:
        return [Mark(line, column, max(last_column, column + 1), sign, text)]
    first = Mark(line, column, max(lines.length(line) + 1, column + 1), sign, "")
    return [first, Mark(last, lines.blanks(last) + 1, last_column, sign, text)]


def gutter(marks: list[Mark]) -> int:
    """How wide the line numbers are."""
    return max(len(str(m.line)) for m in marks)


def excerpt(lines: Lines, marks: list[Mark], width: int, colours: Colours, accent: str) -> list[str]:
    """The marked lines with their numbers, each followed by its marks; `width` columns are for the numbers."""
    empty = colours.paint(colours.frame, f"{' ' * width} |")
    out, previous = [empty], 0
    for line in sorted({m.line for m in marks}):
        if previous and line > previous + 1:
            out.append(colours.paint(colours.frame, "..."))
        here = sorted((m for m in marks if m.line == line), key=lambda m: (m.start, m.sign != "^"))
        first, text = _window(lines, line, here[0].start)
        shown, columns = _displayed(text)
        cut = "…" if first > 1 else ""
        more = "…" if first - 1 + len(text) < lines.length(line) else ""
        out.append(f"{colours.paint(colours.frame, f'{line:>{width}} |')} {cut}{shown}{more}".rstrip())
        for m in here:
            under = _under(m, first, columns)
            colour = accent if m.sign == "^" else colours.frame
            said = f"{under[1]} {m.text}".rstrip()
            out.append(f"{empty} {' ' * (len(cut) + under[0])}{colours.paint(colour, said)}")
        previous = line
    return out


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


def _under(m: Mark, first: int, columns: list[int]) -> tuple[int, str]:
    """The display column where a mark starts, and its signs; cut where the window is."""
    last = len(columns) - 1
    start = min(max(m.start - first, 0), last)
    end = min(max(m.end - first, start), last)
    before = columns[start] + max(m.start - first - last, 0)
    return before, m.sign * max(columns[end] - columns[start], 1)
