"""inline-constructors : Flat -> Flat

A call of a derived constructor that needs no default is the construction itself.

    call-fn main.Point [a b]     =>   construct main.Point [(cast a f64) (cast b f64)]
    call-fn main.Point [f() g()]     =>   { bind %a f(); bind %b g(); construct main.Point [(cast %a f64) (cast %b f64)] }
    call-fn main.Shape.Rect [a absent]     stays a call, which computes the default

A function counts as a constructor if its body does nothing but check its parameters, fill defaults and construct; so this
needs no list of types, and a researcher's own constructor-like function profits too. The casts stand where the parameter
checks stood, with the argument's own position, so errors are the same.
"""

from __future__ import annotations

from kayton.ir.core import Absent, Construct, FillDefault, MakeVariant
from kayton.ir.resolved import Bind, CallFn, Cast, CheckParam, Flat, Fn, FnRef, Local, MutArg, NativeRef
from kayton.ir.surface import Block, BoolLit, Expr, FloatLit, IntLit, Program, StrLit, UnitLit
from kayton.passes.framework import Cx, Pass, frozen, rule


class Constructors:
    """Analysis: for each constructor its construction and the guard of each parameter."""

    @staticmethod
    def of(root: Program) -> dict[str, tuple[Construct | MakeVariant, tuple[str | None, ...]]]:
        found = {}
        for module in root.modules:
            for item in module.body:
                if isinstance(item, Fn) and (made := _construction(item)) is not None:
                    found[item.name] = made
        return found


def _construction(fn: Fn) -> tuple[Construct | MakeVariant, tuple[str | None, ...]] | None:
    block = fn.body
    if not isinstance(block, Block) or not isinstance(block.result, Construct | MakeVariant):
        return None
    guards: dict[str, str] = {}
    for stmt in block.body:
        if isinstance(stmt, CheckParam):
            guards[stmt.name] = stmt.to
        elif not isinstance(stmt, FillDefault):
            return None
    names = [p.name for p in fn.params]
    if [a.name if isinstance(a, Local) else None for a in block.result.args] != names:
        return None
    return block.result, tuple(guards.get(n) for n in names)


_CONSTANT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, FnRef, NativeRef)


@frozen
class InlineConstructors(Pass):
    source = Flat
    target = Flat

    @rule
    def call(self, call: CallFn, cx: Cx) -> CallFn | Construct | MakeVariant | Block:
        found = cx.facts(Constructors).get(call.fn)
        if found is None or any(isinstance(a, Absent | MutArg) for a in call.args):
            return call
        made, guards = found
        first, given = _evaluated_first(call.args, guards, cx)
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
    return isinstance(e, _CONSTANT) or (isinstance(e, Local) and not e.mutable)
