"""Trees as text: s-expressions derived from the field declarations. `text_reader` reads them back.

    (call-fn main.Circle.area [(local c)])
    (if (binary < (local a) (local b)) (local b) (local a))

A node is its kind and its fields. Required fields stand in order. A field with a default is left out when it has it; else it is
written `name=value`, or bare when it holds children and is the only field of the kind with a default that holds one child (or,
in brackets, many). Strings are bare where they look like a name or an operator, else quoted as in JSON; bytes are `#` and hex digits.
With `with_ids` or `with_places` the id `@main.fib#7` and the span `file:start..end` follow the kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import attrs

from kayton.ir.node import FieldSpec, Node, fields_of, kind_name, same_leaf, walk

WIDTH = 100
_DEEPEST = 60
"""Indentation stops growing here, so that the text of a deep tree does not grow with the square of its depth."""
_NARROWEST = 40

_BARE = re.compile(r"[A-Za-z_%<>.+*/&|^~!=?:-][A-Za-z0-9_%<>.+*/&|^~!=?:#,-]*\Z")
_NOT_BARE = re.compile(r"[+-]*\.?\d|[A-Za-z_]\w*=|[+-]*(nan|inf)\Z|(true|false|none)\Z")

Marks = Callable[[Node], str]


def without_places(n: Node) -> str:
    """Marks nothing: the text shows only what `same` compares."""
    return ""


def with_ids(n: Node) -> str:
    """Marks every node with its id."""
    return "" if n.id is None else f" @{n.id}"


def with_places(n: Node) -> str:
    """Marks every node with its id and span."""
    return with_ids(n) + ("" if n.span is None else f" {n.span.file}:{n.span.start}..{n.span.end}")


class Slot(NamedTuple):
    """How a field is written: `label` is `name=`, or empty where the value stands without it."""

    spec: FieldSpec
    label: str


@cache
def slots_of(kind: type[Node]) -> tuple[Slot, ...]:
    """How the fields of a kind are written."""
    optional = [s for s in fields_of(kind) if s.default is not attrs.NOTHING and s.shape != "leaf"]
    bracketed = [s for s in optional if s.shape == "many"]
    single = [s for s in optional if s.shape != "many"]
    bare = {group[0].name for group in (bracketed, single) if len(group) == 1}
    return tuple(
        Slot(s, "" if s.default is attrs.NOTHING or s.name in bare else f"{s.name}=") for s in fields_of(kind)
    )


def leaf_text(value: Any) -> str:
    """A leaf as text."""
    match value:
        case None | True | False:
            return str(value).lower()
        case str():
            bare = _BARE.match(value) and not _NOT_BARE.match(value)
            return value if bare else _quoted(value)
        case bytes():
            return f"#{value.hex()}"
        case tuple():
            return f"[{' '.join([leaf_text(v) for v in value])}]"
        case _:
            return repr(value)


def _quoted(value: str) -> str:
    """The string as JSON; what cannot be seen is escaped, the rest is not."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join([c if c.isprintable() else json.dumps(c)[1:-1] for c in text])


def one_line(root: Node, marks: Marks = without_places) -> str:
    """The whole tree on one line."""
    out: list[str] = []
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        out.append(f"({kind_name(item.__class__)}{marks(item)}")
        stack.append(")")
        for label, value in reversed(members(item)):
            if isinstance(value, tuple):
                stack.append("]")
                stack += _spaced(value)
                stack.append(f" {label}[")
            elif isinstance(value, list):
                stack.append(f" {label}[{' '.join(value)}]")
            elif isinstance(value, str):
                stack.append(f" {label}{value}")
            else:
                stack += [value, f" {label}"]
    return "".join(out)


def _spaced(nodes: tuple[Node, ...]) -> list[Any]:
    """The nodes in reverse with spaces between them, as the stack wants them."""
    out: list[Any] = []
    for n in reversed(nodes):
        out += [n, " "]
    return out[:-1]


Member = str | list[str] | Node | tuple[Node, ...]
"""What stands for a field: a leaf's text, the texts of a tuple's items, a child, or children."""


def members(n: Node) -> list[tuple[str, Member]]:
    """The fields that are written, each with its label."""
    out: list[tuple[str, Any]] = []
    for spec, label in slots_of(n.__class__):
        value = getattr(n, spec.name)
        if spec.default is not attrs.NOTHING and _is_default(spec, value):
            continue
        if spec.shape == "leaf":
            out.append((label, [leaf_text(v) for v in value] if isinstance(value, tuple) else leaf_text(value)))
        elif value is None:
            out.append((label, "none"))
        else:
            out.append((label, value))
    return out


def _is_default(spec: FieldSpec, value: Any) -> bool:
    if spec.shape == "leaf":
        return same_leaf(value, spec.default)
    return value is spec.default or value == ()


def pretty(root: Node, marks: Marks = without_places, width: int = WIDTH) -> str:
    """The tree on as many lines as it needs; what fits on a line stays on one."""
    return _Printer(root, marks, width).text()


class _Printer:
    """Lays a tree out with an explicit stack, so that depth does not matter."""

    def __init__(self, root: Node, marks: Marks, width: int) -> None:
        self.marks = marks
        self.width = width
        self.root = root
        self.flat: dict[int, str | None] = {}
        for n in reversed(list(walk(root))):
            self.flat[id(n)] = self._flat_node(n)

    def _flat_node(self, n: Node) -> str | None:
        """The node on one line, None if that is longer than any line may be. Its children's are known."""
        parts = [f"({kind_name(n.__class__)}{self.marks(n)}"]
        size = len(parts[0])
        for label, value in members(n):
            text = self._flat_value(value)
            if text is None:
                return None
            size += len(label) + len(text) + 1
            if size > self.width:
                return None
            parts.append(label + text)
        return " ".join(parts) + ")"

    def _flat_value(self, value: Member) -> str | None:
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return f"[{' '.join(value)}]" if sum(map(len, value)) < self.width else None
        if not isinstance(value, tuple):
            return self.flat[id(value)]
        texts, size = [], 0
        for child in value:
            text = self.flat[id(child)]
            size += self.width if text is None else len(text)
            if text is None or size > self.width:
                return None
            texts.append(text)
        return f"[{' '.join(texts)}]"

    def text(self) -> str:
        out: list[str] = []
        stack: list[Any] = [("", self.root, 0)]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                out.append(item)
                continue
            label, value, depth = item
            flat = self._flat_value(value)
            if flat is not None and (isinstance(value, str) or self._fits(label + flat, depth)):
                out.append(label + flat)
            elif isinstance(value, list):
                out.append(f"{label}[{self._filled(value, depth + 1)}]")
            elif isinstance(value, tuple):
                out.append(f"{label}[")
                self._push(stack, [("", v, depth + 1) for v in value], depth + 1, "]")
            else:
                out.append(label)
                self._open(value, depth, out, stack)
        return "".join(out)

    def _filled(self, texts: list[str], depth: int) -> str:
        """As many on a line as fit."""
        newline, lines = _newline(depth), [""]
        for text in texts:
            if lines[-1] and not self._fits(f"{lines[-1]} {text}", depth):
                lines.append("")
            lines[-1] += f" {text}" if lines[-1] else text
        return newline + newline.join(lines)

    def _fits(self, text: str, depth: int) -> bool:
        return len(text) <= max(self.width - min(2 * depth, _DEEPEST), _NARROWEST)

    def _open(self, n: Node, depth: int, out: list[str], stack: list[Any]) -> None:
        """Writes the kind and the leading leaves; leaves the rest to the stack, each on its line."""
        out.append(f"({kind_name(n.__class__)}{self.marks(n)}")
        rest = members(n)
        while rest and isinstance(rest[0][1], str):
            label, value = rest.pop(0)
            out.append(f" {label}{value}")
        self._push(stack, [(label, value, depth + 1) for label, value in rest], depth + 1, ")")

    def _push(self, stack: list[Any], items: list[Any], depth: int, close: str) -> None:
        newline = _newline(depth)
        stack.append(close)
        for item in reversed(items):
            stack += [item, newline]


def _newline(depth: int) -> str:
    return "\n" + " " * min(2 * depth, _DEEPEST)
