"""Traces as data that can be kept: what `solve` keeps of a function, and back.

    {"body": HASH, "types": [text…], "instances": [{"key": …, "needs": …, "steps": …, "end": …}…]}

Types are numbers of a row of texts. What does not read as that, for whatever reason, is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from kayton.ir.constrained import Cell, Demand, Demands, Instance
from kayton.ir.resolved import Fn, TypeDecl
from kayton.ir.surface import Module
from kayton.ir.types import Type, inside, is_user, path_of, read_type, text_of
from kayton.passes.deep._solver import Inst, Key, Solver
from kayton.passes.deep._traces import End, Step, Trace
from kayton.passes.deep._world import World, content
from kayton.ir.summaries import Summaries

_LONGEST, _DEEPEST = 20_000, 100
"""No type that inference makes has a text of more characters or brackets."""


class Traces:
    """The traces of one module's functions: those of an earlier build, and what is kept for the next."""

    def __init__(self, m: Module, world: World, budget: int, kept: Mapping[str, Any]) -> None:
        self.world, self.kept = world, kept
        found = [i for i in m.body if isinstance(i, Demands)]
        self.bodies = {i.fn: f"{_body_hash(world.functions[i.fn], i.demands)} {budget}" for i in found}
        self.known = {fn: _read(body, kept[fn], world) for fn, body in self.bodies.items() if fn in kept}

    def keep(self, m: Module, s: Solver, summaries: Summaries) -> None:
        """Keeps what the module's functions came to, and says which of them were analysed."""
        by_fn: dict[str, list[Inst]] = {}
        for inst in s.instances.values():
            if inst.fn in self.bodies:
                by_fn.setdefault(inst.fn, []).append(inst)
        made = {}
        for fn, instances in by_fn.items():
            same = len(instances) == len(self.known.get(fn, ())) and all([i.is_as_before and i.trace.end is i.past.end for i in instances])
            made[fn] = self.kept[fn] if same else _written(self.bodies[fn], instances, self.world)
        analysed = [fn for fn, instances in by_fn.items() if not all([i.repeated for i in instances])]
        summaries.keep("solve", m.name, made, self._interface(m), len(by_fn), analysed)

    def _interface(self, m: Module) -> str:
        """A hash of what other modules see of this one: its declarations, and what its functions give for which types."""
        rows = [f"{i.name} {i.outs} {i.result}" for i in m.body if isinstance(i, Instance)]
        rows += [f"{i.name} {i.type}" for i in m.body if isinstance(i, Cell)]
        rows += [repr(content(i)) for i in m.body if isinstance(i, Fn | TypeDecl)]
        return _hash("\n".join(sorted(rows)))


def _body_hash(fn: Fn, demands: tuple[Demand, ...]) -> str:
    """A hash of all that inference reads of a function, wherever it stands in its file."""
    rows = [f"{d.id} {d.target} {d.rule} {d.sources} {d.detail}" for d in demands]
    return _hash("\n".join([repr(content(fn)), *rows]))


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Writer:
    """Writes the instances of one function."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.types: dict[Type, int] = {}

    def type(self, t: Type) -> int:
        return self.types.setdefault(t, len(self.types))

    def all(self, types: tuple[Type, ...]) -> list[int]:
        return [self.type(t) for t in types]

    def key(self, key: Key) -> list[Any]:
        fn, captures, args = key
        return [fn, self.all(captures), self.all(args)]

    def act(self, act: tuple[Any, ...]) -> list[Any]:
        return [self.type(x) if isinstance(x, Type) else self.all(x) if isinstance(x, tuple) else x for x in act]

    def step(self, s: Step | None) -> Any:
        if s is None:
            return None
        reads = [[cell, self.type(t), why] for cell, (t, why) in s.reads.items()]
        asked = [[self.key(key), self.all(told)] for key, told in s.asked.items()]
        grown = [[v, self.type(t)] for v, t in s.grown]
        return [reads, asked, [self.act(a) for a in s.acts], grown, [list(w) for w in s.whys], self.all(s.told)]

    def end(self, e: End | None) -> Any:
        return None if e is None else [[[site, [self.key(k) for k in keys]] for site, keys in e.calls.items()], e.failures, [list(w) for w in e.whys]]

    def instance(self, inst: Inst) -> dict[str, Any]:
        needs = [[*question, self.world.answer(question)] for question in sorted(inst.trace.needs)]
        return {"key": self.key(inst.key), "needs": needs, "steps": [self.step(s) for s in inst.trace.steps], "end": self.end(inst.trace.end)}


def _written(body: str, instances: list[Inst], world: World) -> dict[str, Any]:
    """What is kept of a function with this body and these instances."""
    w = _Writer(world)
    made = [w.instance(i) for i in instances]
    return {"body": body, "types": list(map(text_of, w.types)), "instances": made}


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Reader:
    """Reads the instances of one function. Raises what Python raises where something is not as it should be."""

    def __init__(self, texts: list[str], world: World) -> None:
        self.world = world
        self.types = [self._type(text) for text in texts]

    def _type(self, text: str) -> Type:
        if len(text) > _LONGEST or sum(map(text.count, "[({")) > _DEEPEST or text_of(found := read_type(text)) != text:
            raise ValueError(text)
        if not all([path_of(p) in self.world.types for p in inside(found) if is_user(p)]):
            raise ValueError(text)
        return found

    def all(self, numbers: list[int]) -> tuple[Type, ...]:
        return tuple([self.types[n] for n in numbers])

    def key(self, data: list[Any]) -> Key:
        fn, captures, args = data[0], self.all(data[1]), self.all(data[2])
        declared = self.world.functions[fn]
        if (len(declared.captures), len(declared.params)) != (len(captures), len(args)):
            raise ValueError(fn)
        return fn, captures, args

    def act(self, data: list[Any]) -> tuple[Any, ...]:
        kind = data[0]
        if kind == "call":
            return kind, _text(data[1]), *self.key(data[2:])
        if kind == "unknown":
            _, fn, captures = data
            return kind, _text(fn), self.all(captures)
        if kind == "write":
            _, cell, t = data
            return kind, _text(cell), self.types[t]
        _, what = data
        return ("escape", self.types[what]) if kind == "escape" else ({"read": "read"}[kind], _text(what))

    def step(self, data: Any) -> Step | None:
        if data is None:
            return None
        reads, asked, acts, grown, whys, told = data
        return Step(
            {_text(cell): (self.types[t], _text(why)) for cell, t, why in reads}, {self.key(key): self.all(told) for key, told in asked},
            tuple(map(self.act, acts)), tuple([(_text(v), self.types[t]) for v, t in grown]), _pairs(whys), self.all(told),
        )  # fmt: skip

    def end(self, data: Any) -> End | None:
        if data is None:
            return None
        calls, failures, whys = data
        made = {_text(site): tuple(map(self.key, keys)) for site, keys in calls}
        return End(made, {_text(d): _text(message) for d, message in failures.items()}, _pairs(whys))

    def instance(self, data: dict[str, Any]) -> tuple[Key, Trace]:
        needs = {(_table(table), _text(key)): _text(answer) for table, key, answer in data["needs"]}
        return self.key(data["key"]), Trace(needs, [self.step(s) for s in data["steps"]], self.end(data["end"]))


def _read(body: str, data: Any, world: World) -> dict[Key, Trace]:
    """The traces of a function's instances; none where they are of another body, or cannot be read."""
    try:
        if data["body"] != body:
            return {}
        reader = _Reader(data["types"], world)
        return dict([reader.instance(i) for i in data["instances"]])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return {}


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError("not a text")
    return data


def _table(data: Any) -> str:
    if data not in ("functions", "types", "variants", "methods", "hooks", "owners"):
        raise ValueError("no table")
    return data


def _pairs(data: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple([(_text(v), _text(why)) for v, why in data])
