"""desugar-comprehensions : FStringFree -> ComprehensionFree

    [v for p in e if c]     =>   { let mut %made = [];        for p in e: if c: list-append %made v;  %made }
    {v for p in e if c}     =>   { let mut %made = empty-set; for p in e: if c: set-add %made v;      %made }
    {k: v for p in e if c}  =>   { let mut %made = {};        for p in e: if c: map-put %made k v;    %made }

A comprehension is not a closure (LANGUAGE §4): it may change the function's variables, and `?` and `return` in it leave the
function. So it is nothing but the loop one would have written. Filling has statements of its own, because `push` may be a
user's method and `Set` a user's type.
"""

from __future__ import annotations

from kayton.ir.core import ComprehensionFree, EmptySet, FStringFree, ListAppend, MapPut, SetAdd
from kayton.ir.surface import (
    BindPattern,
    Block,
    Clause,
    Expr,
    For,
    ForClause,
    If,
    IfClause,
    Let,
    ListComp,
    ListLit,
    MapComp,
    MapLit,
    Name,
    SetComp,
    Stmt,
)
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarComprehensions(Pass):
    source = FStringFree
    target = ComprehensionFree

    @rule
    def list(self, e: ListComp, cx: Cx) -> Block:
        made = cx.fresh("made")
        return _filled(made, ListLit(), ListAppend(Name(made), e.value, span=e.value.span), e.clauses)

    @rule
    def set(self, e: SetComp, cx: Cx) -> Block:
        made = cx.fresh("made")
        return _filled(made, EmptySet(), SetAdd(Name(made), e.value, span=e.value.span), e.clauses)

    @rule
    def map(self, e: MapComp, cx: Cx) -> Block:
        made = cx.fresh("made")
        return _filled(made, MapLit(), MapPut(Name(made), e.key, e.value, span=e.key.span), e.clauses)

    @rule
    def clause(self, c: ForClause | IfClause, cx: Cx):
        """Nothing yet: the comprehension around it takes it apart."""
        return c


def _filled(made: str, empty: Expr, fill: Stmt, clauses: tuple[Clause, ...]) -> Block:
    """The variable `made`, empty at first, after `fill` has run under all the clauses."""
    step = fill
    for c in reversed(clauses):
        inside = Block((step,), span=fill.span)
        step = If(c.condition, inside, span=c.span) if isinstance(c, IfClause) else For(c.pattern, c.iterable, inside, span=c.span)
    return Block((Let(BindPattern(made, mutable=True), empty), step), Name(made))
