"""Whatever `for` accepts, item by item (LANGUAGE §§4, 7)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.tables import Map, Set
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import NONE_VARIANT, OPTION, List, Range, Variant

END = object()
"""What a source gives when it has no more items."""

_MOST_ITERABLES = 100
"""An `Iterable.iter` may give another iterable; this many in a row is a loop."""


class Items:
    """The items of a built-in value."""

    __slots__ = ("at", "count", "items")

    def __init__(self, items: Any, count: int) -> None:
        self.items, self.count, self.at = items, count, 0

    def next(self, machine: Any) -> Any:
        """The next item, END after the last."""
        if self.at >= self.count:
            return END
        self.at += 1
        machine.step()
        return self.items[self.at - 1]


class Counted:
    """The items of a range."""

    __slots__ = ("at", "range")

    def __init__(self, range_: Range) -> None:
        self.range, self.at = range_, 0

    def next(self, machine: Any) -> Any:
        """The next number, END after the last."""
        if self.at >= self.range.count:
            return END
        self.at += 1
        machine.step()
        return self.range.item(self.at - 1)


class UserIterator:
    """A value with `Iterator.next`, walked on a copy."""

    __slots__ = ("function", "value")

    def __init__(self, value: Any, function: Any) -> None:
        self.value, self.function = value, function

    def next(self, machine: Any) -> Any:
        """What `next` gives, END for `None`. Raises `expected Option, found …` when it gives something else."""
        args = [self.value]
        answer = machine.call(self.function, args)
        self.value = args[0]
        if answer.__class__ is not Variant or answer.variant.owner is not OPTION:
            raise errors.expected("Option", type_name(answer))
        return END if answer.variant is NONE_VARIANT else answer.fields[0]


def source(machine: Any, value: Any) -> Items | Counted | UserIterator:
    """A walk over a value from its start. Raises `cannot iterate over i64`, and what `Iterable.iter` ends with."""
    for _ in range(_MOST_ITERABLES):
        kind = value.__class__
        if kind is List or kind is str:
            return Items(value, len(value))
        if kind is Map or kind is Set:
            return Items(value.keys(), len(value))
        if kind is Range:
            return Counted(value)
        function = machine.hook(value, "Iterator.next")
        if function is not None:
            return UserIterator(value, function)
        function = machine.hook(value, "Iterable.iter")
        if function is None:
            raise errors.cannot_iterate(type_name(value))
        value = machine.call(function, [value])
    raise errors.call_depth()


def items(machine: Any, value: Any) -> list:
    """All items of a value. Raises what `source` and its `next` raise."""
    if value.__class__ is Range:
        machine.room(8 * value.count)
    walk, out = source(machine, value), []
    while (item := walk.next(machine)) is not END:
        out.append(item)
    return out


def to_list(machine: Any, value: Any) -> Any:
    """A list of a value's items: the value itself when it is a list."""
    return value if value.__class__ is List else pvector(items(machine, value))
