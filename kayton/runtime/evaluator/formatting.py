"""Format specs of f-strings (LANGUAGE §2): `[[fill]align][+][0][width][.precision][type]`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kayton.runtime.evaluator import floats
from kayton.runtime.evaluator.errors import bad_format_spec
from kayton.runtime.evaluator.printing import display

_SPEC = re.compile(r"(?:(.)?([<>^]))?(\+?)(0?)([0-9]*)(?:\.([0-9]+))?([fexXbo]?)", re.DOTALL)
_MOST = 65535
"""The greatest width and precision, which is Rust's."""


class Spec(NamedTuple):
    """A parsed spec; `align` is empty where none was given."""

    fill: str
    align: str
    plus: bool
    zero: bool
    width: int
    precision: int | None
    kind: str


def parse(text: str) -> Spec:
    """The spec after the colon. Raises `bad format spec`."""
    found = _SPEC.fullmatch(text)
    if found is None:
        raise bad_format_spec()
    fill, align, plus, zero, width, precision, kind = found.groups()
    sizes = int(width or 0), None if precision is None else int(precision)
    if max(sizes[0], sizes[1] or 0) > _MOST:
        raise bad_format_spec()
    return Spec(fill or " ", align or "", bool(plus), bool(zero), *sizes, kind)


def formatted(machine: Any, value: Any, text: str) -> str:
    """The printed form of a value under a spec. Raises `bad format spec`."""
    spec = parse(text)
    kind = value.__class__
    if kind is int and spec.kind != "f":
        if spec.precision is not None or spec.kind == "e":
            raise bad_format_spec()
        bits = value & ((1 << 64) - 1)
        return _number(spec, format(bits, spec.kind) if spec.kind else str(value))
    if kind is float or kind is int:
        return _number(spec, _float_digits(spec, float(value)))
    if spec.kind or spec.plus or spec.zero or (spec.precision is not None and kind is not str):
        raise bad_format_spec()
    shown = display(machine, value)
    return _padded(spec, shown if spec.precision is None else shown[: spec.precision], "<")


def _float_digits(spec: Spec, x: float) -> str:
    if spec.kind not in ("", "f", "e"):
        raise bad_format_spec()
    if spec.kind == "e":
        return floats.exponential(x, spec.precision)
    return floats.shortest(x) if spec.precision is None else floats.fixed(x, spec.precision)


def _number(spec: Spec, digits: str) -> str:
    """A number with sign and padding; zeros go between the sign and the digits."""
    sign = "-" if digits.startswith("-") else "+" if spec.plus and digits != "NaN" else ""
    digits = digits.removeprefix("-")
    if spec.zero:
        return sign + digits.rjust(spec.width - len(sign), "0")
    return _padded(spec, sign + digits, ">")


def _padded(spec: Spec, text: str, default: str) -> str:
    missing = max(0, spec.width - len(text))
    before = {"<": 0, ">": missing, "^": missing // 2}[spec.align or default]
    return spec.fill * before + text + spec.fill * (missing - before)
