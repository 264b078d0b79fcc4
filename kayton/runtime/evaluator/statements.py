"""Bindings, assignments and the filling of collections (LANGUAGE §4)."""

from __future__ import annotations

from typing import Any

from pyrsistent import pvector

from kayton.ir.core import FillDefault, ListAppend, MapPut, SetAdd
from kayton.ir.surface import (
    Assign,
    BindPattern,
    Clause,
    CompoundAssign,
    ConstDef,
    FnDef,
    ForClause,
    Let,
    ListComp,
    MapComp,
    SetComp,
    Tuple,
)
from kayton.runtime.evaluator import arithmetic
from kayton.runtime.evaluator.blocks import test
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.errors import expected, no_match_arm
from kayton.runtime.evaluator.functions import bind_params
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.patterns import destructure, destructure_at
from kayton.runtime.evaluator.places import Place, place_of, read_stepwise, write_place
from kayton.runtime.evaluator.printing import nested
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.sequences import END, source
from kayton.runtime.evaluator.tables import Map, Set
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import ABSENT, UNIT


@rule(Let)
def let(n: Let, f: Frame) -> Any:
    annotation = None if n.type is None else f.machine.annotations.of(n.type, f.function.scope)
    value = evaluate_at(n.value, annotation, f)
    if n.pattern.__class__ is BindPattern:
        f.bind(n.pattern.name, value, n.pattern.mutable, annotation)
    else:
        f.span = n.value.span
        destructure(n.pattern, value, f)
    return UNIT


@rule(FnDef, ConstDef)
def nested_item(n: FnDef | ConstDef, f: Frame) -> Any:
    """Declared when its block was entered."""
    return UNIT


@rule(Assign)
def assign(n: Assign, f: Frame) -> Any:
    if n.target.__class__ is Tuple:
        places = _places(n.target, f)
        value = RULES[n.value.__class__](n.value, f)
        f.span = n.value.span
        _store_parts(n.target, places, value, f, n)
        return UNIT
    place = place_of(n.target, f)
    annotation = place.variable.annotation if place.variable is not None and not place.steps else None
    value = evaluate_at(n.value, annotation, f)
    f.span = n.span
    write_place(place, value, f, n.value.span)
    return UNIT


def _places(target: Tuple, f: Frame) -> list:
    """The places of a tuple of targets, nested as it is."""
    out: list = []
    for item in target.items:
        out.append(_places(item, f) if item.__class__ is Tuple else place_of(item, f))
    return out


def _store_parts(target: Tuple, places: list, value: Any, f: Frame, n: Assign) -> None:
    """Stores the parts of a tuple left to right. Raises `expected tuple, found i64`, `no match arm for (1, 2, 3)`."""
    if value.__class__ is not tuple:
        raise expected("tuple", type_name(value))
    if len(value) != len(places):
        raise no_match_arm(nested(f.machine, value))
    for item, place, part in zip(target.items, places, value, strict=True):
        if isinstance(place, Place):
            f.span = n.span
            write_place(place, part, f, item.span)
        else:
            _store_parts(item, place, part, f, n)


@rule(CompoundAssign)
def compound(n: CompoundAssign, f: Frame) -> Any:
    place = place_of(n.target, f)
    before = read_stepwise(place, f)
    value = RULES[n.value.__class__](n.value, f)
    f.span = n.span
    write_place(place, arithmetic.apply(f.machine, n.op, before, value), f, n.span)
    return UNIT


@rule(FillDefault)
def fill_default(n: FillDefault, f: Frame) -> Any:
    variable = f.variable(n.name, n)
    if variable.value is ABSENT:
        del f.params[n.name]
        variable.value = evaluate_at(n.value, variable.annotation, f)
        f.params[n.name] = variable
        f.crossed += 1
        bind_params(f)
    return UNIT


# ── filling ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(ListAppend)
def list_append(n: ListAppend, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    target = f.variable(n.target.name, n)
    target.value = target.value.append(value)
    return UNIT


@rule(SetAdd)
def set_add(n: SetAdd, f: Frame) -> Any:
    value = RULES[n.value.__class__](n.value, f)
    target = f.variable(n.target.name, n)
    f.span = n.span
    target.value = target.value.put(value)
    return UNIT


@rule(MapPut)
def map_put(n: MapPut, f: Frame) -> Any:
    key = RULES[n.key.__class__](n.key, f)
    value = RULES[n.value.__class__](n.value, f)
    target = f.variable(n.target.name, n)
    f.span = n.span
    target.value = target.value.put(key, value)
    return UNIT


@rule(ListComp)
def list_comprehension(n: ListComp, f: Frame) -> Any:
    out: list = []
    _fill(n.clauses, 0, lambda: out.append(RULES[n.value.__class__](n.value, f)), f)
    return pvector(out)


@rule(SetComp)
def set_comprehension(n: SetComp, f: Frame) -> Any:
    made = Variable(Set())

    def add() -> None:
        value = RULES[n.value.__class__](n.value, f)
        f.span = n.value.span
        made.value = made.value.put(value)

    _fill(n.clauses, 0, add, f)
    return made.value


@rule(MapComp)
def map_comprehension(n: MapComp, f: Frame) -> Any:
    made = Variable(Map())

    def put() -> None:
        key = RULES[n.key.__class__](n.key, f)
        value = RULES[n.value.__class__](n.value, f)
        f.span = n.key.span
        made.value = made.value.put(key, value)

    _fill(n.clauses, 0, put, f)
    return made.value


def _fill(clauses: tuple[Clause, ...], at: int, add: Any, f: Frame) -> None:
    """Runs `add` under the clauses from the given one on."""
    if at == len(clauses):
        add()
        return
    clause = clauses[at]
    if not isinstance(clause, ForClause):
        if test(clause.condition, f):
            _fill(clauses, at + 1, add, f)
        return
    value = RULES[clause.iterable.__class__](clause.iterable, f)
    f.span = clause.iterable.span
    items = source(f.machine, value)
    while True:
        f.span = clause.iterable.span
        item = items.next(f.machine)
        if item is END:
            return
        f.machine.step()
        f.scopes.append({})
        try:
            destructure_at(clause.pattern, item, f)
            _fill(clauses, at + 1, add, f)
        finally:
            f.scopes.pop()
