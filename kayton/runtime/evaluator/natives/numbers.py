"""The methods of i64 and f64 (LANGUAGE §9)."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any

from kayton.runtime.evaluator import floats
from kayton.runtime.evaluator.arguments import integer, number
from kayton.runtime.evaluator.arithmetic import fits, power, wrapped
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.values import MAX_I64, MIN_I64, option


def _integers(name: str, compute: Callable[..., Any], params: str = "") -> None:
    """The method `i64.name` that computes on one or two i64."""

    def run(machine: Any, a: list) -> Any:
        return compute(integer(a[0])) if len(a) == 1 else compute(integer(a[0]), integer(a[1]))

    method_of(f"i64.{name}", params)(run)


def _checked(n: int) -> Any:
    return option(n if MIN_I64 <= n <= MAX_I64 else None)


_integers("abs", lambda n: fits(abs(n)))
_integers("pow", power, "n")
_integers("min", min, "other")
_integers("max", max, "other")
_integers("signum", lambda n: (n > 0) - (n < 0))
_integers("wrapping_add", lambda n, m: wrapped(n + m), "other")
_integers("wrapping_sub", lambda n, m: wrapped(n - m), "other")
_integers("wrapping_mul", lambda n, m: wrapped(n * m), "other")
_integers("checked_add", lambda n, m: _checked(n + m), "other")
_integers("checked_sub", lambda n, m: _checked(n - m), "other")
_integers("checked_mul", lambda n, m: _checked(n * m), "other")
_integers("count_ones", lambda n: (n & ((1 << 64) - 1)).bit_count())
_integers("leading_zeros", lambda n: 64 - (n & ((1 << 64) - 1)).bit_length())


def _partial(compute: Callable[[float], float]) -> Callable[[float], float]:
    """A function of Python's that fails where C's gives NaN, infinity or zero."""

    def total(x: float) -> float:
        try:
            return compute(x)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return total


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: -math.inf if x == 0.0 else _partial(compute)(x)


def _least(x: float, y: float) -> float:
    """The smaller; x where they are equal, and what is no NaN."""
    return y if y < x or math.isnan(x) else x


def _greatest(x: float, y: float) -> float:
    return y if y > x or math.isnan(x) else x


def _bits(x: float) -> int:
    """The bits of an f64; all NaNs have the same, for which of them a computation gives depends on the machine."""
    return struct.unpack("<q", struct.pack("<d", math.nan if math.isnan(x) else x))[0]


UNARY: dict[str, Callable[[float], float]] = {
    "sqrt": _partial(math.sqrt),
    "abs": abs,
    "floor": floats.floor,
    "ceil": floats.ceil,
    "round": floats.round_half_away,
    "trunc": floats.trunc,
    "sin": _partial(math.sin),
    "cos": _partial(math.cos),
    "tan": _partial(math.tan),
    "asin": _partial(math.asin),
    "acos": _partial(math.acos),
    "atan": math.atan,
    "exp": _partial(math.exp),
    "ln": _logarithm(math.log),
    "log2": _logarithm(math.log2),
    "log10": _logarithm(math.log10),
}
"""Functions of one f64, as methods and in `std.math`."""

BINARY: dict[str, Callable[[float, float], float]] = {
    "powf": floats.power,
    "atan2": math.atan2,
    "min": _least,
    "max": _greatest,
}
"""Methods of two f64."""


def unary(compute: Callable[[float], Any]) -> Callable[[Any, list], Any]:
    """A native of one f64."""
    return lambda machine, a: compute(number(a[0]))


def binary(compute: Callable[[float, float], Any]) -> Callable[[Any, list], Any]:
    """A native of two f64."""
    return lambda machine, a: compute(number(a[0]), number(a[1]))


for _name, _compute in UNARY.items():
    method_of(f"f64.{_name}")(unary(_compute))
for _name, _compute2 in BINARY.items():
    method_of(f"f64.{_name}", "other")(binary(_compute2))
method_of("f64.is_nan")(unary(math.isnan))
method_of("f64.is_finite")(unary(math.isfinite))
method_of("f64.to_bits")(unary(_bits))
