"""The methods of lists, and of other sequences, that look, cut and combine without calling functions (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator import arithmetic
from kayton.runtime.evaluator.arguments import count, text
from kayton.runtime.evaluator.comparing import contains as is_member
from kayton.runtime.evaluator.comparing import index_of as place_of
from kayton.runtime.evaluator.errors import of_an_empty_list
from kayton.runtime.evaluator.natives.functions import best
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.sequences import END, items, source, to_list
from kayton.runtime.evaluator.tables import Set
from kayton.runtime.evaluator.values import ABSENT, NONE, Range, option, some


@method_of("List.len")
def length(machine: Any, a: list) -> Any:
    return len(a[0])


@method_of("List.is_empty")
def is_empty(machine: Any, a: list) -> Any:
    return (a[0].count if a[0].__class__ is Range else len(a[0])) == 0


@method_of("List.first")
def first(machine: Any, a: list) -> Any:
    item = source(machine, a[0]).next(machine)
    return NONE if item is END else some(item)


@method_of("List.last")
def last(machine: Any, a: list) -> Any:
    xs = a[0]
    if xs.__class__ is Range:
        return some(xs.item(xs.count - 1)) if xs.count else NONE
    return some(xs[-1]) if len(xs) else NONE


@method_of("List.contains", "x")
def contains(machine: Any, a: list) -> Any:
    return is_member(machine, a[1], a[0])


@method_of("List.index_of", "x")
def index_of(machine: Any, a: list) -> Any:
    return option(place_of(machine, to_list(machine, a[0]), a[1]))


@method_of("List.sum", "start", optional=1)
def total(machine: Any, a: list) -> Any:
    return _accumulated(machine, a, "+", "sum")


@method_of("List.product", "start", optional=1)
def product(machine: Any, a: list) -> Any:
    return _accumulated(machine, a, "*", "product")


def _accumulated(machine: Any, a: list, op: str, name: str) -> Any:
    """From the start if there is one, else from the first item, `op` with each item in order."""
    so_far, walk = a[1], source(machine, a[0])
    while (item := walk.next(machine)) is not END:
        so_far = item if so_far is ABSENT else arithmetic.apply(machine, op, so_far, item)
    if so_far is ABSENT:
        raise of_an_empty_list(name)
    return so_far


@method_of("List.min")
def least(machine: Any, a: list) -> Any:
    return _best(machine, a[0], -1)


@method_of("List.max")
def greatest(machine: Any, a: list) -> Any:
    return _best(machine, a[0], 1)


def _best(machine: Any, values: Any, wanted: int) -> Any:
    walk = source(machine, values)
    found = walk.next(machine)
    if found is END:
        return NONE
    while (item := walk.next(machine)) is not END:
        found = best(machine, [found, item], wanted)
    return some(found)


@method_of("List.join", "sep")
def join(machine: Any, a: list) -> Any:
    sep = text(a[1])
    return sep.join([text(item) for item in items(machine, a[0])])


@method_of("List.to_set")
def to_set(machine: Any, a: list) -> Any:
    made, walk = Set(), source(machine, a[0])
    while (item := walk.next(machine)) is not END:
        made = made.put(item)
    return made


@method_of("List.to_list")
def as_list(machine: Any, a: list) -> Any:
    return to_list(machine, a[0])


@method_of("List.reversed")
def reversed_list(machine: Any, a: list) -> Any:
    return to_list(machine, a[0])[::-1]


@method_of("List.enumerate")
def enumerated(machine: Any, a: list) -> Any:
    return pvector([(i, item) for i, item in enumerate(items(machine, a[0]))])


@method_of("List.zip", "ys")
def zipped(machine: Any, a: list) -> Any:
    left, right, pairs = source(machine, a[0]), source(machine, a[1]), []
    while (x := left.next(machine)) is not END and (y := right.next(machine)) is not END:
        pairs.append((x, y))
    return pvector(pairs)


@method_of("List.flatten")
def flatten(machine: Any, a: list) -> Any:
    flat: list = []
    walk = source(machine, a[0])
    while (part := walk.next(machine)) is not END:
        flat += items(machine, part)
    return pvector(flat)


@method_of("List.take", "n")
def take(machine: Any, a: list) -> Any:
    wanted, walk, taken = count(a[1], 0), source(machine, a[0]), []
    while len(taken) < wanted and (item := walk.next(machine)) is not END:
        taken.append(item)
    return pvector(taken)


@method_of("List.skip", "n")
def skip(machine: Any, a: list) -> Any:
    left_out = count(a[1], 0)
    return to_list(machine, a[0])[left_out:]


@method_of("List.chunks", "n")
def chunks(machine: Any, a: list) -> Any:
    size = count(a[1], 1)
    xs = to_list(machine, a[0])
    return pvector([xs[at : at + size] for at in range(0, len(xs), size)])


@method_of("List.windows", "n")
def windows(machine: Any, a: list) -> Any:
    size = count(a[1], 1)
    xs = to_list(machine, a[0])
    return pvector([xs[at : at + size] for at in range(len(xs) + 1 - size)])
