"""Lowering places; see `_lowering`."""

from __future__ import annotations

from kayton.ir.mono import Builtin, Get
from kayton.ir.node import Node, unplaced
from kayton.ir.resolved import FieldStep, IndexStep, PartStep, Place
from kayton.ir.surface import Expr
from kayton.ir.types import I64, App, Object, Type
from kayton.passes.deep._lowering import Lowering, Refused


def place(low: Lowering, p: Place) -> tuple[Place, Type]:
    """A place and the type of what is there. Raises Refused where the way leads through something that is not lowered."""
    read = 0 if not p.frozen else _steps_to_instance(low, p)
    root, t = _read_to(low, p, read)
    steps = []
    for s in p.steps[read:]:
        step, t = _step(low, p, s, t)
        steps.append(step)
    return Place(root, tuple(steps), p.frozen, span=p.span), t


def type_of_place(low: Lowering, p: Place) -> Type:
    """The type of what is in a place. Raises Refused as `place`."""
    t = low.known(p.root, low.type_of(p.root)) if p.steps else low.type_of(p.root)
    for s in p.steps:
        _, t = _step(low, p, s, t)
    return t


def _steps_to_instance(low: Lowering, p: Place) -> int:
    """How far a place through an immutable name is only read: to the class instance of which something changes."""
    t = low.known(p.root, low.type_of(p.root))
    for k, s in enumerate((*p.steps, None)):
        if isinstance(t, Object):
            return k
        if s is not None:
            _, t = _step(low, p, s, t)
    raise Refused(p, "KT0106", "changes a value through an immutable name")


def read(low: Lowering, p: Place) -> Expr:
    """What is in a place that is not changed."""
    return _read_to(low, p, len(p.steps))[0]


def _read_to(low: Lowering, p: Place, end: int) -> tuple[Expr, Type]:
    """What is in a place after so many steps, and its type."""
    t = low.known(p.root, low.type_of(p.root))
    made = low.value(p.root)
    for s in p.steps[:end]:
        _, found = _step(low, p, s, t)
        if isinstance(s, IndexStep):
            made = Builtin(f"{t.name}.[]", (made, low.to(s.index, I64 if t.name == "List" else t.args[0])), str(found), span=p.span)
        else:
            index = s.index if isinstance(s, PartStep) else low.world.field(t, s.name)
            made = Get(made, index, str(found), span=p.span)
        t = found
    return made, t


def _step(low: Lowering, p: Place, s: Node, t: Type) -> tuple[Node, Type]:
    if isinstance(s, IndexStep):
        if not isinstance(t, App) or t.name not in ("List", "Map") or low.world.hook(t, "IndexSet.set"):
            raise Refused(p, "KT0107", f"assigns to a part of {t}")
        index = low.to(s.index, I64 if t.name == "List" else t.args[0])
        return IndexStep(index, span=s.span), low.inside(t, s)
    if isinstance(s, PartStep):
        if not isinstance(t, App) or t.name != "tuple" or s.index >= len(t.args):
            raise Refused(p, "KT0107", f"assigns to a part of {t}")
        return unplaced(s), low.inside(t, s)
    if low.world.field(t, s.name) is None:
        raise Refused(p, "KT0107", f"assigns to a field of {t}")
    return FieldStep(s.name, span=s.span), low.inside(t, s)
