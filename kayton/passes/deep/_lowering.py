"""Lowering one instance: the function's tree with every operation chosen by the types that inference found.

`value(n)` gives the lowered expression, whose type is `type_of(n)`; `to(n, t)` gives it as a value of type `t`; `effect(n)` lowers what
stands for its effect only. What a table has no entry for, or a type stands against, raises `Refused`: then that operation alone is taken
out of the function (`_outlining`), and where that cannot be, the instance stays bytecode.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import attrs

from kayton.ir.constrained import Instance
from kayton.ir.mono import Apply, Direct, MonoFn, TypedParam, Widen
from kayton.ir.node import Node
from kayton.ir.resolved import Bind, CheckParam, FieldStep, Fn, Local, LocalType, PartStep, Step
from kayton.ir.surface import Block, Expr, Stmt, UnitLit
from kayton.ir.typed import LastUse, Prim
from kayton.ir.types import ABSENT, DYN, F64, I64, NEVER, UNIT, App, Object, Type, argument, join, read_type
from kayton.passes.deep._canonical import fits
from kayton.passes.deep._demands import RESULT
from kayton.passes.deep._ends import reached
from kayton.passes.deep._looked_at import with_lasting_operands
from kayton.passes.deep._world import World


class Refused(Exception):
    """The instance cannot be lowered: `code` is one of docs/thunks.md."""

    def __init__(self, node: Node, code: str, reason: str) -> None:
        super().__init__(reason)
        self.node, self.code, self.reason = node, code, reason


class Outliner(Protocol):
    """Takes operations out of functions."""

    def outlined(self, low: Lowering, n: Node, refused: Refused) -> Expr:
        """A call in the place of the operation. Raises Refused where it cannot be taken out."""

    def cut_off(self, low: Lowering, n: Node) -> Expr | None:
        """What is left of an operation of which a part never gives a value."""

    def made_of(self, low: Lowering, n: Expr, shape: Node, t: Type, refused: Refused) -> Expr:
        """A call for what bytecode makes of the value of `n`, where `shape` says it of a variable `%value`. Raises Refused."""


@attrs.frozen
class Whole:
    """What lowering looks up about the whole program."""

    world: World
    instances: dict[str, Instance]
    originals: dict[str, Instance]
    """The instances as they were inferred, before one type stood for several."""
    merged: dict[str, str]
    cells: dict[str, Type]
    outlines: Outliner

    def same_types(self, name: str) -> bool:
        """Whether the instance that stands for one has just its types."""
        own, other = self.instances[name], self.instances[self.merged[name]]
        return (own.captures, own.params) == (other.captures, other.params)


Rule = Callable[["Lowering", Node], Expr]
Tables = tuple[dict[type[Node], Rule], dict[type[Node], Rule], dict[type[Node], Callable[["Lowering", Node, Type], Expr]]]
"""By kind: how a value is lowered; how an effect is, if otherwise; how what has branches is lowered to a type."""


def guards_of(fn: Fn) -> dict[str, str]:
    """The parameters that cross a boundary on entry, each with its guard."""
    body = fn.body.body if isinstance(fn.body, Block) else ()
    return {s.name: s.to for s in body if isinstance(s, CheckParam)}


class Lowering:
    """One instance."""

    def __init__(self, program: Whole, instance: Instance, tables: Tables) -> None:
        self.rules, self.effects, self.branching = tables
        self.program = program
        self.world = program.world
        self.instance = instance
        self.fn = program.world.functions[instance.fn]
        self.env = {t.variable: read_type(t.type) for t in instance.typings}
        self.inferred = {t.variable: read_type(t.type) for t in program.originals[instance.name].typings}
        self.calls = {c.site: [program.instances[program.merged[n]] for n in c.instances] for c in instance.calls}
        self.exact = {c.site: {program.merged[n] for n in c.instances if program.same_types(n)} for c in instance.calls}
        """By place, the instances that are called with just the types that are there."""
        demands = program.world.demands[instance.fn]
        self.shown = {d.target: d.detail.rpartition("#")[0] for d in demands if d.rule == "slot"}
        self.result = read_type(instance.result)
        self.loops: list[Type] = []
        self._done: dict[Node, Expr | Refused] = {}
        self.taken_out: set[Node] = set()
        """The operations that are calls of functions that stay bytecode."""
        self.guarded = guards_of(self.fn)

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def type_of(self, n: Node) -> Type:
        """What inference found for an expression."""
        return self.env.get(n.name if isinstance(n, Local | LastUse) else n.id, NEVER)

    def inferred_type(self, n: Node) -> Type:
        """What inference found for an expression, before one type stood for several: what is never there is `never`."""
        return self.inferred.get(n.name if isinstance(n, Local | LastUse) else n.id, NEVER)

    def known(self, n: Node, t: Type) -> Type:
        """`t`, if what a value of it is need not be looked at at run time; what it holds may be anything."""
        if t is DYN:
            raise Refused(n, "KT0101", f"its type is known only at run time{self._why(n)}")
        return t

    def at_run_time(self, n: Expr, shape: Node, t: Type) -> Expr:
        """What bytecode makes of a value of unknown type, where `shape` says it of a variable `%value`: a value of type `t`."""
        refused = Refused(n, "KT0101", f"its type is known only at run time{self._why(n)}")
        return self.program.outlines.made_of(self, n, shape, t, refused)

    def takes(self, n: Node, called: Instance) -> list[Type]:
        """The types of the arguments that an instance takes as they are. Raises Refused where one crosses a boundary first."""
        fn = self.world.functions[called.fn]
        found = [read_type(text) for text in called.params]
        held = {t.variable: t.type for t in called.typings}
        for t, p in zip(found, fn.params, strict=True):
            if p.name in guards_of(fn) and t != ABSENT and (t is DYN or held.get(p.name, "never") == "never"):
                raise Refused(n, "KT0101", f"what {called.fn} takes, which may not be what it expects")
        return found

    def inside(self, t: Type, s: Step) -> Type:
        """The type of what a step of a place leads to."""
        if isinstance(s, FieldStep):
            return self.program.cells.get(t.cell(s.name), NEVER) if isinstance(t, Object) else argument(t, self.world.field(t, s.name))
        return t.args[s.index] if isinstance(s, PartStep) else t.args[-1]

    def is_ordered(self, t: Type) -> bool:
        """Whether the program orders values of a type."""
        return self.world.hook(t, "Ord.cmp") is not None

    def _why(self, n: Node) -> str:
        """How an expression became `dyn`, or the first of what it got that from."""
        whys = {t.variable: t.why for t in self.instance.typings if t.why}
        sources: dict[str, list[str]] = {}
        for d in self.world.demands[self.instance.fn]:
            sources.setdefault(d.target, []).extend(d.sources)
        found = [n.name if isinstance(n, Local | LastUse) else n.id or ""]
        for name in found:
            if name in whys:
                return f": {whys[name]}"
            found += [v for v in sources.get(name, ()) if self.env.get(v) is DYN and v not in found]
        return ""

    def callees(self, site: Node, fn: str = "") -> list[Instance]:
        """The instances that a place calls, of one function if it is given."""
        found = self.calls.get(site.id or "", [])
        unique = {i.name: i for i in found if not fn or i.fn == fn}
        return list(unique.values())

    def fresh(self, word: str, t: Type) -> str:
        """A new variable of this type."""
        name = f"%{word}.{len(self.env)}"
        self.env[name] = t
        return name

    # ── the function ───────────────────────────────────────────────────────────────────────────────────────────────────

    def function(self) -> MonoFn:
        """The instance as a function. Raises Refused."""
        f, i = self.fn, self.instance
        captures = self.boundary()[0]
        params, first = self._parameters()
        body = self.to(f.body, self.result) if self.type_of(f.body) is not NEVER else self.effect(f.body)
        whole = with_lasting_operands(reached(Block(tuple(first), body, span=f.body.span) if first else body).tree)
        locals_ = [LocalType(n, str(t), span=f.span) for n, t in sorted(self.env.items()) if self._is_local(n)]
        return MonoFn(i.name, i.fn, captures, params, i.result, tuple(locals_), whole)

    def boundary(self) -> tuple[tuple[TypedParam, ...], tuple[TypedParam, ...]]:
        """The captures and parameters as callers give them, whatever becomes of the body."""
        captures = [TypedParam(n, t, span=self.fn.span) for n, t in zip(self.fn.captures, self.instance.captures, strict=True)]
        params = []
        for p, text in zip(self.fn.params, self.instance.params, strict=True):
            if read_type(text) != ABSENT:
                held = p.mutable or self.checked_before(p.name, read_type(text))
                params.append(TypedParam(p.name, str(self.env.get(p.name, NEVER)) if held else text, p.mutable, span=p.span))
        return tuple(captures), tuple(params)

    def _is_local(self, variable: str) -> bool:
        return "#" not in variable and "~" not in variable and variable != RESULT

    def _parameters(self) -> tuple[tuple[TypedParam, ...], list[Stmt]]:
        """The parameters, and what makes the variables of those that cross a boundary or are filled in by a default."""
        params: list[TypedParam] = []
        first: list[Stmt] = []
        for p, text in zip(self.fn.params, self.instance.params, strict=True):
            given, held = read_type(text), self.env.get(p.name, NEVER)
            if given == ABSENT:
                continue
            if p.mutable or self.checked_before(p.name, given):
                if p.mutable and given != held and not isinstance(given, App):
                    raise Refused(p, "KT0104", f"the mut parameter {p.keyword} changes its type")
                params.append(TypedParam(p.name, str(held), p.mutable, span=p.span))
            elif given == held or p.name in self.guarded:
                params.append(TypedParam(p.name if given == held else f"%in.{p.name}", text, span=p.span))
            else:
                params.append(TypedParam(f"%in.{p.name}", text, span=p.span))
                if held is NEVER:
                    continue  # nothing reads it
                first.append(Bind(p.name, self.widened(LastUse(f"%in.{p.name}", span=p.span), given, held), span=p.span))
        return tuple(params), first

    def checked_before(self, param: str, given: Type) -> bool:
        """Whether an argument of this type crosses the parameter's boundary at the call, which is where it fails."""
        return given is DYN and param in self.guarded

    # ── expressions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def value(self, n: Node) -> Expr:
        """An expression for its value, of the type that inference found."""
        found = self._done.get(n)
        if found is None:
            try:
                found = self._by_rule(n)
            except Refused as refused:
                found = self._taken_out(n, refused)
            self._done[n] = found
        if isinstance(found, Refused):
            raise found
        return found

    def _by_rule(self, n: Node) -> Expr:
        rule = self.rules.get(n.__class__)
        if rule is None:
            raise Refused(n, "KT0102", f"{n.__class__.__name__} is not lowered yet")
        cut = self.program.outlines.cut_off(self, n)
        return rule(self, n) if cut is None else cut

    def _taken_out(self, n: Node, refused: Refused) -> Expr | Refused:
        try:
            return self.program.outlines.outlined(self, n, refused)
        except Refused as again:
            return again

    def attempt(self, n: Node) -> None:
        """Lowers an expression if it can be."""
        try:
            self.value(n)
        except Refused:
            return

    def to(self, n: Node, t: Type) -> Expr:
        """An expression as a value of type `t`, which includes its own."""
        own = self.type_of(n)
        if own is NEVER:
            return self.effect(n)
        if t is NEVER:
            raise Refused(n, "KT0108", f"a {own} where no value ever is")
        if own != t and join(own, t) != t and not fits(own, t):
            raise Refused(n, "KT0108", f"a {own} where a {t} is wanted")
        if t is not DYN:
            self.known(n, own)
        branches = self.branching.get(n.__class__)
        if own == UNIT != t and branches is not None:
            return Block((self.effect(n),), self.widened(UnitLit(span=n.span), own, t), span=n.span)
        if own != t and branches is not None:
            return branches(self, n, t)
        return self.widened(self.value(n), own, t)

    def number(self, n: Node, t: Type) -> Expr:
        """A number as one of type `t`."""
        made = self.value(n)
        return made if self.type_of(n) == t else Prim("to.f64", (made,), span=n.span)

    def to_field(self, n: Node, t: Type) -> Expr:
        """As `to`, for a field, whose boundary makes an f64 of an i64."""
        return self.number(n, t) if t == F64 and self.type_of(n) == I64 else self.to(n, t)

    def widened(self, made: Expr, own: Type, t: Type) -> Expr:
        """A lowered expression of type `own` as one of type `t`."""
        return made if own == t else Widen(made, str(t), span=made.span)

    def found(self, n: Node, call: Direct | Apply) -> Expr:
        """A call as a value of the type that inference found for it: the one instance that stands for several may give less than all of them."""
        own, t = read_type(call.type), self.type_of(n)
        return self.widened(call, own, t) if t is DYN and own is not NEVER else call

    def effect(self, n: Node) -> Expr:
        """An expression or statement of which only the effect counts."""
        rule = self.effects.get(n.__class__)
        return rule(self, n) if rule is not None else self.value(n)

    def all(self, nodes: Sequence[Node]) -> tuple[Expr, ...]:
        """Several values."""
        return tuple([self.value(n) for n in nodes])
