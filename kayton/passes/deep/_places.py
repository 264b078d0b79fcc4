"""The rules of places: reading what is in one, and what storing into one makes of the type of its root."""

from __future__ import annotations

from kayton.ir.constrained import Demand
from kayton.ir.types import DYN, NEVER, Object, Type, app, join, join_all, list_of, members, path_of, tuple_of
from kayton.passes.deep._calls import call_hook
from kayton.passes.deep._parts import field_of, item_at, part_of, path_of_app
from kayton.passes.deep._solver import Inst, Solver

Step = tuple[str, Type]
"""A field's or part's name, or `[]`, and the type of the index."""


def steps_in(i: Inst, d: Demand, indices: tuple[str, ...]) -> list[Step]:
    """The steps of a place: `.cells[].0` is `.cells`, `[]`, `.0`."""
    types = iter([i.type_of(v) for v in indices])
    return [(step, next(types) if step == "[]" else NEVER) for step in d.detail.replace("[]", ".[]").split(".")[1:]]


def read(s: Solver, i: Inst, d: Demand) -> Type:
    """What is in a place."""
    t = i.type_of(d.sources[0])
    for step in steps_in(i, d, d.sources[1:]):
        t = join_all([_stepped(s, i, d, m, step) for m in members(t)])
    return t


def _stepped(s: Solver, i: Inst, d: Demand, t: Type, step: Step) -> Type:
    name, index = step
    if t is NEVER:
        return NEVER
    if name == "[]":
        return NEVER if index is NEVER else item_at(s, i, d, t, index)
    return part_of(t, int(name)) if name.isdigit() else field_of(s, i, t, name)


def store(s: Solver, i: Inst, d: Demand) -> Type:
    """The type of a place's root after a value came into it."""
    root, value = [i.type_of(v) for v in d.sources[:2]]
    return NEVER if value is NEVER else _stored(s, i, d, root, steps_in(i, d, d.sources[2:]), value)


def _stored(s: Solver, i: Inst, d: Demand, t: Type, steps: list[Step], value: Type) -> Type:
    """The type of a value of type `t` after something of type `value` came into a place inside it."""
    if not steps:
        return value
    if t is NEVER or t is DYN:
        if t is DYN:
            s.escape(value)
        return t
    return join_all([_stored_in(s, i, d, m, steps[0], steps[1:], value) for m in members(t)])


def _stored_in(s: Solver, i: Inst, d: Demand, t: Type, whole: Step, rest: list[Step], value: Type) -> Type:
    step, index = whole
    # What is only written need not be there before: a map's value, what IndexSet takes.
    inner = _stored(s, i, d, _stepped(s, i, d, t, whole), rest, value) if rest else value
    if step == "[]":
        if s.world.hook(t, "IndexSet.set"):
            return join(t, call_hook(s, i, d, t, "IndexSet.set", index, inner, self_after=True))
        if path_of_app(t) == "Map":
            return app("Map", join(t.args[0], index), join(t.args[1], inner))
        return list_of(join(t.args[0], inner)) if path_of_app(t) == "List" else t
    if step.isdigit():
        at = int(step)
        return tuple_of(*[join(a, inner) if k == at else a for k, a in enumerate(t.args)]) if path_of_app(t) == "tuple" else t
    at = s.world.field(t, step)
    if at is None:
        return t
    guard = s.world.guards(path_of(t))[at]
    inner = s.world.crossed(inner, guard)
    if t.__class__ is Object:
        s.write_field(t, step, inner)
        return t
    return app(t.name, *[join(a, inner) if k == at else a for k, a in enumerate(t.args)])
