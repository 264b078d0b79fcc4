"""Sorting (LANGUAGE §9): stable, NaN last. The list is unchanged when a comparison fails."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import integer
from kayton.runtime.evaluator.comparing import merge_sort, nan_last, order
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.sequences import to_list
from kayton.runtime.evaluator.values import UNIT


def _ordered(machine: Any, xs: Any) -> Any:
    return pvector(merge_sort(xs.tolist(), lambda x, y: order(machine, x, y, nan_last) == 1))


def _ordered_by_key(machine: Any, xs: Any, f: Any) -> Any:
    """Each element's key is computed once, in order, before anything is compared."""
    pairs = []
    for x in xs:
        pairs.append((machine.call(f, [x]), x))
    pairs = merge_sort(pairs, lambda p, q: order(machine, p[0], q[0], nan_last) == 1)
    return pvector([x for _, x in pairs])


@method_of("List.sort", changes=True)
def sort(machine: Any, a: list) -> Any:
    a[0] = _ordered(machine, a[0])
    return UNIT


@method_of("List.sorted")
def sorted_list(machine: Any, a: list) -> Any:
    return _ordered(machine, to_list(machine, a[0]))


@method_of("List.sort_by", "cmp", changes=True)
def sort_by(machine: Any, a: list) -> Any:
    a[0] = pvector(merge_sort(a[0].tolist(), lambda x, y: integer(machine.call(a[1], [x, y])) > 0))
    return UNIT


@method_of("List.sort_by_key", "f", changes=True)
def sort_by_key(machine: Any, a: list) -> Any:
    a[0] = _ordered_by_key(machine, a[0], a[1])
    return UNIT


@method_of("List.sorted_by_key", "f")
def sorted_by_key(machine: Any, a: list) -> Any:
    return _ordered_by_key(machine, to_list(machine, a[0]), a[1])
