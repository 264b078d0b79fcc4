"""propagate-constants : Typed -> Typed

A call of a function without effects, with constant arguments, is what it gives: the reference evaluator runs it.

    fn area(w, h): w * h
    area(3, 4)                        =>   12
    @const fn table(n): […]           every call of it with constant arguments, also one that takes long or gives a list
    table(4)                          =>   [0, 1, 4, 9]

A call that fails stays, so that the error happens when the program runs, where it should; why a call of a `@const` function stays is a
warning. Without that mark a call also stays if it takes more than a few steps, if it runs only once (in `main` or a module's statements,
outside of loops), where it costs as much now as then, and in whatever a recursive function may come to, since the depth of calls at which the
program gives up could change. After fold-constants, whose literals are its arguments, and before eliminate-dead-code. `evaluate-consts`
did the same to `const`, which is part of the language on every path.
"""

from __future__ import annotations

from typing import Any

from kayton.diagnostics.constcalls import ConstCallStays
from kayton.ir.builtins import own_name
from kayton.ir.core import LOOPS, Absent, EmptySet, MakeVariant
from kayton.ir.node import Node, place_at, replace, walk
from kayton.ir.resolved import CallFn, Fn
from kayton.ir.surface import BoolLit, Expr, FloatLit, IntLit, ListLit, MapEntry, MapLit, Program, SetLit, StrLit, Tuple, UnitLit
from kayton.ir.typed import Typed
from kayton.passes.deep._reach import Reach
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with

_CONSTANT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, Absent, Tuple, ListLit, SetLit, MapLit, MapEntry, MakeVariant, EmptySet)
_ONCE = frozenset({"main", "<init>", "<start>", "<consts>"})
_LONGEST = 10_000
"""A text of more characters is not written down."""


@frozen
class PropagateConstants(Pass):
    source = Typed
    target = Typed

    steps: int = 2_000
    """The most steps of one call."""
    marked_steps: int = 2_000_000
    """The most steps of a call of a function that is marked `@const`."""

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        calls = _Calls(root, self, cx)
        return replace(root, modules=tuple([replace(m, body=tuple(map(calls.item, m.body))) for m in root.modules]))


class _Calls:
    """One run of the pass."""

    def __init__(self, root: Program, limits: PropagateConstants, cx: Cx) -> None:
        self.root, self.limits, self.cx = root, limits, cx
        self.reach = Reach(root)
        self.marked = {f.name for f in self.reach.functions.values() if any(a.name == "const" for a in f.annotations)}
        self.counter: dict[str, int] = {}
        self._evaluation: Any = None

    def item(self, f: Node) -> Node:
        """An item with its calls evaluated."""
        if not isinstance(f, Fn) or f.body is None or not any(isinstance(n, CallFn) for n in walk(f.body)):
            return f
        worth = _often(f) if not self.reach.may_nest(f.name) else set()
        body = rewrite_with({CallFn: lambda n: self._call(n) if n.id in worth or n.fn in self.marked else n}, f.body)
        return f if body is f.body else replace(f, body=body)

    def _call(self, n: CallFn) -> Expr:
        if not all(isinstance(x, _CONSTANT) for a in n.args for x in walk(a)):
            return n
        effect = self.reach.effect(n.fn)
        found, why = (None, f"it has the effect {effect[0]}, by {effect[1]}") if effect else self._value(n)
        if found is None:
            if n.fn in self.marked:
                self.cx.report(ConstCallStays(span=n.span, name=own_name(n.fn), reason=why))
            self.cx.remark(n, f"{own_name(n.fn)} is called when the program runs: {why}", missed=True)
            return n
        self.cx.remark(n, f"{own_name(n.fn)} is called while the program is compiled")
        return place_at(found, n, self.limits.name(), self.counter)

    def _value(self, n: CallFn) -> tuple[Expr | None, str]:
        """What the call gives, or why that cannot stand in its place."""
        from kayton.passes.resolve._constants import container, literal  # the evaluator is for programs with such calls
        from kayton.runtime.evaluator import Evaluation, StepLimitReached
        from kayton.runtime.evaluator.errors import Fail

        self._evaluation = self._evaluation or Evaluation(self.root)
        marked = n.fn in self.marked
        steps = self.limits.marked_steps if marked else self.limits.steps
        try:
            value = self._evaluation.value(n, steps)
        except StepLimitReached:
            return None, f"it takes more than {steps} calls and rounds of loops"
        except Fail as error:
            return None, f"it fails: {error.message}"
        found = container(value) if marked or isinstance(value, tuple) else literal(value)
        too_long = found is None or any(isinstance(x, StrLit) and len(x.value) > _LONGEST for x in walk(found))
        if too_long or any(isinstance(x, FloatLit) and x.value != x.value for x in walk(found)):
            return None, "what it gives cannot be written down"
        return found, ""


def _often(f: Fn) -> set[str | None]:
    """The calls in a function that may run more than once."""
    once = own_name(f.name) in _ONCE
    roots = [n for n in walk(f.body) if isinstance(n, LOOPS)] if once else [f.body]
    return {n.id for root in roots for n in walk(root) if isinstance(n, CallFn)}
