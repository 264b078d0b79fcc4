"""Diagnostics and run-time errors as text for people and as JSON for tools (LANGUAGE §10).

    error[K0301]: expected i64, found str
     --> main.ktn:4:18
      |
    4 |     let n: i64 = "text"
      |                  ^^^^^^ this is a str
      = help: …
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.diagnostics.snippet import PLAIN, Colours, Lines, Mark, excerpt, gutter, span_marks
from kayton.ir.node import Span
from kayton.ir.source import SourceMap

Call = tuple[str, str, int, int, int, int]
"""A call in a trace: function, path, line, column, end line, end column."""


def render(diagnostics: Iterable[Diagnostic], sources: SourceMap, *, colour: Colours = PLAIN) -> str:
    """All diagnostics in the order of their places, each once, with a blank line between; ends in a newline unless empty."""
    texts: dict[int, Lines] = {}
    blocks = [_block(d, sources, texts, colour) for d in in_order(diagnostics)]
    return "\n".join(f"{block}\n" for block in blocks)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file and position; what is said twice of one place is kept once."""
    unique = {(d.span, d.code, d.message()): d for d in diagnostics}
    return [unique[key] for key in sorted(unique)]


def _block(d: Diagnostic, sources: SourceMap, texts: dict[int, Lines], colour: Colours) -> str:
    accent = colour.error if d.severity == "error" else colour.warning
    title = f"{colour.paint(accent, f'{d.severity}[{d.code}]')}{colour.paint(colour.strong, f': {_one_line(d.message())}')}"
    by_file: dict[int, list[Mark]] = {d.span.file: []}
    for label, sign in [(Label(d.span, d.label()), "^"), *((other, "-") for other in d.labels())]:
        span = label.span
        marks = span_marks(_lines(span.file, sources, texts), span.start, span.end, sign, _one_line(label.text))
        by_file.setdefault(span.file, []).extend(marks)
    width = max(gutter(marks) for marks in by_file.values())
    out = [title]
    for file, marks in by_file.items():
        lines = texts[file]
        line, column = lines.position(d.span.start) if file == d.span.file else (marks[0].line, marks[0].start)
        arrow = "-->" if file == d.span.file else ":::"
        out.append(f"{' ' * width}{colour.paint(colour.frame, arrow)} {sources[file].path}:{line}:{column}")
        out += excerpt(lines, marks, width, colour, accent)
    equals = colour.paint(colour.frame, f"{' ' * width} =")
    out += [f"{equals} {kind}: {_one_line(text)}" for kind, texts_ in _remarks(d) for text in texts_]
    return "\n".join(out)


def _remarks(d: Diagnostic) -> list[tuple[str, list[str]]]:
    return [("note", d.notes()), ("help", d.helps())]


def _lines(file: int, sources: SourceMap, texts: dict[int, Lines]) -> Lines:
    found = texts.get(file)
    if found is None:
        found = texts[file] = Lines(sources[file].text)
    return found


def _one_line(text: str) -> str:
    """What stands in one line of a terminal: control characters are shown as a replacement."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c == "\n" else "\ufffd" for c in text)


def render_runtime_error(
    message: str,
    trace: Sequence[Call],
    omitted: int,
    read: Callable[[str], str | None],
    *,
    omitted_at: int | None = None,
    colour: Colours = PLAIN,
) -> str:
    """A run-time error: message, place, source line with a caret, and the calls that led there, innermost first.

    `omitted` calls are left out of the trace, before the place `omitted_at` (its end where that is None). `read` gives a file's
    text, or None: then no source line is shown. The message is the program's own text and is shown as it is.
    """
    title = f"{colour.paint(colour.error, 'error')}{colour.paint(colour.strong, f': {message}')}"
    if not trace:
        return f"{title}\n"
    _, path, line, column, end_line, end_column = trace[0]
    text = read(path)
    lines = None if text is None else Lines(text)
    marks = [] if lines is None else _place_marks(lines, line, column, end_line, end_column)
    width = gutter(marks) if marks else 1
    out = [title, f"{' ' * width}{colour.paint(colour.frame, '-->')} {path}:{line}:{column}"]
    if lines is not None and marks:
        out += excerpt(lines, marks, width, colour, colour.error)
    calls = [f"  in {function} at {file}:{row}:{col}" for function, file, row, col, *_ in trace]
    if omitted:
        at = len(calls) if omitted_at is None else omitted_at
        calls.insert(at, f"  … {omitted:,} more call{'s' if omitted > 1 else ''} …")
    return "\n".join([*out, *calls]) + "\n"


def _place_marks(lines: Lines, line: int, column: int, end_line: int, end_column: int) -> list[Mark]:
    """The mark under an error's place: its first line only. None where the file has no such line any more."""
    length = lines.length(line)
    if column > length + 1:
        return []
    end = end_column if end_line == line else length + 1
    return [Mark(line, column, max(end, column + 1))]


def to_json(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> str:
    """The diagnostics for tools: a JSON list of objects, in the order of their places."""
    return json.dumps([_as_data(d, sources) for d in in_order(diagnostics)], ensure_ascii=False, indent=2)


def _as_data(d: Diagnostic, sources: SourceMap) -> dict[str, Any]:
    return {
        "code": d.code,
        "severity": d.severity,
        "message": d.message(),
        "label": d.label(),
        "place": _place(d.span, sources),
        "labels": [{"text": other.text, "place": _place(other.span, sources)} for other in d.labels()],
        "notes": d.notes(),
        "helps": d.helps(),
        "fixes": [
            {"about": fix.about, "replacement": fix.replacement, "place": _place(fix.span, sources)} for fix in d.fixes()
        ],
    }


def _place(span: Span, sources: SourceMap) -> dict[str, Any]:
    """A span in code points and in lines and columns from 1; ends are exclusive."""
    path, line, column = sources.start(span)
    end_line, end_column = sources.end(span)
    return {
        "path": path, "start": span.start, "end": span.end,
        "line": line, "column": column, "end_line": end_line, "end_column": end_column,
    }
