"""Moves, and where a variable is used after one: a walk in the order in which a body is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kayton.ir.core import ForEach, ForRange, SuccessOr
from kayton.ir.node import Node, children_of, node, walk
from kayton.ir.resolved import Bind, Choice, Local, NoMatch, Place
from kayton.ir.surface import And, Assign, Break, Continue, Expr, If, Loop, Or, Return, While


@node
class Move(Expr):
    """The value of a variable, or of a part of one, which leaves it."""

    value: Expr


State = frozenset[str] | None
"""The variables that may have been moved; None where control does not come."""


def uses_after_moves(body: Node) -> Iterator[tuple[Node, str]]:
    """Each use of a variable that may have been moved before, with the variable."""
    made = _Walk()
    made.through(body, frozenset())
    yield from made.found.values()


def _either(*states: State) -> State:
    come = [s for s in states if s is not None]
    return frozenset().union(*come) if come else None


class _Walk:
    def __init__(self) -> None:
        self.found: dict[int, tuple[Node, str]] = {}
        self.loops: list[tuple[list[State], list[State]]] = []
        """Of each loop around: the states at its `break`s and at its `continue`s."""

    def through(self, n: Node, s: State) -> State:
        """The state after a node, which is entered in state `s`."""
        if s is None:
            return None
        rule = _RULES.get(n.__class__)
        return self.in_order(n, s) if rule is None else rule(self, n, s)

    def in_order(self, n: Node, s: State) -> State:
        """The state after the children, one after the other."""
        for child in children_of(n):
            s = self.through(child, s)
        return s

    def move(self, n: Move, s: frozenset[str]) -> State:
        """`move x` moves x, after looking at it."""
        s = self.in_order(n, s)
        return None if s is None else s | {m.name for m in walk(n) if isinstance(m, Local)}

    def use(self, n: Local, s: frozenset[str]) -> State:
        if n.name in s:
            self.found[id(n)] = (n, n.name)
        return s

    def repeated(self, once: Callable[[State], State], s: State) -> State:
        """The state after a loop, of which `once` is the state after going round once: it may go round again."""
        self.loops.append(([], []))
        after = once(s)
        again = _either(s, after, *self.loops[-1][1])
        after = once(again) if again != s else after
        breaks, continues = self.loops.pop()
        return _either(again, after, *breaks, *continues)


def _if(w: _Walk, n: If, s: State) -> State:
    s = w.through(n.condition, s)
    return _either(w.through(n.then, s), s if n.otherwise is None else w.through(n.otherwise, s))


def _choice(w: _Walk, n: Choice, s: State) -> State:
    out: list[State] = []
    for case in n.cases:
        failed: list[State] = []
        for step in case.steps:
            s = w.through(step, s)
            failed.append(s)
        out.append(w.through(case.body, s))
        s = _either(*failed)
    return _either(*out, w.through(n.otherwise, s))


def _assign(w: _Walk, n: Assign, s: State) -> State:
    target = n.target
    if not isinstance(target, Place) or target.steps or not isinstance(target.root, Local):
        return w.in_order(n, s)
    s = w.through(n.value, s)
    return None if s is None else s - {target.root.name}


def _bind(w: _Walk, n: Bind, s: State) -> State:
    s = w.through(n.value, s)
    return None if s is None else s - {n.name}


def _while(w: _Walk, n: While, s: State) -> State:
    return w.repeated(lambda s: w.through(n.body, w.through(n.condition, s)), s)


def _for(w: _Walk, n: ForEach | ForRange, s: State) -> State:
    for child in children_of(n)[:-1]:
        s = w.through(child, s)
    return w.repeated(lambda s: w.through(n.body, None if s is None else s - {n.name}), s)


def _loop(w: _Walk, n: Loop, s: State) -> State:
    left: list[State] = []

    def once(s: State) -> State:
        after = w.through(n.body, s)
        left.extend(w.loops[-1][0])
        return after

    w.repeated(once, s)
    return _either(*left)


def _leave(w: _Walk, n: Node, s: State) -> State:
    s = w.in_order(n, s)
    if w.loops and isinstance(n, Break | Continue):
        w.loops[-1][isinstance(n, Continue)].append(s)
    return None


_RULES: dict[type[Node], Callable[[_Walk, Node, State], State]] = {
    Local: _Walk.use, Move: _Walk.move, If: _if, Choice: _choice, Assign: _assign, Bind: _bind, While: _while, Loop: _loop, ForEach: _for, ForRange: _for,
    **{kind: lambda w, n, s: _either(w.through(n.left, s), w.through(n.right, w.through(n.left, s))) for kind in (And, Or)},
    SuccessOr: lambda w, n, s: _either(w.through(n.value, s), w.through(n.failure, w.through(n.value, s))),
    **{kind: _leave for kind in (Return, Break, Continue, NoMatch)},
}
