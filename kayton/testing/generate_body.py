"""The body of a random function: a row of statements, the ways to which other modules add."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kayton.testing.generate_expressions import Writer, needing, needs
from kayton.testing.shapes import Shape, Var


@attrs.define
class Body:
    """Writes the statements of a function. `result`: what the function returns, None at the top of the program."""

    writer: Writer
    result: Shape | None = None
    in_loop: bool = False
    in_closure: bool = False
    lines: list[str] = attrs.field(factory=list)
    indent: int = 1
    names: list[int] = attrs.field(factory=lambda: [0])
    """The number of the next new variable, shared by all blocks of the function."""

    def line(self, text: str) -> None:
        """Adds a line at the present indentation."""
        self.lines.append("    " * self.indent + text)

    def fresh(self) -> str:
        """A new variable's name; now and then one that hides another."""
        known = [v.name for v in self.writer.scope if v.name != "self"]
        if known and self.writer.choose.chance(10):
            return self.writer.choose.pick(known)
        self.names[0] += 1
        return f"v{self.names[0]}"

    def let(self, name: str, shape: Shape, mutable: bool = False) -> None:
        """Puts a variable in scope."""
        self.writer.scope.append(Var(name, shape, mutable))

    def block(self, count: int, *more: Var, in_loop: bool | None = None) -> None:
        """An indented block of statements with variables of its own."""
        outer, loop = list(self.writer.scope), self.in_loop
        self.writer.scope += more
        self.in_loop = loop if in_loop is None else in_loop
        self.indent += 1
        for _ in range(1 + self.writer.choose.below(count)):
            self.statement(count - 1)
        self.indent -= 1
        self.in_loop = loop
        self.writer.scope = outer

    def statement(self, room: int) -> None:
        """One statement; nested ones are shorter."""
        ways = _SIMPLE if room <= 0 else [*_SIMPLE, *_NESTED]
        self.writer.choose.pick([w for w in ways if needs(w) <= self.writer.known.parts])(self, room)

    def value(self, shape: Shape) -> str:
        """An expression."""
        return self.writer.value(shape, 2)

    def mutable(self) -> list[Var]:
        """The variables that can be changed."""
        return [v for v in self.writer.visible() if v.mutable]


Way = Callable[[Body, int], None]
"""Writes a statement; the number says how much room is left for nested ones."""

_SIMPLE: list[Way] = []
_NESTED: list[Way] = []


def simple(way: Way) -> Way:
    """Makes it a way to a statement of one line; the first ones are the simplest."""
    _SIMPLE.append(way)
    return way


def nested(way: Way) -> Way:
    """Makes it a way to statements of several lines, which contain others."""
    _NESTED.append(way)
    return way


def with_parts(*words: str) -> Callable[[Way], Way]:
    """A way that needs what these words name in `prelude` or `features`."""
    return lambda way: needing(way, *words)
