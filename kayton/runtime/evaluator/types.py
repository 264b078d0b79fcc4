"""The types of values, and guards: what an annotation demands of a value that crosses it (LANGUAGE §3)."""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator.errors import expected
from kayton.runtime.evaluator.values import (
    BOOL,
    BUILDER,
    F64,
    FN,
    I64,
    LIST,
    RANGE,
    RNG,
    STR,
    TUPLE,
    UNIT_TYPE,
    Builder,
    Closure,
    Function,
    Instance,
    List,
    NativeFunction,
    Range,
    Rng,
    Struct,
    TypeInfo,
    Unit,
    Variant,
)

_BY_CLASS: dict[type, TypeInfo] = {
    int: I64, float: F64, bool: BOOL, str: STR, Unit: UNIT_TYPE, List: LIST, tuple: TUPLE, Range: RANGE,
    Function: FN, Closure: FN, NativeFunction: FN, Builder: BUILDER, Rng: RNG,
}


def register(kind: type, info: TypeInfo) -> None:
    """Says that values of this Python class have that type."""
    _BY_CLASS[kind] = info


def type_of(value: Any) -> TypeInfo:
    """The type of a value."""
    kind = value.__class__
    if kind is Struct or kind is Instance:
        return value.type
    if kind is Variant:
        return value.variant.owner
    return _BY_CLASS[kind]


def type_name(value: Any) -> str:
    """What `type_name(x)` gives, and what errors call the type of a value."""
    return type_of(value).name


class Guard:
    """What an annotation demands: a type's outermost constructor, or a trait."""

    __slots__ = ("type",)

    def __init__(self, type_: TypeInfo) -> None:
        self.type = type_

    def admits(self, value: Any, machine: Any) -> bool:
        """Whether the value passes as it is."""
        if self.type.kind == "trait":
            return machine.implements(value, self.type)
        return type_of(value) is self.type

    def cross(self, value: Any, machine: Any) -> Any:
        """The value on the other side, an i64 converted for `f64`. Raises `expected T, found U`."""
        if self.type is F64 and value.__class__ is int:
            return float(value)
        if self.admits(value, machine):
            return value
        raise expected(self.type.name, type_name(value))


def demand(value: Any, type_: TypeInfo) -> Any:
    """The value, which must be of a built-in type. Raises `expected T, found U`."""
    if type_of(value) is not type_:
        raise expected(type_.name, type_name(value))
    return value
