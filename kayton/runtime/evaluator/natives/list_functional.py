"""The methods of sequences that take functions (LANGUAGE §9). A function runs once per item, in order."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import truth
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.sequences import END, items, source
from kayton.runtime.evaluator.values import ABSENT, NONE, some


@method_of("List.map", "f")
def mapped(machine: Any, a: list) -> Any:
    walk, results = source(machine, a[0]), []
    while (item := walk.next(machine)) is not END:
        results.append(machine.call(a[1], [item]))
    return pvector(results)


@method_of("List.filter", "f")
def filtered(machine: Any, a: list) -> Any:
    walk, kept = source(machine, a[0]), []
    while (item := walk.next(machine)) is not END:
        if truth(machine.call(a[1], [item])):
            kept.append(item)
    return pvector(kept)


@method_of("List.fold", "init f")
def folded(machine: Any, a: list) -> Any:
    walk, total = source(machine, a[0]), a[1]
    while (item := walk.next(machine)) is not END:
        total = machine.call(a[2], [total, item])
    return total


@method_of("List.reduce", "f")
def reduced(machine: Any, a: list) -> Any:
    walk, total = source(machine, a[0]), ABSENT
    while (item := walk.next(machine)) is not END:
        total = item if total is ABSENT else machine.call(a[1], [total, item])
    return NONE if total is ABSENT else some(total)


def _found(machine: Any, a: list, wanted: bool) -> bool:
    """Whether the predicate gives `wanted` for some item; later items are not looked at."""
    walk = source(machine, a[0])
    while (item := walk.next(machine)) is not END:
        if truth(machine.call(a[1], [item])) is wanted:
            return True
    return False


@method_of("List.any", "f")
def any_of(machine: Any, a: list) -> Any:
    return _found(machine, a, True)


@method_of("List.all", "f")
def all_of(machine: Any, a: list) -> Any:
    return not _found(machine, a, False)


@method_of("List.count", "f")
def counted(machine: Any, a: list) -> Any:
    walk, found = source(machine, a[0]), 0
    while (item := walk.next(machine)) is not END:
        found += truth(machine.call(a[1], [item]))
    return found


@method_of("List.flat_map", "f")
def flat_mapped(machine: Any, a: list) -> Any:
    walk, flat = source(machine, a[0]), []
    while (item := walk.next(machine)) is not END:
        flat += items(machine, machine.call(a[1], [item]))
    return pvector(flat)
