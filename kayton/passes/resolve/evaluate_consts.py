"""evaluate-consts : Bound -> Constant

    const LIMIT = 5 * 2;      LIMIT        =>   10
    const NAMES = ["a"] * …;  NAMES        =>   (global-ref main.NAMES);  fn main.<consts>(): { set-global main.NAMES ["a" …] }
    match n: LIMIT: e                      =>   match n: 10: e
    match n: NAMES: e                      =>   match n: (equal-pattern (global-ref main.NAMES)): e
    const N: i64 where it > 0 = 5;  N      =>   5;  fn main.<consts>(): { let %N: i64 where it > 0 = 5 }

A constant is evaluated by the reference evaluator, before the program runs, so what it computes costs nothing then and an error in
it is a compile error (LANGUAGE §7). Numbers, strings and the like stand in place; what is larger is a global that `<start>` sets
before everything else. What has no literal (a function, a class instance, a huge list) is computed there once more. A refined type is kept for `lower-advanced`, since the VM ignores it (LANGUAGE §8).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.diagnostics.consts import ConstCycle, ConstEffect, ConstFails, ConstTooLong
from kayton.ir.builtins import own_name
from kayton.ir.core import MakeVariant
from kayton.ir.guards import is_refined
from kayton.ir.node import Node, Span, place_at, replace, unplaced
from kayton.ir.paths import CONSTS
from kayton.ir.places import UNKNOWN
from kayton.ir.resolved import (
    Bound,
    CallFn,
    ConstPattern,
    ConstRef,
    Constant,
    EqualPattern,
    FnRef,
    GlobalDef,
    GlobalRef,
    Local,
    SetGlobal,
    VariantPattern,
)
from kayton.ir.surface import (
    BindPattern,
    Block,
    BoolLit,
    ConstDef,
    Expr,
    FloatLit,
    FnDef,
    IntLit,
    Item,
    Let,
    LiteralPattern,
    Module,
    Pattern,
    Program,
    Stmt,
    StrLit,
)
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with

STEPS = 2_000_000
_UNKNOWN = Local(UNKNOWN, True)
"""Stands for a constant that could not be evaluated."""


@frozen
class EvaluateConsts(Pass):
    source = Bound
    target = Constant

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        consts = [i for m in root.modules for i in m.body if isinstance(i, ConstDef)]
        if not consts:
            return root
        plain = {c.name: c.value.__class__(c.value.value) for c in consts if c.type is None and c.value.__class__ in _PLAIN}
        computed = [c for c in consts if c.name not in plain]
        known, stored = _evaluated(root, computed, cx) if computed and not cx.failed else ({}, {})
        known |= {} if cx.failed else plain
        where = _Where(known, stored)
        modules = [_without_consts(where.rewrite(m), stored) for m in root.modules]
        by_name = {c.name: c for c in consts}
        written = [(by_name[name], value) for name, value in (known | stored).items() if value is not None]
        made = [where.refined(c, value) for c, value in written if is_refined(c.type)]
        made += [where.set(by_name[name], value) for name, value in stored.items()]
        if made:
            modules[0] = _setting(modules[0], made)
        return replace(root, modules=tuple(modules))


_PLAIN = frozenset((IntLit, FloatLit, StrLit, BoolLit))
"""Constants that are literals need no evaluator, which takes time to import."""


def _evaluated(root: Program, consts: list[ConstDef], cx: Cx) -> tuple[dict[str, Expr], dict[str, Expr | None]]:
    """What stands in place of a constant, and what is stored in a global, in the order in which it can be: an expression, or
    None to compute it again."""
    from kayton.passes.resolve import _constants  # the evaluator is only for programs with constants

    reached = _constants.Reached.of(root)
    pure = [c for c in consts if not _reports_effect(c, reached, cx)]
    values = _values(root, pure, reached, cx)
    known: dict[str, Expr] = {}
    stored: dict[str, Expr | None] = {}
    for name, value in values.items():
        found = _constants.literal(value)
        if found is not None:
            known[name] = found
        else:
            stored[name] = _constants.container(value)
    # What is computed once more may use what is written down, and other constants, which then reach less than it does.
    order = sorted(stored, key=lambda name: -1 if stored[name] is not None else reached.breadth(name))
    return known, {name: stored[name] for name in order}


def _reports_effect(c: ConstDef, reached: Any, cx: Cx) -> bool:
    does = reached.effect(c.name)
    if does is not None:
        steps = _way(c.name, does, reached)
        cx.report(ConstEffect(span=steps[0].span if steps else c.span, name=own_name(c.name), does=does, steps=steps))
    return does is not None


def _values(root: Program, consts: list[ConstDef], reached: Any, cx: Cx) -> dict[str, Any]:
    """The values of the constants that have one. Why another has none is reported, once for what several fail with."""
    from kayton.runtime.evaluator import evaluate_constants

    found = evaluate_constants(root, [c.name for c in consts], max_steps=STEPS)
    values: dict[str, Any] = {}
    told: dict[Span | type, None] = {}
    for c in consts:
        value = found[c.name]
        if not isinstance(value, Exception):
            values[c.name] = value
            continue
        cause, error = _failure(c, value, reached)
        if cause not in told:
            cx.report(error)
        told[cause] = None
    return values


def _failure(c: ConstDef, value: Exception, reached: Any) -> tuple[Any, Diagnostic]:
    """What makes one failure differ from another, and the error to report."""
    from kayton.runtime.evaluator import InvalidProgram, StepLimitReached

    if isinstance(value, StepLimitReached):
        return StepLimitReached, ConstTooLong(span=c.span, steps=STEPS)
    if isinstance(value, InvalidProgram):
        name = value.node.name
        return InvalidProgram, ConstCycle(span=value.node.span, name=own_name(name), steps=_way(name, name, reached))
    span = next((span for _, span in value.trace if span is not None), c.value.span)
    return span, ConstFails(span=span, name=own_name(c.name), error=value.message, const=c.span)


def _way(name: str, goal: str, reached: Any) -> tuple[Label, ...]:
    """The uses by which a constant needs something, maybe itself, on the shortest way."""
    ways: dict[str, tuple[Label, ...]] = {name: ()}
    for at in (todo := [name]):
        for use in reached.uses(at):
            to = use.fn if isinstance(use, FnRef | CallFn) else use.name
            way = (*ways[at], Label(use.span, f"{own_name(at)} uses {own_name(to)}"))
            if to == goal:
                return way
            if to not in ways:
                ways[to] = way
                todo.append(to)
    return ()


class _Where:
    """Puts expressions where constants were named."""

    def __init__(self, known: Mapping[str, Expr], stored: Mapping[str, Expr | None]) -> None:
        self.known = known
        self.stored = stored
        self.counter: dict[str, int] = {}

    def rewrite(self, root: Node) -> Node:
        """The tree with every constant replaced."""
        return rewrite_with({ConstRef: self._reference, ConstPattern: self._pattern}, root)

    def _reference(self, n: ConstRef) -> Expr:
        return self._placed(self._expression(n.name), n)

    def _expression(self, name: str) -> Expr:
        return GlobalRef(name) if name in self.stored else unplaced(self.known.get(name, _UNKNOWN))

    def _pattern(self, n: ConstPattern) -> Pattern:
        e = self._expression(n.const)
        if isinstance(e, GlobalRef | Local):
            return self._placed(EqualPattern(e), n)
        return self._placed(VariantPattern(e.variant) if isinstance(e, MakeVariant) else LiteralPattern(e), n)

    def _placed(self, made: Node, at: Node) -> Node:
        return place_at(made, at, EvaluateConsts.name(), self.counter)

    def set(self, c: ConstDef, value: Expr | None) -> Stmt:
        """What sets the global of a constant."""
        if value is not None:
            return self._placed(SetGlobal(c.name, value, id=f"{c.id}~set"), c)
        computed = self._let(c, self.rewrite(c.value))
        return self._placed(Block((computed, SetGlobal(c.name, Local(computed.pattern.name))), id=f"{c.id}~set"), c)

    def refined(self, c: ConstDef, value: Expr) -> Stmt:
        """What keeps the refined type of a constant beside its value."""
        return self._placed(self._let(c, replace(unplaced(value), span=c.value.span), id=f"{c.id}~refined"), c)

    def _let(self, c: ConstDef, value: Expr, id: str | None = None) -> Let:
        return Let(BindPattern(f"%{own_name(c.name)}"), value, None if c.type is None else self.rewrite(c.type), id=id)


def _without_consts(m: Module, stored: Mapping[str, Expr | None]) -> Module:
    body: list[Item] = []
    for item in m.body:
        if not isinstance(item, ConstDef):
            body.append(item)
        elif item.name in stored:
            body.append(GlobalDef(item.name, item.public, id=item.id, span=item.span))
    return replace(m, body=tuple(body)) if len(body) < len(m.body) or stored else m


def _setting(m: Module, stored: list[Stmt]) -> Module:
    """The first module with the function that sets constants, called before anything else runs."""
    path, where = f"{m.name}.{CONSTS}", Span(m.file, 0, 0)
    body = Block(tuple(stored), id=f"{path}#1", span=where)
    sets = FnDef(path, body=body, id=f"{path}#0", span=where)
    start = m.body[-1]
    call = CallFn(path, id=f"{path}#call", span=where)
    started = replace(start, body=replace(start.body, body=(call, *start.body.body)))
    return replace(m, body=(*m.body[:-1], sets, started))
