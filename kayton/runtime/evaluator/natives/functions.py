"""The functions that are in scope everywhere (LANGUAGE §9)."""

from __future__ import annotations

import math
from typing import Any

from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.arguments import integer, text, truth
from kayton.runtime.evaluator.arithmetic import fits
from kayton.runtime.evaluator.comparing import order, partial
from kayton.runtime.evaluator.floats import shortest
from kayton.runtime.evaluator.natives.registry import function
from kayton.runtime.evaluator.printing import display
from kayton.runtime.evaluator.tables import Set
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import ABSENT, NONE, UNIT, some


def _line(machine: Any, a: list) -> str:
    """What `print` writes: the positional arguments with `sep` between and `end` after them."""
    sep = " " if a[-2] is ABSENT else text(a[-2])
    end = "\n" if a[-1] is ABSENT else text(a[-1])
    shown = []
    for value in a[:-2]:
        shown.append(display(machine, value))
    return sep.join(shown) + end


@function("print", "sep end", variadic=0)
def print_out(machine: Any, a: list) -> Any:
    _write(machine.out, _line(machine, a), "standard output")
    return UNIT


@function("eprint", "sep end", variadic=0)
def print_err(machine: Any, a: list) -> Any:
    line = _line(machine, a)
    _write(machine.out, "", "standard output")
    _write(machine.err, line, "standard error")
    return UNIT


def _write(stream: Any, line: str, what: str) -> None:
    """Writes a line, or what is buffered if it is empty. Raises `cannot write to standard output`, BrokenPipeError."""
    try:
        if line:
            stream.write(line)
        else:
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError:
        raise errors.cannot_write(what) from None


@function("input")
def read_input(machine: Any, a: list) -> Any:
    line = machine.stdin.readline()
    if not line:
        return NONE
    return some(line.removesuffix("\n").removesuffix("\r") if line.endswith("\n") else line)


@function("panic", "msg")
def panic(machine: Any, a: list) -> Any:
    raise errors.Fail(display(machine, a[0]))


@function("assert", "cond msg", optional=1)
def check(machine: Any, a: list) -> Any:
    if truth(a[0]):
        return UNIT
    raise errors.Fail("assertion failed" if a[1] is ABSENT else display(machine, a[1]))


@function("i64", "x")
def to_i64(machine: Any, a: list) -> Any:
    x = a[0]
    if x.__class__ is int or x.__class__ is bool:
        return int(x)
    if x.__class__ is not float:
        raise errors.cannot_convert(type_name(x), "i64")
    if not -(2.0**63) <= x < 2.0**63:
        raise errors.number_out_of_range(shortest(x))
    return math.trunc(x)


@function("f64", "x")
def to_f64(machine: Any, a: list) -> Any:
    if a[0].__class__ is not int and a[0].__class__ is not float:
        raise errors.cannot_convert(type_name(a[0]), "f64")
    return float(a[0])


@function("str", "x")
def to_str(machine: Any, a: list) -> Any:
    return display(machine, a[0])


@function("chr", "n")
def character(machine: Any, a: list) -> Any:
    n = integer(a[0])
    if not 0 <= n < 0x110000 or 0xD800 <= n < 0xE000:
        raise errors.not_a_code_point(n)
    return chr(n)


@function("type_name", "x")
def name_of_type(machine: Any, a: list) -> Any:
    return type_name(a[0])


@function("min", variadic=2)
def least(machine: Any, a: list) -> Any:
    return best(machine, a, -1)


@function("max", variadic=2)
def greatest(machine: Any, a: list) -> Any:
    return best(machine, a, 1)


def best(machine: Any, values: list, wanted: int) -> Any:
    """The first of the least (-1) or greatest (1) values; a NaN gives way to any number. Raises `cannot compare …`."""
    found = values[0]
    for value in values[1:]:
        if order(machine, value, found, partial) == wanted or (_is_nan(found) and not _is_nan(value)):
            found = value
    return found


def _is_nan(value: Any) -> bool:
    return value.__class__ is float and math.isnan(value)


@function("abs", "x")
def absolute(machine: Any, a: list) -> Any:
    if a[0].__class__ is int:
        return fits(abs(a[0]))
    if a[0].__class__ is float:
        return abs(a[0])
    raise errors.cannot_apply_unary("abs", type_name(a[0]))


@function("Set")
def empty_set(machine: Any, a: list) -> Any:
    return Set()
