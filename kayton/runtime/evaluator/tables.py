"""Maps and sets: persistent tables that keep insertion order (LANGUAGE §4).

Assigning to an existing key keeps its place; a removed and re-inserted key goes last. Entries stand in a persistent vector in
order of insertion, removed ones leave holes, and a persistent map finds the place of a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyrsistent import pmap, pvector

from kayton.runtime.evaluator.errors import not_a_key
from kayton.runtime.evaluator.types import register, type_name
from kayton.runtime.evaluator.values import MAP, SET, List, Struct, Unit, Variant

_HOLE = None


class Table:
    """The common part of Map and Set: keys with values in order."""

    __slots__ = ("_entries", "_index")

    def __init__(self, entries: Any = pvector(), index: Any = pmap()) -> None:
        self._entries, self._index = entries, index

    def __len__(self) -> int:
        return len(self._index)

    def find(self, key: Any) -> tuple[Any, Any] | None:
        """The entry of a key, None if it is not there. Raises `not a key: f64`."""
        at = self._index.get(hashed(key))
        return None if at is None else self._entries[at]

    def put(self, key: Any, value: Any = None) -> Table:
        """This table with `key` set to `value`. Raises `not a key: f64`."""
        code = hashed(key)
        at = self._index.get(code)
        if at is not None:
            return self.__class__(self._entries.set(at, (self._entries[at][0], value)), self._index)
        return self.__class__(self._entries.append((key, value)), self._index.set(code, len(self._entries)))

    def drop(self, key: Any) -> Table:
        """This table without `key`."""
        code = hashed(key)
        at = self._index.get(code)
        if at is None:
            return self
        made = self.__class__(self._entries.set(at, _HOLE), self._index.remove(code))
        return self.__class__.of(made.items()) if len(made._entries) > 2 * len(made) + 8 else made

    def items(self) -> list[tuple[Any, Any]]:
        """The entries in order."""
        return [e for e in self._entries if e is not _HOLE]

    def keys(self) -> list[Any]:
        """The keys in order."""
        return [e[0] for e in self._entries if e is not _HOLE]

    @classmethod
    def of(cls, entries: Iterable[tuple[Any, Any]]) -> Table:
        """A table of these entries; a later one replaces the value of an earlier one with the same key."""
        made = cls()
        for key, value in entries:
            made = made.put(key, value)
        return made


class Map(Table):
    """A `Map`."""

    __slots__ = ()


class Set(Table):
    """A `Set`: a table whose values mean nothing."""

    __slots__ = ()

    @classmethod
    def of_members(cls, members: Iterable[Any]) -> Set:
        """A set of these members."""
        return cls.of((x, None) for x in members)


def hashed(key: Any) -> Any:
    """What tells keys apart: for a str or i64 itself, for others a flat tuple of type and parts.

    Flat, so that neither Python's hash nor its comparison descends into deep keys. Raises `not a key: f64`.
    """
    kind = key.__class__
    if kind is int or kind is str:
        return key
    code: list[Any] = []
    stack = [key]
    while stack:
        part = stack.pop()
        kind = part.__class__
        if kind is int or kind is str:
            code.append(part)
        elif kind is bool or kind is Unit:
            code += (kind, kind is bool and part)
        elif kind is tuple or kind is List:
            code += (kind, len(part))
            stack += reversed(part)
        elif kind is Struct:
            code += (Struct, part.type)
            stack += reversed(part.fields)
        elif kind is Variant:
            code += (Variant, part.variant)
            stack += reversed(part.fields)
        else:
            raise not_a_key(type_name(part))
    return tuple(code)


register(Map, MAP)
register(Set, SET)
