"""What the definitions of a program are to its running code, whatever language they are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from kayton.ir.node import Node
from kayton.ir.surface import Closure, ConstDef, Expr
from kayton.runtime.evaluator.annotations import TypeScope
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.errors import InvalidProgram
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.functions import closure_function, constructor
from kayton.runtime.evaluator.machine import CONST, Machine
from kayton.runtime.evaluator.natives import FUNCTIONS, Native
from kayton.runtime.evaluator.types import Guard
from kayton.runtime.evaluator.values import (
    BUILTIN_TYPES,
    ERR_VARIANT,
    NONE_VARIANT,
    OK_VARIANT,
    SOME_VARIANT,
    UNSET,
    FieldInfo,
    Function,
    NativeFunction,
    TypeInfo,
    Variant,
    VariantInfo,
)
from kayton.runtime.evaluator.values import Closure as ClosureValue

BUILTIN_VARIANTS = {v.name: v for v in (NONE_VARIANT, SOME_VARIANT, OK_VARIANT, ERR_VARIANT)}


class Global:
    """A module-level `let`."""

    __slots__ = ("name", "value")

    def __init__(self, name: str) -> None:
        self.name, self.value = name, UNSET


class Const:
    """A `const`, evaluated when it is first read."""

    __slots__ = ("around", "busy", "node", "scope", "value")

    def __init__(self, node: ConstDef, scope: TypeScope, around: dict | None = None) -> None:
        self.node, self.scope, self.around = node, scope, around
        self.value, self.busy = UNSET, False

    def get(self, machine: Machine) -> Any:
        """Its value. Raises what its evaluation ends with."""
        if self.value is UNSET:
            if self.busy:
                raise InvalidProgram(self.node, "a constant that needs itself")
            self.busy = True
            annotation = None if self.node.type is None else machine.annotations.of(self.node.type, self.scope)
            code = Function(CONST, [], lambda f: evaluate_at(self.node.value, annotation, f), self.scope.home, self.scope)
            try:
                self.value = machine.enter(code if self.around is None else ClosureValue(code, self.around), [])
            finally:
                self.busy = False
        return self.value


def _maker(variant: VariantInfo) -> Callable[[tuple], Variant]:
    return lambda fields: Variant(variant, fields)


class World:
    """The definitions of a program: what `NamedWorld` and `PathWorld` have in common."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._closures: dict[Closure, Function] = {}
        self._guards: dict[str, Guard] = {}
        self._constructors: dict[TypeInfo | VariantInfo, Function] = {}
        for v in BUILTIN_VARIANTS.values():
            self._constructors[v] = constructor(v.name, v.fields, _maker(v), TypeScope(self))

    def closure(self, n: Closure, f: Frame) -> Function:
        """The code of a closure."""
        found = self._closures.get(n)
        if found is None:
            found = self._closures[n] = closure_function(n, f.function.scope)
        return found

    def field_guard(self, info: TypeInfo, at: int) -> Guard | None:
        """What a value stored in a field must cross."""
        field: FieldInfo = info.fields[at]
        if field.guard is not None:
            return self.guard(field.guard)
        declared = field.declared
        if declared is None or declared.type is None:
            return None
        annotation = self.machine.annotations.of(declared.type, info.home)
        return None if annotation is None else annotation.guard

    def guard(self, text: str) -> Guard:
        """The guard that Gathered and later languages write as `i64`, `main.Point`, `tuple`, `dyn main.Shape`."""
        found = self._guards.get(text)
        if found is None:
            found = self._guards[text] = self._parsed_guard(text)
        return found

    def _parsed_guard(self, text: str) -> Guard:
        info = self.find_type((text.removeprefix("dyn "),))
        if info is None:
            raise InvalidProgram(None, f"the guard {text} names no type")
        return Guard(info)

    def find_type(self, path: tuple[str, ...]) -> Any:
        """The type of that path, None if there is none."""
        return BUILTIN_TYPES.get(path[-1].rpartition(".")[2]) if len(path) == 1 else None

    def native_called(self, name: str, node: Node) -> Native:
        """The built-in function of that name."""
        native = FUNCTIONS.get(name)
        if native is None:
            raise InvalidProgram(node, f"there is no built-in function {name}")
        return native

    def value_of(self, entity: Any, f: Frame) -> Any:
        """The value of what a name stands for: a function, a global, a type's constructor …"""
        match entity:
            case Const():
                return entity.get(self.machine)
            case TypeInfo():
                return self._type_value(entity)
            case VariantInfo():
                return self._constructors[entity] if entity.fields else Variant(entity)
            case Function() | NativeFunction() | float():
                return entity
        raise InvalidProgram(None, f"{entity!r} is no value")

    def _type_value(self, info: TypeInfo) -> Any:
        """A type used as a function."""
        if info in self._constructors:
            return self._constructors[info]
        for name in (info.name, f"std.text.{info.name}", f"std.random.{info.name}"):
            if info.kind == "builtin" and name in FUNCTIONS:
                return NativeFunction(info.name, FUNCTIONS[name])
        raise InvalidProgram(None, f"the type {info.name} is no value")

    # What only one of the two kinds of programs has; the other's trees never ask.

    def static(self, e: Expr, f: Frame) -> Any:
        """What a path such as `geometry.area` or `Shape.Circle` stands for; None for every other expression."""
        return None

    def static_member(self, n: Expr, f: Frame) -> Any:
        """The function of a module or type that a MethodCall calls; None where the receiver is a value."""
        return None

    def names_something(self, e: Expr, f: Frame) -> bool:
        """Whether an expression is a path that stands for something."""
        return self.static(e, f) is not None

    def named(self, name: str, f: Frame, n: Node) -> Any:
        """What a name that is no variable stands for."""
        raise InvalidProgram(n, f"the name {name} is not resolved")

    def captures(self, fn: str, n: Node) -> tuple[str, ...]:
        """The names of the variables that a flat closure function takes."""
        return self._missing(fn, n)

    def function_called(self, path: str, n: Node | None = None) -> Function:
        """The function of that path."""
        return self._missing(path, n)

    def global_called(self, path: str, n: Node | None = None) -> Global:
        """The global of that path."""
        return self._missing(path, n)

    def const_called(self, path: str) -> Any:
        """The value of the constant of that path."""
        return self._missing(path, None)

    def nested(self, item: Node, f: Frame, around: dict) -> Any:
        """A function or constant of a block."""
        return self._missing("an item in a block", item)

    def pattern_target(self, path: tuple[str, ...], f: Frame) -> Any:
        """What the path of a pattern stands for."""
        return self._missing(".".join(path), None)

    def _missing(self, what: str, n: Node | None) -> NoReturn:
        raise InvalidProgram(n, f"the program does not define {what}")
