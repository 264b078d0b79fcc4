"""How a value fits a pattern, as statements: tests from the outside in, and the bindings of the pattern's variables.

`Asked` is a match's way: an expression among the statements is a test, and a value that fails one goes on to the next case.
`Demanded` is a `let`'s way: the statements end the program where the value does not fit.

The value of a pattern is an expression that is written once, unless it is an atom (a variable, or a tuple of atoms that is
not made), which may be copied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kayton.ir.node import Node, Span, unplaced, walk
from kayton.ir.resolved import (
    Bind,
    Case,
    Cast,
    Choice,
    EqualPattern,
    Equals,
    HasLen,
    InRange,
    IsType,
    IsVariant,
    ListRest,
    Local,
    NoMatch,
    Place,
    Slot,
    StructPattern,
    VariantPattern,
)
from kayton.ir.surface import (
    And,
    Assign,
    AtPattern,
    Binary,
    BindPattern,
    Block,
    BoolLit,
    Expr,
    FloatLit,
    IntLit,
    ListPattern,
    LiteralPattern,
    Or,
    OrPattern,
    Pattern,
    RangePattern,
    Stmt,
    StrLit,
    Tuple,
    TuplePattern,
    UnitLit,
    WildcardPattern,
)
from kayton.passes.framework import Cx


class Asked:
    """The steps of a case: what binds, and what must be true. Variables of the pattern that `names` lists get the names there."""

    def __init__(self, cx: Cx, names: Mapping[str, str] = {}) -> None:  # noqa: B006 (never changed)
        self.cx = cx
        self.names = names
        self.steps: list[Stmt] = []

    def fit(self, p: Pattern, value: Expr) -> None:
        """Adds the steps by which `value` fits `p`."""
        _FITS[p.__class__](self, p, value)

    def spot(self, p: Pattern) -> Span | None:
        """Where the steps of a pattern are, and their errors."""
        return p.span

    def named(self, value: Expr, p: Pattern) -> Expr:
        """An atom that has the value."""
        if is_atom(value):
            return value
        name = self.cx.fresh("part")
        self.steps.append(Bind(name, value, span=self.spot(p)))
        return Local(name)

    def typed(self, value: Expr, guard: str, p: Pattern) -> Expr:
        """An atom that has the value, which has the guard's type."""
        whole = self.named(value, p)
        self.steps.append(IsType(unplaced(whole), guard, span=self.spot(p)))
        return whole

    def long(self, whole: Expr, count: int, at_least: bool, p: Pattern) -> None:
        """The list or tuple has so many items."""
        self.steps.append(HasLen(unplaced(whole), count, at_least, span=self.spot(p)))

    def variant(self, p: VariantPattern, value: Expr) -> None:
        """The value is that variant, and its fields fit."""
        if all(isinstance(q, WildcardPattern) for q in p.args):
            self.steps.append(IsVariant(value, p.variant, span=self.spot(p)))
            return
        whole = self.named(value, p)
        self.steps.append(IsVariant(unplaced(whole), p.variant, span=self.spot(p)))
        self.parts(p.args, whole)

    def parts(self, patterns: Sequence[Pattern], whole: Expr) -> None:
        """The parts of `whole` fit, in order."""
        for i, p in enumerate(patterns):
            if not isinstance(p, WildcardPattern):
                self.fit(p, Slot(unplaced(whole), i, span=self.spot(p)))


class Demanded(Asked):
    """The statements of a `let`, whose errors are at `at`."""

    def __init__(self, cx: Cx, at: Span | None) -> None:
        super().__init__(cx)
        self.at = at

    def spot(self, p: Pattern) -> Span | None:
        return self.at

    def fit(self, p: Pattern, value: Expr) -> None:
        if p.__class__ not in _ALTERNATIVE:
            super().fit(p, value)
            return
        whole = self.named(value, p)
        asked = Asked(self.cx)
        asked.fit(p, unplaced(whole))
        *bindings, test = asked.steps
        self.steps += bindings
        self._insist((test,), whole)

    def typed(self, value: Expr, guard: str, p: Pattern) -> Expr:
        return self.named(Cast(value, guard, span=self.at), p)

    def long(self, whole: Expr, count: int, at_least: bool, p: Pattern) -> None:
        self._insist((HasLen(unplaced(whole), count, at_least),), whole)

    def variant(self, p: VariantPattern, value: Expr) -> None:
        """The enum has no other variant, else the `let` would have been an error."""
        self.parts(p.args, self.typed(value, p.variant.rpartition(".")[0], p))

    def _insist(self, steps: tuple[Stmt, ...], whole: Expr) -> None:
        self.steps.append(Choice((Case(steps, UnitLit()),), NoMatch(unplaced(whole), span=self.at), span=self.at))


def is_atom(value: Expr) -> bool:
    """Whether the value may be written several times."""
    if not isinstance(value, Tuple):
        return isinstance(value, Local)
    for item in value.items:
        if not is_atom(item):
            return False
    return True


def _nothing(f: Asked, p: WildcardPattern, value: Expr) -> None:
    """`_` asks nothing."""


def _bind(f: Asked, p: BindPattern, value: Expr) -> None:
    f.steps.append(Bind(f.names.get(p.name, p.name), value, p.mutable, span=f.spot(p)))


def _at(f: Asked, p: AtPattern, value: Expr) -> None:
    """Tests come before the binding where they need not go through it, so that a match can jump on them."""
    name = f.names.get(p.name, p.name)
    if is_atom(value):
        f.fit(p.pattern, value)
        f.steps.append(Bind(name, unplaced(value), span=f.spot(p)))
    else:
        f.steps.append(Bind(name, value, span=f.spot(p)))
        f.fit(p.pattern, Local(name))


def _equal(f: Asked, p: LiteralPattern | EqualPattern, value: Expr) -> None:
    f.steps.append(Equals(value, p.value, span=f.spot(p)))


def _range(f: Asked, p: RangePattern, value: Expr) -> None:
    lo, hi = p.lo, p.hi
    if isinstance(lo, IntLit) and isinstance(hi, IntLit):
        first, last = lo.value, hi.value if p.inclusive else hi.value - 1
        step = InRange(value, first, last, span=f.spot(p)) if first <= last else BoolLit(False, span=f.spot(p))
        f.steps.append(step)
        return
    whole = f.typed(value, _RANGED.get(lo.__class__) or f.cx.bug(p, "a range of no ordered literals"), p)
    f.steps.append(Binary(">=", unplaced(whole), lo, span=f.spot(p)))
    f.steps.append(Binary("<=" if p.inclusive else "<", unplaced(whole), hi, span=f.spot(p)))


_RANGED: dict[type[Node], str] = {FloatLit: "f64", IntLit: "f64", StrLit: "str"}
"""The type of a range pattern by its lower bound; with an i64 and an f64 as bounds it is one of f64."""


def _tuple(f: Asked, p: TuplePattern, value: Expr) -> None:
    if isinstance(value, Tuple) and len(value.items) == len(p.items):
        for q, item in zip(p.items, value.items, strict=True):
            f.fit(q, item)
    elif p.items:
        whole = f.typed(value, "tuple", p)
        f.long(whole, len(p.items), False, p)
        f.parts(p.items, whole)
    else:
        f.typed(value, "()", p)


def _struct(f: Asked, p: StructPattern, value: Expr) -> None:
    f.parts(p.args, f.typed(value, p.type, p))


def _variant(f: Asked, p: VariantPattern, value: Expr) -> None:
    f.variant(p, value)


def _list(f: Asked, p: ListPattern, value: Expr) -> None:
    whole = f.typed(value, "List", p)
    if p.items or p.rest is None:
        f.long(whole, len(p.items), p.rest is not None, p)
    f.parts(p.items, whole)
    if isinstance(p.rest, BindPattern):
        f.fit(p.rest, ListRest(unplaced(whole), len(p.items), span=f.spot(p.rest)))


def _alternatives(f: Asked, p: OrPattern, value: Expr) -> None:
    """The first alternative that fits binds: its own variables are then those of the pattern, which are there before it."""
    whole = f.named(value, p)
    names = list(dict.fromkeys([q.name for q in walk(p.alternatives[0]) if isinstance(q, BindPattern | AtPattern)]))
    for name in names:
        f.steps.append(Bind(f.names.get(name, name), UnitLit(), True, span=f.spot(p)))
    ways: list[tuple[list[Stmt], list[Stmt]]] = []
    for alternative in p.alternatives:
        way = Asked(f.cx, {name: f.cx.fresh("way") for name in names})
        way.fit(alternative, unplaced(whole))
        ways.append((way.steps, [_assigned(f.names.get(name, name), way.names[name]) for name in names]))
    f.steps.append(_first_way(ways, f.spot(p)))


def _assigned(name: str, own: str) -> Assign:
    return Assign(Place(Local(name, True)), Local(own))


def _first_way(ways: list[tuple[list[Stmt], list[Stmt]]], at: Span | None) -> Expr:
    """Whether all steps of some way succeed; then its stores are done."""
    if any(isinstance(step, Bind) for steps, _ in ways for step in steps):
        cases = [Case(tuple(steps), Block(tuple(stores), BoolLit(True))) for steps, stores in ways]
        return Choice(tuple(cases), BoolLit(False), span=at)
    return _joined(Or, [_joined(And, steps, BoolLit(True)) for steps, _ in ways], BoolLit(False))


def _joined(join: type[And] | type[Or], tests: list[Expr], none: Expr) -> Expr:
    if not tests:
        return none
    out = tests[0]
    for test in tests[1:]:
        out = join(out, test)
    return out


_FITS: dict[type[Node], Callable[[Asked, Pattern, Expr], None]] = {
    WildcardPattern: _nothing,
    BindPattern: _bind,
    AtPattern: _at,
    LiteralPattern: _equal,
    EqualPattern: _equal,
    RangePattern: _range,
    TuplePattern: _tuple,
    StructPattern: _struct,
    VariantPattern: _variant,
    ListPattern: _list,
    OrPattern: _alternatives,
}

_ALTERNATIVE = frozenset({LiteralPattern, EqualPattern, RangePattern, OrPattern})
"""Patterns that fit every value only together: an or-pattern in a `let` names all there is (`true | false`)."""
