"""Matching a value against a pattern (LANGUAGE §6), before patterns are compiled to tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.ir.resolved import ConstPattern, EqualPattern, StructPattern, VariantPattern
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ConstructorPattern,
    IntLit,
    ListPattern,
    LiteralPattern,
    OrPattern,
    PathPattern,
    Pattern,
    RangePattern,
    TuplePattern,
    WildcardPattern,
)
from kayton.runtime.evaluator.comparing import compare, equal
from kayton.runtime.evaluator.errors import InvalidProgram, expected, no_match_arm
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.printing import nested
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import (
    UNIT,
    Instance,
    List,
    Struct,
    TypeInfo,
    Variant,
    VariantInfo,
)

Bindings = dict[str, Variable]

_MATCHES: dict[type[Pattern], Callable[[Any, Any, Frame, Bindings], bool]] = {}


def fits(p: Pattern, value: Any, f: Frame, out: Bindings) -> bool:
    """Whether the value fits; what the pattern binds is added to `out`."""
    return _MATCHES[p.__class__](p, value, f, out)


def _pattern(*kinds: type[Pattern]) -> Callable:
    def register(function: Callable) -> Callable:
        for kind in kinds:
            _MATCHES[kind] = function
        return function

    return register


def evaluable() -> frozenset[type[Pattern]]:
    """The kinds of patterns that `fits` knows."""
    return frozenset(_MATCHES)


@_pattern(WildcardPattern)
def _wildcard(p: WildcardPattern, value: Any, f: Frame, out: Bindings) -> bool:
    return True


@_pattern(BindPattern)
def _bind(p: BindPattern, value: Any, f: Frame, out: Bindings) -> bool:
    out[p.name] = Variable(value, p.mutable)
    return True


@_pattern(AtPattern)
def _at(p: AtPattern, value: Any, f: Frame, out: Bindings) -> bool:
    out[p.name] = Variable(value)
    return fits(p.pattern, value, f, out)


@_pattern(LiteralPattern, EqualPattern)
def _literal(p: LiteralPattern | EqualPattern, value: Any, f: Frame, out: Bindings) -> bool:
    wanted = RULES[p.value.__class__](p.value, f)
    f.span = p.span
    return equal(f.machine, value, wanted)


@_pattern(RangePattern)
def _range(p: RangePattern, value: Any, f: Frame, out: Bindings) -> bool:
    lo, hi = RULES[p.lo.__class__](p.lo, f), RULES[p.hi.__class__](p.hi, f)
    wanted = int if isinstance(p.lo, IntLit) and isinstance(p.hi, IntLit) else str if lo.__class__ is str else float
    if value.__class__ is not wanted:
        return False
    return compare(f.machine, ">=", value, lo) and compare(f.machine, "<=" if p.inclusive else "<", value, hi)


@_pattern(TuplePattern)
def _tuple(p: TuplePattern, value: Any, f: Frame, out: Bindings) -> bool:
    if not p.items:
        return value is UNIT
    return value.__class__ is tuple and len(value) == len(p.items) and _all(p.items, value, f, out)


@_pattern(ListPattern)
def _list(p: ListPattern, value: Any, f: Frame, out: Bindings) -> bool:
    if value.__class__ is not List:
        return False
    count = len(p.items)
    if len(value) < count or (p.rest is None and len(value) > count):
        return False
    return _all(p.items, value, f, out) and (p.rest is None or fits(p.rest, value[count:], f, out))


def _all(patterns: tuple[Pattern, ...], values: Any, f: Frame, out: Bindings) -> bool:
    for i, p in enumerate(patterns):
        if not fits(p, values[i], f, out):
            return False
    return True


@_pattern(OrPattern)
def _or(p: OrPattern, value: Any, f: Frame, out: Bindings) -> bool:
    for alternative in p.alternatives:
        found: Bindings = {}
        if fits(alternative, value, f, found):
            out.update(found)
            return True
    return False


@_pattern(PathPattern)
def _path(p: PathPattern, value: Any, f: Frame, out: Bindings) -> bool:
    wanted = f.machine.world.pattern_target(p.path, f)
    if isinstance(wanted, VariantInfo):
        return value.__class__ is Variant and value.variant is wanted
    return equal(f.machine, value, f.machine.world.value_of(wanted, f))


@_pattern(ConstructorPattern)
def _constructor(p: ConstructorPattern, value: Any, f: Frame, out: Bindings) -> bool:
    wanted = f.machine.world.pattern_target(p.path, f)
    if not _made_by(wanted, value):
        return False
    names = [field.name for field in wanted.fields]
    at = 0
    for arg in p.args:
        index = at if arg.name is None else names.index(arg.name)
        at += arg.name is None
        if not fits(arg.pattern, value.fields[index], f, out):
            return False
    return True


def _made_by(wanted: Any, value: Any) -> bool:
    """Whether the value is of that variant, or of that struct or class."""
    if isinstance(wanted, VariantInfo):
        return value.__class__ is Variant and value.variant is wanted
    return (value.__class__ is Struct or value.__class__ is Instance) and value.type is wanted


@_pattern(VariantPattern)
def _variant(p: VariantPattern, value: Any, f: Frame, out: Bindings) -> bool:
    wanted = f.machine.world.variant_called(p.variant)
    return value.__class__ is Variant and value.variant is wanted and _all(p.args, value.fields, f, out)


@_pattern(StructPattern)
def _struct(p: StructPattern, value: Any, f: Frame, out: Bindings) -> bool:
    return _made_by(f.machine.world.find_type((p.type,)), value) and _all(p.args, value.fields, f, out)


@_pattern(ConstPattern)
def _const(p: ConstPattern, value: Any, f: Frame, out: Bindings) -> bool:
    f.span = p.span
    return equal(f.machine, value, f.machine.world.const_called(p.const))


def destructure(p: Pattern, value: Any, f: Frame) -> None:
    """Binds an irrefutable pattern. Raises `expected tuple, found i64`, `no match arm for (1, 2, 3)`."""
    if p.__class__ is BindPattern:
        f.scopes[-1][p.name] = Variable(value, p.mutable)
        return
    out: Bindings = {}
    if not fits(p, value, f, out):
        raise _refusal(p, value, f)
    f.scopes[-1].update(out)


def destructure_at(p: Pattern, value: Any, f: Frame) -> None:
    """Binds the pattern of a loop or parameter; it is the place of what does not fit."""
    f.span = p.span
    destructure(p, value, f)


def _refusal(p: Pattern, value: Any, f: Frame) -> Exception:
    """Why the value does not fit: the outermost part of another type, or of another size."""
    inner = p
    while isinstance(inner, AtPattern):
        inner = inner.pattern
    name = _expected_type(inner, f)
    if name is not None and type_name(value) != name:
        return expected(name, type_name(value))
    if isinstance(inner, TuplePattern | ConstructorPattern | StructPattern | VariantPattern):
        patterns = _parts(inner)
        parts = value if value.__class__ is tuple else value.fields
        if len(patterns) == len(parts):
            for q, part in zip(patterns, parts, strict=True):
                if not fits(q, part, f, {}):
                    return _refusal(q, part, f)
    return no_match_arm(nested(f.machine, value))


def _parts(p: Pattern) -> list[Pattern]:
    """The patterns of the parts, in order."""
    if isinstance(p, ConstructorPattern):
        return [a.pattern for a in p.args]
    return list(p.items if isinstance(p, TuplePattern) else p.args)


def _expected_type(p: Pattern, f: Frame) -> str | None:
    match p:
        case TuplePattern(items=items):
            return "tuple" if items else "()"
        case ListPattern():
            return "List"
        case ConstructorPattern() | StructPattern() | VariantPattern():
            world = f.machine.world
            if isinstance(p, ConstructorPattern):
                wanted = world.pattern_target(p.path, f)
            else:
                wanted = world.find_type((p.type,)) if isinstance(p, StructPattern) else world.variant_called(p.variant)
            if not isinstance(wanted, TypeInfo | VariantInfo):
                raise InvalidProgram(p, "a constructor pattern of something else")
            return wanted.owner.name if isinstance(wanted, VariantInfo) else wanted.name
    return None
