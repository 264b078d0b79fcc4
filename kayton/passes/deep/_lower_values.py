"""Lowering operators, parts of values and new values; see `_lowering`."""

from __future__ import annotations

from kayton.ir.builtins import OPERATORS
from kayton.ir.core import Construct, EmptySet, MakeVariant
from kayton.ir.mono import Builtin, Direct, Get, Make
from kayton.ir.node import Node
from kayton.ir.resolved import Bind, Cast, Equals, FieldStep, FnRef, IsVariant, ListRest, Local, MakeClosure, NativeRef, Slot
from kayton.ir.surface import (
    Binary,
    Block,
    BoolLit,
    Expr,
    Field,
    If,
    Index,
    IntLit,
    ListLit,
    ListRepeat,
    MapLit,
    Part,
    Range,
    SetLit,
    Slice,
    Tuple,
    Unary,
    UnitLit,
)
from kayton.ir.typed import PRIMS, LastUse, Prim
from kayton.ir.types import BOOL, BUILDER, DYN, F64, I64, NEVER, NUMBERS, RANGE, STR, App, Fns, Object, Type, Union, argument, is_user, join, path_of
from kayton.passes.deep._arguments import assigns, is_settled, keep
from kayton.passes.deep._lowering import Lowering, Refused, Rule

_SYMBOLS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "//": "floordiv", "%": "rem", "&": "bitand", "|": "bitor", "^": "bitxor",
    "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne",
}
_ORDERS, _EQUALITIES = frozenset({"<", "<=", ">", ">="}), frozenset({"==", "!="})


# ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _binary(low: Lowering, n: Binary) -> Expr:
    left, right = low.type_of(n.left), low.type_of(n.right)
    if n.op not in _EQUALITIES:
        low.known(n.left, left), low.known(n.right, right)
    if NEVER in (left, right):
        raise Refused(n, "KT0108", f"`{n.op}` on a value that is never there")
    if left in NUMBERS and right in NUMBERS:
        return _arithmetic(low, n, left, right)
    if n.op in _EQUALITIES:
        return _compared(low, n, n.left, n.right, n.op)
    if n.op in _ORDERS and not low.callees(n):
        return _ordered(low, n, left, right)
    if n.op in ("in", "is"):
        return _membership(low, n, left, right)
    if n.op == "+" and left == right == STR:
        return Builtin("str.+", (low.value(n.left), low.value(n.right)), "str", span=n.span)
    if n.op == "+" and isinstance(left, App) and left.name == "List" and isinstance(right, App) and right.name == "List":
        t = low.known(n, low.type_of(n))
        return Builtin("List.+", (low.to(n.left, t), low.to(n.right, t)), str(t), span=n.span)
    return _hook(low, n, OPERATORS.get(n.op, ""), n.left, n.right)


def _arithmetic(low: Lowering, n: Binary, left: Type, right: Type) -> Expr:
    if n.op == "/" and left == right == I64:
        return Builtin("i64./", (low.value(n.left), low.value(n.right)), "f64", span=n.span)
    both = I64 if left == right == I64 else F64
    args = (low.number(n.left, both), low.number(n.right, both))
    name = f"{_SYMBOLS.get(n.op, '')}.{both}"
    if name in PRIMS:
        return Prim(name, args, span=n.span)
    if n.op in ("in", "is"):
        raise Refused(n, "KT0108", f"`{n.op}` of {left} and {right}")
    return Builtin(f"{both}.{n.op}", args, str(both), span=n.span)


def _compared(low: Lowering, n: Node, a: Node, b: Node, op: str) -> Expr:
    """`==` of values of one type, or of two of which one includes the other."""
    t = join(low.type_of(a), low.type_of(b))
    return Builtin(op, (low.to(a, t), low.to(b, t)), "bool", span=n.span)


def _ordered(low: Lowering, n: Binary, left: Type, right: Type) -> Expr:
    if left != right or is_user(left) or isinstance(left, Fns):
        raise Refused(n, "KT0108", f"compares {left} with {right}")
    return Builtin(n.op, (low.value(n.left), low.value(n.right)), "bool", span=n.span)


def _membership(low: Lowering, n: Binary, left: Type, right: Type) -> Expr:
    if n.op == "is":
        if not (isinstance(left, Object) or left == BUILDER) or left != right:
            raise Refused(n, "KT0108", f"`is` of {left} and {right}")
        return Builtin("is", (low.value(n.left), low.value(n.right)), "bool", span=n.span)
    if not isinstance(right, App) or right.name not in ("List", "Set", "Map", "str", "Range") or (right.args and right.args[0] not in (left, DYN)):
        raise Refused(n, "KT0108", f"`in` of {left} and {right}")
    if (right == STR and left != STR) or (right == RANGE and left != I64):
        raise Refused(n, "KT0108", f"`in` of {left} and {right}")
    t = right.args[0] if right.args else left
    return _member(low, n, f"{right.name}.in", low.to(n.left, t), t, low.value(n.right))


def _member(low: Lowering, n: Binary, name: str, item: Expr, t: Type, container: Expr) -> Expr:
    """`item in container`: in Rust a method of the container, which is evaluated after the item all the same."""
    is_free = isinstance(container, Local | LastUse) and not assigns(item)
    if is_free or is_settled(item):
        return Builtin(name, (item, container), "bool", span=n.span)
    first: list[Bind] = []
    item = keep(low, "item", t, item, first)
    return Block(tuple(first), Builtin(name, (item, container), "bool", span=n.span), span=n.span)


def _hook(low: Lowering, n: Node, trait: str, *operands: Node) -> Expr:
    """An operator that the program implements."""
    called = low.callees(n)
    is_one = len(called) == 1 and f".{trait}." in called[0].fn
    if not is_one or (trait == "Ord" and called[0].result != "i64"):
        raise Refused(n, "KT0108", f"an operator on {', '.join([str(low.type_of(o)) for o in operands])}")
    args = tuple([low.to(o, t) for o, t in zip(operands, low.takes(n, called[0]), strict=True)])
    made = Direct(called[0].name, args, called[0].result, span=n.span)
    if trait != "Ord":
        return made
    return Prim(f"{_SYMBOLS[n.op]}.i64", (made, IntLit(0, span=n.span)), span=n.span)


def _unary(low: Lowering, n: Unary) -> Expr:
    t = low.known(n.value, low.type_of(n.value))
    if n.op == "not" and t == BOOL:
        return Unary("not", low.value(n.value), span=n.span)
    if n.op == "-" and t in NUMBERS:
        return Prim(f"neg.{t}", (low.value(n.value),), span=n.span)
    if n.op == "~" and t == I64:
        return Builtin("i64.~", (low.value(n.value),), "i64", span=n.span)
    return _hook(low, n, "Neg", n.value)


def _equals(low: Lowering, n: Equals) -> Expr:
    """`==` of a pattern: values of different types are not equal."""
    left, right = low.type_of(n.value), low.type_of(n.other)
    if left in NUMBERS and right in NUMBERS:
        both = I64 if left == right == I64 else F64
        return Prim(f"eq.{both}", (low.number(n.value, both), low.number(n.other, both)), span=n.span)
    if join(left, right) not in (left, right) or NEVER in (left, right):
        return BoolLit(False, span=n.span)
    return _compared(low, n, n.value, n.other, "==")


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def member(value: Expr, m: Type) -> Expr:
    """A value that is one of several types, as the member that it was shown to be."""
    return Get(value, 0, str(m), path_of(m), span=value.span)


def _get(low: Lowering, n: Node, index: int, variant: str = "") -> Expr:
    low.known(n.value, low.type_of(n.value))
    found = low.type_of(n)
    if found is NEVER:
        raise Refused(n, "KT0108", "a part of a value that is never there")
    held = _held(low, low.type_of(n.value), index, variant) or found
    return low.widened(Get(low.value(n.value), index, str(held), variant, span=n.span), held, found)


def _held(low: Lowering, t: Type, index: int, variant: str) -> Type | None:
    """What a struct or enum of the program keeps there: more than was found for this value where another type stands for its own."""
    if not isinstance(t, App) or not is_user(t):
        return None
    return argument(t, index + (low.world.variants[variant].first if variant else 0))


def _field(low: Lowering, n: Field) -> Expr:
    t = low.known(n.value, low.type_of(n.value))
    if isinstance(t, Union):
        return _field_of_several(low, n, t)
    at = low.world.field(t, n.name)
    if at is None:
        raise Refused(n, "KT0108", f"no field {n.name} on {t}")
    return _get(low, n, at)


def _field_of_several(low: Lowering, n: Field, t: Union) -> Expr:
    """A field that each of the types has, wherever it is in each."""
    found, s = low.type_of(n), n.span
    first: list[Bind] = []
    value = low.value(n.value)
    if not is_settled(value):
        value = keep(low, "value", t, value, first)
    made: Expr | None = None
    for m in reversed(t.members):
        at = low.world.field(m, n.name)
        if at is None or found is NEVER:
            raise Refused(n, "KT0108", f"no field {n.name} on {m}")
        own = low.inside(m, FieldStep(n.name))
        part = low.widened(Get(member(value, m), at, str(own), span=s), own, found)
        made = part if made is None else If(IsVariant(value, path_of(m), span=s), part, made, span=s)
    return Block(tuple(first), made, span=s) if first else made


def _slot(low: Lowering, n: Slot) -> Expr:
    t, shown = low.known(n.value, low.type_of(n.value)), low.shown.get(n.id or "", "")
    variant = low.world.variants.get(shown)
    if not isinstance(t, Union):
        return _get(low, n, n.index, shown if variant else "")
    owner = variant.enum if variant else shown
    m = next((m for m in t.members if low.world.owner(m) == owner), None)
    if m is None or low.type_of(n) is NEVER:
        raise Refused(n, "KT0108", "a part of a value that is never there")
    return Get(member(low.value(n.value), m), n.index, str(low.type_of(n)), shown if variant else "", span=n.span)


def _index(low: Lowering, n: Index) -> Expr:
    t = low.known(n.value, low.type_of(n.value))
    if low.world.hook(t, "Index.get"):
        return _hook(low, n, "Index", n.value, n.index)
    if not isinstance(t, App) or t.name not in ("List", "Map", "str") or low.type_of(n) is NEVER:
        raise Refused(n, "KT0108", f"an index on {t}")
    index = low.type_of(n.index)
    if index == RANGE and t.name != "Map":
        return Builtin("slice", (low.value(n.value), low.value(n.index)), str(t), span=n.span)
    wanted = t.args[0] if t.name == "Map" else I64
    if index != wanted:
        raise Refused(n, "KT0108", f"an index of type {index} on {t}")
    return Builtin(f"{t.name}.[]", (low.value(n.value), low.value(n.index)), str(low.type_of(n)), span=n.span)


def _slice(low: Lowering, n: Slice) -> Expr:
    t = low.known(n.value, low.type_of(n.value))
    if low.world.hook(t, "Index.get") and n.lo is not None and n.hi is not None:
        return _indexed_by_range(low, n, n.lo, n.hi)
    if t != STR and not (isinstance(t, App) and t.name == "List"):
        raise Refused(n, "KT0108", f"a slice of {t}")
    bounds = [UnitLit(span=n.span) if b is None else low.to(b, I64) for b in (n.lo, n.hi)]
    return Builtin("slice..=" if n.inclusive else "slice..", (low.value(n.value), *bounds), str(t), span=n.span)


def _indexed_by_range(low: Lowering, n: Slice, lo: Expr, hi: Expr) -> Expr:
    """A slice of what the program indexes."""
    called = low.callees(n)
    if len(called) != 1:
        raise Refused(n, "KT0109", "a slice of what several functions index")
    receiver, taken = low.takes(n, called[0])
    name = "range..=" if n.inclusive else "range.."
    index = Builtin(name, (low.to(lo, I64), low.to(hi, I64)), "Range", span=n.span)
    return Direct(called[0].name, (low.to(n.value, receiver), low.widened(index, RANGE, taken)), called[0].result, span=n.span)


def _rest(low: Lowering, n: ListRest) -> Expr:
    t = low.known(n.value, low.type_of(n.value))
    return Builtin("List.rest", (low.value(n.value), IntLit(n.start, span=n.span)), str(t), span=n.span)


# ── making ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _construct(low: Lowering, n: Construct) -> Expr:
    t = low.known(n, low.type_of(n))
    if isinstance(t, Object):
        wanted = [low.program.cells[t.cell(f.name)] for f in low.world.types[t.path].fields]
    elif isinstance(t, App):
        wanted = [argument(t, k) for k in range(len(n.args))]
    else:
        raise Refused(n, "KT0108", "a value that is never there")
    return Make(str(t), tuple([low.to(a, w) for a, w in zip(n.args, wanted, strict=True)]), span=n.span)


def _variant(low: Lowering, n: MakeVariant) -> Expr:
    t = low.known(n, low.type_of(n))
    if not isinstance(t, App):
        raise Refused(n, "KT0108", "a value that is never there")
    first = low.world.variants[n.variant].first
    parts = tuple([low.to(a, argument(t, first + k)) for k, a in enumerate(n.args)])
    return Make(str(t), parts, n.variant, span=n.span)


def _items(low: Lowering, n: ListLit | SetLit) -> Expr:
    t = low.known(n, low.type_of(n))
    return Make(str(t), tuple([low.to(i, t.args[0]) for i in n.items]), span=n.span)


def _map(low: Lowering, n: MapLit) -> Expr:
    t = low.known(n, low.type_of(n))
    parts = [made for e in n.entries for made in (low.to(e.key, t.args[0]), low.to(e.value, t.args[1]))]
    return Make(str(t), tuple(parts), span=n.span)


def _tuple(low: Lowering, n: Tuple) -> Expr:
    t = low.known(n, low.type_of(n))
    if t is NEVER:
        raise Refused(n, "KT0108", "a tuple with a value that is never there")
    return Make(str(t), low.all(n.items), span=n.span)


def _repeat(low: Lowering, n: ListRepeat) -> Expr:
    t = low.known(n, low.type_of(n))
    return Builtin("List.repeat", (low.value(n.value), low.to(n.count, I64)), str(t), span=n.span)


def _range(low: Lowering, n: Range) -> Expr:
    return Builtin("range..=" if n.inclusive else "range..", (low.to(n.lo, I64), low.to(n.hi, I64)), "Range", span=n.span)


def _closure(low: Lowering, n: MakeClosure) -> Expr:
    t = low.known(n, low.type_of(n))
    return Make(str(t), low.all(n.captures), n.fn, span=n.span)


def _function(low: Lowering, n: FnRef) -> Expr:
    return Make(str(low.known(n, low.type_of(n))), (), n.fn, span=n.span)


def _native(low: Lowering, n: NativeRef) -> Expr:
    return Make(str(low.known(n, low.type_of(n))), (), n.name, span=n.span)


def _cast(low: Lowering, n: Cast) -> Expr:
    given, t = low.type_of(n.value), low.type_of(n)
    if given is NEVER:
        return low.effect(n.value)
    low.known(n.value, given)
    if (given, t) == (I64, F64):
        return Prim("to.f64", (low.value(n.value),), span=n.span)
    if given != t:
        raise Refused(n, "KT0110", f"expects {n.to} of a value that is {given}")
    return low.value(n.value)


VALUES: dict[type[Node], Rule] = {
    Binary: _binary, Unary: _unary, Equals: _equals,
    Field: _field, Part: lambda low, n: _get(low, n, n.index), Slot: _slot, Index: _index, Slice: _slice, ListRest: _rest,
    Construct: _construct, MakeVariant: _variant, ListLit: _items, SetLit: _items, MapLit: _map, Tuple: _tuple,
    EmptySet: lambda low, n: Make(str(low.type_of(n)), (), span=n.span),
    ListRepeat: _repeat, Range: _range, MakeClosure: _closure, FnRef: _function, NativeRef: _native, Cast: _cast,
}
"""By kind, how its value is lowered."""
