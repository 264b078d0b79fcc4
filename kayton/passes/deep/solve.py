"""solve : Constrained -> Solved

Finds the types of the whole program: an instance of each function for each tuple of argument types that it is called with, and in
each instance a type for every variable of types.

    demands main.mean …    called with List[f64]    =>   instance "main.mean(List[f64])" … result=f64 (typing total f64) …

Types come from what flows, never from annotations alone (those are boundaries: LANGUAGE §3). A variable that is sometimes i64 and
sometimes f64 is `dyn`, as is what code of unknown type may change. Operations that are certain to fail when they are reached are written
down for check-failures: the program keeps its meaning (§3 rule 5). Instances that were only met on the way to the fixed point are dropped.
Where a class's field is `dyn`, its instances are told apart (`_kinds`).
What analysing a function came to is kept for later builds, which look only at functions that changed and at those that get other answers.
"""

from __future__ import annotations

from kayton.ir.constrained import CallSite, Cell, Constrained, Demands, Failing, Instance, Solved, Typing
from kayton.ir.node import replace
from kayton.ir.surface import Module, Program
from kayton.ir.types import NEVER, Type, text_of
from kayton.passes.deep._calls import site_of
from kayton.passes.deep._kinds import Kinds, between, joined, mixed, unclear
from kayton.passes.deep._rules import RULES
from kayton.passes.deep._solver import Inst, Solver
from kayton.passes.deep._trace_form import Traces
from kayton.passes.deep._traces import ended, typings
from kayton.passes.deep._world import World
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class Solve(Pass):
    source = Constrained
    target = Solved

    budget: int = 64
    """The most instances of one function; calls beyond them share one whose arguments are `dyn`."""

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        world = World.of(root).watched()
        kept = {m.name: Traces(m, world, self.budget, cx.summaries.known(self.name(), m.name)) for m in root.modules}
        solver = Solver(world, RULES, self.budget, {fn: found for traces in kept.values() for fn, found in traces.known.items()})
        entry = next(f for f in world.demands if f.endswith(".<start>"))
        found = _settled(solver, solver.run(entry))
        modules = [_with_instances(m, found, solver) for m in root.modules]
        for m in modules:
            kept[m.name].keep(m, solver, cx.summaries)
        if (apart := _apart(solver, entry)) is not None:
            modules = [_with_instances(m, apart[1], apart[0]) for m in root.modules]
        return Program(tuple(modules), id=root.id, span=root.span)


def _apart(s: Solver, entry: str) -> tuple[Solver, list[Inst]] | None:
    """The program solved again with the instances of classes told apart, where that says more of their fields."""
    fields = unclear(s.cells, s.world.types)
    while fields:
        explored, kept = _solved(s, entry, s.budget * 4, Kinds(fields))
        types = _types(explored, kept)
        bad = mixed(types, fields)
        if not bad:
            kinds = joined(explored.kinds, types, explored.cells)
            bad = set(fields) - kinds.gained()
        if not bad:
            final, kept = _solved(s, entry, s.budget, kinds)
            types = _types(final, kept)
            bad = mixed(types, fields) | between(types)
            if not bad:
                return final, kept
        fields = {path: names for path, names in fields.items() if path not in bad}
    return None


def _solved(s: Solver, entry: str, budget: int, kinds: Kinds) -> tuple[Solver, list[Inst]]:
    again = Solver(s.world, RULES, budget, kinds=kinds)
    return again, _settled(again, again.run(entry))


def _types(s: Solver, kept: list[Inst]) -> set[Type]:
    return {*s.cells.values(), *[t for i in kept for t in (*i.env.values(), *i.args, *i.captures)]}


def _settled(s: Solver, start: Inst) -> list[Inst]:
    """The instances that the program ends up with: those called with final types, and those that unknown code may call."""
    roots = [start, *[i for i in s.instances.values() if i.args == s.world.unknown_arguments(i.fn) and i.args]]
    found = dict.fromkeys(roots)
    waiting = list(roots)
    while waiting:
        inst = waiting.pop()
        if not ended(s, inst):
            s.end(inst)
        for called in [c for calls in inst.calls.values() for c in calls]:
            if called not in found:
                found[called] = None
                waiting.append(called)
    return list(found)


def _with_instances(m: Module, kept: list[Inst], s: Solver) -> Module:
    own = {i.name for i in m.body if not isinstance(i, Demands)}
    made = [_instance(i, s) for i in sorted(kept, key=name_of) if i.fn in own]
    cells = [Cell(c, text_of(t), s.cell_why.get(c, ""), id=f"{m.id}~solve.{c}") for c, t in sorted(s.cells.items()) if _home(c, own)]
    return replace(m, body=(*m.body, *cells, *made))


def _home(cell: str, own: set[str]) -> bool:
    return cell in own or cell.rpartition(".")[0].partition("[")[0] in own


def name_of(i: Inst) -> str:
    """An instance's name: its function and the types that it is called with."""
    captured = f"[{', '.join(map(text_of, i.captures))}]" if i.captures else ""
    return f"{i.fn}{captured}({', '.join(map(text_of, i.args))})"


def _texts(types: tuple[Type, ...]) -> tuple[str, ...]:
    return tuple(map(text_of, types))


def _instance(i: Inst, s: Solver) -> Instance:
    name = name_of(i)
    env, why = typings(i)
    made = [Typing(v, text_of(t), why.get(v, ""), id=f"{name}~solve.{v}") for v, t in sorted(env.items(), key=lambda found: found[0])]
    calls = [CallSite(site, tuple(sorted(map(name_of, called))), id=f"{name}~solve.{site}!") for site, called in sorted(i.calls.items(), key=lambda c: c[0])]
    failures = [d for d in s.world.demands[i.fn] if d.id in i.failures and env.get(d.target, NEVER) is NEVER] if i.failures else []
    failing = [Failing(site_of(d), i.failures[d.id], id=f"{name}~solve.{d.id}", span=d.span) for d in failures]
    parts = (name, i.fn, _texts(i.captures), _texts(i.args), _texts(s.outs(i)), text_of(i.result), tuple(made), tuple(calls), tuple(failing))
    return Instance(*parts, id=f"{name}~solve", span=s.world.functions[i.fn].span)
