"""The methods of str (LANGUAGE §9), counted in code points."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import character, count, integer, text
from kayton.runtime.evaluator.errors import count_out_of_range, empty_separator
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.printing import quoted
from kayton.runtime.evaluator.values import MAX_I64, MIN_I64, err, ok, option

_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which is not quite what Python strips."""
_SPACES = re.compile(f"[{_SPACE}]+")
_I64 = re.compile(r"[+-]?[0-9]+", re.ASCII)
_F64 = re.compile(r"[+-]?(inf|infinity|nan|([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?)", re.ASCII | re.IGNORECASE)


def _one(name: str, compute: Callable[[str], Any]) -> None:
    """The method `str.name` without parameters."""
    method_of(f"str.{name}")(lambda machine, a: compute(text(a[0])))


def _two(name: str, param: str, compute: Callable[[str, str], Any]) -> None:
    """The method `str.name` that takes another str."""
    method_of(f"str.{name}", param)(lambda machine, a: compute(text(a[0]), text(a[1])))


def lines(whole: str) -> Any:
    """The lines, without `\\n` or `\\r\\n`; a newline at the end starts no further line."""
    *ended, last = whole.split("\n")
    return pvector([*[line.removesuffix("\r") for line in ended], *([last] if last else [])])


def _parsed_i64(s: str) -> Any:
    if _I64.fullmatch(s) and len(s.lstrip("+-0")) < 20 and MIN_I64 <= int(s) <= MAX_I64:
        return ok(int(s))
    return err(f"not an i64: {quoted(s)}")


def _parsed_f64(s: str) -> Any:
    return ok(float(s)) if _F64.fullmatch(s) else err(f"not an f64: {quoted(s)}")


def _place(whole: str, part: str) -> Any:
    at = whole.find(part)
    return option(None if at < 0 else at)


_one("len", len)
_one("is_empty", lambda s: not s)
_one("ord", lambda s: ord(character(s)))
_one("trim", lambda s: s.strip(_SPACE))
_one("trim_start", lambda s: s.lstrip(_SPACE))
_one("trim_end", lambda s: s.rstrip(_SPACE))
_one("to_upper", str.upper)
_one("to_lower", str.lower)
_one("reversed", lambda s: s[::-1])
_one("parse_i64", _parsed_i64)
_one("parse_f64", _parsed_f64)
_one("chars", pvector)
_one("bytes", lambda s: pvector(s.encode()))
_one("lines", lines)
_one("split_whitespace", lambda s: pvector([part for part in _SPACES.split(s) if part]))
_two("starts_with", "prefix", str.startswith)
_two("ends_with", "suffix", str.endswith)
_two("contains", "s", lambda s, part: part in s)
_two("find", "s", _place)


@method_of("str.split", "sep")
def split(machine: Any, a: list) -> Any:
    whole, sep = text(a[0]), text(a[1])
    if not sep:
        raise empty_separator()
    return pvector(whole.split(sep))


@method_of("str.replace", "old new")
def replace(machine: Any, a: list) -> Any:
    whole, old, new = text(a[0]), text(a[1]), text(a[2])
    if not old:
        raise empty_separator()
    machine.room(whole.count(old) * len(new))
    return whole.replace(old, new)


@method_of("str.repeat", "n")
def repeat(machine: Any, a: list) -> Any:
    if integer(a[1]) < 0:
        raise count_out_of_range(a[1])
    machine.room(len(a[0].encode()) * a[1])
    return a[0] * a[1]


def _padding(machine: Any, a: list) -> str:
    """What brings the receiver to `n` code points."""
    width, fill = count(a[1], 0), character(a[2])
    missing = max(0, width - len(a[0]))
    machine.room(missing * len(fill.encode()))
    return fill * missing


@method_of("str.pad_start", "n fill")
def pad_start(machine: Any, a: list) -> Any:
    return _padding(machine, a) + a[0]


@method_of("str.pad_end", "n fill")
def pad_end(machine: Any, a: list) -> Any:
    return a[0] + _padding(machine, a)
