"""desugar-compound-assign : ComprehensionFree -> CompoundFree

    x op= e             =>   x = x op e
    x.f[i()].g op= e    =>   { let %index = i();  x.f[%index].g = x.f[%index].g op e }
    r().f op= e         =>   { let %root = r();   %root.f = %root.f op e }

What is evaluated in a place is evaluated once, left to right, before `e` and the store (LANGUAGE §4): a name or a literal may
be written twice, anything else is named first. The operation stands for the whole statement, so that an overflow is reported
where the statement is.
"""

from __future__ import annotations

from kayton.ir.core import CompoundFree, ComprehensionFree
from kayton.ir.node import unplaced
from kayton.ir.surface import (
    Assign,
    Binary,
    BindPattern,
    Block,
    BoolLit,
    CompoundAssign,
    Expr,
    Field,
    FloatLit,
    Index,
    IntLit,
    Let,
    Name,
    Part,
    Stmt,
    StrLit,
    UnitLit,
)
from kayton.passes.framework import Cx, Pass, frozen, rule

_REPEATABLE = (Name, IntLit, FloatLit, BoolLit, StrLit, UnitLit)


@frozen
class DesugarCompoundAssign(Pass):
    source = ComprehensionFree
    target = CompoundFree

    @rule
    def assign(self, s: CompoundAssign, cx: Cx) -> Assign | Block:
        first: list[Stmt] = []
        place = _repeatable_place(s.target, first, cx)
        stored = Assign(place, Binary(s.op, unplaced(place), s.value, span=s.span), span=s.span)
        return Block((*first, stored)) if first else stored


def _repeatable_place(place: Expr, first: list[Stmt], cx: Cx) -> Expr:
    """The same place; what evaluating it twice would repeat is evaluated in `first`."""
    steps: list[Field | Part | Index] = []
    root = place
    while isinstance(root, Field | Part | Index):
        steps.append(root)
        root = root.value
    out = _named(root, "root", first, cx) if steps else root
    for step in reversed(steps):
        if isinstance(step, Index):
            out = Index(out, _named(step.index, "index", first, cx), span=step.span)
        elif isinstance(step, Field):
            out = Field(out, step.name, span=step.span)
        else:
            out = Part(out, step.index, span=step.span)
    return out


def _named(e: Expr, base: str, first: list[Stmt], cx: Cx) -> Expr:
    if isinstance(e, _REPEATABLE):
        return e
    name = cx.fresh(base)
    first.append(Let(BindPattern(name, span=e.span), e, span=e.span))
    return Name(name, span=e.span)
