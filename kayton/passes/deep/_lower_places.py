"""Lowering places; see `_lowering`.

    xs[i].n          =>   place xs [[i] .n]
    c.held.n         c is an immutable name                =>   place (get c held) [.n]
    v.n              v is an A | B, structs                =>   is A? place v [as A, .n]  else place v [as B, .n]
    v.n              v is a C | D, classes                 =>   is C? place (get v C) [.n]  else place (get v D) [.n]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

import attrs

from kayton.ir.mono import Builtin, Get, MemberStep
from kayton.ir.node import Node, unplaced
from kayton.ir.resolved import Bind, FieldStep, GlobalRef, IndexStep, IsVariant, Local, PartStep, Place, Step
from kayton.ir.surface import And, Assign, Block, Expr, If
from kayton.ir.typed import LastUse
from kayton.ir.types import I64, App, Object, Type, Union, members, path_of
from kayton.passes.deep._arguments import is_settled, keep
from kayton.passes.deep._lowering import Lowering, Refused

_MOST_WAYS = 16
"""Where types lead to several types each, stores would be too many."""
Index = Callable[[IndexStep, Type], Expr]
"""How the index of a step into a container of this type is lowered."""


def place(low: Lowering, p: Place) -> tuple[Place, Type]:
    """A place and the type of what is there. Raises Refused where the way leads through something that is not lowered."""
    ways = _ways(low, p, p, lambda s, t: _index(low, s, t))
    if len(ways) > 1:
        raise Refused(p, "KT0107", "a part of one of several types")
    return ways[0].place(p), ways[0].type


def types_of_place(low: Lowering, p: Place) -> list[Type]:
    """The types of what may be in a place. Raises Refused as `place`."""
    return [w.type for w in _ways(low, p, p, lambda s, t: _index(low, s, t))]


def read(low: Lowering, p: Place) -> Expr:
    """What is in a place that is not changed."""
    way = _start(low, p, p)
    for s in p.steps:
        way = way.further(_step(low, p, s, way.type, lambda s, t: _index(low, s, t)))
    return way.read()


def stored(low: Lowering, n: Assign) -> Expr:
    """A store into a place. Where the way leads through one of several types, indices and value are kept, and then it is seen which one it is;
    so are they where it starts with what has to be looked for: what gives an instance comes first, what is read on the way last."""
    ways = _ways(low, n.target, n, lambda s, t: _index(low, s, t))
    if len(ways) == 1 and (_is_variable(ways[0].root) or is_settled(low.value(n.value))):
        return Assign(ways[0].place(n.target), _value(low, n, n.value, ways[0].type), span=n.span)
    first: list[Bind] = []
    indices: dict[IndexStep, Expr] = {}

    def kept(s: IndexStep, t: Type) -> Expr:
        if s not in indices:
            made = _index(low, s, t)
            indices[s] = made if is_settled(made) else keep(low, "index", I64 if t.name == "List" else t.args[0], made, first)
        return indices[s]

    root = low.value(n.target.root)
    root = root if _is_variable(root) else keep(low, "root", low.type_of(n.target.root), root, first)
    ways = _ways(low, n.target, n, kept, root)
    value = LastUse(keep(low, "value", low.type_of(n.value), low.value(n.value), first).name, span=n.value.span)
    made: Expr | None = None
    for way in reversed(ways):
        store = Assign(way.place(n.target), _value(low, n, value, way.type), span=n.span)
        made = store if made is None else If(_all(way.tests, n), Block((store,), span=n.span), Block((made,), span=n.span), span=n.span)
    return Block((*first, made), span=n.span)


def _all(tests: Sequence[Expr], n: Node) -> Expr:
    return reduce(lambda a, b: And(a, b, span=n.span), tests)


def _value(low: Lowering, n: Assign, value: Node, t: Type) -> Expr:
    is_field = n.target.steps and isinstance(n.target.steps[-1], FieldStep)
    return low.to_field(value, t) if is_field else low.to(value, t)


# ── ways ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class _Way:
    """One way to a place: where it starts, `root` of type `start`, its steps with the type behind each, and what shows that it is this one.
    What fails on the way fails where `at` stands."""

    low: Lowering
    at: Node
    root: Expr
    start: Type
    steps: tuple[tuple[Step, Type], ...] = ()
    tests: tuple[Expr, ...] = ()

    @property
    def type(self) -> Type:
        """The type of what is there."""
        return self.steps[-1][1] if self.steps else self.start

    def place(self, p: Place) -> Place:
        """The place at its end."""
        return Place(self.root, tuple([s for s, _ in self.steps]), p.frozen, span=p.span)

    def further(self, *steps: tuple[Step, Type]) -> _Way:
        """The way with some steps more."""
        return attrs.evolve(self, steps=(*self.steps, *steps))

    def read(self) -> Expr:
        """What is in the place at its end."""
        made, t = self.root, self.start
        for s, found in self.steps:
            if isinstance(s, IndexStep):
                made = Builtin(f"{t.name}.[]", (made, s.index), str(found), span=self.at.span)
            elif isinstance(s, MemberStep):
                made = Get(made, 0, str(found), s.member, span=self.at.span)
            else:
                made = Get(made, s.index if isinstance(s, PartStep) else self.low.world.field(t, s.name), str(found), span=self.at.span)
            t = found
        return made

    def from_instance(self) -> _Way:
        """The way that starts at the class instance that is there: what leads to it is only read."""
        return attrs.evolve(self, root=self.read(), start=self.type, steps=())

    def shown(self) -> Iterator[_Way]:
        """A way for each of the types that what is there may have."""
        for m in members(self.type):
            test = IsVariant(self.read(), path_of(m), span=self.at.span)
            way = attrs.evolve(self.further((MemberStep(path_of(m), span=self.at.span), m)), tests=(*self.tests, test))
            yield way.from_instance() if isinstance(m, Object) else way


def _is_variable(root: Expr) -> bool:
    return isinstance(root, Local | LastUse | GlobalRef)


def _start(low: Lowering, p: Place, at: Node, root: Expr | None = None) -> _Way:
    return _Way(low, at, low.value(p.root) if root is None else root, low.known(p.root, low.type_of(p.root)) if p.steps else low.type_of(p.root))


def _ways(low: Lowering, p: Place, at: Node, index: Index, root: Expr | None = None) -> list[_Way]:
    """The ways to a place. Raises Refused where one leads through something that is not lowered, or changes what an immutable name has."""
    ways, opened = [_start(low, p, at, root)], not p.frozen
    for s in (*p.steps, None):
        if not opened and all(isinstance(m, Object) for w in ways for m in members(w.type)):
            ways, opened = [w.from_instance() for w in ways], True
        if s is not None:
            ways = [v for w in ways for v in (w.shown() if isinstance(w.type, Union) else (w,))]
            if len(ways) > _MOST_WAYS:
                raise Refused(p, "KT0107", f"a part of one of {len(ways)} types")
            ways = [w.further(_step(low, p, s, w.type, index)) for w in ways]
    if not opened:
        raise Refused(p, "KT0106", "changes a value through an immutable name")
    return ways


def _index(low: Lowering, s: IndexStep, t: Type) -> Expr:
    return low.to(s.index, I64 if t.name == "List" else t.args[0])


def _step(low: Lowering, p: Place, s: Node, t: Type, index: Index) -> tuple[Step, Type]:
    if isinstance(s, IndexStep):
        if not isinstance(t, App) or t.name not in ("List", "Map") or low.world.hook(t, "IndexSet.set"):
            raise Refused(p, "KT0107", f"assigns to a part of {t}")
        return IndexStep(index(s, t), span=s.span), low.inside(t, s)
    if isinstance(s, PartStep):
        if not isinstance(t, App) or t.name != "tuple" or s.index >= len(t.args):
            raise Refused(p, "KT0107", f"assigns to a part of {t}")
        return unplaced(s), low.inside(t, s)
    if low.world.field(t, s.name) is None:
        raise Refused(p, "KT0107", f"assigns to a field of {t}")
    return FieldStep(s.name, span=s.span), low.inside(t, s)
