"""What the text between quotes means: escapes, doubled braces, and the indentation of multi-line strings (LANGUAGE §2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kayton.diagnostics.text import BadEscape
from kayton.ir.node import Span

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F_]*)\}|u|[\s\S])")
_ESCAPE_OR_BRACES = re.compile(r"\\(?:u\{([0-9a-fA-F_]*)\}|u|[\s\S])|\{\{|\}\}")
_SIMPLE = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\", '\\"': '"', "\\0": "\0", "{{": "{", "}}": "}"}
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_CLOSING_INDENT = re.compile(r"\n([ \t]*)\Z")


def unescape(raw: str) -> str:
    """The text that `raw`, the inside of a string, stands for; a bad escape stands for itself."""
    return _ESCAPE.sub(_value, raw) if "\\" in raw else raw


def unescape_ftext(raw: str) -> str:
    """The same for a stretch of text in an f-string, where braces are doubled."""
    return _ESCAPE_OR_BRACES.sub(_value, raw) if "\\" in raw or "{" in raw or "}" in raw else raw


def bad_escapes(raw: str, file: int, offset: int) -> Iterator[BadEscape]:
    """An error for each escape in `raw`, which starts at `offset`, that §2 does not list."""
    if "\\" not in raw:
        return
    for m in _ESCAPE.finditer(raw):
        if m[0] in _SIMPLE or (m[1] and _code_point(m[1]) is not None):
            continue
        shown = m[0].replace("\n", "⏎").replace("\r", "⏎")
        span = Span(file, offset + m.start(), offset + m.end())
        yield BadEscape(span=span, escape=shown, reason="not a code point" if m[1] else "")


def _value(m: re.Match) -> str:
    simple = _SIMPLE.get(m[0])
    if simple is not None:
        return simple
    return (_code_point(m[1]) if m[1] else None) or m[0]


def _code_point(digits: str) -> str | None:
    digits = digits.replace("_", "").lstrip("0") or "0"
    code = int(digits, 16) if len(digits) <= 6 else 0x110000
    return None if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def closing_indent(raw: str) -> int:
    """How far the closing quotes of a multi-line string are indented: 0 unless they stand alone on their line."""
    m = _CLOSING_INDENT.search(raw, raw.rfind("\n")) if "\n" in raw else None
    return len(m[1]) if m else 0


def dedent(raw: str, indent: int) -> str:
    """Lines with up to `indent` blanks less, and with `\\n` for each end of a line."""
    raw = raw.replace("\r\n", "\n")
    return re.sub(rf"\n[ \t]{{1,{indent}}}", "\n", raw) if indent else raw


def multi_line(raw: str) -> str:
    """The text that the inside of a triple-quoted string stands for."""
    return unescape(dedent(raw, closing_indent(raw)).removeprefix("\n"))


def in_double_quotes(inside: str, quotes: int) -> str:
    """What stands between single quotes, one or three, as a string of ours."""
    text = inside.replace("\\'", "'")
    return f'"{_BARE_QUOTE.sub(_escaped, text)}"' if quotes == 1 else f'"""{text}"""'


def _escaped(m: re.Match) -> str:
    return f"\\{m[0]}"
