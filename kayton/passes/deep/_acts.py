"""What each function does by itself: the built-ins with effects that it calls, the instances that it changes, the functions that it calls.

A *key* is an effect, or `state:x`: it changes the class instance that its parameter or captured variable x refers to. What the caller gives
for x says whether anybody else can see that: an instance that the caller made itself is its own matter (`fresh`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kayton.ir.constrained import Cell, Instance
from kayton.ir.core import Construct
from kayton.ir.effects import effect_of
from kayton.ir.native_types import method_type
from kayton.ir.node import Node, Span, walk
from kayton.ir.resolved import (
    Bind,
    CallFn,
    CallNative,
    CallValue,
    Cast,
    FieldStep,
    Fn,
    FnRef,
    GlobalRef,
    IndexStep,
    Local,
    MakeClosure,
    MutArg,
    Place,
)
from kayton.ir.surface import Arg, Assign, Block, If, MethodCall, Program, Return
from kayton.ir.typed import LastUse
from kayton.ir.types import DYN, NEVER, App, Fns, Object, Type, argument, inside, join_all, members, read_type
from kayton.passes.deep._world import World

STATE, FRESH, BUILDER = "state", "fresh", "std.text.Builder"
_CALLS = frozenset((CallFn, CallNative, CallValue, MethodCall))
_ACTING = _CALLS | {Assign, Bind, GlobalRef}


class Act(NamedTuple):
    """Has the effects `keys` itself, or calls the function `via` of the program, giving `given` for its parameters."""

    span: Span | None
    via: str = ""
    keys: tuple[str, ...] = ()
    given: dict[str, str] = {}


class Whole:
    """The program as acts look it up."""

    def __init__(self, root: Program) -> None:
        self.world = World.of(root)
        items = [i for m in root.modules for i in m.body]
        self.cells = {i.name: read_type(i.type) for i in items if isinstance(i, Cell)}
        self.instances: dict[str, list[Instance]] = {}
        for i in items:
            if isinstance(i, Instance):
                self.instances.setdefault(i.fn, []).append(i)
        self.fn_of = {i.name: i.fn for found in self.instances.values() for i in found}
        named = [n for f in self.world.functions.values() if f.body is not None for n in walk(f.body) if isinstance(n, FnRef | MakeClosure)]
        self.values = sorted({n.fn for n in named if n.fn in self.world.functions})
        """The functions that are values somewhere: those that an unknown one may be."""
        self.functions = {name: Function(self, f) for name, f in self.world.functions.items() if f.body is not None}
        self.changing = {c for f in self.functions.values() for _, _, c in f.stores()}
        """The classes of which some instance is changed after it was made."""

    def leads_to_change(self, t: Type) -> bool:
        """Whether a value of the type holds, at any depth, an instance that the program changes."""
        seen: set[Type] = set()
        todo = [t]
        while todo:
            for p in inside(todo.pop()):
                if p in seen:
                    continue
                seen.add(p)
                if p == App(BUILDER) or (p is DYN and self.changing) or (isinstance(p, Object) and p.path in self.changing):
                    return True
                if isinstance(p, Object):
                    todo += [self.cells.get(p.cell(f.name), NEVER) for f in self.world.types[p.path].fields]
        return False


class Function:
    """One function."""

    def __init__(self, program: Whole, fn: Fn) -> None:
        self.program, self.world, self.fn = program, program.world, fn
        self.envs = [{t.variable: read_type(t.type) for t in i.typings} for i in program.instances.get(fn.name, ())]
        self.called: dict[str, set[str]] = {}
        for i in program.instances.get(fn.name, ()):
            for c in i.calls:
                self.called.setdefault(c.site, set()).update([program.fn_of[name] for name in c.instances])
        self.given = {*[p.name for p in fn.params], *fn.captures}
        self.defined: dict[str, list[Node]] = {}
        self.nodes = [n for n in walk(fn.body) if n.__class__ in _ACTING or n.id in self.called]
        """What may do something, in the order of the text."""
        for n in self.nodes:
            if isinstance(n, Bind):
                self.defined.setdefault(n.name, []).append(n.value)
            elif isinstance(n, Assign) and not n.target.steps and isinstance(n.target.root, Local | LastUse):
                self.defined.setdefault(n.target.root.name, []).append(n.value)
        self._roots: dict[str, str] = {}
        self._fresh: bool | None = None

    def type_of(self, n: Node) -> Type:
        """What the value may be in any instance."""
        name = n.name if isinstance(n, Local | LastUse) else n.id or ""
        return join_all([env.get(name, NEVER) for env in self.envs])

    # ── whose instance it is ───────────────────────────────────────────────────────────────────────────────────────────

    def root(self, n: Node | None) -> str:
        """Whose an instance is: `fresh`, `state:x` of a parameter or captured variable, `state` where that is not known."""
        if isinstance(n, Local | LastUse):
            return self._variable(n.name)
        if isinstance(n, Place):
            return STATE if n.steps else self.root(n.root)
        if isinstance(n, MutArg | Arg | Cast | Block):
            return self.root(n.place if isinstance(n, MutArg) else n.result if isinstance(n, Block) else n.value)
        if isinstance(n, If):
            return _same([self.root(n.then), self.root(n.otherwise)])
        made = isinstance(n, Construct) or (isinstance(n, CallNative) and n.name == BUILDER) or (isinstance(n, CallFn) and self._makes(n.fn))
        return FRESH if made else STATE

    def _variable(self, name: str) -> str:
        if name not in self._roots:
            self._roots[name] = STATE  # what is defined by itself is not looked into
            found = [self.root(e) for e in self.defined.get(name, ())]
            self._roots[name] = _same([*found, *([f"{STATE}:{name}"] if name in self.given else [])])
        return self._roots[name]

    def _makes(self, fn: str) -> bool:
        """Whether a function gives an instance that it has just made."""
        called = self.program.functions.get(fn)
        return fn in self.world.types if fn in self.world.types or called is None else called.gives_fresh()

    def gives_fresh(self) -> bool:
        """Whether all that the function gives are instances that it has just made."""
        if self._fresh is None:
            self._fresh = False  # what is given by itself, also through others, is not looked into
            left = [n.value for n in walk(self.fn.body) if isinstance(n, Return)]
            self._fresh = _same([self.root(n) for n in (self.fn.body, *left)]) == FRESH
        return self._fresh

    # ── what it changes ────────────────────────────────────────────────────────────────────────────────────────────────

    def stores(self) -> Iterator[tuple[Node, Place, str]]:
        """The places in class instances that may change, with the class."""
        for n in self.nodes:
            for p in _changed(n):
                if not (isinstance(n, MethodCall) and p is n.receiver) or self._changes_receiver(n):
                    for path in self._objects(p)[-1:]:
                        yield n, p, path

    def _changes_receiver(self, n: MethodCall) -> bool:
        functions = [self.world.functions[f] for f in self.called.get(n.id or "", ())]
        if functions:
            return any(f.params and f.params[0].mutable for f in functions)
        signature = method_type(self.world.owner(self.type_of(n.receiver)), n.name)
        return signature is not None and signature.changes

    def _objects(self, p: Place) -> list[str]:
        """The classes of the instances on the way to a place."""
        found: list[str] = []
        t = self.type_of(p.root)
        for step in p.steps:
            found += [m.path for m in members(t) if isinstance(m, Object)]
            t = join_all([self._stepped(m, step) for m in members(t)])
        return found

    def _stepped(self, t: Type, step: Node) -> Type:
        if isinstance(t, Object):
            return self.program.cells.get(t.cell(step.name), NEVER) if isinstance(step, FieldStep) else NEVER
        if not isinstance(t, App) or not t.args:
            return t if t is DYN else NEVER
        if isinstance(step, IndexStep):
            return t.args[-1]
        at = self.world.field(t, step.name) if isinstance(step, FieldStep) else step.index
        return argument(t, at) if at is not None and at < len(t.args) else NEVER

    # ── all that it does ───────────────────────────────────────────────────────────────────────────────────────────────

    def acts(self) -> Iterator[Act]:
        """What the function does, in the order of its text."""
        for n, p, _ in self.stores():
            yield Act(n.span, "", (self.root(p.root) if len(self._objects(p)) == 1 else STATE,))
        for n in self.nodes:
            if isinstance(n, GlobalRef) and self.program.leads_to_change(self.program.cells.get(n.name, NEVER)):
                yield Act(n.span, "", (STATE,))
            for native in self._natives(n):
                effect = effect_of(native)
                if effect is not None:
                    yield Act(n.span, native, (effect,))
                if native == f"{BUILDER}.push" and isinstance(n, MethodCall):
                    yield Act(n.span, native, (self.root(n.receiver),))
            for fn in sorted(self._callees(n)):
                yield Act(n.span, fn, (), self._arguments(n, self.world.functions[fn]))

    def _natives(self, n: Node) -> list[str]:
        """The built-ins that a node calls, those among them that are function values included."""
        if not isinstance(n, CallNative | MethodCall | CallValue):
            return []
        values = [n.callee] if isinstance(n, CallValue) else [a.value if isinstance(a, Arg) else a for a in n.args]
        types = [self.type_of(v) for v in values]
        found = [c.fn for t in types if isinstance(t, Fns) for c in t.callees if c.fn not in self.world.functions]
        if isinstance(n, CallNative):
            return [n.name, *found]
        owner = self.world.owner(self.type_of(n.receiver)) if isinstance(n, MethodCall) else ""
        return [f"{owner}.{n.name}", *found] if owner.startswith("std.") else found

    def _callees(self, n: Node) -> set[str]:
        found = set(self.called.get(n.id or "", ()))
        if isinstance(n, CallFn):
            found.add(n.fn)
        elif isinstance(n, CallValue) and self.type_of(n.callee) is DYN:
            found.update(self.program.values)
        elif isinstance(n, MethodCall) and (self.type_of(n.receiver) is DYN or not self.envs):
            named = {methods[n.name] for methods in self.world.methods.values() if n.name in methods}
            found |= named if self.envs or len(named) == 1 else set()
        return found & self.world.functions.keys()

    def _arguments(self, n: Node, called: Fn) -> dict[str, str]:
        """Whose the instances are that the parameters and captured variables of a function get."""
        args: list[Node] = [n.receiver, *n.args] if isinstance(n, MethodCall) else [*getattr(n, "args", ())]
        direct = args if isinstance(n, CallFn | MethodCall | CallValue) and len(args) <= len(called.params) else []
        positions = {p.keyword: k for k, p in enumerate(called.params)}
        found = {}
        for k, a in enumerate(direct):
            at = positions.get(a.name, k) if isinstance(a, Arg) and a.name else k
            found[called.params[at].name] = self.root(a)
        if called.name.startswith(f"{self.fn.name}.") and called.captures:
            found |= {name: self._variable(name) for name in called.captures}
        return found


def _same(roots: Sequence[str]) -> str:
    return roots[0] if roots and len(set(roots)) == 1 else STATE


def _changed(n: Node) -> list[Place]:
    """The places that a node changes, or gives to what may."""
    if isinstance(n, Assign):
        return [n.target]
    places = [a.place if isinstance(a, MutArg) else getattr(a, "value", None) for a in getattr(n, "args", ()) if isinstance(a, MutArg | Arg)]
    return [p for p in [*places, getattr(n, "receiver", None)] if isinstance(p, Place)]
