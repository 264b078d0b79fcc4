"""Intervals of numbers, and what arithmetic and comparisons make of them. Those of an f64 come from literals and comparisons only."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import NamedTuple

_MIN, _MAX = -(2**63), 2**63 - 1


class Interval(NamedTuple):
    """All numbers from `lo` to `hi`, both included."""

    lo: float = -inf
    hi: float = inf

    def within(self, other: Interval) -> Interval:
        """What is in both."""
        return Interval(max(self.lo, other.lo), min(self.hi, other.hi))

    def around(self, other: Interval) -> Interval:
        """The least that includes both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi))


ANY = Interval()


def _times(x: float, y: float) -> float:
    return 0 if 0 in (x, y) else x * y


def _mul(a: Interval, b: Interval) -> Interval:
    found = [_times(x, y) for x in a for y in b]
    return Interval(min(found), max(found))


def _rem(a: Interval, b: Interval) -> Interval:
    """The sign is the divisor's (LANGUAGE §5)."""
    return Interval(0, min(b.hi - 1, a.hi) if a.lo >= 0 else b.hi - 1) if b.lo > 0 else ANY


def _floor(a: Interval, b: Interval) -> Interval:
    if b.lo <= 0 or inf in (-a.lo, a.hi, b.hi):
        return Interval(0, a.hi) if a.lo >= 0 and b.lo > 0 else ANY
    found = [x // y for x in a for y in b]
    return Interval(min(found), max(found))


def _and(a: Interval, b: Interval) -> Interval:
    most = min([i.hi for i in (a, b) if i.lo >= 0], default=inf)
    return Interval(0, most) if most < inf else ANY


def _held(f: Callable[..., Interval]) -> Callable[..., Interval]:
    """A result outside of i64 is an error, so the value that comes after is inside."""
    return lambda *args: f(*args).within(Interval(_MIN, _MAX))


ARITHMETIC: dict[str, Callable[..., Interval]] = {
    "add.i64": _held(lambda a, b: Interval(a.lo + b.lo, a.hi + b.hi)), "sub.i64": _held(lambda a, b: Interval(a.lo - b.hi, a.hi - b.lo)),
    "neg.i64": _held(lambda a: Interval(-a.hi, -a.lo)), "mul.i64": _held(_mul), "rem.i64": _rem, "floordiv.i64": _held(_floor),
    "bitand.i64": _and, "to.f64": lambda a: a,
}  # fmt: skip
"""By primitive operation, the interval of its result."""

NEGATED = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
_SWAPPED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


def compared(op: str, a: Interval, b: Interval) -> bool | None:
    """Whether a comparison is certain. An f64 of which nothing is known may be NaN."""
    if ANY in (a, b):
        return None
    if op in ("gt", "ge"):
        return compared(_SWAPPED[op], b, a)
    if op == "lt":
        return True if a.hi < b.lo else False if a.lo >= b.hi else None
    if op == "le":
        return True if a.hi <= b.lo else False if a.lo > b.hi else None
    apart = a.hi < b.lo or b.hi < a.lo
    equal = a.lo == a.hi == b.lo == b.hi
    return (op == "ne") == apart if apart or equal else None


def bounded(op: str, a: Interval, b: Interval, whole: bool) -> tuple[Interval, Interval]:
    """What a comparison that is true says of both sides; `whole` numbers that differ do so by one at least."""
    if op == "eq":
        return b, a
    if op == "ne":
        return ANY, ANY
    if op in ("gt", "ge"):
        right, left = bounded(_SWAPPED[op], b, a, whole)
        return left, right
    gap = 1 if op == "lt" and whole else 0
    return Interval(hi=b.hi - gap), Interval(lo=a.lo + gap)
