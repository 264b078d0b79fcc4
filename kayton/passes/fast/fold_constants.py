"""fold-constants : Typed -> Typed

    prim add.i64 [2 3]               =>   5
    prim neg.i64 [7]                 =>   -7
    prim lt.f64 [1.0 2.0]            =>   true
    prim to.f64 [2]                  =>   2.0
    unary not true                   =>   false
    if true: a else: b               =>   a
    if false: a                      =>   ()

What would end the program with an error (overflow, a zero divisor) stays, so that the error happens where and when it should.
f64 is folded by Python's own doubles, which are IEEE 754 as LANGUAGE §5 asks; a NaN is left alone, its sign is not ours.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

from kayton.ir.surface import BoolLit, Expr, FloatLit, If, IntLit, Unary, UnitLit
from kayton.ir.typed import Prim, Typed
from kayton.passes.framework import Cx, Pass, frozen, rule

_INT_MIN, _INT_MAX = -(2**63), 2**63 - 1
_COMPARE: dict[str, Callable] = {name: getattr(operator, name) for name in ("lt", "le", "gt", "ge", "eq", "ne")}
_I64: dict[str, Callable[..., int]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "neg": operator.neg,
    "floordiv": operator.floordiv, "rem": operator.mod,
    "bitand": operator.and_, "bitor": operator.or_, "bitxor": operator.xor,
}
_F64: dict[str, Callable[..., float]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "neg": operator.neg,
}


@frozen
class FoldConstants(Pass):
    source = Typed
    target = Typed

    @rule
    def prim(self, e: Prim, cx: Cx) -> Expr:
        if not all(isinstance(a, IntLit | FloatLit) for a in e.args):
            return e
        values = [a.value for a in e.args]
        if e.op == "to.f64":
            return FloatLit(float(values[0]))
        name, kind = e.op.split(".")
        if name in _COMPARE:
            return BoolLit(_COMPARE[name](*values))
        return _fold_i64(e, name, values) if kind == "i64" else _fold_f64(e, name, values)

    @rule
    def unary(self, e: Unary, cx: Cx) -> Expr:
        return BoolLit(not e.value.value) if e.op == "not" and isinstance(e.value, BoolLit) else e

    @rule
    def branch(self, e: If, cx: Cx) -> Expr:
        if not isinstance(e.condition, BoolLit):
            return e
        cx.remark(e, f"the condition is always {str(e.condition.value).lower()}")
        return e.then if e.condition.value and e.otherwise is not None else e if e.condition.value else e.otherwise or UnitLit()


def _fold_i64(e: Prim, name: str, values: list[int]) -> Expr:
    if name in ("floordiv", "rem") and values[1] == 0:
        return e
    result = _I64[name](*values)
    return IntLit(result) if _INT_MIN <= result <= _INT_MAX else e


def _fold_f64(e: Prim, name: str, values: list[float]) -> Expr:
    if name == "div" and values[1] == 0.0:
        return e
    result = _F64[name](*values)
    return e if result != result else FloatLit(result)
