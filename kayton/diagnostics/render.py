"""Diagnostics as text for people (LANGUAGE §10).

    error[K0220]: unknown name lenght
     --> main.ktn:4:11
      |
    4 |     print(lenght)
      |           ^^^^^^ nothing in scope has this name
      = help: did you mean `length`?
      |
    4 -     print(lenght)
    4 +     print(length)
"""

from __future__ import annotations

from collections.abc import Iterable

from kayton.diagnostics.codes import Diagnostic, Fix, Label
from kayton.diagnostics.fixing import Change, changes, files_of
from kayton.diagnostics.snippet import PLAIN, Colours, Excerpt, Lines, Mark, Rail, displayed, gutter, span_marks
from kayton.ir.source import SourceMap

_MOST_CHANGED = 3
"""Of a fix that changes more lines than this only so many are shown."""
_WIDEST = 160
"""A line that is longer is not shown as changed: the excerpt above shows where it is."""


def render(diagnostics: Iterable[Diagnostic], sources: SourceMap, *, colour: Colours = PLAIN) -> str:
    """All diagnostics in the order of their places, each once, with a blank line between; ends in a newline unless empty."""
    made = _Renderer(sources, colour)
    return "\n".join(f"{made.block(d)}\n" for d in in_order(diagnostics))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file and position; what is said twice of one place is kept once."""
    unique = {(d.span, d.code, d.message()): d for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


class _Renderer:
    """Renders diagnostics of one set of sources, whose lines it finds once."""

    def __init__(self, sources: SourceMap, colour: Colours) -> None:
        self.sources = sources
        self.colour = colour
        self._texts: dict[int, Lines] = {}

    def block(self, d: Diagnostic) -> str:
        """One diagnostic, without the end of its last line."""
        colour = self.colour
        accent = colour.error if d.severity == "error" else colour.warning
        title = f"{colour.paint(accent, f'{d.severity}[{d.code}]')}{colour.paint(colour.strong, f': {one_line(d.message())}')}"
        marks, rails = self._marked(d)
        width = max(gutter(marks[file], rails.get(file)) for file in marks)
        out = [title]
        for file in marks:
            line, column = self._position(d, file, marks)
            arrow = "-->" if file == d.span.file else ":::"
            out.append(f"{' ' * width}{colour.paint(colour.frame, arrow)} {self.sources[file].path}:{line}:{column}")
            out += Excerpt(self.lines(file), width, colour, accent, rails.get(file)).of(marks[file])
        out += [self._remark(width, "note", colour.strong, text) for text in d.notes()]
        out += [self._remark(width, "help", colour.help, text) for text in d.helps()]
        for fix in d.fixes():
            out += [self._remark(width, "help", colour.help, fix.about), *self._change(fix, width, d)]
        return "\n".join(out)

    def _marked(self, d: Diagnostic) -> tuple[dict[int, list[Mark]], dict[int, Rail]]:
        """The marks, and the rail of a stretch of several lines, by file; the diagnostic's own file first."""
        marks: dict[int, list[Mark]] = {d.span.file: []}
        rails: dict[int, Rail] = {}
        for label, sign in [(Label(d.span, d.label()), "^"), *((other, "-") for other in d.labels())]:
            span = label.span
            found, rail = span_marks(self.lines(span.file), span.start, span.end, sign, one_line(label.text))
            marks.setdefault(span.file, []).extend(found)
            if rail is not None:
                rails[span.file] = rail
        return marks, rails

    def _position(self, d: Diagnostic, file: int, marks: dict[int, list[Mark]]) -> tuple[int, int]:
        if file == d.span.file:
            return self.lines(file).position(d.span.start)
        return marks[file][0].line, marks[file][0].start

    def _remark(self, width: int, kind: str, accent: str, text: str) -> str:
        equals = self.colour.paint(self.colour.frame, f"{' ' * width} =")
        return f"{equals} {self.colour.paint(accent, kind)}: {one_line(text)}"

    def _change(self, fix: Fix, width: int, d: Diagnostic) -> list[str]:
        """The lines that a fix changes, before and after."""
        files = files_of(fix)
        made = [c for file in files for c in changes(self.sources[file].text, [e for e in fix.edits if e.span.file == file])]
        if any(len(line) > _WIDEST for c in made for line in (*c.old, *c.new)):
            return []
        frame = self.colour.paint(self.colour.frame, f"{' ' * width} |")
        out = [frame]
        if files != [d.span.file]:
            arrow = self.colour.paint(self.colour.frame, ":::")
            out = [f"{' ' * width}{arrow} {self.sources[files[0]].path}", frame]
        for c in made[:_MOST_CHANGED]:
            out += self._lines_changed(c, width)
        return [*out, *["..."] * (len(made) > _MOST_CHANGED)]

    def _lines_changed(self, c: Change, width: int) -> list[str]:
        colour, out = self.colour, []
        for sign, accent, lines in (("-", colour.removed, c.old), ("+", colour.added, c.new)):
            for i, line in enumerate([_with_tabs(line) for line in lines[: _MOST_CHANGED + 1]]):
                number = f"{c.line + i:>{width}}" if i < max(len(c.old), 1) or sign == "-" else " " * width
                out.append(f"{colour.paint(accent, f'{number} {sign} {displayed(line)}'.rstrip())}")
            out += ["..."] * (len(lines) > _MOST_CHANGED + 1)
        return out

    def lines(self, file: int) -> Lines:
        """The lines of a file."""
        found = self._texts.get(file)
        if found is None:
            found = self._texts[file] = Lines(self.sources[file].text)
        return found


def _with_tabs(line: str) -> str:
    """A changed line, in which a tab can be told from blanks."""
    return line.replace("\t", "→   ")


def one_line(text: str) -> str:
    """What stands in one line of a terminal: control characters are shown as a replacement."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c == "\n" else "\ufffd" for c in text)
