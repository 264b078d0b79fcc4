"""compile-matches : Cast -> Decided

    match e: p if c => a, q => b     =>   { bind %v e; choice (case (tests of p.., c) a) (case (tests of q..) b) else no-match %v }
    match e: p => a, x => b          =>   { bind %v e; choice (case (tests of p..) a) else { bind x %v; b } }
    match (a, b): (0, y) => …        =>   the same on %a and %b; no tuple is made
    let x = e                        =>   bind x e
    let (x, (y, _)) = e              =>   bind %v (cast e tuple); choice (case (has-len %v 2) ()) else no-match %v;
                                          bind x (slot %v 0); bind %w (cast (slot %v 1) tuple); …

Arms are tried in order and no body is written twice. The tests of a pattern go from the outside in, so that a part is only
taken of what was shown to have it. A pattern never makes a value an error in a match; in a `let` it is a boundary, where a
value of another type is `expected tuple, found i64` and a tuple of another length `no match arm for (1, 2, 3)` (LANGUAGE §6).
A variable's name is its function's own since the names are resolved, so the bindings that stand for one `let` join the block
around it.
"""

from __future__ import annotations

from kayton.ir.node import unplaced
from kayton.ir.resolved import (
    Bind,
    Case,
    Casted,
    Choice,
    Decided,
    EqualPattern,
    Local,
    NoMatch,
    StructPattern,
    VariantPattern,
)
from kayton.ir.surface import (
    Arm,
    AtPattern,
    BindPattern,
    Block,
    Expr,
    Let,
    ListPattern,
    LiteralPattern,
    Match,
    OrPattern,
    Pattern,
    RangePattern,
    Stmt,
    Tuple,
    TuplePattern,
    WildcardPattern,
)
from kayton.passes.framework import Cx, Pass, frozen, rule
from kayton.passes.lower._pattern_fits import Asked, Demanded

_Part = (
    Arm | WildcardPattern | LiteralPattern | RangePattern | TuplePattern | ListPattern | OrPattern | AtPattern
    | VariantPattern | StructPattern | EqualPattern
)  # fmt: skip


@frozen
class CompileMatches(Pass):
    source = Casted
    target = Decided

    @rule
    def match(self, e: Match, cx: Cx) -> Expr:
        first: list[Stmt] = []
        value = _subject(e, first, cx)
        cases: list[Case] = []
        otherwise: Expr = NoMatch(unplaced(value), span=e.value.span)
        for arm in e.arms:
            asked = Asked(cx)
            asked.fit(arm.pattern, unplaced(value))
            if arm.guard is None and all(isinstance(step, Bind) for step in asked.steps):
                otherwise = Block(tuple(asked.steps), arm.body, span=arm.span) if asked.steps else arm.body
                break
            cases.append(_case(arm, asked.steps))
        chosen = Choice(tuple(cases), otherwise, span=e.span) if cases else otherwise
        return Block(tuple(first), chosen, span=e.span) if first else chosen

    @rule
    def let(self, s: Let, cx: Cx) -> Stmt:
        pairs: list[tuple[Pattern, Expr]] = []
        _pair(s.pattern, s.value, pairs)
        fits = Demanded(cx, s.value.span)
        if len(pairs) == 1:
            _only(*pairs[0], fits)
        else:
            _all(pairs, fits)
        return fits.steps[0] if len(fits.steps) == 1 else Block(tuple(fits.steps))

    @rule
    def block(self, b: Block, cx: Cx) -> Block:
        if not any(isinstance(s, Block) for s in b.body):
            return b
        body: list[Stmt] = []
        for s in b.body:
            if isinstance(s, Block):
                body += s.body
                body += () if s.result is None else (s.result,)
            else:
                body.append(s)
        return Block(tuple(body), b.result, id=b.id, span=b.span)

    @rule
    def part(self, p: _Part, cx: Cx):
        """Nothing yet: the match or `let` around it takes it apart."""
        return p


def _case(arm: Arm, steps: list[Stmt]) -> Case:
    tests = steps if arm.guard is None else [*steps, arm.guard]
    return Case(tuple(tests), arm.body, span=arm.span)


def _subject(e: Match, first: list[Stmt], cx: Cx) -> Expr:
    """What the arms look at: variables that nothing changes in between; of a tuple its items, each on its own."""
    fits = Asked(cx)
    value = e.value
    if isinstance(value, Local) and value.mutable and all(arm.guard is None for arm in e.arms):
        return value
    out = _kept(value, fits)
    first += fits.steps
    return out


def _kept(value: Expr, fits: Asked) -> Expr:
    if isinstance(value, Tuple) and value.items:
        return Tuple(tuple([_kept(item, fits) for item in value.items]), span=value.span)
    if isinstance(value, Local) and not value.mutable:
        return value
    name = fits.cx.fresh("value")
    fits.steps.append(Bind(name, value, span=value.span))
    return Local(name, span=value.span)


def _pair(p: Pattern, value: Expr, out: list[tuple[Pattern, Expr]]) -> None:
    """A tuple of patterns takes its values from a tuple that is written there without making it."""
    if isinstance(p, TuplePattern) and isinstance(value, Tuple) and p.items and len(p.items) == len(value.items):
        for q, item in zip(p.items, value.items, strict=True):
            _pair(q, item, out)
    else:
        out.append((p, value))


def _only(p: Pattern, value: Expr, fits: Demanded) -> None:
    if isinstance(p, WildcardPattern):
        fits.steps.append(value)
    else:
        fits.fit(p, value)


def _all(pairs: list[tuple[Pattern, Expr]], fits: Demanded) -> None:
    """All values are there before the first is taken apart."""
    later: list[tuple[Pattern, Expr]] = []
    for p, value in pairs:
        if isinstance(p, BindPattern | WildcardPattern):
            _only(p, value, fits)
        else:
            later.append((p, fits.named(value, p)))
    for p, whole in later:
        fits.fit(p, whole)
