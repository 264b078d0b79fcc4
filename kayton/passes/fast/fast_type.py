"""fast-type : Flat -> Typed

Finds, function by function and in about linear time, the variables that certainly hold an i64, f64 or bool, and makes the
operations on them primitive.

    a + b                both i64          =>   prim add.i64 [a b]
    a < b                i64 and f64       =>   prim lt.f64 [(prim to.f64 [a]) b]
    a / b                both f64          =>   prim div.f64 [a b]
    cast a i64           a is i64          =>   a
    cast a f64           a is i64          =>   prim to.f64 [a]

Only what is certain: literals, loop counters, annotated parameters and arithmetic on those. Everything else stays dynamic, and the VM
specialises it in place; so this pass may never slow compilation down by looking beyond one function.
"""

from __future__ import annotations

from kayton.ir.node import Node, place_at, replace
from kayton.ir.resolved import Cast, Flat, Fn, LocalType
from kayton.ir.surface import Binary, Expr, Item, Unary
from kayton.ir.typed import Prim, Typed
from kayton.passes.fast._local_types import LocalTypes
from kayton.passes.framework import Cx, ItemPass, frozen, rewrite_with

_I64 = {"+": "add", "-": "sub", "*": "mul", "//": "floordiv", "%": "rem", "&": "bitand", "|": "bitor", "^": "bitxor"}
_F64 = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
_COMPARE = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_NUMBERS = frozenset({"i64", "f64"})


@frozen
class FastType(ItemPass):
    source = Flat
    target = Typed

    def item(self, item: Item, cx: Cx) -> tuple[Item, ...]:
        return (self._fn(item) if isinstance(item, Fn) else item,)

    def _fn(self, fn: Fn) -> Fn:
        if fn.body is None:
            return fn
        types = LocalTypes(fn)
        scalars = types.scalars()
        body = rewrite_with(
            {
                Binary: lambda e: _binary(e, types.of(e.left), types.of(e.right)),
                Unary: lambda e: _unary(e, types.of(e.value)),
                Cast: lambda e: _cast(e, types.of(e.value)),
            },
            fn.body,
        )
        counter: dict[str, int] = {}
        known = tuple(LocalType(name, scalars[name]) for name in sorted(scalars))
        return place_at(replace(fn, body=body, locals=known), fn, self.name(), counter)


def _binary(e: Binary, left: str, right: str) -> Node:
    if left not in _NUMBERS or right not in _NUMBERS:
        return e
    both_i64 = left == right == "i64"
    suffix, names = ("i64", _I64) if both_i64 and e.op != "/" else ("f64", _F64)
    name = names.get(e.op) or _COMPARE.get(e.op)
    # i64 / i64 must see the zero divisor before it is converted, so it stays an operation on any values.
    if name is None or (both_i64 and e.op == "/"):
        return e
    args = (e.left, e.right) if both_i64 else (_to_f64(e.left, left), _to_f64(e.right, right))
    return Prim(f"{name}.{suffix}", args, id=e.id, span=e.span)


def _unary(e: Unary, operand: str) -> Node:
    return Prim(f"neg.{operand}", (e.value,), id=e.id, span=e.span) if e.op == "-" and operand in _NUMBERS else e


def _cast(e: Cast, value: str) -> Node:
    if value == e.to:
        return e.value
    return _to_f64(e.value, value) if value == "i64" and e.to == "f64" else e


def _to_f64(e: Expr, known: str) -> Expr:
    return e if known == "f64" else Prim("to.f64", (e,), id=f"{e.id}~fast-type.1", span=e.span)
