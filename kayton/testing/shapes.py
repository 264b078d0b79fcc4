"""What a random program knows while it is written: types, variables, and its own definitions."""

from __future__ import annotations

import attrs


@attrs.frozen
class Shape:
    """A type: its constructor's name and arguments. `(,)` is a tuple, `fn` a function whose last argument is the result."""

    name: str
    args: tuple[Shape, ...] = ()

    @property
    def text(self) -> str:
        """The type as it is written in an annotation."""
        inner = ", ".join([a.text for a in self.args])
        if self.name == "(,)":
            return f"({inner},)" if len(self.args) == 1 else f"({inner})"
        if self.name == "fn":
            return f"fn({', '.join([a.text for a in self.args[:-1]])}) -> {self.args[-1].text}"
        return f"{self.name}[{inner}]" if self.args else self.name


I64, F64, BOOL, STR, UNIT, RANGE = map(Shape, ("i64", "f64", "bool", "str", "()", "Range"))
SIMPLE = (I64, BOOL, STR, F64)
KEYS = (I64, STR, BOOL)


def list_of(item: Shape) -> Shape:
    """`List[item]`"""
    return Shape("List", (item,))


def map_of(key: Shape, value: Shape) -> Shape:
    """`Map[key, value]`"""
    return Shape("Map", (key, value))


def set_of(item: Shape) -> Shape:
    """`Set[item]`"""
    return Shape("Set", (item,))


def option(value: Shape) -> Shape:
    """`Option[value]`"""
    return Shape("Option", (value,))


def result(value: Shape) -> Shape:
    """`Result[value, str]`"""
    return Shape("Result", (value, STR))


def tuple_of(*items: Shape) -> Shape:
    """A tuple of these."""
    return Shape("(,)", items)


def function(*params_and_result: Shape) -> Shape:
    """A function's type, its result last."""
    return Shape("fn", params_and_result)


@attrs.frozen
class Var:
    """A variable in scope."""

    name: str
    shape: Shape
    mutable: bool = False


@attrs.frozen
class Parameter:
    """A parameter, its type written or not; `default` is the text of one."""

    name: str
    shape: Shape
    annotated: bool = True
    mutable: bool = False
    default: str | None = None


@attrs.frozen
class Routine:
    """A function or method. `fuel`: its first parameter counts down its own recursion."""

    name: str
    params: tuple[Parameter, ...]
    result: Shape
    fuel: bool = False
    changes: bool = False
    """A method with `mut self`."""


@attrs.frozen
class Record:
    """A struct or class."""

    name: str
    kind: str
    fields: tuple[Parameter, ...]
    methods: tuple[Routine, ...] = ()
    traits: tuple[str, ...] = ()

    @property
    def shape(self) -> Shape:
        """Its type."""
        return Shape(self.name)


@attrs.frozen
class Case:
    """A variant of an enum."""

    name: str
    fields: tuple[Parameter, ...] = ()
    named: bool = False


@attrs.frozen
class Choice:
    """An enum."""

    name: str
    cases: tuple[Case, ...]
    methods: tuple[Routine, ...] = ()

    @property
    def shape(self) -> Shape:
        """Its type."""
        return Shape(self.name)


@attrs.define
class Known:
    """The program's definitions so far."""

    records: dict[str, Record] = attrs.field(factory=dict)
    choices: dict[str, Choice] = attrs.field(factory=dict)
    routines: list[Routine] = attrs.field(factory=list)
    constants: list[Var] = attrs.field(factory=list)
    parts: frozenset[str] = frozenset()
    """The definitions of `prelude` and `features` that it may draw on."""
