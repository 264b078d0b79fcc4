"""Where the head of a function stands in its source: after its annotations, up to its body."""

from __future__ import annotations

from kayton.ir.node import Node, Span
from kayton.ir.source import SourceMap


def head_of(f: Node, sources: SourceMap) -> Span | None:
    """The head of an FnDef or Fn; all of it where it has no body."""
    body: Node | None = f.body
    if f.span is None or body is None or body.span is None:
        return f.span
    start = max([f.span.start, *[a.span.end for a in f.annotations if a.span is not None]])
    text = sources[f.span.file].text[start : body.span.start]
    start += len(text) - len(text.lstrip())
    return Span(f.span.file, start, start + len(text.strip()))
