"""The kinds that only passes make: references, boundaries, tests of patterns, primitive operations, last uses."""

from __future__ import annotations

from typing import Any, NoReturn

from kayton.ir.core import Construct, MakeVariant
from kayton.ir.resolved import (
    Bind,
    Case,
    Cast,
    CheckParam,
    Choice,
    ConstRef,
    Equals,
    FnRef,
    GlobalRef,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    ListRest,
    Local,
    NativeRef,
    NoMatch,
    Place,
    SetGlobal,
    Slot,
)
from kayton.ir.surface import Name
from kayton.ir.typed import LastUse, Prim
from kayton.runtime.evaluator.arithmetic import FLOAT_OPERATORS, INT_OPERATORS, fits
from kayton.runtime.evaluator.blocks import test
from kayton.runtime.evaluator.comparing import equal
from kayton.runtime.evaluator.errors import Fail, InvalidProgram, no_match_arm, used_before_set
from kayton.runtime.evaluator.expressions import values_of
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.places import place_of, read_place
from kayton.runtime.evaluator.printing import nested
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import ABSENT, DEAD, UNIT, UNSET, Instance, List, NativeFunction, Struct, Variant

# ── references ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Name)
def name(n: Name, f: Frame) -> Any:
    variable = f.find(n.name)
    if variable.__class__ is Variable:
        return variable.value
    f.span = n.span
    world = f.machine.world
    return world.value_of(world.named(n.name, f, n), f)


@rule(Local)
def local(n: Local, f: Frame) -> Any:
    return f.read(n.name, n)


@rule(LastUse)
def last_use(n: LastUse, f: Frame) -> Any:
    variable = f.variable(n.name, n)
    value = f.read(n.name, n)
    variable.value = DEAD
    return value


@rule(FnRef)
def fn_ref(n: FnRef, f: Frame) -> Any:
    return f.machine.world.function_called(n.fn, n)


@rule(NativeRef)
def native_ref(n: NativeRef, f: Frame) -> Any:
    native = f.machine.world.native_called(n.name, n)
    return NativeFunction(native.short_name, native)


@rule(ConstRef)
def const_ref(n: ConstRef, f: Frame) -> Any:
    f.span = n.span
    return f.machine.world.const_called(n.name)


@rule(GlobalRef)
def global_ref(n: GlobalRef, f: Frame) -> Any:
    value = f.machine.world.global_called(n.name, n).value
    if value is UNSET:
        f.span = n.span
        raise used_before_set(n.name.rpartition(".")[2])
    return value


@rule(SetGlobal)
def set_global(n: SetGlobal, f: Frame) -> Any:
    f.machine.world.global_called(n.name, n).value = RULES[n.value.__class__](n.value, f)
    return UNIT


@rule(Place)
def place(n: Place, f: Frame) -> Any:
    f.span = n.span
    return read_place(place_of(n, f), f)


# ── construction ───────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Construct)
def construct(n: Construct, f: Frame) -> Any:
    info = f.machine.world.type_called(n.type, f, n)
    fields = values_of(n.args, f)
    return Instance(info, fields) if info.kind == "class" else Struct(info, tuple(fields))


@rule(MakeVariant)
def make_variant(n: MakeVariant, f: Frame) -> Any:
    return Variant(f.machine.world.variant_called(n.variant, f, n), tuple(values_of(n.args, f)))


# ── boundaries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Cast)
def cast(n: Cast, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    return f.machine.world.guard(n.to).cross(value, f.machine)


@rule(CheckParam)
def check_param(n: CheckParam, f: Frame) -> Any:
    variable = f.variable(n.name, n)
    if variable.value is ABSENT:
        return UNIT
    try:
        variable.value = f.machine.world.guard(n.to).cross(variable.value, f.machine)
    except Fail as error:
        error.argument = next(i for i, p in enumerate(f.function.params) if p.variable == n.name)
        raise
    return UNIT


# ── compiled matches ───────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Bind)
def bind(n: Bind, f: Frame) -> Any:
    f.bind(n.name, RULES[n.value.__class__](n.value, f), n.mutable)
    return UNIT


@rule(Choice)
def choice(n: Choice, f: Frame) -> Any:
    for case in n.cases:
        if _holds(case, f):
            return RULES[case.body.__class__](case.body, f)
    return RULES[n.otherwise.__class__](n.otherwise, f)


def _holds(case: Case, f: Frame) -> bool:
    """Runs the steps of a case; what they bind stays, because names are a function's own by now."""
    for step in case.steps:
        if step.__class__ is Bind:
            RULES[Bind](step, f)
        elif not test(step, f):
            return False
    return True


@rule(IsVariant)
def is_variant(n: IsVariant, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    return value.__class__ is Variant and value.variant is f.machine.world.variant_called(n.variant, f, n)


@rule(IsType)
def is_type(n: IsType, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    return f.machine.world.guard(n.guard).admits(value, f.machine)


@rule(HasLen)
def has_len(n: HasLen, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    if value.__class__ is not List and value.__class__ is not tuple:
        return False
    return len(value) >= n.count if n.at_least else len(value) == n.count


@rule(InRange)
def in_range(n: InRange, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    return value.__class__ is int and n.lo <= value <= n.hi


@rule(Equals)
def equals(n: Equals, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    other = RULES[n.other.__class__](n.other, f)
    f.span = n.span
    return equal(f.machine, value, other)


@rule(Slot)
def slot(n: Slot, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    parts = value if value.__class__ is tuple or value.__class__ is List else getattr(value, "fields", None)
    if parts is None or n.index >= len(parts):
        raise InvalidProgram(n, f"a {type_name(value)} has no part {n.index}")
    return parts[n.index]


@rule(ListRest)
def list_rest(n: ListRest, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    if value.__class__ is not List or len(value) < n.start:
        raise InvalidProgram(n, f"a {type_name(value)} has no items from {n.start} on")
    return value[n.start :]


@rule(NoMatch)
def no_match(n: NoMatch, f: Frame) -> NoReturn:
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    raise no_match_arm(nested(f.machine, value))





# ── primitive operations ───────────────────────────────────────────────────────────────────────────────────────────────

_SYMBOLS = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "floordiv": "//", "rem": "%",
    "bitand": "&", "bitor": "|", "bitxor": "^",
}
_COMPARISONS = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}
_CLASSES = {"i64": int, "f64": float, "bool": bool}


@rule(Prim)
def primitive(n: Prim, f: Frame) -> Any:
    args = values_of(n.args, f)
    f.span = n.span
    op, _, kind = n.op.partition(".")
    if n.op == "to.f64":
        return float(_proven(args[0], int, n))
    for value in args:
        _proven(value, _CLASSES[kind], n)
    if op == "neg":
        return fits(-args[0]) if kind == "i64" else -args[0]
    if op in _COMPARISONS:
        return _COMPARISONS[op](*args)
    return (INT_OPERATORS if kind == "i64" else FLOAT_OPERATORS)[_SYMBOLS[op]](*args)


def _proven(value: Any, kind: type, n: Prim) -> Any:
    """An operand, whose type was proven: anything else is a mistake of the compiler."""
    if value.__class__ is not kind:
        raise InvalidProgram(n, f"an operand is a {type_name(value)}")
    return value
