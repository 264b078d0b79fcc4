"""The body of one emitted function: what expressions, statements and places become is in the tables of the other modules.

`calls.at(SITE)` stands where something can fail: sites number the places of the program, so an error knows its place and the
calls that led there. A parameter is borrowed unless some last use of it gives it away; variables that hold a part of something
that stays alive are references. Both are found by emitting the program until nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.core import Concat, ForEach, Format, ForRange, SuccessOr
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Get, InPlace, Make, MonoFn, Widen
from kayton.ir.node import Node, Span, walk
from kayton.ir.resolved import Choice, GlobalRef, HasLen, IndexStep, InRange, IsVariant, Local, MutArg, NoMatch
from kayton.ir.surface import (
    And,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    FloatLit,
    If,
    IntLit,
    Loop,
    Or,
    Return,
    StrLit,
    Unary,
    UnitLit,
    While,
)
from kayton.ir.typed import PRIMS, LastUse, Prim
from kayton.ir.types import BOOL, F64, I64, NEVER, STR, UNIT, App, Type, read_type
from kayton.passes.rust._code import Code
from kayton.passes.rust._names import Names
from kayton.passes.rust._unit import Unit

Emit = Callable[["Body", Node], Code]
_DIVERGING = (Return, Break, Continue, NoMatch)


class Body:
    """One function under emission. `table` says how each kind of expression is written."""

    def __init__(self, unit: Unit, fn: MonoFn, table: dict[type[Node], Emit]) -> None:
        self.unit = unit
        self.fn = fn
        self.table = table
        self.types: dict[str, Type] = {v.name: read_type(v.type) for v in (*fn.locals, *fn.captures, *fn.params)}
        self.names = Names(unit.names_called(fn))
        for name in sorted(self.types):
            self.variable(name)
        self.references: set[str] = {p.name for p in (*fn.captures, *fn.params) if unit.is_borrowed(fn.name, p)}
        """Variables whose Rust variable is a reference."""
        self.mutable = {p.name for p in fn.params if p.mutable}
        self.loops: list[tuple[str, bool]] = []
        """The labels of the loops around."""
        self._labels = self._temporaries = 0

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def type_of(self, e: Node) -> Type:
        """The type of an expression."""
        rule = _TYPES.get(e.__class__)
        return UNIT if rule is None else rule(self, e)

    def type_of_place(self, e: Node) -> Type:
        """The type of an argument, which may be a place."""
        if not isinstance(e, MutArg):
            return self.type_of(e)
        t = self.type_of(e.place.root)
        for s in e.place.steps:
            t = t.args[-1] if isinstance(s, IndexStep) else self.unit.field_type(t, s)
        return t

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

    def label(self, word: str) -> str:
        """A new label."""
        self._labels += 1
        return f"'{word}{self._labels}"

    # ── variables ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def variable(self, name: str) -> str:
        """The Rust name of a variable."""
        return self.names.name(name, "this" if name == "self" else name.replace("%in.", "given_").replace("%", ""))

    def temporary(self, word: str) -> str:
        """A new Rust variable, which hides none of the function's."""
        self._temporaries += 1
        return self.names.name(f"%{word} {self._temporaries}", word)

    def argument_name(self, closure: Node, k: int) -> str:
        """The name of a Rust closure's parameter, which hides none of the function's variables."""
        return self.names.name(f"|{closure.id}| {k}", ("x", "y", "z")[k] if k < 3 else f"x{k}")

    def read(self, name: str, *, last: bool) -> Code:
        """A variable's value."""
        text, t = self.variable(name), self.types[name]
        if self.is_copy(t):
            return Code(f"*{text}", "value", binds=12) if name in self.mutable else Code(text, "value")
        if name in self.references:
            return Code(text, "ref", root=name) if not last else Code(text, "ref", root=f"{name}!")
        if name in self.mutable:
            return Code(text, "mut", root=name)
        return Code(text, "last" if last else "place", root=name)

    # ── expressions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def code(self, e: Node) -> Code:
        """An expression."""
        return self.table[e.__class__](self, e)

    def own(self, e: Node) -> str:
        """An expression for a value that is given away."""
        return self._given_away(e).owned()

    def own_receiver(self, e: Node) -> str:
        """As `own`, to stand before a dot."""
        c = self._given_away(e)
        return c.receiver() if c.owned() == c.text else c.owned()

    def _given_away(self, e: Node) -> Code:
        c = self.code(e)
        if c.root.endswith("!"):
            self.unit.gives_away(self.fn.name, c.root[:-1])
        if c.kind == "last":
            self.unit.moves(self.fn.name, c.root)
        return c

    def ref(self, e: Node) -> str:
        """An expression for a reference."""
        return self.code(e).borrowed()

    def value(self, e: Node, strength: int = 0) -> str:
        """An expression of a Copy type, as an operand of an operator of that strength."""
        return self.code(e).operand(strength)

    def argument(self, e: Node, borrowed: bool) -> str:
        """An argument for a parameter."""
        return self.ref(e) if borrowed and not self.is_copy(self.type_of(e)) else self.own(e)

    def changes(self, body: Node, name: str) -> bool:
        """Whether anything in the body may change a variable."""
        return self.unit.changes(body, name)


def _block_type(b: Body, e: Block) -> Type:
    if e.result is not None:
        return b.type_of(e.result)
    return NEVER if e.body and b.type_of(e.body[-1]) is NEVER else UNIT


def _if_type(b: Body, e: If) -> Type:
    if e.otherwise is None:
        return UNIT
    then = b.type_of(e.then)
    return then if then is not NEVER else b.type_of(e.otherwise)


def _choice_type(b: Body, e: Choice) -> Type:
    found = [b.type_of(c.body) for c in e.cases] + [b.type_of(e.otherwise)]
    return next((t for t in found if t is not NEVER), NEVER)


def _loop_type(b: Body, e: Loop) -> Type:
    own = _own_breaks(e.body)
    return NEVER if not own else next((b.type_of(n.value) for n in own if n.value is not None), UNIT)


def _own_breaks(e: Node) -> list[Break]:
    """The `break`s that leave the loop whose body this is."""
    inner = {id(n) for loop in walk(e) if isinstance(loop, Loop | While | ForEach | ForRange) for n in walk(loop) if isinstance(n, Break)}
    return [n for n in walk(e) if isinstance(n, Break) and id(n) not in inner]


def _success_type(b: Body, e: SuccessOr) -> Type:
    t = b.type_of(e.value)
    return t.args[0] if isinstance(t, App) else NEVER


_TYPES: dict[type[Node], Callable[[Body, Node], Type]] = {
    Local: lambda b, e: b.types[e.name], LastUse: lambda b, e: b.types[e.name],
    IntLit: lambda b, e: I64, FloatLit: lambda b, e: F64, StrLit: lambda b, e: STR, UnitLit: lambda b, e: UNIT,
    Concat: lambda b, e: STR, Format: lambda b, e: STR,
    Prim: lambda b, e: App(PRIMS[e.op].result),
    GlobalRef: lambda b, e: b.unit.globals[e.name],
    Block: _block_type, If: _if_type, Choice: _choice_type, Loop: _loop_type, SuccessOr: _success_type,
    InPlace: lambda b, e: b.type_of(e.body),
    **{kind: lambda b, e: read_type(e.type) for kind in (Direct, Dispatch, Apply, Builtin, Get, Make, Widen)},
    **{kind: lambda b, e: BOOL for kind in (BoolLit, And, Or, Unary, IsVariant, HasLen, InRange)},
    **{kind: lambda b, e: NEVER for kind in _DIVERGING},
}


def span_of(n: Node) -> Span:
    """A node's place; every node of a MonoFn has one."""
    return n.span or Span(0, 0, 0)


def is_simple(e: Expr) -> bool:
    """Whether evaluating an expression neither fails nor changes anything."""
    return isinstance(e, Local | LastUse | IntLit | FloatLit | BoolLit | StrLit | UnitLit)
