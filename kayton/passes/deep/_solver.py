"""The fixed point of whole-program inference: instances of functions, cells of globals and fields, and who waits for whom.

Each function is analysed once for each tuple of argument types that reaches it (the Cartesian product algorithm: Agesen, ECOOP 1995),
with an environment from variables of types to types that only grows. A function whose callee's result grew, or that reads a cell that grew,
is analysed again, until nothing changes. What is not certain to be one type is `dyn`, with the reason written down where it first is.
What an earlier build traced is repeated (`_traces`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from heapq import heappop, heappush

import attrs

from kayton.ir.constrained import Demand
from kayton.ir.types import ABSENT, DYN, NEVER, App, Fns, Object, Type, argument, inside, is_user, join, join_all, mentions_dyn, parts
from kayton.passes.deep._demands import RESULT
from kayton.passes.deep._kinds import ONE_KIND, Kinds
from kayton.passes.deep._traces import Recorder, Trace, end, recall, repeats
from kayton.passes.deep._world import World

Key = tuple[str, tuple[Type, ...], tuple[Type, ...]]
"""A function, the types of what it captured, and those of its arguments."""


@attrs.define(eq=False)
class Inst:
    """A function under analysis for one tuple of argument types."""

    fn: str
    captures: tuple[Type, ...]
    args: tuple[Type, ...]
    env: dict[str, Type] = attrs.field(factory=dict)
    why: dict[str, str] = attrs.field(factory=dict)
    callers: dict[Inst, None] = attrs.field(factory=dict)
    calls: dict[str, dict[Inst, None]] = attrs.field(factory=dict)
    """By the id of a place, the instances that it calls, once all types are known."""
    failures: dict[str, str] = attrs.field(factory=dict)
    """By the id of a demand, what is certain to fail there when it runs."""
    due: bytearray = attrs.field(factory=bytearray)
    """By demand, whether what it makes may have changed since it was last looked at."""
    looked: list[list[tuple[str, Inst]]] = attrs.field(factory=list)
    """By demand, the places and instances that it called when it was last looked at."""
    index: int = 0
    waits: bool = False
    past: Trace | None = None
    """What an earlier build wrote down."""
    trace: Trace = attrs.field(factory=Trace)
    repeated: bool = True
    """All steps so far were repeated: of the environment, it has only what callers are told."""

    @property
    def key(self) -> Key:
        """What the instance is found by."""
        return self.fn, self.captures, self.args

    @property
    def is_as_before(self) -> bool:
        """Whether the steps were just those of the earlier build."""
        return self.past is not None and self.repeated and len(self.trace.steps) == len(self.past.steps)

    @property
    def result(self) -> Type:
        """What the function gives, as far as known."""
        return self.env.get(RESULT, NEVER)

    def type_of(self, variable: str) -> Type:
        """The type of a variable of types, as far as known."""
        return self.env.get(variable, NEVER)


class Solver:
    """All instances of a program. `budget` is the most that one function may have before the rest share one that is `dyn`."""

    def __init__(
        self, world: World, rules: dict[str, Callable[[Solver, Inst, Demand], Type]], budget: int, known: Mapping[str, dict[Key, Trace]] = {},
        kinds: Kinds = ONE_KIND,
    ) -> None:
        self.world = world
        self.rules = rules
        self.budget = budget
        self.kinds = kinds
        self.known = known
        """By function, the traces of its instances."""
        self.instances: dict[Key, Inst] = {}
        self.counts: dict[str, int] = {}
        self.cells: dict[str, Type] = {}
        self.cell_why: dict[str, str] = {}
        self._readers: dict[str, dict[Inst, None]] = {}
        self._waiting: list[int] = []
        """A heap of the places in `_made` of the instances that are to be analysed, each negative."""
        self._made: list[Inst] = []
        self._escaped: set[Type] = set()
        self._calls: list[tuple[str, Inst]] = []
        """What the rule that runs has called."""
        self._asks = False
        """Whether the rule that runs looks at more than its demand's sources."""
        self._recorder = Recorder()
        self._sources: dict[str, dict[str, list[int]]] = {}
        self._tellers: dict[str, tuple[str, ...]] = {}

    def run(self, entry: str) -> Inst:
        """Analyses the program from its entry to the fixed point; gives the entry's instance."""
        start = self._instance(entry, (), ())
        while self._waiting:  # the last made first: callees before a caller goes on
            inst = self._made[-heappop(self._waiting)]
            inst.waits = False
            self._analyse(inst)
        return start

    def _wake(self, found: Iterable[Inst]) -> None:
        for inst in found:
            if not inst.waits:
                inst.waits = True
                heappush(self._waiting, -inst.index)

    def _analyse(self, inst: Inst) -> None:
        before = self._outcome(inst)
        self._calls = []
        if not repeats(self, inst):
            self.recall(inst)
            self._step(inst)
        if self._outcome(inst) != before:
            self._wake(inst.callers)

    def _step(self, inst: Inst) -> None:
        """Runs the rules of the function's demands until nothing grows."""
        self._recorder = recorder = Recorder()
        self.world.seen.clear()
        env, whys = dict(inst.env), len(inst.why)
        demands, sources, due = self.world.demands[inst.fn], self._sources_of(inst.fn), inst.due
        changed = True
        while changed:
            changed = False
            at = due.find(1)
            while at >= 0:
                if self._look(inst, at):
                    changed = True
                    for k in sources.get(demands[at].target, ()):
                        due[k] = 1
                at = due.find(1, at + 1)
        inst.trace.steps.append(recorder.step(self, inst, env, whys))
        inst.trace.needs = {**inst.trace.needs, **dict.fromkeys(self.world.seen, "")}

    def _look(self, inst: Inst, at: int) -> bool:
        """Runs the rule of a demand; whether something grew."""
        d = self.world.demands[inst.fn][at]
        self._calls = inst.looked[at] = []
        self._asks = d.rule == "out"
        if d.id in inst.failures:
            del inst.failures[d.id]
        made = self.rules[d.rule](self, inst, d)
        inst.due[at] = self._asks
        return self._grow(inst, d, made)

    def recall(self, inst: Inst) -> None:
        """Makes an instance whose steps were repeated one that rules can look at."""
        if inst.repeated:
            recall(inst)
            size = len(self.world.demands[inst.fn])
            inst.due, inst.looked = bytearray(b"\1" * size), [[]] * size

    def end(self, inst: Inst) -> None:
        """Gives the instance the calls and failures that count: those with all types known, when each demand was last looked at."""
        whys = len(inst.why)
        if inst.repeated:
            self.recall(inst)
            whys = len(inst.why)
            self._recorder = Recorder()
            self.world.seen.clear()
            for at in range(len(inst.due)):
                self._look(inst, at)
            inst.trace.needs = {**inst.trace.needs, **dict.fromkeys(self.world.seen, "")}
        for calls in inst.looked:
            for site, called in calls:
                inst.calls.setdefault(site, {})[called] = None
        inst.trace.end = end(self, inst, whys)

    def _sources_of(self, fn: str) -> dict[str, list[int]]:
        """By variable of types, the demands of a function that it is a source of."""
        found = self._sources.get(fn)
        if found is None:
            found = self._sources[fn] = {}
            for k, d in enumerate(self.world.demands[fn]):
                for v in d.sources:
                    found.setdefault(v, []).append(k)
        return found

    def _outcome(self, inst: Inst) -> tuple[Type, ...]:
        return (inst.result, *self.outs(inst))

    def outs(self, inst: Inst) -> tuple[Type, ...]:
        """What the `mut` parameters hold when the function returns, in order."""
        return tuple([inst.type_of(p.name) for p in self.world.functions[inst.fn].params if p.mutable])

    def told(self, inst: Inst) -> tuple[Type, ...]:
        """All that those who call an instance look at."""
        return tuple([inst.type_of(v) for v in self.tellers(inst.fn)])

    def tellers(self, fn: str) -> tuple[str, ...]:
        """The variables of types of a function that those who call it look at."""
        found = self._tellers.get(fn)
        if found is None:
            params = self.world.functions[fn].params
            found = self._tellers[fn] = (RESULT, *[p.name for k, p in enumerate(params) if k == 0 or p.mutable])
        return found

    def _grow(self, inst: Inst, d: Demand, t: Type) -> bool:
        old = inst.type_of(d.target)
        new = join(old, t)
        if new == old:
            return False
        inst.env[d.target] = new
        if new is DYN:
            inst.why.setdefault(d.target, _reason(old, t))
        if mentions_dyn(new):
            self.escape(old)
            self.escape(t)
        return True

    # ── asked by rules ─────────────────────────────────────────────────────────────────────────────────────────────────

    # Whatever a rule learns of the rest of the program, or does to it, goes through here or the world's tables: so traces have it.

    def call(self, inst: Inst, site: str, fn: str, args: Iterable[Type], captures: tuple[Type, ...] = ()) -> Inst | None:
        """The instance that a place calls; None as long as an argument has no value."""
        args = tuple(args)
        if NEVER in args or NEVER in captures:
            return None
        self._asks = True
        called = self._instance(fn, captures, args)
        recorder = self._recorder
        recorder.acts["call", site, fn, captures, args] = None
        recorder.asked[called] = None
        if called.args is not args and called.args != args:
            recorder.repeatable = False  # the budget depends on what came before
        called.callers[inst] = None
        self._calls.append((site, called))
        return called

    def _instance(self, fn: str, captures: tuple[Type, ...], args: tuple[Type, ...]) -> Inst:
        known = self.instances.get((fn, captures, args))
        if known is None and self.counts.get(fn, 0) >= self.budget:
            for t in (*captures, *args):
                self.escape(t)
            captures = (DYN,) * len(captures)
            args = tuple([a if a == ABSENT else DYN for a in args])
            known = self.instances.get((fn, captures, args))
        if known is None:
            known = self.instances[fn, captures, args] = Inst(fn, captures, args, past=self.known.get(fn, {}).get((fn, captures, args)))
            self.counts[fn] = self.counts.get(fn, 0) + 1
            f = self.world.functions[fn]
            known.env |= {f"%in.{p.name}": NEVER if a == ABSENT else a for p, a in zip(f.params, args, strict=True)}
            known.env |= dict(zip(f.captures, captures, strict=True))
            known.index = len(self._made)
            self._made.append(known)
            self._wake((known,))
        return known

    def read(self, inst: Inst, cell: str) -> Type:
        """The type of a global or a class's field, on whose growth the instance then waits."""
        self._asks = True
        self._readers.setdefault(cell, {})[inst] = None
        t = self.cells.get(cell, NEVER)
        self._recorder.acts["read", cell] = None
        self._recorder.touched.setdefault(cell, (t, self.cell_why.get(cell, "")))
        return t

    def write(self, cell: str, t: Type) -> None:
        """A value of this type may come into the cell."""
        old = self.cells.get(cell, NEVER)
        self._recorder.acts["write", cell, t] = None
        self._recorder.touched.setdefault(cell, (old, self.cell_why.get(cell, "")))
        new = join(old, t)
        if new == old:
            return
        self.cells[cell] = new
        if new is DYN:
            self.cell_why.setdefault(cell, _reason(old, t))
        if mentions_dyn(new):
            self.escape(old)
            self.escape(t)
        self._wake(self._readers.get(cell, {}))

    def read_field(self, inst: Inst, t: Object, field: str) -> Type:
        """The type of a field of a class's instances."""
        return join_all([self.read(inst, kind.cell(field)) for kind in t.kinds()])

    def write_field(self, t: Object, field: str, value: Type) -> None:
        """A value of this type may come into the field of an instance."""
        for kind in t.kinds():
            self.write(kind.cell(field), value)

    def escape(self, t: Type) -> None:
        """A value of this type goes where its type is not known: its functions may be called, its objects changed, with anything."""
        if not _reaches(t):
            return
        self._recorder.acts["escape", t] = None
        if t in self._escaped:
            return
        self._escaped.add(t)
        if t.__class__ is Object:
            for f in self.world.types[t.path].fields:
                self.write_field(t, f.name, self.world.crossed(DYN, f.guard))
        elif t.__class__ is Fns:
            for callee in t.callees:
                self.unknown_call(callee.fn, callee.captures)
        for inner in [argument(t, k) for k in range(len(t.args))] if t.__class__ is App and is_user(t) else parts(t):
            self.escape(inner)

    def unknown_call(self, fn: str, captures: tuple[Type, ...] = ()) -> None:
        """The function may be called from code that inference does not see, with anything."""
        if fn in self.world.functions:
            self._recorder.acts["unknown", fn, captures] = None
            self._instance(fn, captures, self.world.unknown_arguments(fn))


@lru_cache(maxsize=None)
def _reaches(t: Type) -> bool:
    """Whether code of unknown type can call or change something by a value of this type."""
    return any(p.__class__ is Object or p.__class__ is Fns for p in inside(t))


def _reason(old: Type, new: Type) -> str:
    """Why a variable became `dyn`."""
    if new is DYN:
        return ""
    return f"sometimes {old}, sometimes {new}"
