"""Type expressions as they matter at run time: a guard, and what a literal takes its element types from (LANGUAGE §3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kayton.ir.resolved import TypeRef, TypeVar
from kayton.ir.surface import DynTrait, FnType, NamedType, RefinedType, TupleType, TypeAlias, TypeExpr
from kayton.runtime.evaluator.types import Guard
from kayton.runtime.evaluator.values import BUILDER, FN, RNG, TUPLE, UNIT_TYPE, TypeInfo


class Annotation(NamedTuple):
    """What a value must cross, and the annotations of its parts: type arguments, or a tuple's items."""

    guard: Guard
    parts: tuple[Annotation | None, ...] = ()


class TypeScope(NamedTuple):
    """Where a type expression is read: what finds names, what `Self` is, and the type parameters with what they stand for."""

    home: Any
    self_type: TypeInfo | None = None
    params: dict[str, Annotation | None] = {}

    def with_params(self, names: Any) -> TypeScope:
        """This scope with more type parameters, which demand nothing."""
        return self._replace(params={**self.params, **dict.fromkeys(names)}) if names else self


class Annotations:
    """Reads type expressions; each is read once, because it always stands in the same scope."""

    def __init__(self) -> None:
        self._known: dict[TypeExpr, Annotation | None] = {}

    def of_param(self, p: Any) -> Annotation | None:
        """What a parameter demands."""
        return None if p.type is None else self.of(p.type, p.scope)

    def of_result(self, function: Any) -> Annotation | None:
        """What the result of a function must cross."""
        return None if function.result is None else self.of(*function.result)

    def of(self, t: TypeExpr, scope: TypeScope) -> Annotation | None:
        """What the type demands; None for nothing."""
        if t not in self._known:
            self._known[t] = read(t, scope)
        return self._known[t]


def read(t: TypeExpr, scope: TypeScope) -> Annotation | None:
    """What a type expression demands of a value."""
    return READERS[t.__class__](t, scope)


def _reference(t: TypeRef, scope: TypeScope) -> Annotation | None:
    return _of_type(scope.home.find_type((t.type,)), _all(t.args, scope))


def _tuple(t: TupleType, scope: TypeScope) -> Annotation | None:
    return Annotation(Guard(TUPLE), _all(t.items, scope)) if t.items else Annotation(Guard(UNIT_TYPE))


def _all(types: tuple[TypeExpr, ...], scope: TypeScope) -> tuple[Annotation | None, ...]:
    return tuple([read(t, scope) for t in types])


def _named(t: NamedType, scope: TypeScope) -> Annotation | None:
    if len(t.path) == 1 and t.path[0] in scope.params:
        return scope.params[t.path[0]]
    if t.path == ("Self",):
        return None if scope.self_type is None else Annotation(Guard(scope.self_type))
    found = scope.home.find_type(t.path)
    args = _all(t.args, scope)
    if isinstance(found, Alias):
        names = [p.name for p in found.node.type_params]
        given = dict(zip(names, [*args, *[None] * len(names)], strict=False))
        return read(found.node.type, TypeScope(found.home, None, given))
    return _of_type(found, args)


def _of_type(found: TypeInfo | None, args: tuple[Annotation | None, ...]) -> Annotation | None:
    """The standard library's types and the well-known traits demand nothing: what gets such a value looks at it."""
    unchecked = found is None or found is RNG or found is BUILDER or (found.kind == "trait" and found.declared is None)
    return None if unchecked else Annotation(Guard(found), args)


READERS: dict[type[TypeExpr], Callable[[Any, TypeScope], Annotation | None]] = {
    NamedType: _named,
    TypeRef: _reference,
    TypeVar: lambda t, scope: None,
    TupleType: _tuple,
    FnType: lambda t, scope: Annotation(Guard(FN)),
    DynTrait: lambda t, scope: read(t.trait, scope),
    RefinedType: lambda t, scope: read(t.base, scope),
}
"""How each kind of type expression is read."""


def type_named(t: TypeExpr, scope: TypeScope) -> TypeInfo | None:
    """The type that a type expression names, whether it demands anything or not."""
    match t:
        case NamedType(path=("Self",)):
            return scope.self_type
        case NamedType():
            found = scope.home.find_type(t.path)
            return type_named(found.node.type, TypeScope(found.home)) if isinstance(found, Alias) else found
        case TypeRef():
            return scope.home.find_type((t.type,))
        case DynTrait():
            return type_named(t.trait, scope)
    found = read(t, scope)
    return None if found is None else found.guard.type


class Alias(NamedTuple):
    """`type Name = type` of a module."""

    node: TypeAlias
    home: Any
