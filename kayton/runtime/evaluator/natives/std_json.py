"""`std.json` (LANGUAGE §9)."""

from __future__ import annotations

import math
import re
from typing import Any, NoReturn

from pyrsistent import pvector

from kayton.runtime.evaluator.arguments import text
from kayton.runtime.evaluator.errors import cannot_write_json
from kayton.runtime.evaluator.floats import shortest
from kayton.runtime.evaluator.natives.registry import function
from kayton.runtime.evaluator.tables import Map
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import MAX_I64, MIN_I64, NONE, NONE_VARIANT, SOME_VARIANT, List, Variant, err, ok

_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class _Malformed(Exception):
    """The text is not JSON."""


class _Parser:
    """Reads one document; `at` is the place that was reached."""

    def __init__(self, source: str) -> None:
        self.text, self.at = source, 0

    def fail(self, what: str) -> NoReturn:
        raise _Malformed(what)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip(self) -> None:
        while self.peek() and self.peek() in " \t\n\r":
            self.at += 1

    def accept(self, c: str) -> bool:
        """Skips space, then the character if it comes next."""
        self.skip()
        found = self.peek() == c
        self.at += found
        return found

    def expect(self, c: str, what: str) -> None:
        if not self.accept(c):
            self.fail(what)

    def document(self) -> Any:
        value = self.value()
        self.skip()
        if self.at < len(self.text):
            self.fail("expected the end")
        return value

    def value(self) -> Any:
        self.skip()
        c = self.peek()
        if c == "[":
            return self.array()
        if c == "{":
            return self.object()
        if c == '"':
            return self.quoted()
        if c and c in "-0123456789":
            return self.number()
        for word, value in (("null", NONE), ("true", True), ("false", False)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        self.fail("expected a value")

    def array(self) -> Any:
        self.at += 1
        items: list = []
        if self.accept("]"):
            return pvector()
        while True:
            items.append(self.value())
            if not self.accept(","):
                self.expect("]", "expected , or ]")
                return pvector(items)

    def object(self) -> Any:
        self.at += 1
        made = Map()
        if self.accept("}"):
            return made
        while True:
            key = self.key()
            made = made.put(key, self.value())
            if not self.accept(","):
                self.expect("}", "expected , or }")
                return made

    def key(self) -> str:
        self.skip()
        if self.peek() != '"':
            self.fail("expected a key in quotes")
        key = self.quoted()
        self.expect(":", "expected :")
        return key

    def digits(self) -> None:
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        if self.at == start:
            self.fail("expected a digit")

    def number(self) -> Any:
        start = self.at
        self.at += self.peek() == "-"
        if self.peek() == "0":
            self.at += 1
        else:
            self.digits()
        whole = self.at
        if self.peek() == ".":
            self.at += 1
            self.digits()
        if self.peek() in ("e", "E"):
            self.at += 1
            self.at += self.peek() in ("+", "-")
            self.digits()
        shown = self.text[start : self.at]
        if self.at == whole and len(shown) < 25 and MIN_I64 <= int(shown) <= MAX_I64:
            return int(shown)
        return float(shown)

    def quoted(self) -> str:
        self.at += 1
        out: list[str] = []
        while True:
            plain = _PLAIN.match(self.text, self.at)
            out.append(plain.group())
            self.at = plain.end()
            c = self.peek()
            if c == '"':
                self.at += 1
                return "".join(out)
            if not c:
                self.fail("expected a closing quote")
            if c != "\\":
                self.fail("expected an escape for a control character")
            out.append(self.escape())

    def escape(self) -> str:
        code = self.text[self.at + 1 : self.at + 2]
        if code == "u":
            return self.unicode()
        if code not in _ESCAPES:
            self.fail("expected an escape")
        self.at += 2
        return _ESCAPES[code]

    def unicode(self) -> str:
        """`\\uXXXX`, or two of them that make a pair."""
        high = self.hex(self.at)
        if not 0xD800 <= high < 0xE000:
            self.at += 6
            return chr(high)
        low = self.hex(self.at + 6) if high < 0xDC00 else 0
        if not 0xDC00 <= low < 0xE000:
            self.fail("expected a surrogate pair")
        self.at += 12
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    def hex(self, at: int) -> int:
        found = _HEX.match(self.text, at)
        if found is None:
            self.fail("expected \\u and four hexadecimal digits")
        return int(found.group(1), 16)


@function("std.json.parse", "s")
def parse(machine: Any, a: list) -> Any:
    parser = _Parser(text(a[0]))
    try:
        return ok(parser.document())
    except _Malformed as error:
        before = parser.text[: parser.at]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return err(f"{error} at line {line}, column {column}")


@function("std.json.dump", "x")
def dump(machine: Any, a: list) -> Any:
    out: list[str] = []
    _write(a[0], out)
    return "".join(out)


def _write(value: Any, out: list[str]) -> None:
    kind = value.__class__
    if kind is Variant and value.variant is NONE_VARIANT:
        out.append("null")
    elif kind is Variant and value.variant is SOME_VARIANT:
        _write(value.fields[0], out)
    elif kind is bool or kind is int:
        out.append(str(value).lower())
    elif kind is float:
        if not math.isfinite(value):
            raise cannot_write_json(shortest(value))
        out.append(shortest(value))
    elif kind is str:
        out.append(_quoted(value))
    elif kind is List or kind is tuple:
        _write_row(value, out)
    elif kind is Map:
        _write_object(value, out)
    else:
        raise cannot_write_json(type_name(value))


def _write_row(values: Any, out: list[str]) -> None:
    out.append("[")
    for i, value in enumerate(values):
        if i:
            out.append(",")
        _write(value, out)
    out.append("]")


def _write_object(value: Map, out: list[str]) -> None:
    out.append("{")
    for i, (key, held) in enumerate(value.items()):
        if key.__class__ is not str:
            raise cannot_write_json(f"a key of {type_name(key)}")
        out.append(f"{',' if i else ''}{_quoted(key)}:")
        _write(held, out)
    out.append("}")


_DUMPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _quoted(s: str) -> str:
    return '"' + "".join([_DUMPED.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in s]) + '"'
