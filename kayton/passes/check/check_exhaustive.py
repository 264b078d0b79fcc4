"""check-exhaustive : Constant -> Constant

Reports what patterns leave out, and arms that no value can reach (LANGUAGE §6).

    match c: Red: …, Green: …               this match does not cover Blue
    match n: 0: …, 1..=9: …                 this match does not cover every value: it needs a catch-all
    let Some(n) = found                     this pattern does not fit None
    match n: _: …, 1: …                     (a warning) this arm can never be reached

Which cases there are follows from the patterns themselves: variants are all those of their enum, lists go by length, other literals
need a catch-all. A guarded arm covers nothing. An arm is unreachable only if that is certain: after all the variants of an enum, a
catch-all may still meet a value of another type, unless the matched value's type is certain too.
"""

from __future__ import annotations

from kayton.diagnostics.matching import NotExhaustive, Refutable, UnreachableArm
from kayton.ir.analyses.certain_types import CertainTypes, FunctionTypes
from kayton.ir.analyses.declarations import Declarations
from kayton.ir.node import Span, walk
from kayton.ir.places import UNKNOWN_PATTERN, source_name
from kayton.ir.resolved import Constant
from kayton.ir.surface import Arm, BindPattern, Let, Match, Pattern, Program, WildcardPattern
from kayton.passes.check._usefulness import Coverage, Rows, Shape, TooMuch, shape_of
from kayton.passes.framework import Cx, Pass, frozen

_SHOWN = 3
_MOST_ASKED = 50
"""Of so many arms it is asked whether one alone covers another."""


@frozen
class CheckExhaustive(Pass):
    source = Constant
    target = Constant

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        for _, known in cx.facts(CertainTypes).functions():
            for m in known.each(Match):
                _match(m, known, cx)
            for s in known.each(Let):
                if not isinstance(s.pattern, BindPattern | WildcardPattern):
                    _let(s, known.declared, cx)
        return root


def _let(s: Let, declared: Declarations, cx: Cx) -> None:
    try:
        missing = Coverage(declared).missing([shape_of(s.pattern)])
    except TooMuch:
        return
    if missing:
        cx.report(Refutable(span=s.pattern.span, missing=missing[0], pattern=_written_in_let(s.pattern.span, cx)))


def _written_in_let(span: Span | None, cx: Cx) -> str:
    """A pattern's text; empty if it stands elsewhere than in a `let`: in a `for`, a parameter, a comprehension."""
    text = cx.sources[span.file].text if span else ""
    return text[span.start : span.end] if span and text[: span.start].rstrip().endswith("let") else ""


def _match(m: Match, known: FunctionTypes, cx: Cx) -> None:
    if any([_unknown(a.pattern) for a in m.arms]):
        return
    shapes = [shape_of(a.pattern) for a in m.arms]
    try:
        missing = Coverage(known.declared).missing([s for s, a in zip(shapes, m.arms, strict=True) if a.guard is None])
        if missing:
            shown = ("_",) if "_" in missing else tuple(missing[:_SHOWN])
            span = m.span if m.value.span is None else m.span._replace(end=m.value.span.end)
            cx.report(NotExhaustive(span=span, missing=shown, more="_" not in missing and len(missing) > _SHOWN))
        for a, cover in _unreachable(m, shapes, known):
            facts = {"name": source_name(cover.name)} if isinstance(cover, BindPattern) else {}
            cx.report(UnreachableArm(span=a.pattern.span, cover=None if cover is None else cover.span, **facts))
    except TooMuch:
        return


def _unknown(p: Pattern) -> bool:
    """Whether there is an error in the pattern, so that what it covers cannot be said."""
    return any([isinstance(n, BindPattern) and n.name.startswith(UNKNOWN_PATTERN) for n in walk(p)])


def _unreachable(m: Match, shapes: list[Shape], known: FunctionTypes) -> list[tuple[Arm, Pattern | None]]:
    """The arms that the ones before them leave nothing to, and the pattern that alone leaves them nothing; not the arm that a
    desugared `if let` ends with."""
    closed = known.name(m.value) is not None
    coverage = Coverage(known.declared)
    before = Rows()
    unguarded: list[tuple[Pattern, Shape]] = []
    found = []
    for a, shape in zip(m.arms, shapes, strict=True):
        if not coverage.adds(before, shape, closed=closed) and a.span != m.span:
            alone = (p for p, covers in unguarded[:_MOST_ASKED] if not coverage.adds(_only(covers), shape, closed=closed))
            found.append((a, next(alone, None)))
        if a.guard is None:
            before.add((shape,))
            unguarded.append((a.pattern, shape))
    return found


def _only(shape: Shape) -> Rows:
    rows = Rows()
    rows.add((shape,))
    return rows
