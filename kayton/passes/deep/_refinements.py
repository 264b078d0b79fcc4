"""Making the checks of refined types: conditions with the value in them, temporaries, tests of a field's owner."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.analyses.declarations import Declarations
from kayton.ir.core import Absent, ForEach, ForRange, SuccessOr
from kayton.ir.guards import unrefined
from kayton.ir.node import Node, place_at, replace, unplaced, walk
from kayton.ir.resolved import CallNative, FieldStep, FnRef, IndexStep, Local, NativeRef, Place, StructPattern
from kayton.ir.surface import (
    Arm,
    AtPattern,
    BindPattern,
    Block,
    BoolLit,
    Expr,
    Field,
    FloatLit,
    If,
    Index,
    IntLit,
    Let,
    Match,
    Param,
    Part,
    RefinedType,
    Stmt,
    StrLit,
    TypeExpr,
    Unary,
    UnitLit,
    WildcardPattern,
)
from kayton.passes.framework import Cx, rewrite_with

FAILED = "refinement failed: "
REFINED = "%refined."
"""Variables that hold a value that crosses a refined type."""
_TAG = "lower-advanced"
_BINDERS = (BindPattern, AtPattern, ForEach, ForRange, SuccessOr)
_CONSTANT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, FnRef, NativeRef, Absent)


def _is_settled(e: Node) -> bool:
    """Whether evaluating `e` earlier or later, or twice, makes no difference."""
    return isinstance(e, _CONSTANT) or (isinstance(e, Local) and not e.mutable)


class Refinements:
    """The refinements of a program."""

    def __init__(self, declared: Declarations, cx: Cx) -> None:
        self.declared, self.cx = declared, cx
        self.counter: dict[str, int] = {}
        self.fields: dict[str, list[tuple[str, Param]]] = {}
        """By a field's name, the types that refine it."""
        for path, kind in declared.kinds.items():
            for p in declared.fields(path) or () if kind in ("struct", "class") else ():
                if isinstance(p.type, RefinedType):
                    self.fields.setdefault(p.pattern.name, []).append((path, p))

    # ── checks ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def checks(self, t: TypeExpr | None, value: Expr, at: Node) -> list[Stmt]:
        """The checks of a value that has the type's base, the innermost refinement first; they fail where `at` stands."""
        found: list[Stmt] = []
        while isinstance(t, RefinedType):
            where = t.condition.span
            text = " ".join(self.cx.sources[where.file].text[where.start : where.end].split())
            panic = CallNative("panic", (StrLit(FAILED + text),), span=at.span)
            found.insert(0, self.placed(If(Unary("not", self._condition(t.condition, value)), Block((), panic, span=at.span), span=at.span), at))
            t = t.base
        return found

    def _condition(self, condition: Expr, value: Expr) -> Expr:
        """The condition of this value, its own variables renamed: it may stand several times in one function."""
        made = unplaced(condition)
        renamed = {n.name: self.cx.fresh(n.name.lstrip("%").partition(".")[0]) for n in walk(made) if isinstance(n, _BINDERS)}

        def local(n: Local) -> Expr:
            return unplaced(value) if n.name == "it" else replace(n, name=renamed.get(n.name, n.name))

        def binder(n: Node) -> Node:
            return replace(n, name=renamed[n.name])

        return rewrite_with({Local: local, **dict.fromkeys(_BINDERS, binder)}, made)

    def crossing(self, value: Expr, t: TypeExpr, at: Node) -> list[Stmt]:
        """The statements by which a value that may be used twice crosses the type's base, then its refinements."""
        name = self.cx.fresh("refined")
        bound = Let(BindPattern(name), replace(unplaced(value), span=at.span), unplaced(unrefined(t)), span=at.span)
        return [self.placed(bound, at), *self.checks(t, Local(name, span=at.span), at)]

    def checked(self, e: Expr, t: TypeExpr) -> Expr:
        """An expression whose value has crossed a refined type."""
        name = self.cx.fresh("refined")
        bound = self.placed(Let(BindPattern(name), e, unplaced(unrefined(t)), span=e.span), e)
        return self.block((bound, *self.checks(t, Local(name, span=e.span), e)), Local(name, span=e.span), e)

    def tested(self, owner: Expr, type_name: str, checks: Sequence[Stmt], at: Node) -> Stmt:
        """The checks, if the owner of a field has that type."""
        parts = tuple([WildcardPattern() for _ in self.declared.fields(type_name) or ()])
        arms = (Arm(StructPattern(type_name, parts), Block(tuple(checks), span=at.span)), Arm(WildcardPattern(), UnitLit()))
        return self.placed(Match(unplaced(owner), arms, span=at.span), at)

    # ── evaluating once ────────────────────────────────────────────────────────────────────────────────────────────────

    def named(self, e: Expr, word: str = "given") -> tuple[Expr, list[Stmt]]:
        """An expression for the value of `e` that may be used twice, and the statements that evaluate `e`."""
        if _is_settled(e):
            return e, []
        name = self.cx.fresh(word)
        return self.placed(Local(name, span=e.span), e), [self.placed(Let(BindPattern(name), e, span=e.span), e)]

    def settled_place(self, p: Place) -> tuple[Place, list[Stmt]]:
        """A place whose indices may be evaluated twice, and the statements that evaluate them."""
        steps, first = [], []
        for step in p.steps:
            if isinstance(step, IndexStep):
                index, bound = self.named(step.index)
                first += bound
                step = replace(step, index=index)
            steps.append(step)
        return replace(p, steps=tuple(steps)), first

    def block(self, body: Sequence[Stmt], result: Expr | None, at: Node) -> Block:
        """A block that stands in the place of a node."""
        return self.placed(Block(tuple(body), result, span=at.span), at)

    def placed(self, made: Node, at: Node) -> Node:
        """What was made, with ids of its own: the node that it is made for goes on standing in it."""
        base = at.id or "?"
        self.counter[base] = self.counter.get(base, 0) + 1
        return place_at(replace(made, id=f"{base}~{_TAG}.{self.counter[base]}"), at, _TAG, self.counter)


def read_of(p: Place) -> Expr:
    """What is in a place, as an expression."""
    made = unplaced(p.root)
    for step in p.steps:
        if isinstance(step, IndexStep):
            made = Index(made, unplaced(step.index), span=p.span)
        else:
            made = Field(made, step.name, span=p.span) if isinstance(step, FieldStep) else Part(made, step.index, span=p.span)
    return made
