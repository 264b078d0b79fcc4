"""The body of one emitted function: what expressions, statements and places become is in the tables of the other modules.

`calls.at(SITE)` stands where something can fail, `calls.call(SITE)` where a function is called: sites number the places of the program,
so an error knows its place and the calls that led there. What is borrowed, moved and shared stands in the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.mono import BORROWED, CHANGED, MonoFn
from kayton.ir.lent import Borrow, Move, Share
from kayton.ir.node import Node
from kayton.ir.resolved import Local
from kayton.ir.surface import BoolLit, Expr, FloatLit, IntLit, StrLit, UnitLit
from kayton.ir.types import Type, read_type
from kayton.passes.deep._value_types import ValueTypes
from kayton.passes.rust._code import UNARY, Code
from kayton.passes.rust._names import Names, variable
from kayton.passes.rust._unit import Unit

Emit = Callable[["Body", Node], Code]


class Body:
    """One function under emission. `table` says how each kind of expression is written."""

    def __init__(self, unit: Unit, fn: MonoFn, table: dict[type[Node], Emit]) -> None:
        self.unit = unit
        self.fn = fn
        self.table = table
        holders = (*fn.locals, *fn.captures, *fn.params)
        self.types: dict[str, Type] = {v.name: read_type(v.type) for v in holders}
        self._types = ValueTypes(self.types, unit.globals, unit.types)
        self.names = Names(unit.names_called(fn))
        for name in sorted(self.types):
            self.variable(name)
        self.references: set[str] = {v.name for v in holders if v.how == BORROWED}
        """Variables whose Rust variable is a reference."""
        self.mutable = {p.name for p in fn.params if p.mutable}
        """Variables whose Rust variable is a mutable reference."""
        self.changed = {v.name for v in fn.locals if v.how == CHANGED}
        self.loops: list[str] = []
        """The labels of the loops around."""
        self._labels = self._temporaries = 0
        self._views: list[str] | None = None
        """Where views are kept that a reference to one of their parts outlives; None where nothing does."""

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def type_of(self, e: Node) -> Type:
        """The type of an expression."""
        return self._types.type_of(e)

    def type_of_argument(self, e: Node) -> Type:
        """The type of an argument, which may be a place."""
        return self._types.type_of_argument(e)

    def is_copy(self, t: Type) -> bool:
        """Whether values of the type are copied freely."""
        return self.unit.types.is_copy(t)

    def rust(self, t: Type) -> str:
        """The Rust type."""
        return self.unit.types.of(t)

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def at(self, n: Node) -> str:
        """The place of a node, for what can fail there."""
        return f"calls.at({self.unit.site(self.fn, n.span)})"

    def call(self, name: str, given: Sequence[str], n: Node) -> str:
        """A call of a function from a node. One that is compiled is given its caller, and a thunk the place, since it may be a part of
        this function."""
        way = "at" if self.unit.is_bytecode(name) else "call"
        return f"{self.unit.rust_name(name)}({', '.join([*given, f'calls.{way}({self.unit.site(self.fn, n.span)})'])})"

    def label(self, word: str) -> str:
        """A new label."""
        self._labels += 1
        return f"'{word}{self._labels}"

    # ── variables ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def variable(self, name: str) -> str:
        """The Rust name of a variable."""
        return self.names.name(name, variable(name))

    def temporary(self, word: str) -> str:
        """A new Rust variable, which hides none of the function's."""
        self._temporaries += 1
        return self.names.name(f"%{word} {self._temporaries}", word)

    def argument_name(self, closure: Node, k: int) -> str:
        """The name of a Rust closure's parameter, which hides none of the function's variables."""
        return self.names.name(f"|{closure.id}| {k}", ("x", "y", "z")[k] if k < 3 else f"x{k}")

    def read(self, name: str) -> Code:
        """A variable's value, looked at."""
        text, t = self.variable(name), self.types[name]
        if self.is_copy(t):
            return Code(f"*{text}", "value", UNARY) if name in self.mutable else Code(text, "value")
        return Code(text, "ref" if name in self.references else "mut" if name in self.mutable else "place")

    # ── expressions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def code(self, e: Node) -> Code:
        """An expression."""
        kept, self._views = self._views, None
        found = self.table[e.__class__](self, e)
        self._views = kept
        return found

    def whole(self, e: Node) -> Code:
        """What a part is taken of."""
        return self.table[e.__class__](self, e)

    def reference(self, e: Node, before: list[str]) -> str:
        """A reference that a variable keeps; the views on the way are kept `before`."""
        self._views = before
        found = self.whole(e)
        self._views = None
        return found.borrowed()

    def kept_view(self, text: str) -> str:
        """A view, which has a variable of its own where it is outlived."""
        if self._views is None:
            return text
        view = self.temporary("view")
        self._views.append(f"let {view} = {text};")
        return view

    def text(self, e: Node) -> str:
        """An expression as it is used."""
        return self.code(e).text

    def ref(self, e: Node) -> str:
        """A reference to what an expression gives, of a type for which Rust wants one."""
        return self.code(e).borrowed()

    def value(self, e: Node, strength: int = 0) -> str:
        """An expression of a Copy type, as an operand of an operator of that strength."""
        return self.code(e).operand(strength)


def is_simple(e: Expr) -> bool:
    """Whether evaluating an expression neither fails nor changes anything."""
    return isinstance(e.value if isinstance(e, Move | Share | Borrow) else e, Local | IntLit | FloatLit | BoolLit | StrLit | UnitLit)
