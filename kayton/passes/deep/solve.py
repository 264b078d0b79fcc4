"""solve : Constrained -> Solved

Finds the types of the whole program: an instance of each function for each tuple of argument types that it is called with, and in
each instance a type for every variable of types.

    demands main.mean …    called with List[f64]    =>   instance "main.mean(List[f64])" … result=f64 (typing total f64) …

Types come from what flows, never from annotations alone (those are boundaries: LANGUAGE §3). A variable that is sometimes i64 and
sometimes f64 is `dyn`, as is what code of unknown type may change. Operations that are certain to fail when they are reached are written
down for check-failures: the program keeps its meaning (§3 rule 5). Instances that were only met on the way to the fixed point are dropped.
"""

from __future__ import annotations

from kayton.ir.constrained import CallSite, Cell, Constrained, Demands, Failing, Instance, Solved, Typing
from kayton.ir.node import replace
from kayton.ir.surface import Module, Program
from kayton.ir.types import NEVER, Type
from kayton.passes.deep._calls import site_of
from kayton.passes.deep._rules import RULES
from kayton.passes.deep._solver import Inst, Solver
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
        world = World.of(root)
        solver = Solver(world, RULES, self.budget)
        entry = next(f for f in world.functions if f.endswith(".<start>"))
        kept = _settled(solver, solver.run(entry))
        modules = [_with_instances(m, kept, solver) for m in root.modules]
        return Program(tuple(modules), id=root.id, span=root.span)


def _settled(s: Solver, start: Inst) -> list[Inst]:
    """The instances that the program ends up with: those called with final types, and those that unknown code may call."""
    for inst in s.instances.values():
        inst.calls.clear()
        inst.failures.clear()
        inst.callers.clear()
    roots = [start, *[i for i in s.instances.values() if i.args == s.world.unknown_arguments(i.fn) and i.args]]
    found = dict.fromkeys(roots)
    waiting = list(roots)
    while waiting:
        inst = waiting.pop()
        for d in s.world.demands[inst.fn]:
            RULES[d.rule](s, inst, d)
        for called in [c for calls in inst.calls.values() for c in calls]:
            if called not in found:
                found[called] = None
                waiting.append(called)
    return list(found)


def _with_instances(m: Module, kept: list[Inst], s: Solver) -> Module:
    own = {i.name for i in m.body if not isinstance(i, Demands)}
    made = [_instance(i, s) for i in sorted(kept, key=name_of) if i.fn in own]
    cells = [Cell(c, str(t), s.cell_why.get(c, ""), id=f"{m.id}~solve.{c}") for c, t in sorted(s.cells.items()) if _home(c, own)]
    return replace(m, body=(*m.body, *cells, *made))


def _home(cell: str, own: set[str]) -> bool:
    return cell in own or cell.rpartition(".")[0] in own


def name_of(i: Inst) -> str:
    """An instance's name: its function and the types that it is called with."""
    captured = f"[{', '.join(map(str, i.captures))}]" if i.captures else ""
    return f"{i.fn}{captured}({', '.join(map(str, i.args))})"


def _texts(types: tuple[Type, ...]) -> tuple[str, ...]:
    return tuple(map(str, types))


def _instance(i: Inst, s: Solver) -> Instance:
    name = name_of(i)
    typings = [Typing(v, str(t), i.why.get(v, ""), id=f"{name}~solve.{v}") for v, t in sorted(i.env.items())]
    calls = [CallSite(site, tuple(sorted(map(name_of, called))), id=f"{name}~solve.{site}!") for site, called in sorted(i.calls.items())]
    outs = _texts(s.outs(i))
    failures = [d for d in s.world.demands[i.fn] if d.id in i.failures and i.type_of(d.target) is NEVER]
    failing = [Failing(site_of(d), i.failures[d.id], id=f"{name}~solve.{d.id}", span=d.span) for d in failures]
    made = (name, i.fn, _texts(i.captures), _texts(i.args), outs, str(i.result), tuple(typings), tuple(calls), tuple(failing))
    return Instance(*made, id=f"{name}~solve", span=s.world.functions[i.fn].span)
