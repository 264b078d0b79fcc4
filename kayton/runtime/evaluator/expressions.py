"""Literals, operators, parts and construction (LANGUAGE §§2, 5)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.ir.core import Absent, Concat, EmptySet, Format
from kayton.ir.surface import (
    And,
    Binary,
    BoolLit,
    Field,
    FloatLit,
    FString,
    Hole,
    Index,
    IntLit,
    ListLit,
    ListRepeat,
    MapLit,
    Or,
    Part,
    Range,
    SetLit,
    Slice,
    StrLit,
    Tuple,
    Unary,
    UnitLit,
)
from kayton.runtime.evaluator import arithmetic
from kayton.runtime.evaluator.arguments import integer
from kayton.runtime.evaluator.blocks import test
from kayton.runtime.evaluator.boundaries import repeated
from kayton.runtime.evaluator.comparing import compare, contains, equal
from kayton.runtime.evaluator.formatting import formatted
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.places import FIELD, PART, cut, index, read_part, user_get
from kayton.runtime.evaluator.printing import display
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.tables import Map, Set
from kayton.runtime.evaluator.values import ABSENT, UNIT
from kayton.runtime.evaluator.values import Range as RangeValue


@rule(IntLit, FloatLit, BoolLit, StrLit)
def literal(n: IntLit | FloatLit | BoolLit | StrLit, f: Frame) -> Any:
    return n.value


@rule(UnitLit)
def unit(n: UnitLit, f: Frame) -> Any:
    return UNIT


@rule(Absent)
def absent(n: Absent, f: Frame) -> Any:
    return ABSENT


@rule(EmptySet)
def empty_set(n: EmptySet, f: Frame) -> Any:
    return Set()


# ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Binary)
def binary(n: Binary, f: Frame) -> Any:
    left = RULES[n.left.__class__](n.left, f)
    right = RULES[n.right.__class__](n.right, f)
    f.span = n.span
    return operate(f.machine, n.op, left, right)


def operate(machine: Any, op: str, left: Any, right: Any) -> Any:
    """`left op right` of any binary operator."""
    if op == "==":
        return equal(machine, left, right)
    if op == "!=":
        return not equal(machine, left, right)
    if op in ("<", "<=", ">", ">="):
        return compare(machine, op, left, right)
    if op == "in":
        return contains(machine, left, right)
    if op == "is":
        return arithmetic.is_same(left, right)
    return arithmetic.apply(machine, op, left, right)


@rule(Unary)
def unary(n: Unary, f: Frame) -> Any:
    if n.op == "not":
        return not test(n.value, f)
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    return arithmetic.unary(f.machine, n.op, value)


@rule(And)
def both(n: And, f: Frame) -> Any:
    return test(n.left, f) and test(n.right, f)


@rule(Or)
def either(n: Or, f: Frame) -> Any:
    return test(n.left, f) or test(n.right, f)


@rule(Range)
def range_value(n: Range, f: Frame) -> Any:
    lo, hi = RULES[n.lo.__class__](n.lo, f), RULES[n.hi.__class__](n.hi, f)
    f.span = n.span
    return RangeValue(integer(lo), integer(hi) + n.inclusive)


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(FString, Concat)
def joined(n: FString | Concat, f: Frame) -> Any:
    values = []
    for part in n.parts:
        values.append(RULES[part.__class__](part, f))
    f.span = n.span
    shown = []
    for value in values:
        shown.append(display(f.machine, value))
    return "".join(shown)


@rule(Hole, Format)
def hole(n: Hole | Format, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    if not n.spec:
        return value
    f.span = n.span
    return formatted(f.machine, value, n.spec)


# ── collections ────────────────────────────────────────────────────────────────────────────────────────────────────────


def values_of(items: tuple, f: Frame) -> list:
    """The values of expressions, left to right."""
    out = []
    for item in items:
        out.append(RULES[item.__class__](item, f))
    return out


@rule(Tuple)
def tuple_value(n: Tuple, f: Frame) -> Any:
    return tuple(values_of(n.items, f))


@rule(ListLit)
def list_value(n: ListLit, f: Frame) -> Any:
    return pvector(values_of(n.items, f))


@rule(SetLit)
def set_value(n: SetLit, f: Frame) -> Any:
    members = values_of(n.items, f)
    f.span = n.span
    return Set.of_members(members)


@rule(MapLit)
def map_value(n: MapLit, f: Frame) -> Any:
    entries = []
    for e in n.entries:
        key = RULES[e.key.__class__](e.key, f)
        entries.append((key, RULES[e.value.__class__](e.value, f)))
    f.span = n.span
    return Map.of(entries)


@rule(ListRepeat)
def list_repeat(n: ListRepeat, f: Frame) -> Any:
    return repeated(n, RULES[n.value.__class__](n.value, f), f)


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Field)
def field(n: Field, f: Frame) -> Any:
    named = f.machine.world.static(n, f)
    if named is not None:
        f.span = n.span
        return f.machine.world.value_of(named, f)
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    return read_part(value, (FIELD, n.name), f)


@rule(Part)
def part(n: Part, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    return read_part(value, (PART, n.index), f)


@rule(Index)
def indexed(n: Index, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    key = RULES[n.index.__class__](n.index, f)
    f.span = n.span
    return index(value, key, f)


@rule(Slice)
def sliced(n: Slice, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    lo, hi = [None if bound is None else RULES[bound.__class__](bound, f) for bound in (n.lo, n.hi)]
    f.span = n.span
    start = None if lo is None else integer(lo)
    end = None if hi is None else integer(hi) + n.inclusive
    get = user_get(value, f)
    if get is not None and start is not None and end is not None:
        return f.machine.call(get, [value, RangeValue(start, end)])
    return cut(value, start or 0, end)
