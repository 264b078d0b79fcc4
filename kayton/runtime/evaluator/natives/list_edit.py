"""The methods that change a list (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import count, integer, place
from kayton.runtime.evaluator.errors import index_out_of_range
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.sequences import to_list
from kayton.runtime.evaluator.values import NONE, UNIT, some


@method_of("List.push", "x", changes=True)
def push(machine: Any, a: list) -> Any:
    a[0] = a[0].append(a[1])
    return UNIT


@method_of("List.pop", changes=True)
def pop(machine: Any, a: list) -> Any:
    if not len(a[0]):
        return NONE
    last = a[0][-1]
    a[0] = a[0].delete(len(a[0]) - 1)
    return some(last)


@method_of("List.insert", "i x", changes=True)
def insert(machine: Any, a: list) -> Any:
    items = a[0].tolist()
    if not 0 <= integer(a[1]) <= len(items):
        raise index_out_of_range(len(items), a[1])
    items.insert(a[1], a[2])
    a[0] = pvector(items)
    return UNIT


@method_of("List.remove", "i", changes=True)
def remove(machine: Any, a: list) -> Any:
    at = place(len(a[0]), a[1])
    removed = a[0][at]
    a[0] = a[0].delete(at)
    return removed


@method_of("List.swap", "i j", changes=True)
def swap(machine: Any, a: list) -> Any:
    xs = a[0]
    i, j = place(len(xs), a[1]), place(len(xs), a[2])
    a[0] = xs.set(i, xs[j]).set(j, xs[i])
    return UNIT


@method_of("List.clear", changes=True)
def clear(machine: Any, a: list) -> Any:
    a[0] = pvector()
    return UNIT


@method_of("List.extend", "xs", changes=True)
def extend(machine: Any, a: list) -> Any:
    more = to_list(machine, a[1])
    machine.room(8 * (len(a[0]) + len(more)))
    a[0] = a[0].extend(more)
    return UNIT


@method_of("List.truncate", "n", changes=True)
def truncate(machine: Any, a: list) -> Any:
    a[0] = a[0][: count(a[1], 0)]
    return UNIT


@method_of("List.reverse", changes=True)
def reverse(machine: Any, a: list) -> Any:
    a[0] = a[0][::-1]
    return UNIT
