"""What is known of each built-in function, and looking it up.

The code of a native is called with the machine and a list: the receiver of a method first, then exactly one value for each
parameter, ABSENT where it was left out. A variadic function gets all positional arguments, then its parameters, which can only
be given by keyword. A native that changes its receiver, or an argument marked `mut`, leaves the new value in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kayton.runtime.evaluator.types import type_of
from kayton.runtime.evaluator.values import LIST, RANGE


class Native:
    """A built-in function or method. `most` is None for a variadic one."""

    __slots__ = ("changes", "changes_param", "least", "method", "most", "name", "params", "run")

    def __init__(self, name: str, params: tuple[str, ...], run: Callable[[Any, list], Any], *, least: int, most: int | None,
                 method: bool = False, changes: bool = False, changes_param: int | None = None) -> None:
        self.name, self.params, self.run = name, params, run
        self.least, self.most = least, most
        self.method, self.changes, self.changes_param = method, changes, changes_param

    @property
    def short_name(self) -> str:
        """The name without module or type."""
        return self.name.rpartition(".")[2]


FUNCTIONS: dict[str, Native] = {}
METHODS: dict[tuple[str, str], Native] = {}
CONSTANTS: dict[str, Any] = {}

OF_SEQUENCES = frozenset(
    "map filter fold reduce any all count sum product min max enumerate zip flat_map take skip to_list".split()
)
"""The list methods of whatever has `Iterator` or `Iterable` (LANGUAGE §7)."""

_OF_RANGES = OF_SEQUENCES | frozenset(
    "is_empty first last index_of reversed sorted sorted_by_key flatten chunks windows join to_set".split()
)


def function(name: str, params: str = "", *, variadic: int | None = None, optional: int = 0) -> Callable:
    """Decorator: the built-in function `name`. `variadic`: the fewest positional arguments of a variadic one."""

    def register(run: Callable) -> Callable:
        names = tuple(params.split())
        least, most = (len(names) - optional, len(names)) if variadic is None else (variadic, None)
        FUNCTIONS[name] = Native(name, names, run, least=least, most=most)
        return run

    return register


def method_of(
    name: str, params: str = "", *, optional: int = 0, changes: bool = False, changes_param: int | None = None
) -> Callable:
    """Decorator: the method `Type.name`. `changes`: it changes its receiver; `changes_param`: and that parameter."""

    def register(run: Callable) -> Callable:
        names = tuple(params.split())
        owner, _, short = name.partition(".")
        METHODS[owner, short] = Native(
            name, names, run, least=len(names) - optional, most=len(names),
            method=True, changes=changes, changes_param=changes_param,
        )
        return run

    return register


def method(value: Any, name: str) -> Native | None:
    """The built-in method of that name that a value has."""
    info = type_of(value)
    found = METHODS.get((info.name, name)) if info.home is None else None
    if found is None and info is RANGE and name in _OF_RANGES:
        return METHODS[LIST.name, name]
    return found


def sequence_method(name: str) -> Native | None:
    """The list method that a value has because it has `Iterator` or `Iterable`."""
    return METHODS.get((LIST.name, name)) if name in OF_SEQUENCES else None
