"""infer-effects : Solved -> Accounted

Finds what each function of the program does beyond giving a value (LANGUAGE §8), to a fixed point over the whole program.

    fn log(x): print(x)              =>   effects main.log io: print at <print(x)>
    fn work(x): log(x); x + 1        =>   effects main.work io: main.log at <log(x)>
    xs.map(f)                        has what the functions have that f can be there
    fn add(self): self.n += 1        =>   effects main.Counter.add state; a caller has it only where others can see the instance

A function that declares its effects has these for its callers, whatever it does: what is wrong with a declaration is said once, by
check-effects. Apart from solve, whose types do not depend on effects, and from the check, so that other passes can ask what is pure.
"""

from __future__ import annotations

from kayton.ir.constrained import Solved
from kayton.ir.effects import Accounted, Effects, Origin
from kayton.ir.node import replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import EFFECTS, Program
from kayton.passes.deep._acts import FRESH, STATE, Act, Function, Whole
from kayton.passes.framework import Cx, Pass, frozen

Found = dict[str, Act]
"""By key, the first act that has it."""


@frozen
class InferEffects(Pass):
    source = Solved
    target = Accounted

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        functions = Whole(root).functions
        acts = {name: list(f.acts()) for name, f in functions.items()}
        found = _fixed_point(functions, acts)
        modules = []
        for m in root.modules:
            made = [_effects(functions[i.name], found[i.name]) for i in m.body if isinstance(i, Fn) and i.name in found]
            modules.append(replace(m, body=(*m.body, *made)))
        return replace(root, modules=tuple(modules))


def _fixed_point(functions: dict[str, Function], acts: dict[str, list[Act]]) -> dict[str, Found]:
    found: dict[str, Found] = {name: {} for name in functions}
    callers: dict[str, set[str]] = {}
    for name, own in acts.items():
        for a in own:
            callers.setdefault(a.via, set()).add(name)
    waiting = dict.fromkeys(functions)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        before = len(found[name])
        for a in acts[name]:
            for key in a.keys or _through(a, functions, found):
                if key != FRESH:
                    found[name].setdefault(key, a)
        if len(found[name]) != before:
            waiting.update(dict.fromkeys(sorted(callers.get(name, ()))))
    return found


def _through(a: Act, functions: dict[str, Function], found: dict[str, Found]) -> list[str]:
    """The keys that a caller has by a call."""
    called = functions.get(a.via)
    if called is None:
        return []
    keys = [key for key in found[a.via] if called.fn.effects is None or (key.startswith(STATE) and STATE in called.fn.effects)]
    keys += [e for e in called.fn.effects or () if e != STATE]
    return [a.given.get(key.partition(":")[2], STATE) if key.startswith(f"{STATE}:") else key for key in keys]


def _effects(f: Function, found: Found) -> Effects:
    first: dict[str, Act] = {}
    for key, act in found.items():
        first.setdefault(key.partition(":")[0], act)
    base = f"{f.fn.id}~infer-effects"
    origins = [Origin(e, first[e].via, id=f"{base}.{k}", span=first[e].span or f.fn.span) for k, e in enumerate(EFFECTS) if e in first]
    return Effects(f.fn.name, tuple(origins), id=base, span=f.fn.span)
