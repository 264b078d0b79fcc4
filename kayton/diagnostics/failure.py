"""A run-time error as text for people (LANGUAGE §10).

    error: index out of range: the length is 3 but the index is 5
     --> main.ktn:2:5
      |
    2 |     xs[5]
      |     ^^^^^
      = help: indices count from 0, so the last one is 2
      in third at main.ktn:2:5    xs[5]
      in main at main.ktn:5:11    print(third([1, 2, 3]))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.diagnostics.snippet import PLAIN, Colours, Excerpt, Lines, Mark, displayed, gutter

Call = tuple[str, str, int, int, int, int]
"""A call in a trace: function, path, line, column, end line, end column."""
Read = Callable[[str], str | None]
"""Gives a file's text, or None."""

_LONGEST_CYCLE = 6
"""Functions that call each other in turn are folded up to this many."""
_WIDEST_PLACE, _WIDEST_LINE = 48, 100


def render_runtime_error(
    message: str,
    trace: Sequence[Call],
    omitted: int,
    read: Read,
    *,
    omitted_at: int | None = None,
    helps: Sequence[str] = (),
    colour: Colours = PLAIN,
) -> str:
    """A run-time error: message, place, source line with a caret, helps, and the calls that led there, innermost first.

    `omitted` calls are left out of the trace, before the place `omitted_at` (its end where that is None); calls that repeat are
    folded. Where `read` gives None no source line is shown. The message is the program's own text and is shown as it is.
    """
    title = f"{colour.paint(colour.error, 'error')}{colour.paint(colour.strong, f': {message}')}"
    if not trace:
        return f"{title}\n"
    texts = {path: read(path) for path in dict.fromkeys([call[1] for call in trace])}
    files = {path: Lines(text) for path, text in texts.items() if text is not None}
    _, path, line, column, end_line, end_column = trace[0]
    marks = _place_marks(files[path], line, column, end_line, end_column) if path in files else []
    width = gutter(marks)
    out = [title, f"{' ' * width}{colour.paint(colour.frame, '-->')} {path}:{line}:{column}"]
    if marks:
        out += Excerpt(files[path], width, colour, colour.error).of(marks)
    equals = colour.paint(colour.frame, f"{' ' * width} =")
    out += [f"{equals} {colour.paint(colour.help, 'help')}: {text}" for text in helps]
    folded = fold(trace, omitted, len(trace) if omitted_at is None else omitted_at)
    return "\n".join([*out, *_calls(folded, files, colour)]) + "\n"


def _place_marks(lines: Lines, line: int, column: int, end_line: int, end_column: int) -> list[Mark]:
    """The mark under an error's place: its first line only. None where the file has no such line any more."""
    length = lines.length(line)
    if column > length + 1:
        return []
    end = end_column if end_line == line else length + 1
    return [Mark(line, column, max(end, column + 1))]


# ── the calls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def fold(trace: Sequence[Call], omitted: int, omitted_at: int) -> list[Call | int]:
    """The trace with numbers for calls that are not shown: those left out, and repetitions of the calls before."""
    out: list[Call | int] = []
    cycle = _fold_into(out, trace[:omitted_at], frozenset())
    if omitted:
        _hide(out, omitted)
    _fold_into(out, trace[omitted_at:], cycle if omitted else frozenset())
    return out


def _hide(out: list[Call | int], count: int) -> None:
    if out and isinstance(out[-1], int):
        out[-1] += count
    else:
        out.append(count)


def _fold_into(out: list[Call | int], calls: Sequence[Call], cycle: frozenset[Call]) -> frozenset[Call]:
    """Adds calls to the end of `out`; hides those that go on with `cycle`, and gives the cycle in which they end."""
    at = 0
    while at < len(calls):
        if calls[at] in cycle and isinstance(out[-1], int):
            _hide(out, 1)
            at += 1
            continue
        length, times = _repeats(calls, at)
        out += calls[at : at + length]
        cycle = frozenset(calls[at : at + length]) if times > 1 else frozenset()
        if times > 1:
            _hide(out, length * (times - 1))
        at += length * times
    return cycle


def _repeats(calls: Sequence[Call], at: int) -> tuple[int, int]:
    """The shortest block that is repeated here so often that it is worth folding, and how often; else one call."""
    for length in range(1, _LONGEST_CYCLE + 1):
        times = _times(calls, at, length)
        if times * length > length + 2 and times > 1:
            return length, times
    return 1, 1


def _times(calls: Sequence[Call], at: int, length: int) -> int:
    times = 1
    while calls[at + length * times : at + length * (times + 1)] == calls[at : at + length]:
        times += 1
    return times


def _calls(folded: list[Call | int], files: dict[str, Lines], colour: Colours) -> list[str]:
    """A line for each call: the function, the place, the source."""
    heads = [f"  in {c[0]} at {c[1]}:{c[2]}:{c[3]}" for c in folded if not isinstance(c, int)]
    wide = max([len(h) for h in heads if len(h) <= _WIDEST_PLACE], default=0)
    out = []
    for call in folded:
        if isinstance(call, int):
            out.append(colour.paint(colour.frame, f"  … {call:,} more call{'s' if call > 1 else ''} …"))
            continue
        head, lines = heads.pop(0), files.get(call[1])
        text = "" if lines is None else displayed(lines.part(call[2], 1, 1000).strip())
        text = f"{text[:_WIDEST_LINE]}…" if len(text) > _WIDEST_LINE else text
        out.append(f"{head:<{wide}}    {colour.paint(colour.frame, text)}".rstrip() if text else head)
    return out
