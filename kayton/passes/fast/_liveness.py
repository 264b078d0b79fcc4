"""Backward liveness over one function's tree, marking last uses as it goes; see mark-last-uses.

`back(node, live)` takes the variables live after a node and gives the rewritten node and the variables live before it. Children are
visited in reverse order of evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kayton.ir.core import FillDefault, ForEach, ForRange, ListAppend, MapPut, SetAdd, SuccessOr
from kayton.ir.node import PUSH, Node, children_of, fields_of, replace
from kayton.ir.resolved import Bind, CallFn, CallNative, CallValue, CheckParam, Choice, Fn, Local, MutArg, Place
from kayton.ir.surface import And, Arg, Assign, Break, Continue, Expr, If, Loop, MethodCall, Or, Return, While
from kayton.ir.typed import LastUse


class Liveness:
    """Marks the last uses in one function."""

    def __init__(self, fn: Fn) -> None:
        self.fn = fn
        scalars = {local.name for local in fn.locals}
        self.bit: dict[str, int] = {}
        self.scalars = scalars
        self.at_exit = 0
        for p in fn.params:
            if p.mutable:
                self.at_exit |= self._bit(p.name)
        self.loops: list[tuple[int, int]] = []
        """For each loop around: live after it, live at its head."""
        self.reads: dict[int, int] = {}
        """For each loop (by identity): the outer variables that it reads."""
        stack = [fn.body]
        while stack:
            n = stack.pop()
            if n.__class__ in _LOOPS:
                self._summarise(n)
            else:
                PUSH[n.__class__](n, stack)

    def mark(self) -> Expr:
        """The body with its last uses marked."""
        return self.back(self.fn.body, self.at_exit)[0]

    def back(self, n: Node, live: int) -> tuple[Node, int]:
        rule = _RULES.get(n.__class__)
        return self._children(n, live) if rule is None else rule(self, n, live)

    def _bit(self, name: str) -> int:
        found = self.bit.get(name)
        if found is None:
            found = self.bit[name] = 0 if name in self.scalars else 1 << len(self.bit)
        return found

    def _children(self, n: Node, live: int) -> tuple[Node, int]:
        """The rule for kinds that evaluate all their children once, in field order."""
        changes = {}
        for name, shape in _child_fields(n.__class__):
            old = getattr(n, name)
            if shape == "many":
                new, live = self._sequence(old, live)
            elif old is None:
                continue
            else:
                new, live = self.back(old, live)
            if new is not old:
                changes[name] = new
        return (replace(n, **changes) if changes else n), live

    def _sequence(self, nodes: tuple[Node, ...], live: int) -> tuple[tuple[Node, ...], int]:
        out, changed = [], False
        for old in reversed(nodes):
            new, live = self.back(old, live)
            out.append(new)
            changed = changed or new is not old
        return (tuple(reversed(out)) if changed else nodes), live

    def _summarise(self, outermost: Node) -> None:
        """For each loop: what it reads and does not bind itself. One iterative walk; inner loops add to outer ones."""
        stack: list[tuple[Node, bool]] = [(outermost, False)]
        open_loops: list[tuple[int, int]] = []
        while stack:
            n, done = stack.pop()
            if done:
                reads, binds = open_loops.pop()
                self.reads[id(n)] = reads & ~binds
                if open_loops:
                    outer_reads, outer_binds = open_loops[-1]
                    open_loops[-1] = outer_reads | (reads & ~binds), outer_binds | binds
                continue
            below = children_of(n)
            if n.__class__ in _LOOPS:
                # What is evaluated once, before the loop, belongs to the outer loop: it waits below the marker.
                inside = [n.body, n.condition] if isinstance(n, While) else [n.body]
                stack += [(child, False) for child in below if child not in inside]
                stack.append((n, True))
                open_loops.append((0, 0))
                below = inside
            if open_loops:
                reads, binds = open_loops[-1]
                if isinstance(n, Local):
                    reads |= self._bit(n.name)
                elif n.__class__ in _BINDERS:
                    binds |= self._bit(n.name)
                elif isinstance(n, Return):
                    reads |= self.at_exit
                open_loops[-1] = reads, binds
            stack += [(child, False) for child in below]

    # ── rules ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def local(self, n: Local, live: int) -> tuple[Node, int]:
        bit = self._bit(n.name)
        if not bit or live & bit:
            return n, live
        return LastUse(n.name, id=n.id, span=n.span), live | bit

    def binding(self, n: Bind, live: int) -> tuple[Node, int]:
        return self._children(n, live & ~self._bit(n.name))

    def assignment(self, n: Assign, live: int) -> tuple[Node, int]:
        place: Place = n.target
        if isinstance(place.root, Local) and not place.steps:
            value, live = self.back(n.value, live & ~self._bit(place.root.name))
            return (n if value is n.value else replace(n, value=value)), live
        return self._children(n, live) if not isinstance(place.root, Local) else self._store(n, live)

    def _store(self, n: Assign, live: int) -> tuple[Node, int]:
        """The value is stored after the indices and the value were evaluated, so the root is needed until the end."""
        live |= self._bit(n.target.root.name)
        value, live = self.back(n.value, live)
        target, live = self.place(n.target, live)
        return (n if value is n.value and target is n.target else replace(n, target=target, value=value)), live

    def place(self, n: Place, live: int) -> tuple[Node, int]:
        """A variable that is changed in place stays where it is: its root is never a last use."""
        if isinstance(n.root, Local):
            live |= self._bit(n.root.name)
        steps, live = self._sequence(n.steps, live)
        if isinstance(n.root, Local):
            return (n if steps is n.steps else replace(n, steps=steps)), live
        root, live = self.back(n.root, live)
        return (n if root is n.root and steps is n.steps else replace(n, root=root, steps=steps)), live

    def call(self, n: Node, live: int) -> tuple[Node, int]:
        """Places among the arguments, and a receiver that is one, are taken when all arguments have been evaluated, so their
        roots are live until then."""
        for arg in n.args:
            live |= self._root(arg.place if isinstance(arg, MutArg) else arg.value if isinstance(arg, Arg) else arg)
        if isinstance(n, MethodCall):
            live |= self._root(n.receiver)
        return self._children(n, live)

    def _root(self, n: Node) -> int:
        return self._bit(n.root.name) if isinstance(n, Place) and isinstance(n.root, Local) else 0

    def append(self, n: Node, live: int) -> tuple[Node, int]:
        live |= self._bit(n.target.name)
        changes = {}
        for name in ("value", "key") if isinstance(n, MapPut) else ("value",):
            changes[name], live = self.back(getattr(n, name), live)
        return replace(n, **changes), live

    def branch(self, n: If, live: int) -> tuple[Node, int]:
        then, live_then = self.back(n.then, live)
        otherwise, live_otherwise = (None, live) if n.otherwise is None else self.back(n.otherwise, live)
        condition, live = self.back(n.condition, live_then | live_otherwise)
        if then is n.then and otherwise is n.otherwise and condition is n.condition:
            return n, live
        return replace(n, condition=condition, then=then, otherwise=otherwise), live

    def short_circuit(self, n: And | Or, live: int) -> tuple[Node, int]:
        right, live_right = self.back(n.right, live)
        left, live = self.back(n.left, live | live_right)
        return (n if right is n.right and left is n.left else replace(n, left=left, right=right)), live

    def choice(self, n: Choice, live: int) -> tuple[Node, int]:
        otherwise, failed = self.back(n.otherwise, live)
        cases = []
        for case in reversed(n.cases):
            body, inside = self.back(case.body, live)
            steps = []
            for step in reversed(case.steps):
                step, inside = self.back(step, inside | failed)
                steps.append(step)
            cases.append(replace(case, steps=tuple(reversed(steps)), body=body))
            failed |= inside
        return replace(n, cases=tuple(reversed(cases)), otherwise=otherwise), failed

    def success_or(self, n: SuccessOr, live: int) -> tuple[Node, int]:
        failure, live_failure = self.back(n.failure, live)
        value, live = self.back(n.value, live | (live_failure & ~self._bit(n.name)))
        return replace(n, value=value, failure=failure), live

    def loop(self, n: Node, live: int) -> tuple[Node, int]:
        head = live | self.reads[id(n)]
        self.loops.append((live, head))
        changes = {}
        changes["body"], _ = self.back(n.body, head)
        if isinstance(n, While):
            changes["condition"], _ = self.back(n.condition, head)
        self.loops.pop()
        live = head
        for name in ("iterable",) if isinstance(n, ForEach) else ("hi", "lo") if isinstance(n, ForRange) else ():
            changes[name], live = self.back(getattr(n, name), live)
        return replace(n, **changes), live

    def jump(self, n: Return | Break | Continue, live: int) -> tuple[Node, int]:
        if isinstance(n, Return):
            live = self.at_exit
        else:
            live = self.loops[-1][isinstance(n, Continue)]
        return self._children(n, live)

    def fill_default(self, n: FillDefault, live: int) -> tuple[Node, int]:
        """The value is computed on one of two paths, on both of which the parameter is kept."""
        live |= self._bit(n.name)
        value, before = self.back(n.value, live)
        return (n if value is n.value else replace(n, value=value)), live | before

    def check_param(self, n: CheckParam, live: int) -> tuple[Node, int]:
        return n, live | self._bit(n.name)


_LOOPS = frozenset((While, Loop, ForEach, ForRange))
_BINDERS = frozenset((Bind, ForEach, ForRange, SuccessOr))


@cache
def _child_fields(kind: type[Node]) -> tuple[tuple[str, str], ...]:
    """Fields with children, last first."""
    return tuple((s.name, s.shape) for s in reversed(fields_of(kind)) if s.shape != "leaf")


_RULES: dict[type[Node], Callable] = {
    Local: Liveness.local,
    Bind: Liveness.binding,
    Assign: Liveness.assignment,
    Place: Liveness.place,
    **{kind: Liveness.call for kind in (CallFn, CallNative, CallValue, MethodCall)},
    ListAppend: Liveness.append,
    SetAdd: Liveness.append,
    MapPut: Liveness.append,
    If: Liveness.branch,
    And: Liveness.short_circuit,
    Or: Liveness.short_circuit,
    Choice: Liveness.choice,
    SuccessOr: Liveness.success_or,
    Return: Liveness.jump,
    Break: Liveness.jump,
    Continue: Liveness.jump,
    FillDefault: Liveness.fill_default,
    CheckParam: Liveness.check_param,
    **{kind: Liveness.loop for kind in _LOOPS},
}
