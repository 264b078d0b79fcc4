"""From a text to its parsed module outside of a pipeline: for modules that are used, and for tests."""

from __future__ import annotations

from pathlib import PurePosixPath

from kayton.ir.surface import Module, Program, SourceFile
from kayton.passes.framework import Cx
from kayton.passes.front.lex import Lex
from kayton.passes.front.parse import Parse


def source_file(name: str, path: str, text: str, cx: Cx) -> SourceFile:
    """The file that holds the module `name`; it joins `cx.sources`."""
    return SourceFile(name, path, cx.sources.add(path, text), text)


def parse_file(f: SourceFile, cx: Cx) -> Module:
    """The file's module; its syntax errors are reported to `cx`."""
    return Parse().transform(Lex().transform(Program((f,)), cx), cx).modules[0]


def parse_text(text: str, path: str = "main.ktn", cx: Cx | None = None) -> Program:
    """A Surface program of one file; syntax errors are in `cx.diagnostics`. Its module is named by the file's stem."""
    cx = cx or Cx()
    f = source_file(PurePosixPath(path).stem, path, text, cx)
    return Parse().transform(Lex().transform(Program((f,)), cx), cx)
