"""What analysing an instance came to, step by step, so that a later build can repeat it without looking at the function's demands.

A step of the solver depends on what the function demands, on the steps before it, and on what it asks: what the instances that it calls give
so far, cells, declarations. It acts on the rest of the program: it calls, reads and writes cells, lets values escape. A step's trace has the questions with
their answers, the acts in order, and what came out. Where the answers are the same, a step does the same again; then it is repeated: the acts are
done, and no rule is run. (A verifying trace: Mokhov, Mitchell and Peyton Jones, Build systems à la carte, ICFP 2018.)

So a program is solved through the same states with traces and without, and nothing that comes out can differ: neither types nor reasons, nor
which instances a budget cuts off. Recursion and cells need no care of their own: what is reached from nothing, step by step, is the same fixed point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from kayton.ir.types import NEVER, Type

if TYPE_CHECKING:
    from kayton.passes.deep._solver import Inst, Key, Solver

Act = tuple
"""`("call", site, fn, captures, args)`, `("read", cell)`, `("write", cell, type)`, `("escape", type)` or `("unknown", fn, captures)`."""
Question = tuple[str, str]
"""A table of declarations (kayton/passes/deep/_world.py) and what was looked up in it."""


@attrs.frozen(eq=False)
class Step:
    """One step: the cells that it read and what the instances told that it called, what it did, and what came out."""

    reads: dict[str, tuple[Type, str]]
    """By cell, its type before the step, and how it became `dyn`."""
    asked: dict[Key, tuple[Type, ...]]
    acts: tuple[Act, ...]
    grown: tuple[tuple[str, Type], ...]
    whys: tuple[tuple[str, str], ...]
    told: tuple[Type, ...]
    """What the instance itself tells those that call it, after the step."""


@attrs.frozen(eq=False)
class End:
    """What an instance ends with: by place the instances that it calls, by demand what is certain to fail, and reasons that came last."""

    calls: dict[str, tuple[Key, ...]]
    failures: dict[str, str]
    whys: tuple[tuple[str, str], ...]


@attrs.define(eq=False)
class Trace:
    """The steps of an instance. A step that cannot be repeated ends what is known. `end` is None while it is not known."""

    needs: dict[Question, str] = attrs.field(factory=dict)
    """By question about a declaration, a hash of the answer."""
    steps: list[Step | None] = attrs.field(factory=list)
    end: End | None = None


class Recorder:
    """Writes down one step while it happens."""

    def __init__(self) -> None:
        self.acts: dict[Act, None] = {}
        self.asked: dict[Inst, None] = {}
        self.touched: dict[str, tuple[Type, str]] = {}
        """By cell, what it was when the step first came to it."""
        self.repeatable = True

    def step(self, s: Solver, inst: Inst, env: dict[str, Type], whys: int) -> Step | None:
        """The step that has just ended; it began with this environment, and this many reasons."""
        if not self.repeatable:
            return None
        reads = {act[1]: self.touched[act[1]] for act in self.acts if act[0] == "read"}
        asked = {i.key: s.told(i) for i in self.asked if i is not inst}
        grown = tuple([(v, t) for v, t in inst.env.items() if env.get(v) is not t])
        return Step(reads, asked, tuple(self.acts), grown, tuple(inst.why.items())[whys:], s.told(inst))


def repeats(s: Solver, inst: Inst) -> bool:
    """Does the instance's next step as its trace says, if that is what the step would do; whether it was."""
    past, at = inst.past, len(inst.trace.steps)
    if past is None or at >= len(past.steps) or not inst.repeated:
        return False
    step = past.steps[at]
    if step is None or len(step.told) != len(s.tellers(inst.fn)) or (at == 0 and not _as_needed(s, past)) or not _as_asked(s, step):
        return False
    inst.trace.steps.append(step)
    inst.trace.needs = past.needs
    for kind, *given in step.acts:
        _ACTS[kind](s, inst, *given)
    inst.env.update({v: t for v, t in zip(s.tellers(inst.fn), step.told, strict=True) if t is not NEVER})
    return True


def _as_needed(s: Solver, past: Trace) -> bool:
    return all([s.world.answer(question) == answer for question, answer in past.needs.items()])


def _as_asked(s: Solver, step: Step) -> bool:
    cells, whys, instances = s.cells, s.cell_why, s.instances
    for cell, (t, why) in step.reads.items():
        if cells.get(cell, NEVER) != t or whys.get(cell, "") != why:
            return False
    for key, told in step.asked.items():
        known = instances.get(key)
        if known is not None:
            if s.told(known) != told:
                return False
        elif any([t is not NEVER for t in told]) or 2 * s.counts.get(key[0], 0) >= s.budget:
            return False  # near the budget it depends on the order of calls what they get
    return True


_ACTS = {
    "call": lambda s, inst, site, fn, captures, args: s.call(inst, site, fn, args, captures),
    "read": lambda s, inst, cell: s.read(inst, cell),
    "write": lambda s, inst, cell, t: s.write(cell, t),
    "escape": lambda s, inst, t: s.escape(t),
    "unknown": lambda s, inst, fn, captures: s.unknown_call(fn, captures),
}


def recall(inst: Inst) -> None:
    """Makes the environment what the repeated steps left, so that rules can go on with it."""
    if inst.repeated:
        inst.repeated = False
        for step in inst.trace.steps:
            inst.env.update(step.grown)
            inst.why.update(step.whys)


def ended(s: Solver, inst: Inst) -> bool:
    """Gives a wholly repeated instance the calls and failures that it ended with; whether they are known."""
    end = inst.past.end if inst.past is not None and inst.is_as_before else None
    if end is None or not all([key in s.instances for keys in end.calls.values() for key in keys]):
        return False
    inst.trace.end = end
    inst.calls = {site: {s.instances[key]: None for key in keys} for site, keys in end.calls.items()}
    inst.failures = dict(end.failures)
    return True


def end(s: Solver, inst: Inst, whys: int) -> End:
    """What an instance has ended with, whose rules have been run once more; it had so many reasons before."""
    calls = {site: tuple([i.key for i in called]) for site, called in inst.calls.items()}
    return End(calls, dict(inst.failures), tuple(inst.why.items())[whys:])


def typings(inst: Inst) -> tuple[dict[str, Type], dict[str, str]]:
    """The types of an instance's variables, and how they became `dyn`."""
    if not inst.repeated:
        return inst.env, inst.why
    env, why = dict(inst.env), {}
    for step in inst.trace.steps:
        env.update(step.grown)
        why.update({v: w for v, w in step.whys if v not in why})
    return env, why | (dict(inst.trace.end.whys) if inst.trace.end is not None else {})
