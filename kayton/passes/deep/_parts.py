"""The types of parts of values: fields, parts of tuples, items by index."""

from __future__ import annotations

from kayton.ir.constrained import Demand
from kayton.ir.types import DYN, NEVER, RANGE, STR, App, Object, Type, argument, shown
from kayton.passes.deep._calls import call_hook
from kayton.passes.deep._solver import Inst, Solver


def failed(i: Inst, d: Demand, message: str) -> Type:
    """An operation that is certain to fail when it is reached."""
    i.failures[d.id] = message
    return NEVER


def path_of_app(t: Type) -> str:
    """The name of a constructor; "" for other types."""
    return t.name if t.__class__ is App else ""


def field_of(s: Solver, i: Inst, t: Type, name: str) -> Type:
    """The type of a field, `never` where there is none."""
    if t is DYN:
        return DYN
    at = s.world.field(t, name)
    if at is None:
        return NEVER
    return s.read_field(i, t, name) if t.__class__ is Object else argument(t, at)


def part_of(t: Type, index: int) -> Type:
    """The type of a tuple's part."""
    if t is DYN:
        return DYN
    return t.args[index] if path_of_app(t) == "tuple" and index < len(t.args) else NEVER


def item_at(s: Solver, i: Inst, d: Demand, t: Type, index: Type) -> Type:
    """What `t[index]` gives."""
    name = path_of_app(t)
    if s.world.hook(t, "Index.get"):
        return call_hook(s, i, d, t, "Index.get", index)
    if name in ("List", "Map"):
        return t if name == "List" and index == RANGE else t.args[-1]
    if t is DYN:
        for hooks in s.world.hooks.values():
            if "Index.get" in hooks:
                s.unknown_call(hooks["Index.get"])
    return STR if t == STR else DYN if t is DYN else failed(i, d, f"cannot index {shown(t)}")
