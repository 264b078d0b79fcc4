"""A Rust expression under construction, and what one may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ATOM, UNARY, PRODUCT, SUM, SHIFT, BIT_AND, BIT_XOR, BIT_OR, COMPARE, AND, OR, CAST, BLOCK = range(13, 0, -1)
"""How strongly an expression binds. `BLOCK` is one that must stand in parentheses to be an operand; so must `CAST`, or `<` after its type would be taken for
the start of that type's arguments."""


class Code(NamedTuple):
    """An expression: `kind` says what it is.

    value   a value of a Copy type
    own     a value that is nobody else's
    place   a variable, or a part of one, of a type that is not Copy
    mut     a variable that is a mutable reference
    ref     a reference
    view    a look at what bytecode has, too
    """

    text: str
    kind: str
    binds: int = ATOM

    def operand(self, strength: int) -> str:
        """The text as an operand of an operator of this strength."""
        return self.text if self.binds >= strength else f"({self.text})"

    def borrowed(self) -> str:
        """A reference to the value."""
        return self.text if self.kind == "ref" else f"&*{self.text}" if self.kind in ("mut", "view") else f"&{self.operand(UNARY)}"

    def receiver(self) -> str:
        """The value before a dot."""
        return self.operand(ATOM)


def indented(text: str) -> str:
    """The text four columns further right."""
    return "\n".join([f"    {line}" if line else line for line in text.split("\n")])


def block(*lines: str) -> str:
    """Lines between braces."""
    inside = "\n".join([line for line in lines if line])
    return f"{{\n{indented(inside)}\n}}" if inside else "{}"


_ENDED = re.compile(r"(?:if|match|loop)\b|\{|'\w+: ")
"""How an expression starts whose own braces are its end."""
_JUMP = re.compile(r"return|break '\w+")
_BRACE = re.compile(r"[\[({]|[\])}]|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_PATH = re.compile(r"[\w:]+ \Z")


def head(text: str) -> str:
    """An expression after `if`, `while`, `match` or `in`, where the braces of a struct would be taken for the body."""
    if _JUMP.fullmatch(text):
        return f"({text})"
    return text if _ENDED.match(text) else "".join(_with_structs_in_parentheses(text))


def _with_structs_in_parentheses(text: str) -> Iterator[str]:
    depth = done = 0
    in_struct = False
    for found in _BRACE.finditer(text):
        if depth == 0 and found[0] == "{" and (path := _PATH.search(text, done, found.start())):
            yield f"{text[done:path.start()]}("
            done, in_struct = path.start(), True
        depth += (found[0] in "([{") - (found[0] in ")]}")
        if depth == 0 and in_struct:
            yield f"{text[done:found.end()]})"
            done, in_struct = found.end(), False
    yield text[done:]


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def rust_string(text: str) -> str:
    """The text as a Rust string literal."""
    shown = [_ESCAPES.get(c) or (c if c.isprintable() else f"\\u{{{ord(c):x}}}") for c in text]
    return f'"{"".join(shown)}"'


def in_comment(text: str) -> str:
    """The text on one line."""
    return "".join([c if c.isprintable() else " " for c in text])
