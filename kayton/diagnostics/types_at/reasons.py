"""Why a variable of types has its type: what was demanded of it, and where a type that is known only at run time comes from."""

from __future__ import annotations

import re
import attrs

from kayton.diagnostics import thunks
from kayton.diagnostics.types_at.solved import Solved
from kayton.ir.constrained import Demand, Instance
from kayton.ir.node import Span

_DYN = re.compile(r"\bdyn\b")
_SILENT = {"unit", "then-unit"}
"""Rules of which nobody asks why."""
_PASSING = {"same", "then", "branches", "store", "cast", "read"}
"""Rules that hand a type on from one place to another."""


@attrs.frozen
class Reason:
    """At a place something made a variable at least this type: `what` says how, in words."""

    span: Span | None
    what: str
    type: str


def mentions_dyn(t: str) -> bool:
    """Whether a part of a type is known only at run time."""
    return _DYN.search(t) is not None


def reasons(solved: Solved, instance: Instance, variable: str) -> list[Reason]:
    """What each place demands of a variable, in the order in which the function runs; what is still unreached demands nothing."""
    if variable.startswith("%in."):
        return []
    made = []
    for d in solved.demands[instance.fn]:
        if d.target != variable or d.rule in _SILENT:
            continue
        t = _contributed(solved, instance, d)
        if t != "never":
            made.append(Reason(d.span, said(solved, instance, d), t))
    return made


def stored(solved: Solved, cell: str) -> list[Reason]:
    """What is stored in a global, over the whole program."""
    return [
        Reason(d.span, f"in {instance.name}", solved.type_of(instance, d.sources[0]))
        for instance in solved.instances.values()
        for d in solved.demands[instance.fn]
        if d.rule == "set-global" and d.detail == cell
    ]


def said(solved: Solved, instance: Instance, d: Demand) -> str:
    """A demand in words."""
    types = [solved.type_of(instance, v) for v in d.sources]
    given = [t for t in types if t != "absent"]
    called = [i.name for i in solved.called(instance, d.target)]
    if called:
        return f"calls {' or '.join(called)}"
    if d.rule == "binary" and len(types) == 2:
        return f"{types[0]} {d.detail} {types[1]}"
    if d.rule == "method":
        return f"{d.detail.split()[0]} of {types[0]}"
    words = _WORDS.get(d.rule, "")
    return words.format(detail=d.detail.partition("#")[0], first=given[0] if given else "", types=" and ".join(given))


_WORDS = {
    "type": "is written here", "list": "a list of {types}", "set": "a set of {types}", "map": "a map of {types}", "tuple": "a tuple",
    "repeat": "a list of {first}", "range": "a range", "same": "gets this value", "then": "what it ends with", "branches": "what its branches give",
    "bool": "a condition", "prim": "{detail}", "unary": "{detail} {first}", "shown": "text", "field": "the field {detail} of {first}",
    "part": "part {detail} of {first}", "index": "an item of {first}", "slice": "a slice of {first}", "slot": "a part of {first}",
    "construct": "a new {detail}", "variant": "{detail}", "function": "the function {detail}", "cast": "crosses the boundary {detail}",
    "success": "the value in {first}", "failure": "the failure in {first}", "fill": "the default", "global": "the global {detail}",
    "item": "items of {first}", "read": "what is in it", "store": "a value is stored", "append": "an item is added", "put": "an entry is added",
    "out": "what the call leaves in it", "native": "what {detail} gives", "apply": "what the call of {first} gives",
    "call": "what {detail} gives",
}  # fmt: skip


def _contributed(solved: Solved, instance: Instance, d: Demand) -> str:
    """The type that a demand adds: that of the value for what only hands it on, else the place's own."""
    if d.rule == "store" and not d.detail:
        return solved.type_of(instance, d.sources[1])
    handed_on = d.rule == "same" and len(d.sources) == 1
    return solved.type_of(instance, d.sources[0] if handed_on else d.target)


# ── where `dyn` comes from ─────────────────────────────────────────────────────────────────────────────────────────────


def origin(solved: Solved, instance: Instance, variable: str) -> list[Reason]:
    """The way from a variable whose type is known only at run time back to where that began, each step with its place."""
    steps: list[Reason] = []
    seen: set[tuple[str, str]] = set()
    at: tuple[Instance, str] | None = (instance, variable)
    while at is not None and (at[0].name, at[1]) not in seen:
        seen.add((at[0].name, at[1]))
        at = _back(solved, *at, steps)
    return steps


def _back(solved: Solved, instance: Instance, variable: str, steps: list[Reason]) -> tuple[Instance, str] | None:
    """Adds what made a variable `dyn`, and gives the variable that it has that from, if it has it from one."""
    why = solved.why(instance, variable)
    found = [d for d in solved.demands[instance.fn] if d.target == variable]
    if why:
        steps.append(Reason(found[-1].span if found else None, why, "dyn"))
        return None
    if variable.startswith("%in."):
        return _back_to_caller(solved, instance, variable, steps)
    for d in found:
        called = [i for i in solved.called(instance, d.target) if mentions_dyn(i.result)]
        source = next((v for v in d.sources if v != variable and mentions_dyn(solved.type_of(instance, v))), None)
        if called and d.rule not in _PASSING:
            steps.append(Reason(d.span, f"calls {called[0].name}, which gives {called[0].result}", called[0].result))
            return called[0], "%result"
        cell = d.detail if d.rule == "global" else ""
        if cell and cell in solved.cells:
            steps.append(Reason(d.span, solved.cells[cell].why or f"the global {cell}", solved.cells[cell].type))
            return None
        if source is not None:
            if d.rule not in _PASSING:
                steps.append(Reason(d.span, said(solved, instance, d), solved.type_of(instance, variable)))
            return instance, source
        if mentions_dyn(_contributed(solved, instance, d)):
            steps.append(Reason(d.span, _began(d, said(solved, instance, d)), "dyn"))
            return None
    return None


def remedy(steps: list[Reason]) -> str:
    """What would give a type to what these steps led back to; "" where nothing is known."""
    began = steps[-1].what if steps else ""
    return thunks.suggestion("KT0101", "") if "known only at run time" in began else thunks.remedy(began)


def _began(d: Demand, words: str) -> str:
    return f"{words}, which is known only at run time" if d.rule in ("native", "method", "apply") else words


def _back_to_caller(solved: Solved, instance: Instance, variable: str, steps: list[Reason]) -> tuple[Instance, str] | None:
    params = [f"%in.{p.name}" for p in solved.functions[instance.fn].params]
    number = params.index(variable)
    for caller, site in solved.callers(instance.name):
        for d in solved.demands[caller.fn]:
            if d.target == site and d.rule == "call" and mentions_dyn(solved.type_of(caller, d.sources[number])):
                steps.append(Reason(d.span, f"{caller.name} calls it with {solved.type_of(caller, d.sources[number])}", "dyn"))
                return caller, d.sources[number]
    steps.append(Reason(solved.functions[instance.fn].span, "code of unknown type may call it, with anything", "dyn"))
    return None
