"""Copies that a loop makes again and again: of what it shares and changes.

A value with two owners is copied when one of them changes it (LANGUAGE §4), which takes as long as the value is large. In a loop that happens each time round where

    let mut a = b; a.push(…)          a starts as a share of b
    kept.push(a); a[i] = …            what the loop shares elsewhere is changed by it
    f(mut c.items)                    a class instance keeps its field's value, which f may look at, while f changes it

Nothing is copied where the value is moved instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kayton.ir.core import LOOPS
from kayton.ir.lent import Share, root_of
from kayton.ir.mono import Builtin, Direct, MonoFn
from kayton.ir.node import Node, children_of, walk
from kayton.ir.places import source_name
from kayton.ir.resolved import Bind, FieldStep, IndexStep, Local, MutArg, Place
from kayton.ir.surface import Assign, While
from kayton.ir.types import STR, App, Type, Union, is_user, read_type
from kayton.passes.deep._shapes import Shapes
from kayton.passes.deep._value_types import ValueTypes

_GROWN = frozenset(("List", "Map", "Set"))
_JOINS = frozenset(("str.+", "List.+"))


class Copy(NamedTuple):
    """A copy that a loop makes: where, and why."""

    node: Node
    reason: str
    help: str


def copies(fn: MonoFn, shapes: Shapes, globals: dict[str, Type]) -> Iterator[Copy]:
    """The copies that the loops of a function make each time round, each once, for the outermost loop."""
    types = ValueTypes({v.name: read_type(v.type) for v in (*fn.locals, *fn.captures, *fn.params)}, globals, shapes)
    waiting, seen = [fn.body], set()
    while waiting:
        n = waiting.pop()
        if isinstance(n, LOOPS):
            for found in _of_loop(_repeated(n), types):
                if id(found.node) not in seen:
                    seen.add(id(found.node))
                    yield found
        waiting += reversed(children_of(n))


def _repeated(loop: Node) -> list[Node]:
    """What a loop does each time round."""
    return [loop.condition, loop.body] if isinstance(loop, While) else [loop.body]


def _of_loop(parts: list[Node], types: ValueTypes) -> Iterator[Copy]:
    inside = [n for part in parts for n in walk(part)]
    changed = {name for n in inside for name in _changed(n, types)}
    started = {id(n.value): n for n in inside if isinstance(n, Bind)}
    for n in inside:
        if isinstance(n, Share) and (root := root_of(n.value)) and _is_large(types.type_of(n.value), types.shapes):
            shared, bind = source_name(root), started.get(id(n))
            if bind is not None and bind.name in changed:
                reason = f"{shared} is copied each time round: {source_name(bind.name)} starts with what it holds, and is changed"
                yield Copy(bind, reason, f"a value that is not used again is moved, not copied: is {shared} needed after this?")
            elif root in changed:
                reason = f"{shared} is copied each time round: what it holds is kept elsewhere, too, and {shared} is changed in the same loop"
                yield Copy(n, reason, f"start with a new value each time round, or keep it when {shared} is complete")
        elif isinstance(n, MutArg) and _is_lent_field(n, inside, types):
            reason = "the field is copied each time round: while the call changes it, the instance still has its old value"
            yield Copy(n, reason, "change a variable, and store it in the field after the loop")


def _changed(n: Node, types: ValueTypes) -> Iterator[str]:
    """The variable of which a node changes what is inside of a container."""
    place = n.target if isinstance(n, Assign) else n.place if isinstance(n, MutArg) else None
    if not isinstance(place, Place) or not isinstance(place.root, Local) or types.shapes.step_into(types.type_of(place.root), place, last=False) is not None:
        return
    grows = isinstance(n, Assign) and isinstance(n.value, Builtin) and n.value.name in _JOINS
    inside = any(isinstance(s, IndexStep) for s in place.steps) if isinstance(n, Assign) else _is_large(types.type_of_place(place), types.shapes)
    if inside or grows:
        yield place.root.name


def _is_lent_field(a: MutArg, inside: list[Node], types: ValueTypes) -> bool:
    """Whether an argument is (inside of) a field of a class instance, for a call that may run code of the program."""
    into = types.shapes.step_into(types.type_of(a.place.root), a.place, last=True)
    if into is None or not isinstance(a.place.steps[into], FieldStep):
        return False
    held = types.type_of_place(Place(a.place.root, a.place.steps[: into + 1]))
    runs = any(isinstance(n, Direct | Builtin) and a in n.args and (isinstance(n, Direct) or n.callbacks) for n in inside)
    return runs and _is_large(held, types.shapes)


def _is_large(t: Type, shapes: Shapes, seen: frozenset[Type] = frozenset()) -> bool:
    """Whether a value may hold more than a constant number of others, which its owners share."""
    if t == STR or (isinstance(t, App) and t.name in _GROWN):
        return True
    if t in seen:
        return False
    if is_user(t) and isinstance(t, App) or isinstance(t, Union):
        return any(_is_large(f, shapes, seen | {t}) for v in shapes.variants(t) for f in v.fields)
    return isinstance(t, App) and any(_is_large(a, shapes, seen) for a in t.args)
