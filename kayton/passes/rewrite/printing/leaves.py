"""What has no structure: numbers and strings as they are written, and what reads back as themselves (LANGUAGE §2)."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?[0-9][0-9a-zA-Z_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9_]+)?")
_STRING = re.compile(r'".*"', re.DOTALL)

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"', "\0": "\\0"}
_DOUBLED = {"{": "{{", "}": "}}"}


def integer(value: int, spelling: str) -> str:
    """An i64 as the source spells it, else in decimal."""
    return spelling if _NUMBER.fullmatch(spelling) else str(value)


def floating(value: float, spelling: str) -> str:
    """An f64 as the source spells it, else the shortest text that reads back; one that is too large stays too large."""
    return spelling if _NUMBER.fullmatch(spelling) else repr(value).replace("inf", "1e999")


def string(value: str, spelling: str) -> str:
    """A string as the source spells it, else in double quotes, on one line."""
    return spelling if _STRING.fullmatch(spelling) else f'"{_escaped(value)}"'


def ftext(value: str, spelling: str) -> str:
    """A stretch of text in an f-string as the source spells it, else with braces doubled."""
    return spelling or "".join([_DOUBLED.get(c) or _escape(c) for c in value])


def _escaped(value: str) -> str:
    return value if value.isprintable() and "\\" not in value and '"' not in value else "".join([_escape(c) for c in value])


def _escape(c: str) -> str:
    return _ESCAPES.get(c) or (c if c.isprintable() else f"\\u{{{ord(c):X}}}")
