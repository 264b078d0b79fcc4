"""The source map: the texts of a compilation, and offsets turned into lines and columns."""

from __future__ import annotations

import os
from bisect import bisect_right
from functools import cached_property

from kayton.ir.node import Span


class Source:
    """One file: its path as the user would write it, and its text."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        starts = [0]
        find = self.text.find
        while (at := find("\n", starts[-1])) >= 0:
            starts.append(at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1; columns count code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its end; empty past the end of the file."""
        if not 0 < number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")


class SourceMap:
    """All files of a compilation; `Span.file` is the index of one."""

    def __init__(self) -> None:
        self.sources: list[Source] = []

    def add(self, path: str, text: str) -> int:
        """Adds a file and gives its index."""
        self.sources.append(Source(path, text))
        return len(self.sources) - 1

    def __getitem__(self, file: int) -> Source:
        return self.sources[file]

    def start(self, span: Span) -> tuple[str, int, int]:
        """Path, line and column where the span starts."""
        source = self.sources[span.file]
        return source.path, *source.position(span.start)

    def end(self, span: Span) -> tuple[int, int]:
        """Line and column just after the span's last character."""
        return self.sources[span.file].position(span.end)

    def beside_main(self, path: str) -> str:
        """A file's path as it stands beside the main file, so that what is made of a program is the same wherever it is."""
        folder = os.path.dirname(self.sources[0].path) if self.sources else ""
        return path[len(folder) :].lstrip("/" + os.sep) if folder and path.startswith(folder) else path
