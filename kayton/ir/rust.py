"""Rust: what was compiled, as texts of Rust items in order, with the places that they may fail at and the thunks that they call."""

from __future__ import annotations

from kayton.ir.language import Language, Violation, invariant
from kayton.ir.node import Node, node
from kayton.ir.thunks import Thunk


@node
class RustItem(Node):
    """A `kind` of item (function, type, global): its Rust text, which ends in a newline. Its span is the Kayton source that it stands for."""

    name: str
    text: str
    kind: str = "function"


@node
class RustSite(Node):
    """A place that the program may fail or call at: its span. `function` is the name of the function that it is in, as errors show it."""

    function: str


@node
class RustNumber(Node):
    """A constant `name` that has the number of a function in the bytecode; `function` is its id there."""

    name: str
    function: str


@node
class RustEntry(Node):
    """A Rust function `name` by which bytecode calls the compiled versions of the function whose number is the constant `number`."""

    name: str
    number: str


@node
class RustProgram(Node):
    """The compiled program. Texts name a site by its position here.

    `start` is the item that runs the modules' statements and then `main`; empty when that is a thunk.
    """

    start: str
    items: tuple[RustItem, ...] = ()
    sites: tuple[RustSite, ...] = ()
    thunks: tuple[Thunk, ...] = ()
    numbers: tuple[RustNumber, ...] = ()
    entries: tuple[RustEntry, ...] = ()
    bytecode: bool = False
    """Whether the program as bytecode is needed: for thunks, or since values of its types are made that are known only at run time."""


@invariant
def start_exists(root: Node):
    """What the program starts with is one of its items, or there is a thunk to start with."""
    if root.start and root.start not in {item.name for item in root.items}:
        yield Violation(root, f"there is no item {root.start} to start with")
    if not root.start and not root.thunks:
        yield Violation(root, "nothing starts the program")


Rust = Language(
    "Rust",
    "What was compiled is Rust text.",
    RustProgram,
    frozenset({RustProgram, RustItem, RustSite, RustNumber, RustEntry, Thunk}),
    invariants=(start_exists,),
)
