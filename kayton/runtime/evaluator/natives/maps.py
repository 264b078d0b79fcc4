"""The methods of Map (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import of_class
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.tables import Map
from kayton.runtime.evaluator.values import NONE, UNIT, some


@method_of("Map.len")
def length(machine: Any, a: list) -> Any:
    return len(a[0])


@method_of("Map.is_empty")
def is_empty(machine: Any, a: list) -> Any:
    return not len(a[0])


@method_of("Map.get", "k")
def get(machine: Any, a: list) -> Any:
    entry = a[0].find(a[1])
    return NONE if entry is None else some(entry[1])


@method_of("Map.get_or", "k d")
def get_or(machine: Any, a: list) -> Any:
    entry = a[0].find(a[1])
    return a[2] if entry is None else entry[1]


@method_of("Map.insert", "k v", changes=True)
def insert(machine: Any, a: list) -> Any:
    before = get(machine, a)
    a[0] = a[0].put(a[1], a[2])
    return before


@method_of("Map.remove", "k", changes=True)
def remove(machine: Any, a: list) -> Any:
    before = get(machine, a)
    a[0] = a[0].drop(a[1])
    return before


@method_of("Map.contains", "k")
def contains(machine: Any, a: list) -> Any:
    return a[0].find(a[1]) is not None


@method_of("Map.keys")
def keys(machine: Any, a: list) -> Any:
    return pvector(a[0].keys())


@method_of("Map.values")
def values(machine: Any, a: list) -> Any:
    return pvector([value for _, value in a[0].items()])


@method_of("Map.items")
def items(machine: Any, a: list) -> Any:
    return pvector(a[0].items())


@method_of("Map.clear", changes=True)
def clear(machine: Any, a: list) -> Any:
    a[0] = Map()
    return UNIT


@method_of("Map.update", "k default f", changes=True)
def update(machine: Any, a: list) -> Any:
    changed = machine.call(a[3], [get_or(machine, a)])
    a[0] = a[0].put(a[1], changed)
    return UNIT


@method_of("Map.merge", "other", changes=True)
def merge(machine: Any, a: list) -> Any:
    for key, value in of_class(a[1], Map, "Map").items():
        a[0] = a[0].put(key, value)
    return UNIT
