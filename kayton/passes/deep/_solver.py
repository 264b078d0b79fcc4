"""The fixed point of whole-program inference: instances of functions, cells of globals and fields, and who waits for whom.

Each function is analysed once for each tuple of argument types that reaches it (the Cartesian product algorithm: Agesen, ECOOP 1995),
with an environment from variables of types to types that only grows. A function whose callee's result grew, or that reads a cell that grew,
is analysed again, until nothing changes. What is not certain to be one type is `dyn`, with the reason written down where it first is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from kayton.ir.constrained import Demand
from kayton.ir.types import ABSENT, DYN, NEVER, Fns, Object, Type, inside, is_user, join, mentions_dyn, parts
from kayton.passes.deep._demands import RESULT
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
    callers: set[Inst] = attrs.field(factory=set)
    calls: dict[str, set[Inst]] = attrs.field(factory=dict)
    """By the id of a place, the instances that it calls."""
    failures: dict[str, str] = attrs.field(factory=dict)
    """By the id of a demand, what is certain to fail there when it runs."""

    @property
    def result(self) -> Type:
        """What the function gives, as far as known."""
        return self.env.get(RESULT, NEVER)

    def type_of(self, variable: str) -> Type:
        """The type of a variable of types, as far as known."""
        return self.env.get(variable, NEVER)


class Solver:
    """All instances of a program. `budget` is the most that one function may have before the rest share one that is `dyn`."""

    def __init__(self, world: World, rules: dict[str, Callable[[Solver, Inst, Demand], Type]], budget: int) -> None:
        self.world = world
        self.rules = rules
        self.budget = budget
        self.instances: dict[Key, Inst] = {}
        self.counts: dict[str, int] = {}
        self.cells: dict[str, Type] = {}
        self.cell_why: dict[str, str] = {}
        self._readers: dict[str, set[Inst]] = {}
        self._waiting: dict[Inst, None] = {}
        self._escaped: set[Type] = set()

    def run(self, entry: str) -> Inst:
        """Analyses the program from its entry to the fixed point; gives the entry's instance."""
        start = self._instance(entry, (), ())
        while self._waiting:
            inst = next(reversed(self._waiting))  # a callee before its caller goes on: fewer rounds
            del self._waiting[inst]
            self._analyse(inst)
        return start

    def _analyse(self, inst: Inst) -> None:
        before = self._outcome(inst)
        changed = True
        while changed:
            changed = False
            for d in self.world.demands[inst.fn]:
                changed |= self._grow(inst, d, self.rules[d.rule](self, inst, d))
        if self._outcome(inst) != before:
            self._waiting.update(dict.fromkeys(inst.callers))

    def _outcome(self, inst: Inst) -> tuple[Type, ...]:
        return (inst.result, *self.outs(inst))

    def outs(self, inst: Inst) -> tuple[Type, ...]:
        """What the `mut` parameters hold when the function returns, in order."""
        return tuple([inst.type_of(p.name) for p in self.world.functions[inst.fn].params if p.mutable])

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

    def call(self, inst: Inst, site: str, fn: str, args: Iterable[Type], captures: tuple[Type, ...] = ()) -> Inst | None:
        """The instance that a place calls; None as long as an argument has no value."""
        args = tuple(args)
        if NEVER in args or NEVER in captures:
            return None
        called = self._instance(fn, captures, args)
        called.callers.add(inst)
        inst.calls.setdefault(site, set()).add(called)
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
            known = self.instances[fn, captures, args] = Inst(fn, captures, args)
            self.counts[fn] = self.counts.get(fn, 0) + 1
            f = self.world.functions[fn]
            known.env |= {f"%in.{p.name}": NEVER if a == ABSENT else a for p, a in zip(f.params, args, strict=True)}
            known.env |= dict(zip(f.captures, captures, strict=True))
            self._waiting[known] = None
        return known

    def read(self, inst: Inst, cell: str) -> Type:
        """The type of a global or a class's field, on whose growth the instance then waits."""
        self._readers.setdefault(cell, set()).add(inst)
        return self.cells.get(cell, NEVER)

    def write(self, cell: str, t: Type) -> None:
        """A value of this type may come into the cell."""
        old = self.cells.get(cell, NEVER)
        new = join(old, t)
        if new == old:
            return
        self.cells[cell] = new
        if new is DYN:
            self.cell_why.setdefault(cell, _reason(old, t))
        if mentions_dyn(new):
            self.escape(old)
            self.escape(t)
        self._waiting.update(dict.fromkeys(self._readers.get(cell, ())))

    def escape(self, t: Type) -> None:
        """A value of this type goes where its type is not known: its functions may be called, its objects changed, with anything."""
        if t in self._escaped:
            return
        self._escaped.add(t)
        for p in inside(t):
            if p.__class__ is Object:
                for f in self.world.types[p.path].fields:
                    self.write(f"{p.path}.{f.name}", self.world.crossed(DYN, f.guard))
            elif p.__class__ is Fns:
                for callee in p.callees:
                    self.unknown_call(callee.fn, callee.captures)
            for inner in parts(p):
                if is_user(inner):
                    self.escape(inner)

    def unknown_call(self, fn: str, captures: tuple[Type, ...] = ()) -> None:
        """The function may be called from code that inference does not see, with anything."""
        if fn in self.world.functions:
            self._instance(fn, captures, self.world.unknown_arguments(fn))


def _reason(old: Type, new: Type) -> str:
    """Why a variable became `dyn`."""
    if new is DYN:
        return ""
    return f"sometimes {old}, sometimes {new}"
