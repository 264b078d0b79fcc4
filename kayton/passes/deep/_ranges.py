"""What is certain of numbers at each place of a function: intervals of variables, and conditions that were passed on the way.

One walk in the order of evaluation. A variable that a loop assigns is unknown in it, but for a lower bound where it only grows; so each
node is visited once, and what is found holds whenever it runs. An i64 never wraps (LANGUAGE §5), so bounds survive arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kayton.ir.core import FillDefault, ForEach, ForRange
from kayton.ir.node import Node, children_of, same, walk
from kayton.ir.resolved import Bind, CallFn, CallNative, CallValue, Cast, CheckParam, Choice, Fn, InRange, Local, MutArg, NoMatch, Place
from kayton.ir.surface import (
    And,
    Arg,
    Assign,
    Binary,
    Block,
    BoolLit,
    Break,
    Continue,
    Expr,
    FloatLit,
    If,
    IntLit,
    Loop,
    MethodCall,
    Or,
    Return,
    StrLit,
    Unary,
    While,
)
from kayton.ir.typed import Prim
from kayton.passes.deep._intervals import ANY, ARITHMETIC, NEGATED, Interval, bounded, compared
from kayton.passes.framework import rewrite_with


class State(NamedTuple):
    """What holds at a place: the intervals of variables, and conditions that are true of variables that never change."""

    numbers: dict[str, Interval]
    passed: tuple[Expr, ...] = ()


Found = tuple[Interval, State | None]
"""The interval of a value, and what holds after it; None where nothing comes after it."""


def joined(states: Iterable[State | None]) -> State | None:
    """What holds where several ways meet."""
    known = [s for s in states if s is not None]
    if not known:
        return None
    numbers, passed = dict(known[0].numbers), known[0].passed
    for s in known[1:]:
        numbers = {x: i.around(s.numbers[x]) for x, i in numbers.items() if x in s.numbers}
        passed = tuple([p for p in passed if any(p is q for q in s.passed)])
    return State(numbers, passed)


_PURE = (Prim, Binary, Unary, And, Or, IntLit, FloatLit, BoolLit, StrLit, Local)
_SEEN = frozenset({"len", "is_empty", "contains", "starts_with", "ends_with"})
"""Built-in methods that look at a value; they may stand in conditions that are remembered."""
_VALUES = frozenset({"List", "Map", "Set", "str"})


class Ranges:
    """One function. `decided` says of each `if` that was reached whether its condition is certain."""

    def __init__(self, fn: Fn) -> None:
        self.decided: dict[Node, bool | None] = {}
        self.scalars = {v.name for v in fn.locals}
        self.kinds = {n.name: n.to for n in walk(fn.body) if isinstance(n, CheckParam)}
        self.changed = {p.root.name for p in walk(fn.body) if isinstance(p, Place) and isinstance(p.root, Local)}
        self.changed |= {n.name for n in walk(fn.body) if isinstance(n, FillDefault)}
        self.aliases: dict[str, Local] = {}
        self.run(fn.body, State({}))

    # ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def interval(self, e: Expr, s: State) -> Interval:
        """The interval of a number that has no effect."""
        if isinstance(e, IntLit | FloatLit):
            return Interval(e.value, e.value)
        if isinstance(e, Local):
            return s.numbers.get(e.name, ANY)
        if isinstance(e, Prim) and e.op in ARITHMETIC:
            return ARITHMETIC[e.op](*[self.interval(a, s) for a in e.args])
        return ANY

    def truth(self, e: Expr, s: State) -> bool | None:
        """Whether a condition is certain."""
        if isinstance(e, BoolLit):
            return e.value
        if isinstance(e, Unary) and e.op == "not":
            inner = self.truth(e.value, s)
            return None if inner is None else not inner
        if isinstance(e, And | Or):
            both = {self.truth(e.left, s), self.truth(e.right, s)}
            short = isinstance(e, Or)
            return short if short in both else None if None in both else not short
        named = self._named(e)
        if any(same(named, p) for p in s.passed):
            return True
        if isinstance(e, Prim) and e.op[:2] in NEGATED:
            return compared(e.op[:2], *[self.interval(a, s) for a in e.args])
        return None

    def assume(self, e: Expr, truth: bool, s: State | None) -> State | None:
        """What holds where a condition turned out so."""
        if s is None or self.truth(e, s) is (not truth):
            return None
        if isinstance(e, Unary) and e.op == "not":
            return self.assume(e.value, not truth, s)
        if isinstance(e, And | Or) and isinstance(e, And) == truth:
            return self.assume(e.right, truth, self.assume(e.left, truth, s))
        if isinstance(e, InRange) and truth:
            return self._bounded(e.value, Interval(e.lo, e.hi), s)
        if isinstance(e, Prim) and e.op[:2] in NEGATED and (truth or e.op.endswith(".i64")):
            op = e.op[:2] if truth else NEGATED[e.op[:2]]
            a, b = e.args
            left, right = bounded(op, self.interval(a, s), self.interval(b, s), e.op.endswith(".i64"))
            s = self._bounded(b, right, self._bounded(a, left, s))
        return State(s.numbers, (*s.passed, self._named(e))) if s is not None and truth and self._lasts(e) else s

    def _bounded(self, e: Expr, i: Interval, s: State | None) -> State | None:
        if s is None or not isinstance(e, Local):
            return s
        found = s.numbers.get(e.name, ANY).within(i)
        return State({**s.numbers, e.name: found}, s.passed) if found.lo <= found.hi else None

    def _named(self, e: Expr) -> Expr:
        """A condition in which variables that stand for others are those."""
        return rewrite_with({Local: lambda n: self.aliases.get(n.name, n)}, e) if self.aliases else e

    def _lasts(self, e: Expr) -> bool:
        """Whether a condition that is true stays so."""
        for n in walk(e):
            if isinstance(n, MethodCall):
                known = isinstance(n.receiver, Local) and self.kinds.get(n.receiver.name) in _VALUES
                if not known or n.name not in _SEEN:
                    return False
            elif not isinstance(n, _PURE) and not isinstance(n, Arg):
                return False
            elif isinstance(n, Local) and n.name in self.changed:
                return False
        return True

    # ── the walk ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, n: Node, s: State | None) -> Found:
        """Goes through a node that is reached with `s`."""
        if s is None:
            return ANY, None
        return _RULES.get(n.__class__, Ranges._others)(self, n, s)

    def _all(self, nodes: Iterable[Node], s: State | None) -> State | None:
        for n in nodes:
            s = self.run(n, s)[1]
        return s

    def _others(self, n: Node, s: State) -> Found:
        after = self._all(children_of(n), s)
        return (self.interval(n, s) if isinstance(n, Expr) else ANY), after

    def _block(self, n: Block, s: State) -> Found:
        after = self._all(n.body, s)
        return self.run(n.result, after) if n.result is not None else (ANY, after)

    def _if(self, n: If, s: State) -> Found:
        after = self.run(n.condition, s)[1]
        if after is None:
            return ANY, None
        self.decided[n] = self.truth(n.condition, after)
        then, left = self.run(n.then, self.assume(n.condition, True, after))
        other = self.assume(n.condition, False, after)
        otherwise, right = (ANY, other) if n.otherwise is None else self.run(n.otherwise, other)
        return (otherwise if left is None else then if right is None else then.around(otherwise)), joined([left, right])

    def _and_or(self, n: And | Or, s: State) -> Found:
        left = self.run(n.left, s)[1]
        return ANY, joined([left, self.run(n.right, self.assume(n.left, isinstance(n, And), left))[1]])

    def _bind(self, n: Bind, s: State) -> Found:
        value, after = self.run(n.value, s)
        inner = n.value.value if isinstance(n.value, Cast) else n.value
        if isinstance(n.value, Cast):
            self.kinds[n.name] = n.value.to
        if isinstance(inner, Local) and not {n.name, inner.name} & self.changed:
            self.aliases[n.name] = self.aliases.get(inner.name, inner)
            self.kinds.setdefault(n.name, self.kinds.get(inner.name, ""))
        return ANY, self._set(n.name, value, after)

    def _set(self, name: str, value: Interval, s: State | None) -> State | None:
        if s is None or name not in self.scalars:
            return s
        return State({**s.numbers, name: value} if value != ANY else {x: i for x, i in s.numbers.items() if x != name}, s.passed)

    def _assign(self, n: Assign, s: State) -> Found:
        after = self._all(n.target.steps, s)
        value, after = self.run(n.value, after)
        return ANY, self._set(n.target.root.name, value, after) if not n.target.steps and isinstance(n.target.root, Local) else after

    def _leave(self, n: Node, s: State) -> Found:
        self._all(children_of(n), s)
        return ANY, None

    def _call(self, n: Node, s: State) -> Found:
        after = self._all(children_of(n), s)
        for a in (*n.args, getattr(n, "receiver", None)):
            p = a.place if isinstance(a, MutArg) else a.value if isinstance(a, Arg) else a
            if isinstance(p, Place) and isinstance(p.root, Local):
                after = self._set(p.root.name, ANY, after)
        return ANY, None if isinstance(n, CallNative) and n.name in ("panic", "std.env.exit") else after

    def _fill(self, n: FillDefault, s: State) -> Found:
        return ANY, self._set(n.name, ANY, joined([s, self.run(n.value, s)[1]]))

    def _cast(self, n: Cast, s: State) -> Found:
        return self.run(n.value, s)

    def _choice(self, n: Choice, s: State) -> Found:
        ends, tried = [], [s]
        for case in n.cases:
            inside = joined(tried)
            for step in case.steps:
                inside = self.run(step, inside)[1]
                tried.append(inside)
                inside = inside if isinstance(step, Bind) else self.assume(step, True, inside)
            ends.append(self.run(case.body, inside)[1])
        return ANY, joined([*ends, self.run(n.otherwise, joined(tried))[1]])

    # ── loops ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _turning(self, n: Node, s: State) -> State:
        """What holds whenever a loop's round starts: nothing of what the loop changes, but for the lower bound of what only grows."""
        numbers = dict(s.numbers)
        for p in walk(n):
            if isinstance(p, Place) and isinstance(p.root, Local) and p.root.name in numbers and not self._grows(n, p.root.name):
                del numbers[p.root.name]
            elif isinstance(p, Place) and isinstance(p.root, Local) and p.root.name in numbers:
                numbers[p.root.name] = Interval(numbers[p.root.name].lo)
        return State(numbers, s.passed)

    def _grows(self, loop: Node, name: str) -> bool:
        """Whether all that changes a variable in a loop adds a literal that is not negative."""
        places = [p for p in walk(loop) if isinstance(p, Place) and isinstance(p.root, Local) and p.root.name == name]
        grown = [n.target for n in walk(loop) if isinstance(n, Assign) and _adds(n, name)]
        return len(grown) == len(places)

    def _while(self, n: While, s: State) -> Found:
        head = self.run(n.condition, self._turning(n, s))[1]
        self.run(n.body, self.assume(n.condition, True, head))
        return ANY, head if any(isinstance(x, Break) for x in walk(n.body)) else self.assume(n.condition, False, head)

    def _loop(self, n: Loop, s: State) -> Found:
        head = self._turning(n, s)
        self.run(n.body, head)
        return ANY, head if any(isinstance(x, Break) for x in walk(n.body)) else None

    def _for_range(self, n: ForRange, s: State) -> Found:
        lo, s1 = self.run(n.lo, s)
        hi, s2 = self.run(n.hi, s1)
        if s2 is None:
            return ANY, None
        head = self._turning(n.body, s2)
        within = Interval(lo.lo, hi.hi if n.inclusive else hi.hi - 1)
        if within.lo <= within.hi:
            self.run(n.body, State({**head.numbers, n.name: within}, head.passed))
        return ANY, head

    def _for_each(self, n: ForEach, s: State) -> Found:
        after = self.run(n.iterable, s)[1]
        head = None if after is None else self._turning(n.body, after)
        self.run(n.body, head)
        return ANY, head


def _adds(n: Assign, name: str) -> bool:
    """Whether it is `x = x + 1`, with any literal that is not negative."""
    v = n.value
    if n.target.steps or not isinstance(v, Prim) or v.op != "add.i64" or not isinstance(n.target.root, Local):
        return False
    x, k = v.args
    return n.target.root.name == name and isinstance(x, Local) and x.name == name and isinstance(k, IntLit) and k.value >= 0


_RULES: dict[type[Node], Callable[[Ranges, Node, State], Found]] = {
    Block: Ranges._block, If: Ranges._if, And: Ranges._and_or, Or: Ranges._and_or, Bind: Ranges._bind, Assign: Ranges._assign,
    **dict.fromkeys((Return, Break, Continue, NoMatch), Ranges._leave), **dict.fromkeys((CallFn, CallNative, CallValue, MethodCall), Ranges._call),
    FillDefault: Ranges._fill, Cast: Ranges._cast, Choice: Ranges._choice,
    While: Ranges._while, Loop: Ranges._loop, ForRange: Ranges._for_range, ForEach: Ranges._for_each,
}  # fmt: skip
