"""The methods of Set (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import of_class
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.tables import Set
from kayton.runtime.evaluator.values import UNIT


def _other(a: list) -> Set:
    return of_class(a[1], Set, "Set")


@method_of("Set.len")
def length(machine: Any, a: list) -> Any:
    return len(a[0])


@method_of("Set.is_empty")
def is_empty(machine: Any, a: list) -> Any:
    return not len(a[0])


@method_of("Set.add", "x", changes=True)
def add(machine: Any, a: list) -> Any:
    before = len(a[0])
    a[0] = a[0].put(a[1])
    return len(a[0]) > before


@method_of("Set.remove", "x", changes=True)
def remove(machine: Any, a: list) -> Any:
    before = len(a[0])
    a[0] = a[0].drop(a[1])
    return len(a[0]) < before


@method_of("Set.clear", changes=True)
def clear(machine: Any, a: list) -> Any:
    a[0] = Set()
    return UNIT


@method_of("Set.contains", "x")
def contains(machine: Any, a: list) -> Any:
    return a[0].find(a[1]) is not None


@method_of("Set.union", "other")
def union(machine: Any, a: list) -> Any:
    return Set.of_members([*a[0].keys(), *_other(a).keys()])


@method_of("Set.intersection", "other")
def intersection(machine: Any, a: list) -> Any:
    other = _other(a)
    return Set.of_members([x for x in a[0].keys() if other.find(x) is not None])


@method_of("Set.difference", "other")
def difference(machine: Any, a: list) -> Any:
    other = _other(a)
    return Set.of_members([x for x in a[0].keys() if other.find(x) is None])


@method_of("Set.is_subset", "other")
def is_subset(machine: Any, a: list) -> Any:
    other = _other(a)
    return not [x for x in a[0].keys() if other.find(x) is None]


@method_of("Set.to_list")
def to_list(machine: Any, a: list) -> Any:
    return pvector(a[0].keys())
