"""Diagnostics, run-time errors and wrong use for tools: one JSON object on a line each (docs/errors.md, "For tools").

Every object has every key. `kind` is `compile`, `runtime` or `usage`; a later version may add keys, but changes none while
`schema` stays the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kayton.ir.node import Span
from kayton.ir.source import SourceMap

SCHEMA = 1


def diagnostics_lines(diagnostics: Iterable, sources: SourceMap) -> str:
    """The diagnostics in the order of their places."""
    from kayton.diagnostics.render import in_order

    return "".join([_line(diagnostic_object(d, sources)) for d in in_order(diagnostics)])


def diagnostic_object(d, sources: SourceMap) -> dict[str, Any]:
    """One diagnostic as data."""
    return {
        **_object("compile", d.message()),
        "severity": d.severity,
        "code": d.code,
        "label": d.label(),
        "place": _place(d.span, sources),
        "labels": [{"text": other.text, "place": _place(other.span, sources)} for other in d.labels()],
        "notes": d.notes(),
        "helps": d.helps(),
        "fixes": [
            {
                "about": fix.about,
                "applicability": fix.applicability,
                "edits": [{"place": _place(e.span, sources), "text": e.text} for e in fix.edits],
            }
            for fix in d.fixes()
        ],
    }


def failure_line(message: str, trace: Sequence[tuple], omitted: int, omitted_at: int, helps: Sequence[str]) -> str:
    """A run-time error; the calls are those of the trace, innermost first, before `omitted_at` of which `omitted` are left out."""
    calls = [{"function": function, "place": _lines_only(*place)} for function, *place in trace]
    return _line({
        **_object("runtime", message),
        "place": calls[0]["place"] if calls else None,
        "helps": list(helps),
        "trace": calls,
        "omitted": omitted,
        "omitted_at": omitted_at,
    })


def usage_line(message: str) -> str:
    """A mistake in how the command was used; a line of it that starts with `help:` is one."""
    said, *helps = message.split("\n  help: ")
    return _line({**_object("usage", said), "helps": helps})


def _object(kind: str, message: str) -> dict[str, Any]:
    """Every key with what it is where there is nothing to say."""
    return {
        "schema": SCHEMA, "kind": kind, "severity": "error", "code": None, "message": message, "label": "", "place": None,
        "labels": [], "notes": [], "helps": [], "fixes": [], "trace": [], "omitted": 0, "omitted_at": 0,
    }


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def _place(span: Span, sources: SourceMap) -> dict[str, Any]:
    """A span in code points and in lines and columns from 1; ends are exclusive."""
    path, line, column = sources.start(span)
    end_line, end_column = sources.end(span)
    return {**_lines_only(path, line, column, end_line, end_column), "start": span.start, "end": span.end}


def _lines_only(path: str, line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    """A place whose file may have changed since, so that offsets are not known."""
    return {
        "path": path, "line": line, "column": column, "end_line": end_line, "end_column": end_column, "start": None, "end": None,
    }
