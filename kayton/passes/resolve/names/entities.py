"""What a name can stand for."""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.core import ClassType, EnumType, StructType, TraitType
from kayton.ir.surface import TypeAlias, TypeExpr, VariantDef


class Variable(NamedTuple):
    """A variable of the function, under the name that no other variable of the function has."""

    name: str
    mutable: bool


class OuterVariable(NamedTuple):
    """A variable of a function around a nested `fn` or `const`, which may not use it."""

    name: str


class Function(NamedTuple):
    """A function by its path."""

    path: str


class Constant(NamedTuple):
    """A `const` by its path."""

    path: str


class Global(NamedTuple):
    """A module-level `let` by its path."""

    path: str


class NativeFunction(NamedTuple):
    """A built-in function or one of the standard library, by its full name."""

    name: str


class Number(NamedTuple):
    """A constant of the standard library."""

    value: float


class UserType(NamedTuple):
    """A type or trait that some module defines. `kind` is struct, class, enum or trait."""

    path: str
    kind: str
    item: StructType | ClassType | EnumType | TraitType


class BuiltinType(NamedTuple):
    """A type of the language or the standard library."""

    path: str


class BuiltinTrait(NamedTuple):
    """A well-known trait: Show, Eq, …"""

    path: str


class Alias(NamedTuple):
    """A `type Name = …` and the module that defines it, in which its right-hand side is to be read."""

    item: TypeAlias
    module: str


class Parameter(NamedTuple):
    """A type parameter; `stands_for` is the type given for it while an alias is expanded."""

    name: str
    stands_for: TypeExpr | None = None


class Variant(NamedTuple):
    """A variant of a user's enum."""

    path: str
    enum: UserType
    definition: VariantDef


class BuiltinVariant(NamedTuple):
    """`Some`, `None`, `Ok`, `Err`, with the number of fields."""

    path: str
    fields: int


class ModuleName(NamedTuple):
    """A module of the program or of the standard library, by its dotted name."""

    name: str


class Plugin(NamedTuple):
    """A host extension; its functions are known only when the program runs."""

    name: str


class Private(NamedTuple):
    """What another module keeps to itself."""

    name: str
    module: str


class Ambiguous(NamedTuple):
    """A variant's name that several enums in scope have."""

    name: str
    enums: tuple[str, ...]


class Reported(NamedTuple):
    """Nothing, and the user knows."""


Entity = (
    Variable | OuterVariable | Function | Constant | Global | NativeFunction | Number | UserType | BuiltinType | BuiltinTrait
    | Alias | Parameter | Variant | BuiltinVariant | ModuleName | Plugin | Private | Ambiguous | Reported
)  # fmt: skip
