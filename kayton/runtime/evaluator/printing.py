"""Printed forms (LANGUAGE §9): bare at the top, strings quoted inside, `Show` at every depth."""

from __future__ import annotations

import unicodedata
from typing import Any

from kayton.runtime.evaluator.errors import expected
from kayton.runtime.evaluator.floats import shortest
from kayton.runtime.evaluator.tables import Map, Set
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import (
    Closure,
    Function,
    List,
    NativeFunction,
    Range,
    Struct,
    Unit,
    Variant,
)

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"', "\0": "\\0"}


def display(machine: Any, value: Any) -> str:
    """What `print(value)` and `str(value)` give."""
    return value if value.__class__ is str and machine.hook(value, "Show.show") is None else nested(machine, value)


def nested(machine: Any, value: Any) -> str:
    """The printed form inside a container."""
    out: list[str] = []
    _write(machine, value, out)
    return "".join(out)


def _write(machine: Any, value: Any, out: list[str]) -> None:
    hook = machine.hook(value, "Show.show")
    if hook is not None:
        shown = machine.call(hook, [value])
        if shown.__class__ is not str:
            raise expected("str", type_name(shown))
        out.append(shown)
    else:
        _FORMS.get(value.__class__, _opaque)(machine, value, out)


def quoted(text: str) -> str:
    """The text in quotes, with the escapes of LANGUAGE §2."""
    return f'"{"".join([_escaped(c) for c in text])}"'


def _escaped(c: str) -> str:
    if c in _ESCAPES:
        return _ESCAPES[c]
    return f"\\u{{{ord(c):x}}}" if unicodedata.category(c) == "Cc" else c


def _row(machine: Any, values: Any, out: list[str]) -> None:
    for i, value in enumerate(values):
        if i:
            out.append(", ")
        _write(machine, value, out)


def _list(machine: Any, value: Any, out: list[str]) -> None:
    out.append("[")
    _row(machine, value, out)
    out.append("]")


def _tuple(machine: Any, value: tuple, out: list[str]) -> None:
    out.append("(")
    _row(machine, value, out)
    out.append(",)" if len(value) == 1 else ")")


def _map(machine: Any, value: Map, out: list[str]) -> None:
    out.append("{")
    for i, (key, held) in enumerate(value.items()):
        if i:
            out.append(", ")
        _write(machine, key, out)
        out.append(": ")
        _write(machine, held, out)
    out.append("}")


def _set(machine: Any, value: Set, out: list[str]) -> None:
    if not len(value):
        out.append("Set()")
        return
    out.append("{")
    _row(machine, value.keys(), out)
    out.append("}")


def _named(machine: Any, fields: tuple, values: tuple, out: list[str]) -> None:
    out.append("(")
    for i, (field, value) in enumerate(zip(fields, values, strict=True)):
        out.append(f"{', ' if i else ''}{field.name}=")
        _write(machine, value, out)
    out.append(")")


def _struct(machine: Any, value: Struct, out: list[str]) -> None:
    out.append(value.type.name)
    _named(machine, value.type.fields, value.fields, out)


def _variant(machine: Any, value: Variant, out: list[str]) -> None:
    out.append(value.variant.name)
    if value.variant.named:
        _named(machine, value.variant.fields, value.fields, out)
    elif value.variant.fields:
        out.append("(")
        _row(machine, value.fields, out)
        out.append(")")


def _range(machine: Any, value: Range, out: list[str]) -> None:
    if value.step == 1:
        out.append(f"{value.start}..{value.end}")
        return
    machine.room(value.count)
    out.append(f"[{', '.join([str(value.item(i)) for i in range(value.count)])}]")


def _opaque(machine: Any, value: Any, out: list[str]) -> None:
    out.append(f"<{type_name(value)}>")


_FORMS = {
    int: lambda machine, value, out: out.append(str(value)),
    float: lambda machine, value, out: out.append(shortest(value)),
    bool: lambda machine, value, out: out.append("true" if value else "false"),
    str: lambda machine, value, out: out.append(quoted(value)),
    Unit: lambda machine, value, out: out.append("()"),
    Function: lambda machine, value, out: out.append(f"<fn {value.shown}>"),
    NativeFunction: lambda machine, value, out: out.append(f"<fn {value.name}>"),
    Closure: lambda machine, value, out: out.append("<closure>"),
    List: _list,
    tuple: _tuple,
    Map: _map,
    Set: _set,
    Struct: _struct,
    Variant: _variant,
    Range: _range,
}
