"""One mistake that is made in many places becomes one error: a name or type that does not exist, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from kayton.diagnostics.codes import Diagnostic
from kayton.diagnostics.names import UnknownName, UnknownType


def folded(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, each once, those of one unknown name of a file as one at its first place."""
    groups: dict[object, list[Diagnostic]] = {}
    for d in dict.fromkeys(diagnostics):
        groups.setdefault(_cause(d), []).append(d)
    out = []
    for group in groups.values():
        first, *others = sorted(group, key=lambda d: d.span)
        out.append(evolve(first, others=tuple([d.span for d in others])) if others else first)
    return out


def _cause(d: Diagnostic) -> object:
    """What is equal for errors of one cause; a call that is to become a method call is a cause of its own."""
    if isinstance(d, UnknownType):
        return UnknownType, d.span.file, d.name, d.near
    if isinstance(d, UnknownName) and d.as_method() is None:
        return UnknownName, d.span.file, d.name, d.near, d.member
    return d
