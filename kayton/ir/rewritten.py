"""From Constant to Rewritten: the program as it was written beside what was found out about it, then one module with it written down.

    Constant  →  Noted  →  Solution  →  TypesNoted  →  Assigned  →  Recalled  →  Rewritten

Ids lead from what was written to what was found: a node of the written program has the id that every later language knew it by. A copy
of a definition has ids of its own, `main.mean#7~List_f64`, of which the part before the `~` is the original's.
"""

from __future__ import annotations

from kayton.ir.constrained import CallSite, Cell, Instance, Solved, Typing
from kayton.ir.core import Linked
from kayton.ir.language import Language, Violation, invariant
from kayton.ir.node import Node, node
from kayton.ir.resolved import Constant
from kayton.ir.surface import Use
from kayton.ir.thunks import Split, Thunk


@node
class Reference(Node):
    """What stands at the place with the id `site`, `kind` being one of

    * `variable`: the variable `path` is bound or meant
    * `call`: the function `path` is called; inference knows the call by the id `at`
    * `value`: the function `path` is meant, but not called
    * `definition`: the function `path` is defined
    """

    site: str
    kind: str
    path: str
    at: str = ""


@node
class Names(Node):
    """What the names of a program stand for."""

    references: tuple[Reference, ...] = ()


@node
class Method(Node):
    """The function that serves as the method `name` of values of the type `owner`; `changes`: it has `mut self`."""

    owner: str
    name: str
    fn: str
    changes: bool = False


@node
class Implementation(Node):
    """The type `owner` implements the trait, or one that has it as a super-trait."""

    owner: str
    trait: str


@node
class Types(Node):
    """The types that whole-program inference found, and the methods and traits that types have."""

    instances: tuple[Instance, ...] = ()
    cells: tuple[Cell, ...] = ()
    methods: tuple[Method, ...] = ()
    implementations: tuple[Implementation, ...] = ()


@node
class Copy(Node):
    """The function with the id `definition` is the copy of one that serves these instances."""

    definition: str
    instances: tuple[str, ...]


@node
class NamesNoted(Node):
    """The program, and what its names stand for."""

    names: Names
    native: Node


@node
class Found(Node):
    """The program on its way to native code, and what its names stand for and its types are."""

    names: Names
    types: Types
    native: Node


@node
class Draft(Node):
    """The program as it was written, with all that is to be written into it.

    `refused` are the instances that cannot be compiled, `thunks` the functions that stay bytecode, in the order of their numbers.
    """

    written: Node
    names: Names
    types: Types
    thunks: tuple[Thunk, ...] = ()
    refused: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()


_NAMES = Language("Names", "What the names of a program stand for.", Names, frozenset({Names, Reference}))
_TYPES = Language("Types", "Types that were found.", Types, frozenset({Types, Method, Implementation, Instance, Typing, CallSite, Cell}))


def _of(name: str, about: str, root: type[Node], plus: frozenset[type[Node]] = frozenset(), **parts: Language) -> Language:
    kinds = frozenset({root}).union(plus, *[language.kinds for language in parts.values()])
    return Language(name, about, root, kinds, parts=tuple(parts.items()))


Noted = _of("Noted", "Beside the program stands what its names mean.", NamesNoted, names=_NAMES, native=Constant)
Solution = _of("Solution", "The types of the program whose names are noted are found.", NamesNoted, names=_NAMES, native=Solved)
TypesNoted = _of("TypesNoted", "Types that were found stand beside the program.", Found, names=_NAMES, types=_TYPES, native=Solved)
Assigned = _of("Assigned", "It is known of every function whether it is compiled.", Found, names=_NAMES, types=_TYPES, native=Split)


@invariant
def one_module(root: Node):
    """The program is one file, which uses the standard library only."""
    for m in root.written.modules[1:]:
        yield Violation(m, f"{m.name} is a second module")
    for item in root.written.modules[0].body:
        if isinstance(item, Use) and item.path[0] != "std":
            yield Violation(item, f"uses {'.'.join(item.path)}")


Recalled = Language(
    "Recalled",
    "The program as it was written, beside what was found out about it.",
    Draft,
    Linked.kinds | _NAMES.kinds | _TYPES.kinds | {Draft, Thunk, Copy},
)
Rewritten = Language(
    "Rewritten",
    "The program is one module, into which is written what was found out about it.",
    Draft,
    Recalled.kinds,
    Recalled,
    (one_module,),
)
