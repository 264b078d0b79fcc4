"""Arguments of built-in functions as Python values, with the boundary errors of LANGUAGE §3."""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.printing import quoted
from kayton.runtime.evaluator.types import type_name


def integer(value: Any) -> int:
    """An i64. Raises `expected i64, found …`."""
    if value.__class__ is not int:
        raise errors.expected("i64", type_name(value))
    return value


def number(value: Any) -> float:
    """An f64; an i64 is converted. Raises `expected f64, found …`."""
    if value.__class__ is int:
        return float(value)
    if value.__class__ is not float:
        raise errors.expected("f64", type_name(value))
    return value


def text(value: Any) -> str:
    """A str. Raises `expected str, found …`."""
    if value.__class__ is not str:
        raise errors.expected("str", type_name(value))
    return value


def truth(value: Any) -> bool:
    """A bool. Raises `expected bool, found …`."""
    if value.__class__ is not bool:
        raise errors.expected("bool", type_name(value))
    return value


def of_class(value: Any, kind: type, name: str) -> Any:
    """A value of that Python class. Raises `expected NAME, found …`."""
    if value.__class__ is not kind:
        raise errors.expected(name, type_name(value))
    return value


def count(value: Any, least: int) -> int:
    """A count of at least `least`. Raises `expected i64, found …`, `count out of range: -1`."""
    if integer(value) < least:
        raise errors.count_out_of_range(value)
    return value


def character(value: Any) -> str:
    """A str of one code point. Raises `expected one character, found "ab"`."""
    if len(text(value)) != 1:
        raise errors.expected_one_character(quoted(value))
    return value


def place(length: int, index: Any) -> int:
    """An index below `length`. Raises `expected i64, found str`, `index out of range: …`."""
    if not 0 <= integer(index) < length:
        raise errors.index_out_of_range(length, index)
    return index
