"""resolve-places : Constant -> Placed

Says of everything that is changed which variable it belongs to and how it is reached.

    grid[i].x = e        =>   assign (place grid [i] .x) e
    f(mut xs[0])         =>   call-fn f [(mut-arg (place xs [0]))]
    p.items.push(x)      =>   method-call (place p .items) push [x]            where `push` may change its receiver
    (a, b[i()]) = e      =>   { let %index = i(); let (%part, %part) = e; assign (place a) %part; assign (place b [%index]) %part }

Which method a name means is known only at run time, so every method name that some type has with `mut self` counts. A place is
frozen if its root is no mutable variable of this very function or closure: then only a class instance in it can change
(LANGUAGE §4). What is certain to be wrong about that was an error before (check-mutability).
"""

from __future__ import annotations

from kayton.ir.analyses.captures import CapturedUses
from kayton.ir.analyses.declarations import Declarations
from kayton.ir.builtins import CHANGING_METHODS
from kayton.ir.node import replace
from kayton.ir.resolved import (
    Constant,
    FieldStep,
    GlobalRef,
    IndexStep,
    Local,
    MutArg,
    PartStep,
    Place,
    Placed,
    Step,
)
from kayton.ir.surface import (
    Arg,
    Assign,
    BindPattern,
    Block,
    BoolLit,
    Expr,
    Field,
    Index,
    IntLit,
    Let,
    MethodCall,
    Part,
    Pattern,
    Stmt,
    StrLit,
    Tuple,
    TuplePattern,
)
from kayton.passes.framework import Cx, Pass, frozen, rule

_CHAINS = (Local, GlobalRef, Field, Part, Index)


@frozen
class ResolvePlaces(Pass):
    source = Constant
    target = Placed

    @rule
    def assign(self, s: Assign, cx: Cx) -> Assign | Block:
        if not isinstance(s.target, Tuple):
            return Assign(_place(s.target, cx), s.value)
        first: list[Stmt] = []
        stores: list[Stmt] = []
        pattern = _taken_apart(s.target, first, stores, cx)
        return Block((*first, Let(pattern, s.value), *stores))

    @rule
    def mut_arg(self, a: MutArg, cx: Cx) -> MutArg:
        return MutArg(_place(a.place, cx))

    @rule
    def arg(self, a: Arg, cx: Cx) -> Arg:
        return Arg(_place(a.value, cx), a.name, mutable=True) if a.mutable else a

    @rule
    def method(self, c: MethodCall, cx: Cx) -> MethodCall:
        changes = c.name in CHANGING_METHODS or c.name in cx.facts(Declarations).changing
        if not changes or not isinstance(c.receiver, _CHAINS):
            return c
        return MethodCall(_place(c.receiver, cx), c.name, c.args)


def _place(e: Expr, cx: Cx) -> Place:
    steps: list[Step] = []
    root = e
    while isinstance(root, Field | Part | Index):
        steps.append(_step(root))
        root = root.value
    variable = isinstance(root, Local) and root.mutable and root not in cx.facts(CapturedUses)
    return Place(root, tuple(reversed(steps)), not variable, span=e.span)


def _step(e: Field | Part | Index) -> Step:
    if isinstance(e, Field):
        return FieldStep(e.name, span=e.span)
    return PartStep(e.index, span=e.span) if isinstance(e, Part) else IndexStep(e.index, span=e.span)


def _taken_apart(target: Expr, first: list[Stmt], stores: list[Stmt], cx: Cx) -> Pattern:
    """The pattern that takes the value for `target` apart; `first` computes what the places in it need, `stores` assigns."""
    if isinstance(target, Tuple):
        return TuplePattern(tuple([_taken_apart(t, first, stores, cx) for t in target.items]), span=target.span)
    part = cx.fresh("part")
    place = _place(_settled(target, first, cx), cx)
    stores.append(Assign(place, Local(part, span=target.span), span=target.span))
    return BindPattern(part, span=target.span)


def _settled(target: Expr, first: list[Stmt], cx: Cx) -> Expr:
    """The same place; what must be evaluated before the value is evaluated in `first`, left to right."""
    chain: list[Field | Part | Index] = []
    while isinstance(target, Field | Part | Index):
        chain.append(target)
        target = target.value
    made = target if isinstance(target, Local) else _named(target, "root", first, cx)
    for link in reversed(chain):
        if isinstance(link, Index):
            made = Index(made, _named(link.index, "index", first, cx), span=link.span)
        else:
            made = replace(link, id=None, value=made)
    return made


def _named(e: Expr, base: str, first: list[Stmt], cx: Cx) -> Expr:
    if isinstance(e, IntLit | StrLit | BoolLit):
        return e
    name = cx.fresh(base)
    first.append(Let(BindPattern(name, span=e.span), e, span=e.span))
    return Local(name, span=e.span)
