"""Operations: what evaluates each of its parts once, in order, before it does anything; and those of which a part is never left."""

from __future__ import annotations

from collections.abc import Iterator

from kayton.ir.core import Concat, Construct, Format, ListAppend, MakeVariant, MapPut, SetAdd
from kayton.ir.node import Node, children_of
from kayton.ir.resolved import (
    CallFn,
    CallNative,
    CallValue,
    Cast,
    Choice,
    Equals,
    GlobalRef,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    ListRest,
    MakeClosure,
    NoMatch,
    Place,
    Slot,
)
from kayton.ir.surface import (
    Assign,
    Binary,
    Block,
    Break,
    Continue,
    Expr,
    Field,
    If,
    Index,
    ListLit,
    ListRepeat,
    Loop,
    MapLit,
    MethodCall,
    Part,
    Range,
    Return,
    SetLit,
    Slice,
    Tuple,
    Unary,
)
from kayton.ir.types import NEVER
from kayton.passes.deep._lowering import Lowering

OPERATIONS = frozenset((
    Binary, Unary, Equals, Field, Part, Slot, Index, Slice, ListRest, Cast, IsVariant, IsType, HasLen, InRange, Concat, Format, NoMatch,
    CallFn, CallNative, CallValue, MethodCall, Construct, MakeVariant, ListLit, SetLit, MapLit, Tuple, ListRepeat, Range,
    Assign, ListAppend, SetAdd, MapPut, Place, MakeClosure, GlobalRef,
))  # fmt: skip
"""What evaluates each of its parts once, in order, before it does anything."""
_LEAVES = frozenset((CallFn, CallNative, CallValue, MethodCall, Cast, Block, If, Choice, Loop, NoMatch, Return, Break, Continue))
"""What may be of no type because it never gives a value, not because the value that it looks at is never there."""


def cut_off(low: Lowering, n: Node) -> Expr | None:
    """What is left of an operation of which a part never gives a value: what comes before that part, and the part."""
    if n.__class__ not in OPERATIONS:
        return None
    before: list[Node] = []
    for part in _operands(n):
        if _never_ends(low, part):
            return Block(tuple([low.effect(b) for b in before]), low.effect(part), span=n.span)
        before.append(part)
    return None


def _operands(n: Node) -> Iterator[Node]:
    for c in children_of(n):
        if c.__class__ is Place or not isinstance(c, Expr):
            yield from _operands(c)
        else:
            yield c


def _never_ends(low: Lowering, n: Node) -> bool:
    if low.type_of(n) is not NEVER:
        return False
    return n.__class__ in _LEAVES or (n.__class__ in OPERATIONS and any([_never_ends(low, c) for c in _operands(n)]))
