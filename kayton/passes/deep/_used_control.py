"""How statements, blocks, conditionals and loops use values; see `_uses`.

The value of a block is its user's own; where nobody wants it, nothing is given away.
"""

from __future__ import annotations

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.lent import Borrow, Share
from kayton.ir.mono import InPlace
from kayton.ir.node import Node, replace
from kayton.ir.resolved import Bind, Case, Choice, NoMatch, SetGlobal
from kayton.ir.surface import Assign, Block, Break, Expr, If, Loop, Return, While
from kayton.ir.types import NEVER, UNIT
from kayton.passes.deep._uses import PLACE, REF, VALUE, Use, Uses
from kayton.passes.deep._used_values import place


def result(w: Uses, e: Node, *, wanted: bool) -> Expr:
    """The body of something: its value is given away if it is wanted."""
    if isinstance(e, Block):
        body = tuple([discarded(w, s) for s in e.body])
        return replace(e, body=body, result=None if e.result is None else result(w, e.result, wanted=wanted))
    return w.own(e) if wanted and w.type_of(e) is not NEVER else discarded(w, e)


def discarded(w: Uses, s: Node) -> Node:
    """A statement, or an expression whose value nobody wants."""
    if isinstance(s, Block):
        return result(w, s, wanted=False)
    if isinstance(s, If):
        return _if(w, s, wanted=False).node
    if isinstance(s, Choice):
        return _choice(w, s, wanted=False).node
    return w.look(s)


def _block(w: Uses, e: Block) -> Use:
    if not e.body and e.result is not None:
        return w.use(e.result)
    return w.fresh(result(w, e, wanted=True), w.type_of(e))


def _if(w: Uses, e: If, *, wanted: bool = True) -> Use:
    t, wanted = w.type_of(e), wanted and e.otherwise is not None
    otherwise = None if e.otherwise is None else result(w, e.otherwise, wanted=wanted)
    return w.fresh(replace(e, condition=w.look(e.condition), then=result(w, e.then, wanted=wanted), otherwise=otherwise), t)


def _choice(w: Uses, e: Choice, *, wanted: bool = True) -> Use:
    t = w.type_of(e)
    cases = tuple([_case(w, c, wanted=wanted) for c in e.cases])
    return w.fresh(replace(e, cases=cases, otherwise=result(w, e.otherwise, wanted=wanted)), t)


def _case(w: Uses, c: Case, *, wanted: bool) -> Case:
    steps = tuple([w.look(s) for s in c.steps])
    return replace(c, steps=steps, body=result(w, c.body, wanted=wanted))


def _while(w: Uses, e: While) -> Use:
    return Use(replace(e, condition=w.look(e.condition), body=discarded(w, e.body)), VALUE)


def _loop(w: Uses, e: Loop) -> Use:
    return w.fresh(replace(e, body=discarded(w, e.body)), w.type_of(e))


def _for_range(w: Uses, e: ForRange) -> Use:
    return Use(replace(e, lo=w.look(e.lo), hi=w.look(e.hi), body=discarded(w, e.body)), VALUE)


def _for_each(w: Uses, e: ForEach) -> Use:
    """A loop over what stays as it is meanwhile; else over a share of it. Its variable is a reference to the items of a container."""
    items, t = w.use(e.iterable), w.type_of(e.iterable)
    disturbed = items.root in w.changed_in(e.body) or (not items.ends and items.root in w.moved_before | w.moved)
    source = Share(items.node, span=e.iterable.span) if t.name != "Range" and items.root and disturbed else items.node
    if t.name in ("List", "Set", "Map") and not w.is_copy(w.types.variables[e.name]):
        w.borrowed.add(e.name)
    return Use(replace(e, iterable=source, body=discarded(w, e.body)), VALUE)


def _in_place(w: Uses, e: InPlace) -> Use:
    return Use(replace(e, body=discarded(w, e.body)), VALUE)


def _leave(w: Uses, e: Break | Return) -> Use:
    if e.value is None:
        return Use(e, VALUE)
    return Use(replace(e, value=w.look(e.value) if w.type_of(e.value) is UNIT else w.own(e.value)), VALUE)


def _success(w: Uses, e: SuccessOr) -> Use:
    return w.fresh(replace(e, value=w.own(e.value), failure=discarded(w, e.failure)), w.type_of(e))


def _bind(w: Uses, s: Bind) -> Use:
    """A new variable: a reference to what stays, else a value of its own."""
    t, found = w.types.variables[s.name], w.use(s.value)
    if t is NEVER:
        return Use(replace(s, value=found.node), VALUE)
    if found.kind in (REF, PLACE) and not s.mutable and not w.is_copy(t) and w.lasts(found.root):
        w.borrowed.add(s.name)
        return Use(replace(s, value=Borrow(found.node, span=s.value.span)), VALUE)
    return Use(replace(s, value=w.given(found)), VALUE)


def _assign(w: Uses, s: Assign) -> Use:
    return Use(replace(s, target=place(w, s.target, last=False), value=w.own(s.value)), VALUE)


CONTROL = {
    Block: _block, If: _if, Choice: _choice, While: _while, Loop: _loop, ForRange: _for_range, ForEach: _for_each, InPlace: _in_place,
    Break: _leave, Return: _leave, SuccessOr: _success, Bind: _bind, Assign: _assign,
    SetGlobal: lambda w, s: Use(replace(s, value=w.own(s.value)), VALUE),
    NoMatch: lambda w, e: Use(replace(e, value=w.lend(e.value)), VALUE),
}
"""By kind, how control flow uses values."""
