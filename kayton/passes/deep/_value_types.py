"""The types of what stands in a function whose types are all known: they follow from its variables' types and what nodes say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kayton.ir.core import Concat, ForEach, Format, ForRange, SuccessOr
from kayton.ir.lent import Borrow, Move, Share
from kayton.ir.mono import Apply, Builtin, Direct, Dispatch, Get, InPlace, Make, Widen
from kayton.ir.node import Node, walk
from kayton.ir.resolved import Choice, GlobalRef, HasLen, InRange, IsVariant, Local, MutArg, NoMatch, Place
from kayton.ir.surface import (
    And,
    Block,
    BoolLit,
    Break,
    Continue,
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
from kayton.passes.deep._shapes import Shapes

_DIVERGING = (Return, Break, Continue, NoMatch)


class ValueTypes:
    """The types in one function, by those of its variables and of the program's globals."""

    def __init__(self, variables: dict[str, Type], globals: Mapping[str, Type], shapes: Shapes) -> None:
        self.variables = variables
        self.globals = globals
        self.shapes = shapes

    def type_of(self, e: Node) -> Type:
        """The type of an expression."""
        rule = _TYPES.get(e.__class__)
        return UNIT if rule is None else rule(self, e)

    def type_of_argument(self, e: Node) -> Type:
        """The type of an argument, which may be a place."""
        return self.type_of_place(e.place) if isinstance(e, MutArg) else self.type_of(e)

    def type_of_place(self, p: Place) -> Type:
        """The type of what is at a place."""
        t = self.type_of(p.root)
        for s in p.steps:
            t = self.shapes.behind(t, s)
        return t


def _block_type(v: ValueTypes, e: Block) -> Type:
    if e.result is not None:
        return v.type_of(e.result)
    return NEVER if e.body and v.type_of(e.body[-1]) is NEVER else UNIT


def _if_type(v: ValueTypes, e: If) -> Type:
    if e.otherwise is None:
        return UNIT
    then = v.type_of(e.then)
    return then if then is not NEVER else v.type_of(e.otherwise)


def _choice_type(v: ValueTypes, e: Choice) -> Type:
    found = [v.type_of(c.body) for c in e.cases] + [v.type_of(e.otherwise)]
    return next((t for t in found if t is not NEVER), NEVER)


def _loop_type(v: ValueTypes, e: Loop) -> Type:
    own = _own_breaks(e.body)
    return NEVER if not own else next((v.type_of(n.value) for n in own if n.value is not None), UNIT)


def _own_breaks(e: Node) -> list[Break]:
    """The `break`s that leave the loop whose body this is."""
    inner = {id(n) for loop in walk(e) if isinstance(loop, Loop | While | ForEach | ForRange) for n in walk(loop) if isinstance(n, Break)}
    return [n for n in walk(e) if isinstance(n, Break) and id(n) not in inner]


def _success_type(v: ValueTypes, e: SuccessOr) -> Type:
    t = v.type_of(e.value)
    return t.args[0] if isinstance(t, App) else NEVER


_TYPES: dict[type[Node], Callable[[ValueTypes, Node], Type]] = {
    Local: lambda v, e: v.variables[e.name], LastUse: lambda v, e: v.variables[e.name],
    IntLit: lambda v, e: I64, FloatLit: lambda v, e: F64, StrLit: lambda v, e: STR, UnitLit: lambda v, e: UNIT,
    Concat: lambda v, e: STR, Format: lambda v, e: STR,
    Prim: lambda v, e: App(PRIMS[e.op].result),
    GlobalRef: lambda v, e: v.globals[e.name],
    Block: _block_type, If: _if_type, Choice: _choice_type, Loop: _loop_type, SuccessOr: _success_type,
    **{kind: lambda v, e: v.type_of(e.value) for kind in (Move, Share, Borrow)}, InPlace: lambda v, e: v.type_of(e.body),
    **{kind: lambda v, e: read_type(e.type) for kind in (Direct, Dispatch, Apply, Builtin, Get, Make, Widen)},
    **{kind: lambda v, e: BOOL for kind in (BoolLit, And, Or, Unary, IsVariant, HasLen, InRange)},
    **{kind: lambda v, e: NEVER for kind in _DIVERGING},
}
