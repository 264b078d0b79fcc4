"""A running function: its variables, and where it is."""

from __future__ import annotations

from typing import Any

from kayton.ir.node import Span
from kayton.runtime.evaluator.errors import InvalidProgram
from kayton.runtime.evaluator.values import DEAD, Function


class Variable:
    """A variable. `annotation`: what values assigned to it must cross."""

    __slots__ = ("annotation", "mutable", "value")

    def __init__(self, value: Any, mutable: bool = False, annotation: Any = None) -> None:
        self.value, self.mutable, self.annotation = value, mutable, annotation


class Nested:
    """A function or constant of a block, which stands among its variables."""

    __slots__ = ("entity",)

    def __init__(self, entity: Any) -> None:
        self.entity = entity


class Frame:
    """A call in progress. `span` is where it is: the node that runs, or the call that it waits for."""

    __slots__ = ("args", "crossed", "function", "home", "machine", "params", "scopes", "span")

    def __init__(self, machine: Any, function: Function, args: list) -> None:
        self.machine, self.function, self.home = machine, function, function.home
        self.args = args
        self.crossed = 0
        """How many arguments have become parameters; one that waits for its default holds the others up."""
        self.params: dict[str, Variable | Nested] = {}
        self.scopes = [self.params]
        self.span: Span | None = None

    def find(self, name: str) -> Variable | Nested | None:
        """The innermost variable, or function or constant of a block, of that name."""
        for scope in reversed(self.scopes):
            found = scope.get(name)
            if found is not None:
                return found
        return None

    def variable(self, name: str, node: Any = None) -> Variable:
        """The innermost variable of that name; a tree without it is a mistake of the compiler."""
        found = self.find(name)
        if found.__class__ is not Variable:
            raise InvalidProgram(node, f"{self.function.shown} has no variable {name}")
        return found

    def read(self, name: str, node: Any = None) -> Any:
        """The value of a variable, which must not be used up."""
        value = self.variable(name, node).value
        if value is DEAD:
            raise InvalidProgram(node, f"{self.function.shown} reads {name} after its last use")
        return value

    def bind(self, name: str, value: Any, mutable: bool = False, annotation: Any = None) -> None:
        """A new variable of the innermost scope."""
        self.scopes[-1][name] = Variable(value, mutable, annotation)

    def visible(self) -> dict[str, Variable | Nested]:
        """Every variable as a closure made now captures it: a copy that cannot be assigned."""
        captured: dict[str, Variable | Nested] = {}
        for scope in self.scopes:
            for name, found in scope.items():
                captured[name] = Variable(found.value) if found.__class__ is Variable else found
        return captured

    def nested(self) -> dict[str, Variable | Nested]:
        """The functions and constants of the blocks around: all that a nested function sees."""
        return {name: found for scope in self.scopes for name, found in scope.items() if found.__class__ is Nested}
