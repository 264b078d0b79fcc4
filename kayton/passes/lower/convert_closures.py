"""convert-closures : Decided -> Flat

    fn f(a): … |x| a + x …   =>   fn f(a): … make-closure f.<closure>1 [a] …
                                  fn f.<closure>1(x) captures a: a + x

A closure captures by value (LANGUAGE §4): what it uses and does not bind is given to it when it is made, in the order of first
use, and is its own variable from then on. Names are unique within a function and its closures, so nothing has to be renamed.
Closures are numbered in the order they end in the text of their function. A trait's required method has no code and goes.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import place_at, walk
from kayton.ir.paths import CLOSURE
from kayton.ir.resolved import Bind, Decided, Flat, Fn, FnParam, Local, MakeClosure
from kayton.ir.surface import Closure, FnDef, Item, Param
from kayton.passes.framework import Cx, ItemPass, frozen, rewrite_with

_BINDERS = frozenset({Bind, ForEach, ForRange, SuccessOr})


@frozen
class ConvertClosures(ItemPass):
    source = Decided
    target = Flat

    def item(self, item: Item, cx: Cx) -> Sequence[Item]:
        return _functions(item) if isinstance(item, FnDef) else (item,)


def _functions(f: FnDef) -> list[Item]:
    """The function, then the closures that were in it."""
    if f.body is None:
        return []
    inside: list[Item] = []

    def closure(c: Closure) -> MakeClosure:
        name = f"{f.name}.{CLOSURE}{len(inside) + 1}"
        captured = _captured(c)
        names = tuple([v.name for v in captured])
        inside.append(Fn(name, _params(c.params), names, c.body, id=f"{c.id}~convert-closures.0", span=c.span))
        made = MakeClosure(name, tuple([Local(v.name, v.mutable) for v in captured]))
        return place_at(made, c, "convert-closures", {})

    body = rewrite_with({Closure: closure}, f.body)
    effects = () if f.pure else f.effects
    return [Fn(f.name, _params(f.params), (), body, (), effects, f.annotations, id=f.id, span=f.span), *inside]


def _params(params: tuple[Param, ...]) -> tuple[FnParam, ...]:
    return tuple([_param(p) for p in params])


def _param(p: Param) -> FnParam:
    name = p.pattern.name
    keyword = name if name.startswith("%") else name.partition(".")[0]
    return FnParam(name, keyword, p.mutable, p.default is not None, id=p.id, span=p.span)


def _captured(c: Closure) -> list[Local]:
    """The first use of each variable that a closure takes from outside; the closures in it have become captures already."""
    own = {p.pattern.name for p in c.params}
    used: dict[str, Local] = {}
    for n in walk(c.body):
        if n.__class__ is Local:
            used.setdefault(n.name, n)
        elif n.__class__ in _BINDERS:
            own.add(n.name)
    return [v for name, v in used.items() if name not in own]
