"""resolve-places : Constant -> Placed

    grid[i].hits = e              =>   (assign (place grid [(index-step i) (field-step hits)]) e)
    f(mut xs[0])                  =>   f(mut-arg (place xs [(index-step 0)]))
    xs[0].push(e)                 =>   (method-call (place xs [(index-step 0)]) push [e])      push may change its receiver
    p.len()                       stays: no method of that name changes its receiver
    (a, b[i]) = e                 =>   { let %at = i; let (%x, %y) = e; a = %x; b[%at] = %y }

A place whose root is an immutable name, or no name at all, is `frozen`: changing it is only possible through a class
instance, which is known at run time. What is certain was an error before (check-mutability).
"""

from __future__ import annotations

from kayton.ir.builtins import METHODS
from kayton.ir.places import root_of
from kayton.ir.resolved import (
    Constant,
    FieldStep,
    IndexStep,
    Local,
    MutArg,
    PartStep,
    Place,
    Placed,
    Step,
)
from kayton.ir.core import Methods
from kayton.ir.surface import (
    Arg,
    Assign,
    BindPattern,
    Block,
    Expr,
    Field,
    FnDef,
    Index,
    IntLit,
    Let,
    MethodCall,
    Part,
    Program,
    Stmt,
    StrLit,
    Tuple,
    TuplePattern,
)
from kayton.passes.framework import Cx, Pass, frozen, rule


class ChangingNames:
    """Analysis: the names of methods that may change their receiver: built-in ones, and every user's `mut self` method."""

    @staticmethod
    def of(root: Program) -> frozenset[str]:
        functions = {f.name: f for m in root.modules for f in m.body if isinstance(f, FnDef)}
        names = {name for methods in METHODS.values() for name, native in methods.items() if native.changes}
        for module in root.modules:
            for item in module.body:
                if isinstance(item, Methods):
                    for name in item.names:
                        fn = functions.get(f"{item.prefix}.{name}")
                        if fn is not None and fn.params and fn.params[0].mutable:
                            names.add(name)
        # A trait may be implemented by a `mut self` method that only a dynamic receiver shows; next and set are such by nature.
        return frozenset(names | {"next", "set"})


@frozen
class ResolvePlaces(Pass):
    source = Constant
    target = Placed

    @rule
    def assign(self, s: Assign, cx: Cx) -> Assign | Block:
        if isinstance(s.target, Tuple):
            return _take_apart(s, cx)
        return Assign(_place(s.target), s.value)

    @rule
    def mut_arg(self, a: MutArg, cx: Cx) -> MutArg:
        return MutArg(_place(a.place))

    @rule
    def arg(self, a: Arg, cx: Cx) -> Arg:
        return Arg(_place(a.value), a.name, mutable=True) if a.mutable else a

    @rule
    def method(self, c: MethodCall, cx: Cx) -> MethodCall:
        chain = isinstance(c.receiver, Local | Field | Part | Index)
        if not chain or c.name not in cx.facts(ChangingNames):
            return c
        return MethodCall(_place(c.receiver), c.name, c.args)


def _place(e: Expr) -> Place:
    """The chain as a place. Its id is the chain's own."""
    steps: list[Step] = []
    root = root_of(e)
    at = e
    while at is not root:
        match at:
            case Field():
                steps.append(FieldStep(at.name, span=at.span))
            case Part():
                steps.append(PartStep(at.index, span=at.span))
            case Index():
                steps.append(IndexStep(at.index, span=at.span))
        at = at.value
    frozen_root = not (isinstance(root, Local) and root.mutable)
    return Place(root, tuple(reversed(steps)), frozen_root, span=e.span)


def _take_apart(s: Assign, cx: Cx) -> Block:
    """Index expressions of all targets once, then the value, then the stores from left to right."""
    first: list[Stmt] = []
    stores: list[Stmt] = []
    pattern = _target(s.target, first, stores, cx)
    return Block((*first, Let(pattern, s.value), *stores))


def _target(target: Expr, first: list[Stmt], stores: list[Stmt], cx: Cx) -> BindPattern | TuplePattern:
    if isinstance(target, Tuple):
        return TuplePattern(tuple([_target(t, first, stores, cx) for t in target.items]))
    name = cx.fresh("part")
    place = _place(_settled(target, first, cx))
    stores.append(Assign(place, Local(name, span=target.span), span=target.span))
    return BindPattern(name, span=target.span)


def _settled(e: Expr, first: list[Stmt], cx: Cx) -> Expr:
    """The chain with every index in a temporary, and its root too if that is not a name."""
    match e:
        case Field():
            return Field(_settled(e.value, first, cx), e.name, span=e.span)
        case Part():
            return Part(_settled(e.value, first, cx), e.index, span=e.span)
        case Index():
            value = _settled(e.value, first, cx)
            return Index(value, _held(e.index, first, cx), span=e.span)
        case Local():
            return e
    return _held(e, first, cx)


def _held(e: Expr, first: list[Stmt], cx: Cx) -> Expr:
    if isinstance(e, IntLit | StrLit) or (isinstance(e, Local) and not e.mutable):
        return e
    name = cx.fresh("at")
    first.append(Let(BindPattern(name, span=e.span), e, span=e.span))
    return Local(name, span=e.span)
