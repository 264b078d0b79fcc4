"""inline-constructors : Flat -> Flat

A call of a derived constructor is the construction itself, if the defaults that it needs are constants or empty.

    call-fn main.Point [a b]     =>   construct main.Point [(cast a f64) (cast b f64)]
    call-fn main.Point [f() g()]     =>   { bind %a f(); bind %b g(); construct main.Point [(cast %a f64) (cast %b f64)] }
    call-fn main.Stack [absent]     =>   construct main.Stack [(cast (list-lit) List)]
    call-fn main.Shape.Rect [a absent]     stays a call where the default is computed

A function counts as a constructor if its body does nothing but check its parameters, fill defaults and construct; so this
needs no list of types, and a researcher's own constructor-like function profits too. The casts stand where the parameter
checks stood, with the argument's own position, so errors are the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from kayton.ir.core import Absent, Construct, EmptySet, FillDefault, MakeVariant
from kayton.ir.node import Node, children_of, unplaced
from kayton.ir.resolved import Bind, CallFn, Cast, CheckParam, Flat, Fn, FnRef, Local, MutArg, NativeRef
from kayton.ir.surface import Block, BoolLit, Expr, FloatLit, IntLit, ListLit, MapLit, Program, StrLit, UnitLit
from kayton.passes.framework import Cx, Pass, frozen, rule


@attrs.frozen
class Constructor:
    """What a constructor makes, and by parameter its guard and its default, if that is as good as a constant."""

    made: Construct | MakeVariant
    guards: tuple[str | None, ...]
    defaults: tuple[Expr | None, ...]

    def filled(self, args: Sequence[Node]) -> tuple[Node, ...]:
        """The arguments, with defaults for those that are left out where they are known."""
        return tuple([unplaced(d) if isinstance(a, Absent) and d is not None else a for a, d in zip(args, self.defaults, strict=True)])


class Constructors:
    """Analysis: the constructors of a program."""

    @staticmethod
    def of(root: Program) -> dict[str, Constructor]:
        found = {}
        for module in root.modules:
            for item in module.body:
                if isinstance(item, Fn) and (made := _construction(item)) is not None:
                    found[item.name] = made
        return found


def _construction(fn: Fn) -> Constructor | None:
    block = fn.body
    if not isinstance(block, Block) or not isinstance(block.result, Construct | MakeVariant):
        return None
    guards: dict[str, str] = {}
    defaults: dict[str, Expr] = {}
    for stmt in block.body:
        if isinstance(stmt, CheckParam):
            guards[stmt.name] = stmt.to
        elif not isinstance(stmt, FillDefault):
            return None
        elif _is_constant(stmt.value):
            defaults[stmt.name] = stmt.value
    names = [p.name for p in fn.params]
    if [a.name if isinstance(a, Local) else None for a in block.result.args] != names:
        return None
    return Constructor(block.result, tuple([guards.get(n) for n in names]), tuple([defaults.get(n) for n in names]))


_CONSTANT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, FnRef, NativeRef, EmptySet)


def _is_constant(e: Expr) -> bool:
    """Whether it does not matter where and when an expression is evaluated."""
    return isinstance(e, _CONSTANT) or (isinstance(e, ListLit | MapLit | MakeVariant) and not children_of(e))


@frozen
class InlineConstructors(Pass):
    source = Flat
    target = Flat

    @rule
    def call(self, call: CallFn, cx: Cx) -> CallFn | Construct | MakeVariant | Block:
        found = cx.facts(Constructors).get(call.fn)
        filled = () if found is None else found.filled(call.args)
        if found is None or any(isinstance(a, Absent | MutArg) for a in filled):
            return call
        made, guards = found.made, found.guards
        first, given = _evaluated_first(filled, guards, cx)
        args = tuple([a if g is None else Cast(a, g, span=a.span) for a, g in zip(given, guards, strict=True)])
        value = Construct(made.type, args) if isinstance(made, Construct) else MakeVariant(made.variant, args)
        return Block(first, value) if first else value


def _evaluated_first(args: tuple[Expr, ...], guards: tuple[str | None, ...], cx: Cx) -> tuple[tuple[Bind, ...], tuple[Expr, ...]]:
    """All arguments are evaluated before the first is checked (§6): where that could be seen they get names."""
    checked = [i for i, g in enumerate(guards) if g is not None]
    if not checked or all([_settled(a) for a in args[checked[0] + 1 :]]):
        return (), args
    first: list[Bind] = []
    given: list[Expr] = []
    for a in args:
        if _settled(a):
            given.append(a)
            continue
        name = cx.fresh("field")
        first.append(Bind(name, a, span=a.span))
        given.append(Local(name, span=a.span))
    return tuple(first), tuple(given)


def _settled(e: Expr) -> bool:
    """Whether evaluating `e` earlier or later makes no difference."""
    return _is_constant(e) or (isinstance(e, Local) and not e.mutable)
