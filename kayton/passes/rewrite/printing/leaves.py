"""What has no structure: numbers and strings as they are written, and what reads back as themselves (LANGUAGE §2)."""

from __future__ import annotations

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"', "\0": "\\0"}
_DOUBLED = {"{": "{{", "}": "}}"}


def integer(value: int) -> str:
    """An i64 in decimal."""
    return str(value)


def floating(value: float) -> str:
    """The shortest text that reads back; a literal that was too large for an f64 stays too large."""
    text = repr(value)
    return text.replace("inf", "1e999")


def string(value: str) -> str:
    """A string in double quotes, on one line."""
    return f'"{_escaped(value)}"'


def ftext(value: str) -> str:
    """A stretch of text in an f-string, where braces are doubled."""
    return "".join([_DOUBLED.get(c) or _escape(c) for c in value])


def _escaped(value: str) -> str:
    return value if value.isprintable() and "\\" not in value and '"' not in value else "".join([_escape(c) for c in value])


def _escape(c: str) -> str:
    return _ESCAPES.get(c) or (c if c.isprintable() else f"\\u{{{ord(c):X}}}")
