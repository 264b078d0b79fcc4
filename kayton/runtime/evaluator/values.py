"""Kayton values as Python objects (LANGUAGE §4).

Everything but a class instance is immutable here: changing a part of a value makes a new value that shares the rest, so no
program, and no mistake in the evaluator, can make two variables share a change.

    i64 int · f64 float · bool bool · str str · () UNIT · List pvector · tuple tuple · Map and Set tables of their own
    Range, Struct, Variant, Instance, Function, NativeFunction, Closure, Builder, Rng
"""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

MIN_I64, MAX_I64 = -(1 << 63), (1 << 63) - 1

List = type(pvector())
"""A Kayton list is a pyrsistent vector: changing one element or appending shares the rest."""


class Unit:
    """The type of `()`."""

    __slots__ = ()


class Missing:
    """The type of the two marks that are no values: an argument that was left out, a variable that was used up."""

    __slots__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


UNIT = Unit()
ABSENT = Missing("absent")
DEAD = Missing("dead")
UNSET = Missing("unset")


class FieldInfo:
    """A field of a struct, class or variant. `guard`: what its annotation demands; `declared`: the declaration, if there is one."""

    __slots__ = ("declared", "guard", "name")

    def __init__(self, name: str, guard: Any = None, declared: Any = None) -> None:
        self.name, self.guard, self.declared = name, guard, declared


class TypeInfo:
    """A type: its name as users see it, its kind (struct, class, enum, trait, builtin), its fields or variants."""

    __slots__ = ("declared", "fields", "home", "kind", "name", "variants")

    def __init__(self, name: str, kind: str, declared: Any = None, home: Any = None) -> None:
        self.name, self.kind, self.declared, self.home = name, kind, declared, home
        self.fields: tuple[FieldInfo, ...] = ()
        self.variants: dict[str, VariantInfo] = {}

    def field_index(self, name: str) -> int | None:
        """The place of a field; None if there is no such field."""
        for i, field in enumerate(self.fields):
            if field.name == name:
                return i
        return None


class VariantInfo:
    """A variant of an enum. `named`: its fields have names of their own."""

    __slots__ = ("fields", "name", "named", "owner")

    def __init__(self, name: str, owner: TypeInfo, fields: tuple[FieldInfo, ...] = (), *, named: bool = False) -> None:
        self.name, self.owner, self.fields, self.named = name, owner, fields, named
        owner.variants[name] = self


class Struct:
    """A struct value."""

    __slots__ = ("fields", "type")

    def __init__(self, type_: TypeInfo, fields: tuple) -> None:
        self.type, self.fields = type_, fields


class Instance:
    """A class instance: the only value with identity, changed in place."""

    __slots__ = ("fields", "type")

    def __init__(self, type_: TypeInfo, fields: list) -> None:
        self.type, self.fields = type_, fields


class Variant:
    """A value of an enum."""

    __slots__ = ("fields", "variant")

    def __init__(self, variant: VariantInfo, fields: tuple = ()) -> None:
        self.variant, self.fields = variant, fields


class Range:
    """A range: `count` items from `start` by `step`; `end` is the exclusive end as it prints."""

    __slots__ = ("count", "end", "start", "step")

    def __init__(self, start: int, end: int, step: int = 1, count: int | None = None) -> None:
        self.start, self.end, self.step = start, end, step
        self.count = max(0, end - start) if count is None else count

    def item(self, at: int) -> int:
        """Item `at`, which is below the count."""
        return self.start + at * self.step

    def __contains__(self, n: int) -> bool:
        away = n - self.start
        return away % self.step == 0 and 0 <= away // self.step < self.count


class Param:
    """A parameter: `name` is its keyword, `variable` what it is inside (None where `pattern` takes it apart)."""

    __slots__ = ("default", "mutable", "name", "pattern", "scope", "type", "variable")

    def __init__(self, name: str, variable: str | None, *, type_: Any = None, scope: Any = None, default: Any = None,
                 mutable: bool = False, pattern: Any = None) -> None:
        self.name, self.variable, self.pattern = name, variable, pattern
        self.type, self.scope = type_, scope
        """The type expression of its annotation, None where there is none, and the scope it is read in."""
        self.default, self.mutable = default, mutable


class Function:
    """A function, method or constructor of the program. `run(frame)` binds the parameters and gives the result."""

    __slots__ = ("home", "params", "result", "run", "scope", "shown")

    def __init__(self, shown: str, params: list[Param], run: Any, home: Any, scope: Any = None, result: Any = None) -> None:
        self.shown, self.params, self.run, self.home = shown, params, run, home
        self.scope = scope
        """In which type expressions in its body are read."""
        self.result = result
        """The type expression of its result and the scope it is read in; None where there is none."""

    @property
    def changes(self) -> bool:
        """Whether it is a method with `mut self`."""
        return bool(self.params) and self.params[0].mutable and self.params[0].name == "self"


class Closure:
    """A closure: code as a Function, and the variables that it took with it."""

    __slots__ = ("captured", "function")

    def __init__(self, function: Function, captured: dict) -> None:
        self.function, self.captured = function, captured


class NativeFunction:
    """A built-in function as a value."""

    __slots__ = ("name", "native")

    def __init__(self, name: str, native: Any) -> None:
        self.name, self.native = name, native


class Builder:
    """`std.text.Builder`, a class: its parts are changed in place."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: list[str] = []


class Rng:
    """`std.random.Rng`, a value: `state` is its whole state."""

    __slots__ = ("state",)

    def __init__(self, state: tuple[int, ...]) -> None:
        self.state = state


def _builtin(name: str) -> TypeInfo:
    return TypeInfo(name, "builtin")


I64, F64, BOOL, STR, UNIT_TYPE = map(_builtin, ("i64", "f64", "bool", "str", "()"))
LIST, MAP, SET, RANGE, TUPLE, FN = map(_builtin, ("List", "Map", "Set", "Range", "tuple", "fn"))
BUILDER, RNG = map(_builtin, ("Builder", "Rng"))
OPTION, RESULT = TypeInfo("Option", "enum"), TypeInfo("Result", "enum")
NONE_VARIANT = VariantInfo("None", OPTION)
SOME_VARIANT = VariantInfo("Some", OPTION, (FieldInfo("0"),))
OK_VARIANT = VariantInfo("Ok", RESULT, (FieldInfo("0"),))
ERR_VARIANT = VariantInfo("Err", RESULT, (FieldInfo("0"),))
NONE = Variant(NONE_VARIANT)

BUILTIN_TYPES = {
    t.name: t for t in (I64, F64, BOOL, STR, UNIT_TYPE, LIST, MAP, SET, RANGE, TUPLE, FN, BUILDER, RNG, OPTION, RESULT)
}


def some(value: Any) -> Variant:
    """`Some(value)`"""
    return Variant(SOME_VARIANT, (value,))


def ok(value: Any) -> Variant:
    """`Ok(value)`"""
    return Variant(OK_VARIANT, (value,))


def err(value: Any) -> Variant:
    """`Err(value)`"""
    return Variant(ERR_VARIANT, (value,))


def option(value: Any) -> Variant:
    """`Some(value)`, or `None` for Python's None."""
    return NONE if value is None else some(value)
