"""Fixes applied to the text: all together, or one to be shown as the lines that it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from kayton.diagnostics.codes import MACHINE, Diagnostic, Edit, Fix
from kayton.ir.source import SourceMap


@frozen
class Change:
    """Lines of a file that a fix replaces, by the number of the first; lines have no end."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits of it that do not overlap; at one place they stand in the order given."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def changes(text: str, edits: Sequence[Edit]) -> list[Change]:
    """What edits of one file change, stretch of lines by stretch of lines."""
    out: list[Change] = []
    waiting = sorted(edits, key=lambda e: (e.span.start, e.span.end))
    while waiting:
        group = [waiting.pop(0)]
        start = text.rfind("\n", 0, group[0].span.start) + 1
        end = _line_end(text, group[0].span.end)
        while waiting and waiting[0].span.start <= end:
            group.append(waiting.pop(0))
            end = max(end, _line_end(text, group[-1].span.end))
        new = applied(text[:end], group)[start:]
        old_lines, new_lines = text[start:end].splitlines(), new.splitlines()
        number = text.count("\n", 0, start) + 1
        while old_lines and new_lines and old_lines[0] == new_lines[0]:
            del old_lines[0], new_lines[0]
            number += 1
        while old_lines and new_lines and old_lines[-1] == new_lines[-1]:
            del old_lines[-1], new_lines[-1]
        out.append(Change(number, tuple(old_lines), tuple(new_lines)))
    return out


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def fixed(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> dict[int, str]:
    """The texts of the files that machine-applicable fixes change; a fix that overlaps an earlier one is left for another time."""
    chosen: dict[int, list[Edit]] = {}
    for fix in [f for d in diagnostics for f in d.fixes()[:1] if f.applicability == MACHINE]:
        if not any(_overlap(e, other) for e in fix.edits for other in chosen.get(e.span.file, ())):
            for e in fix.edits:
                chosen.setdefault(e.span.file, []).append(e)
    return {file: applied(sources[file].text, edits) for file, edits in chosen.items()}


def _overlap(a: Edit, b: Edit) -> bool:
    if a == b:
        return True
    return a.span.start < b.span.end and b.span.start < a.span.end


def files_of(fix: Fix) -> list[int]:
    """The files that a fix changes, each once."""
    return list(dict.fromkeys(e.span.file for e in fix.edits))
