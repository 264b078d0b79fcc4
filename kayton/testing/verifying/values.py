"""Values as Kayton source: those that a type may have, and those that a running program has."""

from __future__ import annotations

import random
from typing import Any

from kayton.ir.resolved import TypeDecl
from kayton.ir.types import NEVER, App, Object, Type, Union, argument, is_user, mentions_dyn, path_of, read_type
from kayton.runtime.evaluator.values import Range, Struct, Variant

_PLAIN = {
    "i64": ("0", "1", "-1", "2", "3", "7", "10", "-3", "100", "9223372036854775807", "-9223372036854775807"),
    "f64": ("0.0", "1.0", "-1.5", "2.25", "100.0", "-0.0", "0.1", "1e300"), "bool": ("true", "false"),
    "str": ('""', '"a"', '"b"', '"word"', '"two words"', '"naïve"', '"12"'), "()": ("()",), "Range": ("0..0", "0..3", "-2..2"),
}  # fmt: skip
_DEEPEST = 4
_LONGEST = 24
"""Collections with more items than this are not written down."""


class Values:
    """Values of the types of one program, the same ones each time. `cells` has the types of fields of classes."""

    def __init__(self, types: dict[str, TypeDecl], cells: dict[str, str], module: str) -> None:
        self._types, self._cells, self._module = types, cells, module
        self._random = random.Random(0)

    def one(self, t: Type, depth: int = 0) -> str | None:
        """A value of the type as source; None where none can be written: functions, and types of other modules."""
        if isinstance(t, Union):
            return self.one(self._random.choice(t.members), depth)
        if is_user(t):
            return self._made(t, depth) if path_of(t).rpartition(".")[0] == self._module else None
        if not isinstance(t, App) or mentions_dyn(t):
            return None
        if t.name in _PLAIN:
            return self._random.choice(_PLAIN[t.name])
        return self._collection(t, depth)

    def _collection(self, t: App, depth: int) -> str | None:
        if t.name == "Option":
            empty = depth > _DEEPEST or t.args[0] is NEVER or self._random.random() < 0.3
            inner = None if empty else self._all((t.args[0],), depth)
            return f"Some({inner[0]})" if inner else "None" if empty else None
        if t.name == "Result":
            at = 0 if t.args[1] is NEVER or (t.args[0] is not NEVER and self._random.random() < 0.6) else 1
            inner = self._all((t.args[at],), depth)
            return None if inner is None else f"{('Ok', 'Err')[at]}({inner[0]})"
        if t.name == "tuple":
            inner = self._all(t.args, depth)
            return None if inner is None else f"({', '.join(inner)}{',' * (len(inner) == 1)})"
        if t.name not in ("List", "Set", "Map"):
            return None
        count = 0 if depth > _DEEPEST or NEVER in t.args else self._random.choice((0, 1, 2, 3, 5))
        rows = [self._all(t.args, depth) for _ in range(count)]
        if any(row is None for row in rows):
            return None
        items = list(dict.fromkeys([": ".join(row) for row in rows]) if t.name != "List" else [row[0] for row in rows])
        if t.name == "List":
            return f"[{', '.join(items)}]"
        return f"{{{', '.join(items)}}}" if items or t.name == "Map" else "Set()"

    def _all(self, types: tuple[Type, ...], depth: int) -> list[str] | None:
        made = [self.one(t, depth + 1) for t in types]
        return None if None in made else made

    def _made(self, t: Type, depth: int) -> str | None:
        """A struct, class instance or enum by its constructor."""
        declared = self._types[path_of(t)]
        name = declared.name.rpartition(".")[2]
        if declared.kind != "enum":
            fields = [
                read_type(self._cells.get(f"{declared.name}.{f.name}", "dyn")) if isinstance(t, Object) else argument(t, i)
                for i, f in enumerate(declared.fields)
            ]
            inner = self._all(tuple(fields), depth) if depth <= _DEEPEST else None
            return None if inner is None else f"{name}({', '.join(inner)})"
        first, variants = 0, []
        for v in declared.variants:
            variants.append((v.name, tuple(argument(t, first + i) for i in range(len(v.fields)))))
            first += len(v.fields)
        possible = [(v, fields) for v, fields in variants if NEVER not in fields and (depth < _DEEPEST or t not in fields)]
        if not possible:
            return None
        variant, fields = self._random.choice(possible)
        inner = self._all(fields, depth)
        return None if inner is None else f"{name}.{variant}({', '.join(inner)})" if fields else f"{name}.{variant}"


def written(value: Any, own: frozenset[str]) -> str | None:
    """A value of a running program as source; None for what has identity, is a function, is large, or of a type that is not in `own`."""
    kind = value.__class__
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is float:
        text = repr(value).replace("e+", "e")
        return text if value == value and "inf" not in text and value != -(1 << 63) else None
    if kind is str:
        return _text(value) if len(value) <= 4 * _LONGEST else None
    if kind is list or kind is tuple:
        items = [written(v, own) for v in value] if len(value) <= _LONGEST else [None]
        inside = None if None in items else ", ".join(items)
        return None if inside is None else f"[{inside}]" if kind is list else f"({inside}{',' * (len(items) == 1)})"
    if kind is Range and value.step == 1:
        return f"{value.start}..{value.end}"
    return _constructed(value, own) if kind is Struct or kind is Variant else None


def _constructed(value: Struct | Variant, own: frozenset[str]) -> str | None:
    owner = value.type if isinstance(value, Struct) else value.variant.owner
    built_in = owner.name in ("Option", "Result")
    if not built_in and owner.name not in own:
        return None
    variant = value.variant.name if isinstance(value, Variant) else ""
    name = variant if built_in else f"{owner.name}.{variant}" if variant else owner.name
    inside = [written(v, own) for v in value.fields]
    return None if None in inside else f"{name}({', '.join(inside)})" if inside or not variant else name


def _text(value: str) -> str | None:
    """A text as a literal, if it needs no more than the usual escapes."""
    if not all(c.isprintable() or c in "\n\t" for c in value):
        return None
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
