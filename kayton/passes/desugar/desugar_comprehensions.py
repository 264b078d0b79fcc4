"""desugar-comprehensions : FStringFree -> ComprehensionFree

    [v for p in e if c]     =>   { let mut %made = [];        for p in e: if c: list-append %made v;  %made }
    {v for p in e if c}     =>   { let mut %made = empty-set; for p in e: if c: set-add %made v;      %made }
    {k: v for p in e if c}  =>   { let mut %made = {};        for p in e: if c: map-put %made k v;    %made }

A comprehension is not a closure (LANGUAGE §4): it may change the function's variables, and `?` and `return` in it leave the
function. So it is nothing but the loop one would have written, but that `break` and `continue` cannot leave it, which is reported
here, where it still shows. Filling has statements of its own, because `push` may be a
user's method and `Set` a user's type.
"""

from __future__ import annotations

from kayton.diagnostics.places import JumpInComprehension
from kayton.ir.core import ComprehensionFree, EmptySet, ForEach, ForRange, FStringFree, ListAppend, MapPut, SetAdd
from kayton.ir.node import PUSH, Node
from kayton.ir.surface import (
    BindPattern,
    Block,
    Break,
    Clause,
    Closure,
    Continue,
    Expr,
    For,
    ForClause,
    If,
    IfClause,
    Let,
    ListComp,
    ListLit,
    Loop,
    MapComp,
    MapLit,
    Name,
    SetComp,
    Stmt,
    While,
    WhileLet,
)
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarComprehensions(Pass):
    source = FStringFree
    target = ComprehensionFree

    @rule
    def list(self, e: ListComp, cx: Cx) -> Block:
        _check_jumps((e.value,), e.clauses, cx)
        made = cx.fresh("made")
        return _filled(made, ListLit(), ListAppend(Name(made), e.value, span=e.value.span), e.clauses)

    @rule
    def set(self, e: SetComp, cx: Cx) -> Block:
        _check_jumps((e.value,), e.clauses, cx)
        made = cx.fresh("made")
        return _filled(made, EmptySet(), SetAdd(Name(made), e.value, span=e.value.span), e.clauses)

    @rule
    def map(self, e: MapComp, cx: Cx) -> Block:
        _check_jumps((e.key, e.value), e.clauses, cx)
        made = cx.fresh("made")
        return _filled(made, MapLit(), MapPut(Name(made), e.key, e.value, span=e.key.span), e.clauses)

    @rule
    def clause(self, c: ForClause | IfClause, cx: Cx):
        """Nothing yet: the comprehension around it takes it apart."""
        return c


_WITH_JUMPS_OF_THEIR_OWN = frozenset((For, ForEach, ForRange, While, WhileLet, Loop, Closure))


def _check_jumps(items: tuple[Expr, ...], clauses: tuple[Clause, ...], cx: Cx) -> None:
    """Reports jumps out of what a comprehension evaluates again and again, which its first iterable is not."""
    stack: list[Node] = [*items, *clauses[1:]]
    while stack:
        n = stack.pop()
        kind = n.__class__
        if kind is Break or kind is Continue:
            cx.report(JumpInComprehension(span=n.span, jump="break" if kind is Break else "continue"))
        elif kind not in _WITH_JUMPS_OF_THEIR_OWN:
            PUSH[kind](n, stack)


def _filled(made: str, empty: Expr, fill: Stmt, clauses: tuple[Clause, ...]) -> Block:
    """The variable `made`, empty at first, after `fill` has run under all the clauses."""
    step = fill
    for c in reversed(clauses):
        inside = Block((step,), span=fill.span)
        step = If(c.condition, inside, span=c.span) if isinstance(c, IfClause) else For(c.pattern, c.iterable, inside, span=c.span)
    return Block((Let(BindPattern(made, mutable=True), empty), step), Name(made))
