"""`==`, the orderings, membership and sorting (LANGUAGE §§4, 5, 9).

Written out rather than left to Python's own comparisons, because a user's `Eq` or `Ord` may decide at any depth.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.tables import Map, Set, Table
from kayton.runtime.evaluator.types import type_name, type_of
from kayton.runtime.evaluator.values import (
    Closure,
    Function,
    List,
    NativeFunction,
    Range,
    Rng,
    Struct,
    Unit,
    Variant,
)

_FUNCTIONS = (Function, Closure, NativeFunction)


def equal(machine: Any, a: Any, b: Any) -> bool:
    """Whether `a == b`. Raises `cannot compare functions`, and what an `impl Eq` ends with."""
    kind = a.__class__
    if kind is b.__class__ and (kind is int or kind is str or kind is float or kind is bool):
        return a == b
    if type_of(a) is type_of(b):
        hook = machine.hook(a, "Eq.eq")
        if hook is not None and type_of(a).kind != "builtin":
            return _expect(bool, machine.call(hook, [a, b]))
    if isinstance(a, _FUNCTIONS) and isinstance(b, _FUNCTIONS):
        raise errors.cannot_compare_functions()
    if {kind, b.__class__} == {int, float}:
        return float(a) == float(b)
    if kind is not b.__class__:
        return False
    return _same_shape(machine, a, b)


def _same_shape(machine: Any, a: Any, b: Any) -> bool:
    kind = a.__class__
    if kind is List or kind is tuple:
        return _all_equal(machine, a, b)
    if kind is Struct:
        return a.type is b.type and _all_equal(machine, a.fields, b.fields)
    if kind is Variant:
        return a.variant is b.variant and _all_equal(machine, a.fields, b.fields)
    if kind is Map or kind is Set:
        return _equal_tables(machine, a, b)
    if kind is Range:
        return a.count == b.count and (a.count == 0 or a.start == b.start) and (a.count < 2 or a.step == b.step)
    if kind is Rng:
        return a.state == b.state
    return kind is Unit or a is b


def _all_equal(machine: Any, a: Any, b: Any) -> bool:
    if len(a) != len(b):
        return False
    for x, y in zip(a, b, strict=True):
        if not equal(machine, x, y):
            return False
    return True


def _equal_tables(machine: Any, a: Table, b: Table) -> bool:
    if len(a) != len(b):
        return False
    for key, value in a.items():
        other = b.find(key)
        if other is None or (value is not other[1] and not equal(machine, value, other[1])):
            return False
    return True


def _expect(kind: type, answer: Any) -> Any:
    """What a hook answered, which must be of that class."""
    if answer.__class__ is not kind:
        raise errors.expected({bool: "bool", int: "i64", str: "str"}[kind], type_name(answer))
    return answer


def order(machine: Any, a: Any, b: Any, floats: Callable[[float, float], int | None]) -> int | None:
    """-1, 0 or 1; None where a NaN decides. `floats` says how two f64 stand. Raises `cannot compare i64 with str`."""
    x, y = a.__class__, b.__class__
    if x is y and (x is int or x is str or x is bool):
        return (a > b) - (a < b)
    if (x is int or x is float) and (y is int or y is float):
        return floats(float(a), float(b))
    if x is y and (x is tuple or x is List):
        for left, right in zip(a, b, strict=False):
            decided = order(machine, left, right, floats)
            if decided != 0:
                return decided
        return (len(a) > len(b)) - (len(a) < len(b))
    hook = machine.hook(a, "Ord.cmp")
    if hook is None:
        raise errors.cannot_compare(type_name(a), type_name(b))
    sign = _expect(int, machine.call(hook, [a, b]))
    return (sign > 0) - (sign < 0)


def partial(a: float, b: float) -> int | None:
    """The order of two f64 for `<` and its kin: None if one is NaN."""
    return None if math.isnan(a) or math.isnan(b) else (a > b) - (a < b)


def nan_last(a: float, b: float) -> int:
    """The order of two f64 for sorting: NaN after every other number."""
    known = partial(a, b)
    return math.isnan(a) - math.isnan(b) if known is None else known


def compare(machine: Any, op: str, a: Any, b: Any) -> bool:
    """`a < b`, `a <= b`, `a > b`, `a >= b`."""
    sign = order(machine, a, b, partial)
    if sign is None:
        return False
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[op]


def contains(machine: Any, x: Any, xs: Any) -> bool:
    """`x in xs`. Raises `cannot apply in to i64 and str`, `not a key: f64`."""
    kind = xs.__class__
    if kind is List:
        return index_of(machine, xs, x) is not None
    if kind is Map or kind is Set:
        return xs.find(x) is not None
    if kind is Range:
        return _whole(x) is not None and _whole(x) in xs
    if kind is str and x.__class__ is str:
        return x in xs
    raise errors.cannot_apply("in", type_name(x), type_name(xs))


def _whole(x: Any) -> int | None:
    """The i64 that a number equals."""
    if x.__class__ is float:
        return int(x) if math.isfinite(x) and x == math.floor(x) and abs(x) < 9e18 else None
    return x if x.__class__ is int else None


def index_of(machine: Any, xs: Any, x: Any) -> int | None:
    """The place of the first element of a list that equals `x`."""
    for i, item in enumerate(xs):
        if equal(machine, item, x):
            return i
    return None


def merge_sort(items: list, greater: Callable[[Any, Any], bool]) -> list:
    """The items in order, stably. Which comparisons are made, and in what order, is part of the language, for they may print:
    the first half (rounded down) and the rest are sorted, then merged, taking the right one only where the left is greater."""
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle], greater), merge_sort(items[middle:], greater)
    merged: list = []
    i = j = 0
    while i < len(left) and j < len(right):
        if greater(left[i], right[j]):
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]
