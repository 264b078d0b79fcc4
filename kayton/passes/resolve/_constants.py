"""Values of constants as expressions, and what a constant's computation reaches."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from kayton.ir.core import Construct, EmptySet, MakeVariant
from kayton.ir.effects import effect_of
from kayton.ir.node import Node, walk
from kayton.ir.resolved import CallFn, CallNative, ConstRef, FnRef, NativeRef
from kayton.ir.surface import (
    BoolLit,
    ConstDef,
    Expr,
    FloatLit,
    FnDef,
    IntLit,
    ListLit,
    MapEntry,
    MapLit,
    Program,
    Range,
    SetLit,
    StrLit,
    Tuple,
    UnitLit,
)
from kayton.runtime.evaluator import values
from kayton.runtime.evaluator.tables import Map, Set

_ALLOWED = (None, "random")
"""A generator gives the same numbers whenever it is asked."""
_LARGEST = 2_000
"""A literal of more parts than this is longer than the computation that makes it."""


def literal(value: Any) -> Expr | None:
    """The expression that stands for a value wherever the constant is named; None for containers and the like."""
    make = _LITERALS.get(value.__class__)
    if make is not None:
        return make(value)
    if isinstance(value, values.Variant) and not value.fields:
        return MakeVariant(_path(value.variant))
    return None


class TooLarge(Exception):
    """A value that no literal should stand for, or can: functions, class instances."""


def container(value: Any) -> Expr | None:
    """An expression that makes the value anew; None where there is none of reasonable size."""
    try:
        return _Literals().expression(value)
    except TooLarge:
        return None


class _Literals:
    """Counts the parts while it writes a value down."""

    def __init__(self) -> None:
        self.left = _LARGEST

    def expression(self, value: Any) -> Expr:
        """The value written down. Raises TooLarge."""
        self.left -= 1
        if self.left < 0:
            raise TooLarge
        found = literal(value)
        if found is not None:
            return found
        if isinstance(value, values.List):
            return ListLit(self._all(value))
        if isinstance(value, tuple):
            return Tuple(self._all(value))
        if isinstance(value, Map):
            return MapLit(tuple([MapEntry(self.expression(k), self.expression(v)) for k, v in value.items()]))
        if isinstance(value, Set):
            return SetLit(self._all(value.keys())) if len(value) else EmptySet()
        if isinstance(value, values.Range) and value.step == 1:
            return Range(IntLit(value.start), IntLit(value.end))
        if isinstance(value, values.Struct):
            return Construct(value.type.declared.name, self._all(value.fields))
        if isinstance(value, values.Variant):
            return MakeVariant(_path(value.variant), self._all(value.fields))
        raise TooLarge

    def _all(self, parts: Any) -> tuple[Expr, ...]:
        return tuple([self.expression(p) for p in parts])


def _path(variant: values.VariantInfo) -> str:
    owner = variant.owner
    return f"{owner.name if owner.declared is None else owner.declared.name}.{variant.name}"


_LITERALS = {
    int: IntLit, float: FloatLit, bool: BoolLit, str: StrLit, values.Unit: lambda value: UnitLit(),
}  # fmt: skip


_NAMING = frozenset((ConstRef, FnRef, CallFn, CallNative, NativeRef))


class Reached:
    """Analysis: for each constant and function what it names directly, from which follows what its computation may come to."""

    def __init__(self, items: dict[str, FnDef | ConstDef]) -> None:
        self.items = items
        self._uses: dict[str, list[Node]] = {}
        self._harmless: set[str] = set()
        """What comes to no effect; with it each use is looked at once, however many constants come to it."""

    @classmethod
    def of(cls, root: Program) -> Reached:
        """The analysis of a program."""
        return cls({i.name: i for m in root.modules for i in m.body if isinstance(i, FnDef | ConstDef)})

    def uses(self, name: str) -> list[Node]:
        """What a constant or function names directly."""
        if name not in self._uses:
            item = self.items.get(name)
            self._uses[name] = [n for n in walk(item) if n.__class__ in _NAMING] if item is not None else []
        return self._uses[name]

    def breadth(self, name: str) -> int:
        """How many constants the computation may come to: more than that of any constant it needs."""
        return len({n.name for n in self._reached(name, set(), frozenset()) if isinstance(n, ConstRef)})

    def effect(self, name: str) -> str | None:
        """A built-in function with an effect that the computation may come to."""
        entered: set[str] = set()
        for n in self._reached(name, entered, self._harmless):
            if isinstance(n, CallNative | NativeRef) and effect_of(n.name) not in _ALLOWED:
                return n.name
        self._harmless |= entered
        return None

    def _reached(self, name: str, entered: set[str], known: AbstractSet[str]) -> Iterator[Node]:
        """Every use that the computation of `name` may come to through functions that are named, in no particular order. Names
        are entered once, those in `known` not at all."""
        entered.add(name)
        todo = [name]
        while todo:
            for n in self.uses(todo.pop()):
                yield n
                to = n.fn if isinstance(n, FnRef | CallFn) else n.name
                if to not in entered and to not in known:
                    entered.add(to)
                    todo.append(to)
