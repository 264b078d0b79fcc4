"""monomorphize : Accounted -> Mono

Makes of each instance a function of its own, in which every type is known and every call is of a known function.

    instance main.mean(List[f64])     =>   mono-fn "main.mean(List[f64])" [xs: List[f64]] f64 …
    call-fn main.mean [xs]            =>   direct "main.mean(List[f64])" [xs]
    method-call s.area []             =>   direct "main.Circle.area(main.Circle[f64])" [s]
    binary + a b    two i64           =>   prim add.i64 [a b]
    local x: i64 where f64 | …        =>   widen, where a value becomes one of a type that includes its own

An instance that differs from another only in what is never there (`f([])` beside `f([1])`) is that other one. What cannot be lowered is
refused with its place, a code and a reason, and stays bytecode: an operation as a function of its own (`outlined`), else the whole
instance (`refusal`). Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.diagnostics.thunks import remedy
from kayton.ir.constrained import Cell, Demands, Instance
from kayton.ir.effects import Accounted, Effects
from kayton.ir.mono import Mono, MonoFn, MonoGlobal, Outlined, Refusal
from kayton.ir.node import place_at, replace, walk
from kayton.ir.places import source_name
from kayton.ir.resolved import Bind, Fn, FnParam
from kayton.ir.surface import Item, Module, Program
from kayton.ir.types import mentions_dyn, read_type
from kayton.passes.deep._canonical import canonical, fits, with_canonical_types
from kayton.passes.deep._crossing import Crossing
from kayton.passes.deep._lower_calls import CALLS
from kayton.passes.deep._lower_control import BRANCHING, CONTROL, EFFECTS
from kayton.passes.deep._lower_values import VALUES
from kayton.passes.deep._lowering import Lowering, Refused, Whole
from kayton.passes.deep._outlining import Outlines
from kayton.passes.deep._world import World
from kayton.passes.framework import Cx, Pass, frozen

_TABLES = ({**CONTROL, **VALUES, **CALLS}, EFFECTS, BRANCHING)


@frozen
class Monomorphize(Pass):
    source = Accounted
    target = Mono

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        found = [i for m in root.modules for i in m.body if isinstance(i, Instance)]
        canon = canonical(found)
        instances = [with_canonical_types(i, canon) for i in found]
        cells = {c.name: read_type(canon(c.type)) for m in root.modules for c in m.body if isinstance(c, Cell)}
        merged = _merged(found, {i.name: i for i in instances})
        world = World.of(root)
        outlines = Outlines(Crossing(world.types, cells, world.functions))
        whole = Whole(world, {i.name: i for i in instances}, {i.name: i for i in found}, merged, cells, outlines)
        return replace(root, modules=tuple([_with_outlines(_module(m, whole, cx), outlines) for m in root.modules]))


def _module(m: Module, whole: Whole, cx: Cx) -> Module:
    body: list[Item] = []
    for item in m.body:
        if isinstance(item, Instance):
            if whole.merged[item.name] == item.name:
                body.append(_lowered(whole.instances[item.name], whole, cx))
        elif isinstance(item, Cell):
            body.append(MonoGlobal(item.name, str(whole.cells[item.name]), id=f"{item.id}~monomorphize", span=item.span))
        elif not isinstance(item, Demands | Effects):
            body.append(item)
    return replace(m, body=tuple(body))


def _with_outlines(m: Module, outlines: Outlines) -> Module:
    """The module with what was taken out of its functions."""
    own = {f.name for f in m.body if isinstance(f, Fn)}
    made: list[Fn | Outlined] = [f for f in outlines.functions.values() if f.name.rpartition(".")[0] in own]
    names = {f.name for f in made}
    made += [i for i in outlines.items.values() if i.fn in names]
    return replace(m, body=(*m.body, *sorted(made, key=lambda i: i.name)))


def _lowered(i: Instance, whole: Whole, cx: Cx) -> MonoFn | Refusal:
    origin = whole.world.functions[i.fn]
    made_id = f"{origin.id}~monomorphize{i.name.removeprefix(i.fn)}"
    low = Lowering(whole, i, _TABLES)
    _remark_unknown(i, origin, cx)
    try:
        if any([a.name == "thunk" for a in origin.annotations]):
            raise Refused(origin, "KT0112", "@thunk asks for it")
        made = low.function()
    except Refused as refused:
        cx.remark(refused.node, refused.reason, missed=True)
        return _refusal(low, refused, made_id)
    made = replace(made, id=made_id, span=origin.span)
    return place_at(made, made, "n", {})


def _remark_unknown(i: Instance, fn: Fn, cx: Cx) -> None:
    """Says of what is known only at run time where that began."""
    whys = {t.variable: t.why for t in i.typings if t.why}
    for n in walk(fn) if whys else ():
        why = whys.get(n.name if isinstance(n, Bind | FnParam) else n.id, "")
        if why:
            what = source_name(n.name) if isinstance(n, Bind | FnParam) else "this"
            cx.remark(n, f"{what} is known only at run time: {why}", missed=True, help=remedy(why))


def _refusal(low: Lowering, refused: Refused, made_id: str) -> Refusal:
    i, span = low.instance, refused.node.span or low.fn.span
    captures, params = low.boundary()
    made = Refusal(i.name, i.fn, refused.code, refused.reason, captures, params, i.result, id=made_id, span=span)
    return place_at(made, made, "n", {})


def _merged(instances: Sequence[Instance], held: dict[str, Instance]) -> dict[str, str]:
    """For each instance the one that stands for it: one of the same function whose types include its own and hold something more.

    `held` are the instances with the types that stand for their own, which must give the same.
    """
    merged = {i.name: i.name for i in instances}
    by_fn: dict[str, list[Instance]] = {}
    for i in instances:
        by_fn.setdefault(i.fn, []).append(i)
    for group in by_fn.values():
        for i in group:
            larger = [j for j in group if j is not i and _stands_for(j, i) and _gives_the_same(held[j.name], held[i.name])]
            if larger:
                merged[i.name] = max(larger, key=lambda j: (sum(_stands_for(j, k) for k in group), j.name)).name
    return merged


def _stands_for(larger: Instance, smaller: Instance) -> bool:
    """Whether `larger` serves the calls of `smaller`: its types are the same but for what is never there."""
    ours, theirs = [[read_type(t) for t in (*i.captures, *i.params)] for i in (smaller, larger)]
    return not any(mentions_dyn(t) for t in theirs) and all(map(fits, ours, theirs))


def _gives_the_same(a: Instance, b: Instance) -> bool:
    return a.result == b.result and a.outs == b.outs
