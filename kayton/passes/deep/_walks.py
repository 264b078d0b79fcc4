"""Going through the items of a value, whatever `for` accepts (LANGUAGE §§4, 7), in a compiled function.

    for-each x [list]           =>   for-each x [list]
    for-each x [Iterator it]    =>   bind %iterator it; loop: bind %step (next (mut-arg %iterator)); if %step is Some: bind x …; body else break
    for-each x [Iterable it]    =>   what its `iter` gives is gone through
"""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.constrained import Instance
from kayton.ir.core import ForEach
from kayton.ir.mono import Direct, Get
from kayton.ir.node import Node, Span
from kayton.ir.resolved import Bind, IsVariant, Local, MutArg, Place
from kayton.ir.surface import Block, Break, Expr, If, Loop
from kayton.ir.types import I64, STR, App, Type, is_user, read_type
from kayton.passes.deep._lowering import Lowering, Refused


class Walk(NamedTuple):
    """What is gone through, the type of its items, and the type of an Iterator and its `next`, if it is one, with the place that calls it."""

    over: Expr
    item: Type
    type: Type
    calls: Instance | None = None
    place: Span | None = None


def walk_of(low: Lowering, site: Node, at: Node, over: Expr, t: Type) -> Walk:
    """How the items of `over`, a value of type `t`, are gone through; the hooks are called by `site`, for the trace in `at`. Raises Refused."""
    if low.world.hook(t, "Iterator.next"):
        next_ = _implementation(low, site, at, t, "Iterator.next")
        result = read_type(next_.result)
        if next_.outs != (str(t),) or not isinstance(result, App) or result.name != "Option":
            raise Refused(at, "KT0103", f"iterates {t}")
        return Walk(over, result.args[0], t, next_, at.span)
    if low.world.hook(t, "Iterable.iter"):
        iter_ = _implementation(low, site, at, t, "Iterable.iter")
        return walk_of(low, site, at, Direct(iter_.name, (over,), iter_.result, span=at.span), read_type(iter_.result))
    if is_user(t) or not isinstance(t, App) or t.name not in ("List", "Set", "Map", "str", "Range"):
        raise Refused(at, "KT0103", f"iterates {t}")
    return Walk(over, STR if t == STR else t.args[0] if t.args else I64, t)


def _implementation(low: Lowering, site: Node, at: Node, t: Type, hook: str) -> Instance:
    """The one function by which values of a user's type are gone through."""
    called = [i for i in low.callees(site, low.world.hook(t, hook) or "") if i.params[0] == str(t)]
    if len(called) != 1:
        raise Refused(at, "KT0103", f"iterates {t}")
    return called[0]


def each(low: Lowering, walk: Walk, name: str, body: Expr, s: Span | None) -> Expr:
    """The loop that does `body` with each item in the variable `name`; a `break` in it leaves the loop."""
    if walk.calls is None:
        return ForEach(name, walk.over, body, span=s)
    iterator, step = low.fresh("iterator", walk.type), low.fresh("step", read_type(walk.calls.result))
    next_ = Direct(walk.calls.name, (MutArg(Place(Local(iterator, True, span=s), span=s), span=s),), walk.calls.result, span=walk.place)
    item = Bind(name, Get(Local(step, span=s), 0, str(low.env[name]), "Option.Some", span=s), span=s)
    test = If(IsVariant(Local(step, span=s), "Option.Some", span=s), Block((item, body), span=s), Break(span=s), span=s)
    loop = Loop(Block((Bind(step, next_, span=s), test), span=s), span=s)
    return Block((Bind(iterator, walk.over, True, span=s), loop), span=s)
