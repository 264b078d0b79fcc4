"""How variables, operators, parts and new values use what they are made of; see `_uses`."""

from __future__ import annotations

from kayton.ir.core import Concat, Format
from kayton.ir.mono import Get, Make, Widen
from kayton.ir.node import Node, map_children, replace
from kayton.ir.resolved import GlobalRef, HasLen, InRange, IndexStep, IsVariant, Local, MutArg, Place
from kayton.ir.surface import And, Expr, Or, StrLit, Unary
from kayton.ir.typed import LastUse, Prim
from kayton.ir.types import Object, is_user, read_type
from kayton.passes.deep._uses import LAST, MUT, OWN, PLACE, REF, VALUE, Use, Uses


def _variable(w: Uses, e: Local | LastUse) -> Use:
    name = e.name
    node = e if isinstance(e, Local) else Local(name, id=e.id, span=e.span)
    if w.is_copy(w.type_of(e)):
        return Use(node, VALUE)
    last = isinstance(e, LastUse)
    if name in w.borrowed:
        return Use(node, REF, name, last)
    if name in w.places:
        return Use(node, MUT, name)
    return Use(node, LAST if last else PLACE, name, last)


def _looking(w: Uses, e: Expr) -> Use:
    """An operator or test: a scalar of what it looks at."""
    return Use(map_children(e, w.look), VALUE)


def _get(w: Uses, e: Get) -> Use:
    """A part: of the same variable as the whole; what is in a class instance's field is taken out."""
    t, found, whole = w.type_of(e.value), read_type(e.type), w.use(e.value)
    node = replace(e, value=whole.node)
    if isinstance(t, Object) or w.is_copy(found):
        return w.fresh(node, found)
    if e.variant:
        return Use(node, REF, whole.root, whole.ends)
    can_leave = whole.kind in (OWN, LAST) and t.name != "List" and not (is_user(t) and w.program.shapes.shared(t, found))
    return Use(node, whole.kind if can_leave else PLACE, whole.root, whole.ends)


def _make(w: Uses, e: Make) -> Use:
    return w.fresh(map_children(e, w.own), read_type(e.type))


def _widen(w: Uses, e: Widen) -> Use:
    return w.fresh(replace(e, value=w.own(e.value)), read_type(e.type))


def shown(w: Uses, e: Node) -> Expr:
    """What is added to a text: a reference, of which the printed form is added, unless it is a text in parts itself."""
    if isinstance(e, StrLit):
        return e
    if isinstance(e, Concat):
        return replace(e, parts=tuple([shown(w, p) for p in e.parts]))
    if isinstance(e, Format):
        return replace(e, value=w.lend(e.value) if e.spec else shown(w, e.value))
    return w.lend(e)


def place(w: Uses, p: Place, *, last: bool) -> Place:
    """A place: what it starts from is looked at, and indices are kept; but a key on the way to a class instance is lent."""
    t = w.type_of(p.root)
    into = w.program.shapes.step_into(t, p, last=last)
    steps = []
    for k, st in enumerate(p.steps):
        lent = into is not None and k < into and getattr(t, "name", "") == "Map"
        t = w.program.shapes.behind(t, st)
        steps.append(replace(st, index=w.lend(st.index) if lent else w.own(st.index)) if isinstance(st, IndexStep) else st)
    return replace(p, root=w.look(p.root), steps=tuple(steps))


def changed(w: Uses, a: MutArg) -> MutArg:
    """An argument that changes."""
    return replace(a, place=place(w, a.place, last=True))


VALUES = {
    Local: _variable, LastUse: _variable, Get: _get, Make: _make, Widen: _widen,
    StrLit: lambda w, e: Use(e, REF), GlobalRef: lambda w, e: w.fresh(e, w.type_of(e)),
    **{kind: _looking for kind in (Prim, And, Or, Unary, IsVariant, HasLen, InRange)},
    **{kind: lambda w, e: Use(shown(w, e), OWN) for kind in (Concat, Format)},
}
"""By kind, how an expression uses its parts."""
