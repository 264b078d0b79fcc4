"""f64 as text, as Rust writes it (LANGUAGE §9), and the f64 operations where Python differs from IEEE 754."""

from __future__ import annotations

import math


def shortest(x: float) -> str:
    """The shortest text that reads back, Rust's `{:?}`: exponent form from 1e16 on and below 1e-4."""
    special = _special(x)
    if special is not None:
        return special
    sign, digits, exponent = decompose(x)
    if -4 <= exponent - 1 < 16 or x == 0.0:
        return sign + _plain(digits, exponent)
    return f"{sign}{_scientific(digits, exponent)}"


def exponential(x: float, precision: int | None) -> str:
    """Rust's `{:e}`, or `{:.Ne}` with a precision."""
    special = _special(x)
    if special is not None:
        return special
    if precision is None:
        sign, digits, exponent = decompose(x)
        return f"{sign}{_scientific(digits, exponent)}"
    mantissa, _, power = f"{x:.{precision}e}".partition("e")
    return f"{mantissa}e{int(power)}"


def fixed(x: float, precision: int) -> str:
    """Rust's `{:.N}`: exact decimal expansion, ties to even."""
    return _special(x) or f"{x:.{precision}f}"


def display(x: float) -> str:
    """Rust's `{}` of an f64: never in exponent form."""
    special = _special(x)
    if special is not None:
        return special
    sign, digits, exponent = decompose(x)
    return sign + _plain(digits, exponent).removesuffix(".0")


def _special(x: float) -> str | None:
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    return None


def decompose(x: float) -> tuple[str, str, int]:
    """Sign, shortest digits d1d2…dn and exponent e of the finite x = ±0.d1d2…dn × 10^e."""
    mantissa, _, power = f"{x!r}".lstrip("-").partition("e")
    whole, _, rest = mantissa.partition(".")
    digits = whole + rest
    exponent = len(whole) + int(power or 0)
    stripped = digits.lstrip("0")
    exponent -= len(digits) - len(stripped)
    sign = "-" if math.copysign(1.0, x) < 0 else ""
    if not stripped.rstrip("0"):
        return sign, "0", 1
    return sign, _break_tie(abs(x), stripped.rstrip("0"), exponent), exponent


def _break_tie(x: float, digits: str, exponent: int) -> str:
    """Where the next decimal of the same length is exactly as near, Python takes the even one, Rust the greater one."""
    from fractions import Fraction  # slow to import, and few numbers are printed while a program is compiled

    unit = Fraction(10) ** (exponent - len(digits))
    low = int(digits) * unit
    exact = Fraction(x)
    if exact - low != low + unit - exact or float(low + unit) != x:
        return digits
    return str(int(digits) + 1).rstrip("0")


def _plain(digits: str, exponent: int) -> str:
    if exponent <= 0:
        return f"0.{'0' * -exponent}{digits}"
    if exponent >= len(digits):
        return f"{digits}{'0' * (exponent - len(digits))}.0"
    return f"{digits[:exponent]}.{digits[exponent:]}"


def _scientific(digits: str, exponent: int) -> str:
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{exponent - 1 if digits != '0' else 0}"


def divide(a: float, b: float) -> float:
    """IEEE division."""
    if b != 0.0:
        return a / b
    if a == 0.0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def floor(x: float) -> float:
    """`floor` that keeps infinities, NaN and the sign of zero."""
    if not math.isfinite(x) or x == 0.0:
        return x
    return float(math.floor(x))


def ceil(x: float) -> float:
    """`ceil`; what rounds up to zero from below is `-0.0`."""
    return -floor(-x)


def trunc(x: float) -> float:
    """Towards zero."""
    return math.copysign(floor(abs(x)), x) if not math.isnan(x) else x


def round_half_away(x: float) -> float:
    """To the nearest whole number, halves away from zero."""
    if not math.isfinite(x):
        return x
    whole = floor(abs(x))
    return math.copysign(whole + 1.0 if abs(x) - whole >= 0.5 else whole, x)


def remainder(a: float, b: float) -> float:
    """C's remainder moved to the sign of `b`, zeros included."""
    if b == 0.0 or math.isinf(a) or math.isnan(a) or math.isnan(b):
        return math.nan
    rest = math.fmod(a, b)
    if rest == 0.0:
        return math.copysign(0.0, b)
    return rest + b if (rest < 0.0) != (b < 0.0) else rest


def power(a: float, b: float) -> float:
    """C's `pow`, which never fails."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if _odd(b) and math.copysign(1.0, a) < 0 else math.inf
    except ValueError:
        if a != 0.0:
            return math.nan
        return math.copysign(math.inf, a) if _odd(b) else math.inf


def _odd(x: float) -> bool:
    return math.fmod(x, 2.0) in (1.0, -1.0)
