"""Changing what is inside of a field of a class instance.

    c.items.push(x)      =>   c.items.change(|it| it.push(x, at))              no code of the program runs meanwhile
    c.grid[i].n = v      =>   c.grid.change(|it| it.slot(i, at).n = v)
    f(mut c.items)       =>   { let holder = c.clone(); let mut held = holder.items.get(); f(&mut held, at); holder.items.set(held) }

What may run code of the program copies in and out: that code may look at the field, which has its old value until then (LANGUAGE §4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kayton.ir.lent import Borrow, Move
from kayton.ir.mono import Builtin, MemberStep
from kayton.ir.node import Node, replace
from kayton.ir.resolved import IndexStep, Local, MutArg, Place
from kayton.ir.surface import Assign, Expr
from kayton.ir.types import UNIT, Object, Type, read_type
from kayton.passes.rust._body import Body, is_simple
from kayton.passes.rust._code import BLOCK, Code, block
from kayton.passes.rust._places import field_name, member_name, store

_RUNS_CODE = frozenset(("List.sort", "std.random.Rng.shuffle"))
"""Built-ins without a function among their arguments that may call the program's `Ord`, or change another field."""


class Inside(NamedTuple):
    """A place in a field: the instance, how the field is got at, its type, and the way on from there."""

    holder: str
    field: str
    type: Type
    steps: tuple[Node, ...]


def step_into(b: Body, p: Place, *, last: bool) -> int | None:
    """The last step that is a field of a class instance and inside of which the place goes on; with `last` it may be the place itself."""
    return b.unit.types.step_into(b.type_of(p.root), p, last=last)


def _opened(b: Body, p: Place, at: int, before: list[str]) -> Inside:
    """The place seen from the field; indices that are no variables are computed `before`."""
    steps = tuple([IndexStep(_kept(b, st.index, before), span=st.span) if isinstance(st, IndexStep) else st for st in p.steps])
    root = p.root
    text, t = b.variable(root.name) if isinstance(root, Local) else b.code(root).receiver(), b.type_of(root)
    for st in steps[:at]:
        if isinstance(st, IndexStep):
            text = f"{text}.get({b.value(st.index)}, {b.at(p)})" if t.name == "List" else f"{text}.index({b.text(st.index)}, {b.at(p)})"
            t = t.args[-1]
        elif isinstance(st, MemberStep):
            text, t = f"{text}.{b.unit.accessor(t, member_name(b, t, st), 0)}()", b.unit.types.behind(t, st)
        else:
            text = f"{text}.{b.unit.field_of_class(t, st.name)}.get()" if isinstance(t, Object) else f"{text}.{field_name(b, t, st)}"
            t = b.unit.types.field_type(t, st)
    return Inside(text, b.unit.field_of_class(t, steps[at].name), b.unit.types.field_type(t, steps[at]), steps[at + 1 :])


def _kept(b: Body, e: Expr, before: list[str]) -> Expr:
    """A variable for what is no variable or constant."""
    if is_simple(e):
        return e
    name = f"%kept.{len(b.types)}"
    b.types[name] = b.type_of(e)
    if isinstance(e, Borrow) and b.code(e.value).kind in ("value", "own"):
        before.append(f"let {b.variable(name)} = {b.text(e.value)};")
        return Borrow(Local(name, span=e.span), span=e.span)
    before.append(f"let {b.variable(name)} = {b.text(e)};")
    return Move(Local(name, span=e.span), span=e.span)


def _root(b: Body, name: str, t: Type, steps: tuple[Node, ...], like: Place) -> Place:
    b.types[name] = t
    return Place(Local(name, True, span=like.span), steps, span=like.span)


def assigned(b: Body, s: Assign, at: int) -> list[str]:
    """An assignment inside of a field."""
    before: list[str] = []
    found = _opened(b, s.target, at, before)
    value = _kept(b, s.value, before)
    b.mutable.add("%it")
    inside = Assign(_root(b, "%it", found.type, found.steps, s.target), value, span=s.span)
    indices = [b.text(st.index) for st in found.steps if isinstance(st, IndexStep)]
    return [*before, f"{found.holder}.{found.field}.change(|{b.variable('%it')}| {store(b, inside, indices, b.text(value))});"]


def changed(b: Body, e: Builtin, at: int, write: Callable[[Body, Builtin], Code]) -> Code:
    """A built-in that changes what is inside of a field, which is its first argument."""
    before: list[str] = []
    place = e.args[0].place
    found = _opened(b, place, at, before)
    if e.callbacks or e.name in _RUNS_CODE:
        return _copied(b, read_type(e.type), before, [(0, found, place)], e.args, lambda args: write(b, replace(e, args=args)))
    rest = [_kept(b, a, before) if isinstance(a, Expr) and b.type_of(a) != UNIT else a for a in e.args[1:]]
    b.mutable.add("%it")
    inside = replace(e, args=(MutArg(_root(b, "%it", found.type, found.steps, place), span=place.span), *rest))
    text = f"{found.holder}.{found.field}.change(|{b.variable('%it')}| {write(b, inside).text})"
    kind = "value" if b.is_copy(read_type(e.type)) else "own"
    return Code(block(*before, text), kind, BLOCK) if before else Code(text, kind)


def lent_fields(b: Body, args: Sequence[Node], t: Type, call: Callable[[tuple[Node, ...]], Code]) -> Code:
    """A call of which some arguments may be fields of class instances, or inside of such: they are copied in and out."""
    before: list[str] = []
    found = []
    for k, a in enumerate(args):
        at = step_into(b, a.place, last=True) if isinstance(a, MutArg) else None
        if at is not None:
            found.append((k, _opened(b, a.place, at, before), a.place))
    return _copied(b, t, before, found, args, call) if found else call(tuple(args))


def _copied(b: Body, t: Type, before: list[str], found: list, args: Sequence[Node], call: Callable[[tuple[Node, ...]], Code]) -> Code:
    given, after = list(args), []
    for k, inside, place in found:
        held = f"%held.{len(b.types)}"
        given[k] = MutArg(_root(b, held, inside.type, inside.steps, place), span=place.span)
        name, holder = b.variable(held), b.temporary("holder")
        before += [f"let {holder} = {inside.holder}.clone();", f"let mut {name} = {holder}.{inside.field}.get();"]
        after.append(f"{holder}.{inside.field}.set({name});")
    made = call(tuple(given))
    if t == UNIT:
        return Code(block(*before, f"{made.text};", *after), "value", BLOCK)
    result = b.temporary("result")
    return Code(block(*before, f"let {result} = {made.text};", *after, result), "value" if b.is_copy(t) else "own", BLOCK)
