"""Trees as JSON: a flat table of nodes that refer to each other by index, so that depth does not matter.

    {"format": "kayton-tree", "version": 1, "root": 1, "nodes": [["int-lit", "main.f#3", [0, 8, 10], 42], ["return", …, 0]]}

A node is its kind, id, span and fields in order; a child is its index (lower than its parent's), children are a list of them.
Leaves go through cattrs by their annotations. A float that JSON cannot write is a string: "nan", "inf", "-inf".
"""

from __future__ import annotations

import json
import math
import typing
from functools import cache
from typing import Any

import cattrs
from cattrs.cols import is_namedtuple

from kayton.ir.node import FieldSpec, Node, Span, children_of, fields_of, kind_called, kind_name

VERSION = 1


class JsonError(ValueError):
    """The JSON is not a tree; the message says why."""


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter()
    converter.register_unstructure_hook(float, lambda f: f if math.isfinite(f) else str(f))
    converter.register_unstructure_hook(bytes, bytes.hex)
    converter.register_structure_hook(bytes, lambda text, _: bytes.fromhex(text))
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_factory(is_namedtuple, _named_tuple)
    converter.register_unstructure_hook_func(is_namedtuple, list)
    # The one union of scalars, in constants: JSON keeps them apart, but for the floats that are strings there.
    converter.register_unstructure_hook(int | float | str, _tagged)
    converter.register_structure_hook(int | float | str, _untagged)
    return converter


def _named_tuple(cls: type) -> Any:
    """cattrs does not see through annotations that are still strings; this does."""
    hints = list(typing.get_type_hints(cls).values())

    def structure(value: Any, _: Any) -> Any:
        return cls(*[_converter().structure(v, h) for v, h in zip(value, hints, strict=True)])

    return structure


def _exactly(kind: type) -> Any:
    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return structure


def _tagged(value: int | float | str) -> Any:
    return {"float": str(value)} if isinstance(value, float) else value


def _untagged(value: Any, _: Any) -> int | float | str:
    return float(value["float"]) if isinstance(value, dict) else value


def to_data(root: Node) -> dict[str, Any]:
    """The tree as JSON data."""
    order = _postorder(root)
    index = {id(n): i for i, n in enumerate(order)}
    unstructure = _converter().unstructure
    rows = []
    for n in order:
        row: list[Any] = [kind_name(n.__class__), n.id, n.span]
        for spec in fields_of(n.__class__):
            value = getattr(n, spec.name)
            if spec.shape == "leaf":
                row.append(unstructure(value, unstructure_as=spec.type))
            elif spec.shape == "many":
                row.append([index[id(c)] for c in value])
            else:
                row.append(None if value is None else index[id(value)])
        rows.append(row)
    return {"format": "kayton-tree", "version": VERSION, "root": len(rows) - 1, "nodes": rows}


def _postorder(root: Node) -> list[Node]:
    """Every node once, children before parents; a shared subtree is written once and shared again when read."""
    order: list[Node] = []
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        n, ready = stack.pop()
        if id(n) in done:
            continue
        if ready:
            done.add(id(n))
            order.append(n)
            continue
        stack.append((n, True))
        below = children_of(n)
        below.reverse()
        stack += [(c, False) for c in below]
    return order


def from_data(data: Any) -> Node:
    """The tree that JSON data describes. Raises JsonError."""
    try:
        if data["format"] != "kayton-tree" or data["version"] != VERSION:
            raise JsonError(f"this is not a tree of version {VERSION}")
        made: list[Node] = []
        for row in data["nodes"]:
            made.append(_node(row, made))
        return made[data["root"]]
    except (KeyError, IndexError, TypeError, ValueError, cattrs.BaseValidationError) as error:
        raise JsonError(f"this is not a tree: {error}") from error


def _node(row: list[Any], made: list[Node]) -> Node:
    kind, node_id, span, *values = row
    cls = kind_called(kind)
    specs = fields_of(cls)
    if len(values) != len(specs):
        raise JsonError(f"{kind} has {len(specs)} fields, not {len(values)}")
    fields = [_field(spec, value, made) for spec, value in zip(specs, values, strict=True)]
    return cls(*fields, id=node_id, span=None if span is None else Span(*span))


def _field(spec: FieldSpec, value: Any, made: list[Node]) -> Any:
    if spec.shape == "leaf":
        return _converter().structure(value, spec.type)
    if spec.shape == "many":
        return tuple([made[i] for i in value])
    return None if value is None else made[value]


def to_json(root: Node) -> str:
    """The tree as JSON text, one node a line."""
    data = to_data(root)
    rows = ",\n".join([json.dumps(row, ensure_ascii=False, allow_nan=False) for row in data.pop("nodes")])
    return f'{json.dumps(data)[:-1]}, "nodes": [\n{rows}\n]}}'


def from_json(text: str) -> Node:
    """The tree that JSON text describes. Raises JsonError."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise JsonError(f"this is not JSON: {error}") from None
    return from_data(data)
