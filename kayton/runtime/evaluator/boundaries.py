"""Values at annotated places (LANGUAGE §3): the check, its position, and literals that take their element types from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyrsistent import pvector

from kayton.ir.surface import Block, Expr, If, ListLit, ListRepeat, MapLit, SetLit, Tuple
from kayton.runtime.evaluator.annotations import Annotation
from kayton.runtime.evaluator.arguments import count
from kayton.runtime.evaluator.blocks import in_block, test
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.tables import Map, Set
from kayton.runtime.evaluator.values import LIST, MAP, SET, TUPLE, UNIT


def evaluate_at(e: Expr, annotation: Annotation | None, f: Frame) -> Any:
    """The value of `e` on the other side of a boundary; the position of what does not cross is where the value is written."""
    if annotation is None:
        return RULES[e.__class__](e, f)
    through = _THROUGH.get(e.__class__)
    if through is not None:
        return through(e, annotation, f)
    value = literal(e, annotation, f)
    f.span = e.span
    return annotation.guard.cross(value, f.machine)


def literal(e: Expr, annotation: Annotation | None, f: Frame) -> Any:
    """The value of `e`, the elements of literals having crossed the boundary of theirs; the value itself crosses later."""
    if annotation is not None and e.__class__ is Block and e.result is not None:
        return in_block(e, f, lambda result: literal(result, annotation, f))
    if annotation is not None and e.__class__ is If and e.otherwise is not None:
        return literal(e.then if test(e.condition, f) else e.otherwise, annotation, f)
    make = None if annotation is None else _LITERALS.get(e.__class__)
    if make is None or annotation.guard.type is not make[0] or not annotation.parts:
        return RULES[e.__class__](e, f)
    return make[1](e, annotation.parts, f)


def _block(e: Block, annotation: Annotation, f: Frame) -> Any:
    if e.result is not None:
        return in_block(e, f, lambda result: evaluate_at(result, annotation, f))
    RULES[Block](e, f)
    f.span = e.span
    return annotation.guard.cross(UNIT, f.machine)


def _if(e: If, annotation: Annotation, f: Frame) -> Any:
    if test(e.condition, f):
        if e.otherwise is not None:
            return evaluate_at(e.then, annotation, f)
        RULES[e.then.__class__](e.then, f)
    elif e.otherwise is not None:
        return evaluate_at(e.otherwise, annotation, f)
    f.span = e.span
    return annotation.guard.cross(UNIT, f.machine)


def _items(items: tuple[Expr, ...], parts: tuple[Annotation | None, ...], f: Frame) -> list:
    """The items, the i-th across the i-th boundary, or all across the only one."""
    out = []
    for i, item in enumerate(items):
        part = parts[0] if len(parts) == 1 else parts[i] if i < len(parts) else None
        out.append(evaluate_at(item, part, f))
    return out


def _list(e: ListLit, parts: tuple, f: Frame) -> Any:
    return pvector(_items(e.items, parts[:1], f))


def _tuple(e: Tuple, parts: tuple, f: Frame) -> Any:
    if len(parts) != len(e.items):
        return RULES[Tuple](e, f)
    return tuple(_items(e.items, parts, f))


def _set(e: SetLit, parts: tuple, f: Frame) -> Any:
    members = _items(e.items, parts[:1], f)
    f.span = e.span
    return Set.of_members(members)


def _map(e: MapLit, parts: tuple, f: Frame) -> Any:
    entries = []
    for entry in e.entries:
        key = evaluate_at(entry.key, parts[0], f)
        entries.append((key, evaluate_at(entry.value, parts[1] if len(parts) > 1 else None, f)))
    f.span = e.span
    return Map.of(entries)


def _repeat(e: ListRepeat, parts: tuple, f: Frame) -> Any:
    value = evaluate_at(e.value, parts[0], f)
    return repeated(e, value, f)


def repeated(e: ListRepeat, value: Any, f: Frame) -> Any:
    """`[value; count]`"""
    n = RULES[e.count.__class__](e.count, f)
    f.span = e.span
    f.machine.room(16 * count(n, 0))
    return pvector([value] * n)


_THROUGH: dict[type, Callable] = {Block: _block, If: _if}
_LITERALS: dict[type, tuple] = {
    ListLit: (LIST, _list), Tuple: (TUPLE, _tuple), SetLit: (SET, _set), MapLit: (MAP, _map), ListRepeat: (LIST, _repeat),
}
