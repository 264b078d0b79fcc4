"""Places: what can be assigned or changed, as a root and steps (LANGUAGE §4).

Changing a part makes new containers up to the root, or up to the innermost class instance on the way, which is changed in
place. At a user type's `Index` a part is read with `get` and written back with `set`, innermost first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pyrsistent import pvector

from kayton.ir.node import Span
from kayton.ir.resolved import FieldStep, GlobalRef, IndexStep, Local, PartStep
from kayton.ir.resolved import Place as PlaceNode
from kayton.ir.surface import Expr, Field, Index, Name, Part
from kayton.ir.typed import LastUse
from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.arguments import place as index_place
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.printing import nested
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.tables import Map
from kayton.runtime.evaluator.types import type_name
from kayton.runtime.evaluator.values import DEAD, Builder, Instance, List, Range, Struct

FIELD, PART, INDEX = "field", "part", "index"
Step = tuple[str, Any]


class Place(NamedTuple):
    """A place with its indices evaluated: a variable, or a value that is none, and steps from it."""

    variable: Variable | None
    value: Any
    steps: tuple[Step, ...]
    frozen: bool
    spans: tuple[Span | None, ...]
    """Where each step was written."""

    def root(self) -> Any:
        """The root's value now."""
        if self.variable is None:
            return self.value
        if self.variable.value is DEAD:
            raise errors.InvalidProgram(None, "a place's root is read after its last use")
        return self.variable.value


def place_of(e: Expr, f: Frame) -> Place:
    """The place that an expression names; what is evaluated in it is evaluated now, left to right."""
    if e.__class__ is PlaceNode:
        return _resolved(e, f)
    chain: list[Expr] = []
    root = e
    while root.__class__ in (Field, Part, Index) and not f.machine.world.names_something(root, f):
        chain.append(root)
        root = root.value
    variable = f.find(root.name) if root.__class__ in (Name, Local, LastUse) else None
    variable = variable if variable.__class__ is Variable else None
    value = None if variable is not None else RULES[root.__class__](root, f)
    steps: list[Step] = []
    for link in reversed(chain):
        if link.__class__ is Field:
            steps.append((FIELD, link.name))
        elif link.__class__ is Part:
            steps.append((PART, link.index))
        else:
            steps.append((INDEX, RULES[link.index.__class__](link.index, f)))
    spans = tuple([link.span for link in reversed(chain)])
    return Place(variable, value, tuple(steps), variable is None or not variable.mutable, spans)


def _resolved(e: PlaceNode, f: Frame) -> Place:
    variable = f.variable(e.root.name, e) if e.root.__class__ in (Local, LastUse) else None
    value = None if variable is not None else RULES[e.root.__class__](e.root, f)
    steps: list[Step] = []
    for step in e.steps:
        match step:
            case FieldStep():
                steps.append((FIELD, step.name))
            case PartStep():
                steps.append((PART, step.index))
            case IndexStep():
                steps.append((INDEX, RULES[step.index.__class__](step.index, f)))
    return Place(variable, value, tuple(steps), e.frozen, tuple([step.span for step in e.steps]))


def is_chain(e: Expr) -> bool:
    """Whether the expression is a part of something, or a variable: a receiver that may be changed where it stands."""
    return e.__class__ in (Field, Part, Index, Name, Local, LastUse, PlaceNode, GlobalRef)


def is_reference(value: Any) -> bool:
    """Whether the value is changed in place, for all who refer to it."""
    return value.__class__ is Instance or value.__class__ is Builder


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_place(p: Place, f: Frame) -> Any:
    """The value at a place."""
    value = p.root()
    for step in p.steps:
        value = read_part(value, step, f)
    return value


def read_stepwise(p: Place, f: Frame) -> Any:
    """The value at a place, read as if the place were an expression: an error is where its step is."""
    value = p.root()
    for step, span in zip(p.steps, p.spans, strict=True):
        f.span = span
        value = read_part(value, step, f)
    return value


def is_fixed(p: Place, f: Frame) -> bool:
    """Whether nothing may be changed there: the root is immutable and no class instance lies on the way."""
    if not p.frozen:
        return False
    value = p.root()
    for step in p.steps:
        if is_reference(value):
            return False
        value = read_part(value, step, f)
    return True


def read_part(value: Any, step: Step, f: Frame) -> Any:
    """`value.name`, `value.0` or `value[index]`."""
    kind, key = step
    if kind == INDEX:
        return index(value, key, f)
    if kind == PART:
        if value.__class__ is tuple and key < len(value):
            return value[key]
        raise errors.no_field(key, type_name(value))
    at = _field_index(value, key)
    return value.fields[at]


def _field_index(value: Any, name: str) -> int:
    at = value.type.field_index(name) if value.__class__ is Struct or value.__class__ is Instance else None
    if at is None:
        raise errors.no_field(name, type_name(value))
    return at


def user_get(value: Any, f: Frame) -> Any:
    """The user's `Index.get` for a value whose indexing is not built in."""
    return None if value.__class__ in (List, Map, str) else f.machine.hook(value, "Index.get")


def index(value: Any, key: Any, f: Frame) -> Any:
    """`value[key]`; a range slices."""
    get = user_get(value, f)
    if get is not None:
        return f.machine.call(get, [value, key])
    kind = value.__class__
    if (kind is List or kind is str) and key.__class__ is Range:
        if key.step != 1:
            raise errors.stepped_slice()
        return cut(value, key.start, key.end)
    if kind is List or kind is str:
        return value[index_place(len(value), key)]
    if kind is Map:
        entry = value.find(key)
        if entry is None:
            raise errors.key_not_found(nested(f.machine, key))
        return entry[1]
    raise errors.cannot_index(type_name(value))


def cut(value: Any, lo: int, hi: int | None) -> Any:
    """`value[lo..hi]` of a list or str."""
    if value.__class__ is not List and value.__class__ is not str:
        raise errors.cannot_slice(type_name(value))
    hi = len(value) if hi is None else hi
    if not 0 <= lo <= hi <= len(value):
        raise errors.slice_out_of_range(len(value), lo, hi)
    part = value[lo:hi]
    return part if value.__class__ is str else pvector(part)


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_place(p: Place, value: Any, f: Frame, value_span: Any = None) -> None:
    """Stores a value at a place, across the boundary that is declared there; `value_span` is the position of what does not
    cross. Raises `cannot change an immutable value`, and what the steps raise."""
    if not p.steps:
        store(p.variable, value, f, value_span)
        return
    changed = _put(p.root(), p, 0, value, f, value_span, False)
    if p.variable is not None and not p.frozen:
        p.variable.value = changed


def store(variable: Variable | None, value: Any, f: Frame, value_span: Any = None) -> None:
    """Assigns to a variable, across the boundary of its annotation."""
    if variable is None:
        raise errors.cannot_change()
    if variable.annotation is not None:
        value = _crossed(variable.annotation.guard, value, f, value_span)
    variable.value = value


def _crossed(guard: Any, value: Any, f: Frame, value_span: Any) -> Any:
    try:
        return guard.cross(value, f.machine)
    except errors.Fail:
        f.span = value_span or f.span
        raise


def _put(container: Any, p: Place, at: int, value: Any, f: Frame, span: Any, seen: bool) -> Any:
    """The container with the place below it changed; a class instance stays the same object."""
    step = p.steps[at]
    seen = seen or is_reference(container)
    fixed = p.frozen and not seen
    if at == len(p.steps) - 1:
        if fixed:
            raise errors.cannot_change()
        return _with_part(container, step, value, f, span)
    get = user_get(container, f) if step[0] == INDEX else None
    part = read_part(container, step, f)
    changed = _put(part, p, at + 1, value, f, span, seen)
    if fixed:
        return container
    if get is not None:
        stays = is_reference(changed) and f.machine.hook(container, "IndexSet.set") is None
        return container if stays else set_index(container, step[1], changed, f)
    return container if changed is part else _with_part(container, step, changed, f, None)


def _with_part(container: Any, step: Step, value: Any, f: Frame, span: Any) -> Any:
    kind, key = step
    if kind == INDEX:
        return set_index(container, key, value, f)
    if kind == PART:
        read_part(container, step, f)
        return (*container[:key], value, *container[key + 1 :])
    return with_field(container, key, value, f, span)


def with_field(container: Any, name: str, value: Any, f: Frame, span: Any = None) -> Any:
    """The struct with another value in a field, or the class instance, changed. The value crosses the field's boundary."""
    at = _field_index(container, name)
    guard = f.machine.world.field_guard(container.type, at)
    if guard is not None:
        value = _crossed(guard, value, f, span)
    if container.__class__ is Instance:
        container.fields[at] = value
        return container
    return Struct(container.type, (*container.fields[:at], value, *container.fields[at + 1 :]))


def set_index(container: Any, key: Any, value: Any, f: Frame) -> Any:
    """The container after `container[key] = value`."""
    kind = container.__class__
    if kind is List:
        return container.set(index_place(len(container), key), value)
    if kind is Map:
        return container.put(key, value)
    setter = None if kind is str else f.machine.hook(container, "IndexSet.set")
    if setter is None:
        raise errors.cannot_assign_index(type_name(container))
    args = [container, key, value]
    f.machine.call(setter, args)
    return args[0]
