"""desugar-if-let : CompoundFree -> IfLetFree

    if let p = e: a else: b   =>   match e: p => a, _ => b
    if let p = e: a           =>   match e: p => { a; () }, _ => ()
    while let p = e: a        =>   while true: match e: p => a, _ => break

Both are matches on one pattern (LANGUAGE §6), so everything that later passes know about patterns is about `match` only.
`while let` stays a `while` rather than a `loop`: its value is (), and a `break e` in its body is still the error that it is in
every `while`.
"""

from __future__ import annotations

from kayton.ir.core import CompoundFree, IfLetFree
from kayton.ir.surface import Arm, Block, BoolLit, Break, Expr, IfLet, Match, While, WhileLet, WildcardPattern
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarIfLet(Pass):
    source = CompoundFree
    target = IfLetFree

    @rule
    def if_let(self, e: IfLet, cx: Cx) -> Match:
        if e.otherwise is None:
            return _match_or(e, _unit_after(e.then), Block())
        return _match_or(e, e.then, e.otherwise)

    @rule
    def while_let(self, e: WhileLet, cx: Cx) -> While:
        return While(BoolLit(True), _match_or(e, e.body, Break()))


def _match_or(e: IfLet | WhileLet, matched: Expr, otherwise: Expr) -> Match:
    return Match(e.value, (Arm(e.pattern, matched), Arm(WildcardPattern(), otherwise)))


def _unit_after(e: Expr) -> Expr:
    """`e` for its effects: what has no `else` has no value either."""
    return e if isinstance(e, Block) and e.result is None else Block((e,), span=e.span)
