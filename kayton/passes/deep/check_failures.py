"""check-failures : Solved -> Solved

Warns of operations that are certain to fail when the program comes to them, and that it is certain to come to.

    fn add(a, b): a + b
    print(add(1, "x"))        =>   warning K0920 at <add(1, "x")>: cannot apply + to i64 and str
    half(0)                   =>   warning K0920 at <0>: refinement failed: n > 0

Only whole-program analysis can see this, so it is no error: the program keeps its meaning (LANGUAGE §3 rule 5). No false alarms: what stands
in a branch, in a loop that may not turn, behind something that may leave, or in a function that is only called there, may never run for
these types, and is left alone. The chain of calls from the program's start is shown.
"""

from __future__ import annotations

from kayton.diagnostics.codes import Label
from kayton.diagnostics.failing import CertainFailure
from kayton.ir.constrained import Instance, Solved
from kayton.ir.core import FillDefault, ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, children_of, walk
from kayton.ir.paths import display_name
from kayton.ir.resolved import CallFn, CallNative, Choice, Fn
from kayton.ir.surface import And, BoolLit, Break, Continue, If, IntLit, Or, Program, Return, While
from kayton.passes.deep._refinements import FAILED
from kayton.passes.deep.discharge_refinements import failure
from kayton.passes.framework import Cx, Pass, frozen

_LEAVING = (Return, Break, Continue, SuccessOr)
_STOPPING = frozenset({"panic", "assert", "std.env.exit"})


@frozen
class CheckFailures(Pass):
    source = Solved
    target = Solved

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        items = [(i, m.name) for m in root.modules for i in m.body]
        functions = {i.name: (i, module) for i, module in items if isinstance(i, Fn)}
        instances = {i.name: i for i, _ in items if isinstance(i, Instance)}
        start = next(i for i in instances.values() if i.fn.endswith(".<start>"))
        _Search(functions, instances, cx).enter(start, ())
        return root


class _Search:
    """Follows what is certain to run from the start."""

    def __init__(self, functions: dict[str, tuple[Fn, str]], instances: dict[str, Instance], cx: Cx) -> None:
        self.functions, self.instances, self.cx = functions, instances, cx
        self.entered: set[str] = set()
        self.stopping = self._stopping()

    def _stopping(self) -> set[str]:
        """The functions in which the program may end without an error, or with one of its own making."""
        calls: dict[str, set[str]] = {}
        for name, (f, _) in self.functions.items():
            calls[name] = {n.fn if isinstance(n, CallFn) else n.name for n in walk(f) if isinstance(n, CallFn | CallNative)}
        found = set(_STOPPING)
        while more := {name for name, called in calls.items() if name not in found and called & found}:
            found |= more
        return found

    def enter(self, i: Instance, chain: tuple[Label, ...]) -> bool:
        """Goes through an instance that is certain to be called; whether it is certain to fail."""
        if i.name in self.entered:
            return False
        self.entered.add(i.name)
        fn, module = self.functions[i.fn]
        failures = {f.site: f for f in i.failures}
        calls = {c.site: c.instances for c in i.calls}
        certain: list[Node] = []
        self._runs(fn.body, certain)
        for n in certain:
            message = failures[n.id].message if n.id in failures else _fails(n)
            if message:
                self._report(message, n, chain)
                return True
            called = calls.get(n.id or "", ())
            if len(called) == 1 and isinstance(n, CallFn):
                name = display_name(n.fn, self.functions[n.fn][1])
                inner = self.instances[called[0]]
                types = ", ".join([t for t in inner.params if t != "absent"])
                made = () if i.fn.endswith(".<start>") else (Label(n.span, f"calls {name} with {types}" if types else f"calls {name}"),)
                if self.enter(inner, (*made, *chain)):
                    return True
        return False

    def _report(self, message: str, at: Node, chain: tuple[Label, ...]) -> None:
        first, *rest = chain or (Label(at.span, ""),)
        inside = at.span if chain else None
        self.cx.report(CertainFailure(span=first.span, error=message, at=inside, call=first.text, chain=tuple(rest)))

    def _runs(self, n: Node, out: list[Node]) -> bool:
        """Adds what is certain to run, in order, children first; whether what follows is certain to run as well."""
        always, maybe = _parts(n)
        if _fails(n):
            out.append(n)
            return False
        for child in always:
            if not self._runs(child, out):
                return False
        if any(self._may_leave(x) for part in maybe for x in walk(part)):
            return False
        out.append(n)
        return not self._may_leave(n)

    def _may_leave(self, n: Node) -> bool:
        if isinstance(n, CallFn | CallNative):
            return (n.fn if isinstance(n, CallFn) else n.name) in self.stopping
        return isinstance(n, _LEAVING)


def _fails(n: Node) -> str:
    """The error of a check that is certain to fail; empty for every other node."""
    return FAILED + failure(n) if failure(n) and isinstance(n.condition, BoolLit) and n.condition.value else ""


def _parts(n: Node) -> tuple[list[Node], list[Node]]:
    """What runs whenever a node does, and what may not."""
    if isinstance(n, If):
        return [n.condition], [x for x in (n.then, n.otherwise) if x is not None]
    if isinstance(n, And | Or):
        return [n.left], [n.right]
    if isinstance(n, While):
        return [n.condition], [n.body]
    if isinstance(n, ForEach):
        return [n.iterable], [n.body]
    if isinstance(n, ForRange):
        turns = isinstance(n.lo, IntLit) and isinstance(n.hi, IntLit) and n.lo.value < n.hi.value
        return ([n.lo, n.hi, n.body], []) if turns else ([n.lo, n.hi], [n.body])
    if isinstance(n, Choice):
        return [], children_of(n)
    if isinstance(n, FillDefault):
        return [], [n.value]
    return children_of(n), []
