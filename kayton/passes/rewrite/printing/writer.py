"""What the printer writes to: pieces of text, and layout that is decided later.

A bracket stands on one line if what is in it is short, else each of its items has a line of its own. Which it is, is known when it
is closed; so what may become a line's end has a slot among the pieces, and indentation is counted when the pieces are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")

WIDEST = 100
"""The longest text between two brackets that stands on one line."""

_SHORT = 14
"""Items of no more than this many characters, `, ` included, share lines."""

_INDENTATION = "    "


MOST_LEVELS = 20
"""Deeper than this brackets stay on one line: each level would indent all that is in it."""


class _Layout:
    """A piece that is no text."""


_BREAK, _BLANK, _DEEPER, _LESS = _Layout(), _Layout(), _Layout(), _Layout()


class _Slot(NamedTuple):
    """What stands in a broken bracket at its start, after an item, or at its end, and what does where it is not broken after all."""

    broken: tuple[str | _Layout, ...]
    flat: str


def _last_on_lines(commas: list[int], starts: list[int]) -> list[int]:
    """The commas that end a line, when an item starts at each of `starts`: every one, or as few as can be where all items are short."""
    if max([b - a for a, b in zip(starts, starts[1:], strict=False)]) > _SHORT:
        return commas
    found, line = [], starts[0]
    for i, comma in enumerate(commas):
        if starts[i + 2] - line > WIDEST:
            found.append(comma)
            line = starts[i + 1]
    return found


class Writer:
    """Text in the making. `brackets` counts those that are open: inside of one there are no blocks on lines of their own."""

    def __init__(self) -> None:
        self.pieces: list[str | _Layout | _Slot] = []
        self.brackets = 0
        self._width = 0
        self._holes = 0
        self._note = ""
        self._line_start = 0
        self.lines_written = 0
        """How many lines have ended, as far as that is known."""

    def write(self, text: str) -> None:
        """Adds text, which has no end of a line in it."""
        self.pieces.append(text)
        self._width += len(text)

    # Lines

    def line(self) -> None:
        """Ends the line."""
        self._end()
        self.pieces.append(_BREAK)
        self._line_start = self._width
        self.lines_written += 1

    def gap(self) -> int:
        """A place for a blank line before the next one."""
        self._end()
        self.pieces.append("")
        return len(self.pieces) - 1

    def widen(self, gap: int) -> None:
        """Leaves a line empty there."""
        self.pieces[gap] = _BLANK

    def wrap(self) -> None:
        """Goes on in the next line, indented."""
        if not self._holes:
            self.pieces += (_DEEPER, _BREAK, _LESS)
            self.lines_written += 1
            self._line_start = self._width

    def blank(self) -> None:
        """Leaves a line empty; the next piece is a line's end."""
        self._end()
        self.pieces.append(_BLANK)

    def note(self, comment: str) -> None:
        """A comment that goes to the end of the current line."""
        self._note = comment

    def _end(self) -> None:
        if self._note:
            self.pieces.append(f"  {self._note}")
            self._note = ""

    def indented(self, show: Callable[[], None]) -> None:
        """What is written by `show` is indented once more."""
        self.pieces.append(_DEEPER)
        show()
        self.pieces.append(_LESS)

    # What stands on one line if that is short enough

    def space(self) -> int:
        """A blank where the line can be split; gives its place."""
        self.write(" ")
        return len(self.pieces) - 1

    def split(self, places: Sequence[int]) -> None:
        """Splits a line that is too long at these places."""
        if self._width - self._line_start > WIDEST:
            self.lines_written += len(places)
            for at in places:
                self.pieces[at] = _BREAK

    def flat_or_indented(self, show: Callable[[], None]) -> None:
        """What is written by `show` goes on in this line, or, if that gets too long, stands indented on one of its own."""
        first = self.space()
        show()
        if self._width - self._line_start > WIDEST:
            self.lines_written += 1
            self.pieces[first] = _Slot((_DEEPER, _BREAK), " ")
            self.pieces.append(_Slot((_LESS,), ""))

    # Brackets

    def bracketed(self, opener: str, items: Sequence[T], show: Callable[[T], None], closer: str) -> None:
        """`opener`, the items with commas between them, `closer`."""
        self.write(opener)
        self.brackets += 1
        first, starts, commas = len(self.pieces), [self._width], []
        self.pieces.append("")
        for i, item in enumerate(items):
            if i:
                commas.append(len(self.pieces))
                self.write(", ")
                starts.append(self._width)
            show(item)
        if self._width - starts[0] > WIDEST and not self._holes:
            self.lines_written += 1
            self.pieces[first] = _Slot((_DEEPER, _BREAK), "")
            for at in _last_on_lines(commas, [*starts, self._width + 2]):
                self.pieces[at] = _Slot((",", _BREAK), ", ")
            self.pieces.append(_Slot((",", _LESS, _BREAK), "," if closer[0] == "," else ""))
            closer = closer.removeprefix(",")
        self.brackets -= 1
        self.write(closer)

    def grouped(self, show: Callable[[], None]) -> None:
        """What is written by `show`, in parentheses."""
        self.write("(")
        self.brackets += 1
        show()
        self.brackets -= 1
        self.write(")")

    def in_hole(self, show: Callable[[], None]) -> None:
        """What is written by `show`, in the hole of an f-string, which is all on one line."""
        self.write("{")
        self.brackets += 1
        self._holes += 1
        show()
        self._holes -= 1
        self.brackets -= 1

    def text(self) -> str:
        """All that was written."""
        self._end()
        found: list[str] = []
        level, flat = 0, 0  # `flat`: open brackets that would be broken too deep
        for piece in self.pieces:
            if piece.__class__ is _Slot:
                flat += piece.broken[0] is _DEEPER and (flat > 0 or level >= MOST_LEVELS)
                if flat:
                    found.append(piece.flat)
                    flat -= _LESS in piece.broken
                    continue
            for part in piece.broken if piece.__class__ is _Slot else (piece,):
                if part is _BREAK:
                    found.append(f"\n{_INDENTATION * level}")
                elif part is _BLANK:
                    found.append("\n")
                elif part.__class__ is str:
                    found.append(part)
                else:
                    level += 1 if part is _DEEPER else -1
        return "".join(found)
