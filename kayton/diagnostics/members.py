"""The members that source text gives a type, read line by line: enough for a suggestion, without compiling anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_FIELD = re.compile(r"(\w+)(?:\s*[:=].*)?\s*(?:#.*)?$")
_METHOD = re.compile(r"(?:pub\s+)?(?:pure\s+)?fn\s+(\w+)")


def members_in(paths: Iterable[str], read: Callable[[str], str | None]) -> Callable[[str], tuple[list[str], list[str]]]:
    """What gives the fields and the methods that the files define for a type."""

    def members(type_name: str) -> tuple[list[str], list[str]]:
        fields: list[str] = []
        methods: list[str] = []
        for path in dict.fromkeys(paths):
            _collect((read(path) or "").splitlines(), type_name, fields, methods)
        return fields, methods

    return members


def _collect(lines: list[str], type_name: str, fields: list[str], methods: list[str]) -> None:
    name = re.escape(type_name)
    data = re.compile(rf"(?:pub\s+)?(?:struct|class)\s+{name}\b")
    others = re.compile(rf"(?:pub\s+)?(?:enum\s+{name}\b|impl(?:\[.*\])?\s+(?:[\w.]+(?:\[.*\])?\s+for\s+)?{name}\b)")
    for at, line in enumerate(lines):
        has_fields = data.match(line) is not None
        if has_fields or others.match(line):
            for member in _members(lines, at + 1):
                if (found := _METHOD.match(member)) is not None:
                    methods.append(found[1])
                elif has_fields and (found := _FIELD.match(member)) is not None:
                    fields.append(found[1])


def _members(lines: list[str], at: int) -> Iterable[str]:
    """The lines of a definition's body that are indented like its first."""
    indent = None
    for line in lines[at:]:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        if depth == 0:
            return
        indent = depth if indent is None else indent
        if depth == indent:
            yield text
