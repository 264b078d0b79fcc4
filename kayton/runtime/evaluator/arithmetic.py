"""The operators of LANGUAGE §5."""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator import errors, floats
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import MAX_I64, MIN_I64, Builder, Instance, List

HOOKS = {
    "+": "Add.add", "-": "Sub.sub", "*": "Mul.mul", "/": "Div.div", "//": "FloorDiv.floor_div", "%": "Rem.rem", "**": "Pow.pow",
}


def fits(n: int) -> int:
    """`n`, which must be an i64. Raises `integer overflow`."""
    if MIN_I64 <= n <= MAX_I64:
        return n
    raise errors.integer_overflow()


def wrapped(n: int) -> int:
    """The i64 with the low 64 bits of `n`."""
    n &= (1 << 64) - 1
    return n - (1 << 64) if n > MAX_I64 else n


def divide(a: int, b: int) -> float:
    """`a / b` of two i64."""
    if b == 0:
        raise errors.division_by_zero()
    return float(a) / float(b)


def floor_div(a: int, b: int) -> int:
    """`a // b` of two i64."""
    if b == 0:
        raise errors.division_by_zero()
    return fits(a // b)


def remainder(a: int, b: int) -> int:
    """`a % b` of two i64."""
    if b == 0:
        raise errors.division_by_zero()
    return a % b


def power(a: int, b: int) -> int:
    """`a ** b` of two i64."""
    if b < 0:
        raise errors.negative_exponent()
    if a in (0, 1, -1) or b < 64:
        return fits(a**b) if b < 64 else a ** (2 - b % 2)
    raise errors.integer_overflow()


def shift_count(n: int) -> int:
    """A shift's count. Raises `shift out of range`."""
    if not 0 <= n <= 63:
        raise errors.shift_out_of_range()
    return n


INT_OPERATORS = {
    "+": lambda a, b: fits(a + b),
    "-": lambda a, b: fits(a - b),
    "*": lambda a, b: fits(a * b),
    "/": divide,
    "//": floor_div,
    "%": remainder,
    "**": power,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: wrapped(a << shift_count(b)),
    ">>": lambda a, b: a >> shift_count(b),
}

FLOAT_OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": floats.divide,
    "//": lambda a, b: floats.floor(floats.divide(a, b)),
    "%": floats.remainder,
    "**": floats.power,
}


def apply(machine: Any, op: str, left: Any, right: Any) -> Any:
    """`left op right`: what is built in, else the left one's operator trait. Raises `cannot apply + to i64 and str` and others."""
    a, b = left.__class__, right.__class__
    if a is int and b is int:
        return INT_OPERATORS[op](left, right)
    if (a is int or a is float) and (b is int or b is float) and op in FLOAT_OPERATORS:
        return FLOAT_OPERATORS[op](float(left), float(right))
    if op == "+" and a is b and (a is str or a is List):
        machine.room((1 if a is str else 8) * (len(left) + len(right)))
        return left + right if a is str else left.extend(right)
    hook = machine.hook(left, HOOKS.get(op, ""))
    if hook is not None:
        return machine.call(hook, [left, right])
    raise errors.cannot_apply(op, type_name(left), type_name(right))


def unary(machine: Any, op: str, value: Any) -> Any:
    """`-x`, `~x`, `not x`. Raises `cannot apply - to str`, `expected bool, found i64`."""
    kind = value.__class__
    if op == "not":
        if kind is bool:
            return not value
        raise errors.expected("bool", type_name(value))
    if kind is int:
        return fits(-value) if op == "-" else ~value
    if op == "-":
        if kind is float:
            return -value
        hook = machine.hook(value, "Neg.neg")
        if hook is not None:
            return machine.call(hook, [value])
    raise errors.cannot_apply_unary(op, type_name(value))


def is_same(left: Any, right: Any) -> bool:
    """`left is right`. Raises `expected a class instance, found i64`."""
    for value in (left, right):
        if value.__class__ is not Instance and value.__class__ is not Builder:
            raise errors.expected("a class instance", type_name(value))
    return left is right
