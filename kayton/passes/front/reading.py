"""From text to a parsed file outside of a pipeline: for modules that are used, for tools and for tests."""

from __future__ import annotations

import posixpath

from kayton.ir.node import Span
from kayton.ir.surface import Module, Program, SourceFile
from kayton.passes.framework import Cx
from kayton.passes.front.lex import Lex
from kayton.passes.front.parse import Parse


def source_program(path: str, text: str, cx: Cx) -> Program:
    """A program of one file in the language Source; the file joins `cx.sources`. Its module is named by its file's stem."""
    stem = posixpath.basename(path.replace("\\", "/")).removesuffix(".ktn")
    return Program((source_file(stem, path, text, cx),), id="program", span=Span(0, 0, len(text)))


def source_file(name: str, path: str, text: str, cx: Cx) -> SourceFile:
    """The file that holds the module `name`; it joins `cx.sources`."""
    file = cx.sources.add(path, text)
    return SourceFile(name, path, file, text, id=f"{name.replace('.', '/')}#0", span=Span(file, 0, len(text)))


def parse_file(f: SourceFile, cx: Cx) -> Module:
    """The file's module; its syntax errors are reported to `cx`."""
    program = Program((f,), id="program", span=f.span)
    return Parse().transform(Lex().transform(program, cx), cx).modules[0]


def parse_text(text: str, path: str = "main.ktn", cx: Cx | None = None) -> Program:
    """A Surface program of one file; syntax errors are in `cx.diagnostics`."""
    cx = cx or Cx()
    return Parse().transform(Lex().transform(source_program(path, text, cx), cx), cx)
