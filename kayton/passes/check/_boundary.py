"""How an annotation reaches into the expression whose value crosses it (LANGUAGE §3 rule 2): into branches and literal containers.

    i64 into f64:          1                          =>   1.0
    into List[f64]:        [1, x]                     =>   [1.0, cast x f64]
    into f64:              if c: 1 else: g()          =>   if c: 1.0 else: cast g() f64
    into (f64, str):       (1, "a")                   =>   (1.0, "a")

A literal is a value of its own type for certain, so nothing is left to check of it; everything else is cast as a whole.
"""

from __future__ import annotations

from kayton.ir.core import Concat, EmptySet, Format
from kayton.ir.guards import guard_of, unrefined
from kayton.ir.resolved import Cast, FnRef, TypeRef
from kayton.ir.surface import (
    Block,
    BoolLit,
    Break,
    Closure,
    Continue,
    Expr,
    FloatLit,
    If,
    IntLit,
    ListLit,
    ListRepeat,
    MapEntry,
    MapLit,
    Return,
    SetLit,
    StrLit,
    Tuple,
    TupleType,
    TypeExpr,
    UnitLit,
)

_CERTAIN = {
    IntLit: "i64", FloatLit: "f64", BoolLit: "bool", StrLit: "str", UnitLit: "()", Concat: "str", Format: "str",
    ListLit: "List", ListRepeat: "List", MapLit: "Map", SetLit: "Set", EmptySet: "Set", Tuple: "tuple", Closure: "fn",
    FnRef: "fn",
}  # fmt: skip
"""Expressions whose type is their kind's."""

_LEAVING = (Return, Break, Continue)


class Crossing:
    """Puts something on every expression whose value crosses a boundary; `applies` and `at` say what."""

    def applies(self, t: TypeExpr | None) -> bool:
        """Whether anything is to be done where a value crosses a boundary of this type."""
        raise NotImplementedError

    def at(self, e: Expr, t: TypeExpr) -> Expr:
        """What stands for an expression that has no branches."""
        raise NotImplementedError

    def cross(self, e: Expr, t: TypeExpr | None) -> Expr:
        """`e` on the other side of a boundary."""
        if not self.applies(t) or isinstance(e, _LEAVING):
            return e
        if isinstance(e, Block):
            result = UnitLit(id=f"{e.id}~unit", span=e.span) if e.result is None else e.result
            return Block(e.body, self.cross(result, t), id=e.id, span=e.span)
        if isinstance(e, If) and e.otherwise is not None:
            return If(e.condition, self.cross(e.then, t), self.cross(e.otherwise, t), id=e.id, span=e.span)
        return self.at(e, t)

    def fill(self, e: Expr, t: TypeExpr | None) -> Expr:
        """`e`, if it is a literal container with its elements on the other side of their boundaries; itself is not checked."""
        t = unrefined(t)
        if isinstance(e, Block) and e.result is not None:
            return Block(e.body, self.fill(e.result, t), id=e.id, span=e.span)
        if isinstance(e, If) and e.otherwise is not None:
            return If(e.condition, self.fill(e.then, t), self.fill(e.otherwise, t), id=e.id, span=e.span)
        if isinstance(e, Tuple):
            if isinstance(t, TupleType) and len(t.items) == len(e.items):
                items = tuple([self.cross(item, part) for item, part in zip(e.items, t.items, strict=True)])
                return Tuple(items, id=e.id, span=e.span)
            return e
        if not isinstance(t, TypeRef) or not t.args or _CERTAIN.get(e.__class__) != t.type:
            return e
        return self._container(e, t.args)

    def _container(self, e: Expr, args: tuple[TypeExpr, ...]) -> Expr:
        if isinstance(e, ListLit | SetLit):
            return e.__class__(tuple([self.cross(item, args[0]) for item in e.items]), id=e.id, span=e.span)
        if isinstance(e, ListRepeat):
            return ListRepeat(self.cross(e.value, args[0]), e.count, id=e.id, span=e.span)
        if isinstance(e, MapLit):
            key, value = args
            entries = [MapEntry(self.cross(x.key, key), self.cross(x.value, value), id=x.id, span=x.span) for x in e.entries]
            return MapLit(tuple(entries), id=e.id, span=e.span)
        return e


class _Casts(Crossing):
    """A cast, unless the value's type is certain."""

    def applies(self, t: TypeExpr | None) -> bool:
        return guard_of(t) is not None

    def at(self, e: Expr, t: TypeExpr) -> Expr:
        guard = guard_of(t)
        if isinstance(e, IntLit) and guard == "f64":
            return FloatLit(float(e.value), id=e.id, span=e.span)
        e = self.fill(e, t)
        if _CERTAIN.get(e.__class__) == guard:
            return e
        return Cast(e, guard, id=f"{e.id}~insert-casts", span=e.span)


CASTS = _Casts()
