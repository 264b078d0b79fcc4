"""desugar-defaults : ForFree -> Core

    fn f(x, y = e): body   =>   fn f(x, y = absent): { fill-default y e; body }
    |(a, b), c| body       =>   |%param, c| { let (a, b) = %param; body }

A default is evaluated at each call that leaves its argument out (LANGUAGE §6), in the function's own scope, where the
parameters before it are known. What is left of it in the parameter is that there is one, which is all that a call needs.
A parameter is one plain variable afterwards, as a loop's is.
"""

from __future__ import annotations

from kayton.ir.core import Absent, Core, FillDefault, ForFree
from kayton.ir.node import replace
from kayton.ir.surface import BindPattern, Block, Closure, FnDef, Let, Name, Param, Stmt, WildcardPattern
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class DesugarDefaults(Pass):
    source = ForFree
    target = Core

    @rule
    def function(self, f: FnDef, cx: Cx) -> FnDef:
        params, first = _plain_params(f.params, cx)
        if params == f.params:
            return f
        if f.body is None or not first:
            return replace(f, params=params)
        return replace(f, params=params, body=Block((*first, *f.body.body), f.body.result, span=f.body.span))

    @rule
    def closure(self, f: Closure, cx: Cx) -> Closure:
        params, first = _plain_params(f.params, cx)
        if params == f.params:
            return f
        body = Block(first, f.body, span=f.body.span) if first else f.body
        return Closure(params, body, id=f.id, span=f.span)


def _plain_params(params: tuple[Param, ...], cx: Cx) -> tuple[tuple[Param, ...], tuple[Stmt, ...]]:
    """The parameters as plain variables without default expressions, and the statements that do what those did."""
    plain: list[Param] = []
    first: list[Stmt] = []
    for p in params:
        made, before = _plain_param(p, cx)
        plain.append(made)
        first += before
    return tuple(plain), tuple(first)


def _plain_param(p: Param, cx: Cx) -> tuple[Param, list[Stmt]]:
    pattern, first = p.pattern, []
    if not isinstance(pattern, BindPattern):
        pattern = BindPattern(cx.fresh("param"), span=pattern.span)
    elif p.default is None:
        return p, []
    if p.default is not None:
        first.append(FillDefault(pattern.name, p.default, span=p.default.span))
    if not isinstance(p.pattern, BindPattern | WildcardPattern):
        first.append(Let(p.pattern, Name(pattern.name, span=p.pattern.span), span=p.pattern.span))
    return Param(pattern, p.type, None if p.default is None else Absent(), p.mutable, span=p.span), first
