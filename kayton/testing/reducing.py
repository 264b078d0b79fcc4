"""Makes a program small that shows something: lines are left out as long as it still does."""

from __future__ import annotations

from collections.abc import Callable


def reduced(text: str, shows: Callable[[str], bool], most: int = 2000) -> str:
    """A part of the text's lines that still `shows` what the whole does; of which, after enough tries, no line can be left out.

    Blocks go with their headers: what is left out is a line and all lines below it that stand further in, or any run of lines.
    """
    lines, tries = text.splitlines(keepends=True), 0
    size = max(len(lines) // 2, 1)
    while size:
        at, smaller = 0, False
        while at < len(lines) and tries < most:
            for end in sorted({_suite_end(lines, at), at + 1}, reverse=True) if size == 1 else (at + size,):
                tries += 1
                rest = lines[:at] + lines[end:]
                if shows("".join(rest)):
                    lines, smaller = rest, True
                    break
            else:
                at += size
        size = size if smaller and size == 1 else size // 2
        if tries >= most:
            break
    return "".join(lines)


def _suite_end(lines: list[str], at: int) -> int:
    """The line after the suite that the line starts, if it does."""
    depth = _indentation(lines[at])
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or _indentation(lines[end]) > depth):
        end += 1
    return end


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
