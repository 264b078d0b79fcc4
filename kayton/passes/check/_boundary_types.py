"""Values at annotations: what certainly cannot cross (LANGUAGE §3 rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable

from kayton.diagnostics.types import TypeMismatch
from kayton.ir.analyses.certain_types import FunctionTypes
from kayton.ir.core import Absent, FillDefault
from kayton.ir.guards import guard_of, shown, unrefined
from kayton.ir.node import Node
from kayton.ir.resolved import CallFn, Local, MutArg, TypeRef
from kayton.ir.surface import (
    Assign,
    Block,
    Expr,
    Field,
    FnDef,
    If,
    Let,
    ListLit,
    ListRepeat,
    MapLit,
    SetLit,
    Tuple,
    TupleType,
    TypeExpr,
    UnitLit,
)
from kayton.passes.framework import Cx


class Boundaries:
    """Looks at the boundaries of one function."""

    def __init__(self, known: FunctionTypes, cx: Cx) -> None:
        self.known = known
        self.declared = known.declared
        self.cx = cx

    def check(self, f: FnDef) -> None:
        """Reports what is wrong at every boundary of the function."""
        if f.body is not None:
            self.expect(f.body, f.result)
        for r in self.known.returns:
            self.expect(UnitLit(span=r.span) if r.value is None else r.value, f.result)
        for kind, rule in _RULES.items():
            for n in self.known.each(kind):
                rule(self, n)

    def expect(self, e: Expr, t: TypeExpr | None) -> None:
        """Reports the parts of `e` that certainly do not cross the boundary of `t`: it reaches into branches and literals."""
        t = unrefined(t)
        guard = guard_of(t)
        if guard is None:
            return
        if isinstance(e, Block) and e.result is not None:
            self.expect(e.result, t)
        elif isinstance(e, If) and e.otherwise is not None:
            self.expect(e.then, t)
            self.expect(e.otherwise, t)
        elif not self._mismatch(e, guard):
            self._expect_parts(e, t)

    def _mismatch(self, e: Expr, guard: str) -> bool:
        found = self.known.name(e)
        if found is None or found == guard or (guard == "f64" and found == "i64"):
            return False
        if guard.startswith("dyn ") and guard[4:] in self.declared.traits.get(found, ()):
            return False
        self.cx.report(TypeMismatch(span=e.span, expected=shown(guard), found=shown(found)))
        return True

    def _expect_parts(self, e: Expr, t: TypeExpr) -> None:
        """A literal takes its element types from the annotation."""
        if isinstance(e, Tuple) and isinstance(t, TupleType):
            if len(e.items) != len(t.items):
                wanted, found = f"a tuple of {len(t.items)}", f"a tuple of {len(e.items)}"
                self.cx.report(TypeMismatch(span=e.span, expected=wanted, found=found))
                return
            for item, part in zip(e.items, t.items, strict=True):
                self.expect(item, part)
        elif isinstance(t, TypeRef) and t.args:
            if isinstance(e, ListLit | SetLit):
                for item in e.items:
                    self.expect(item, t.args[0])
            elif isinstance(e, ListRepeat):
                self.expect(e.value, t.args[0])
            elif isinstance(e, MapLit):
                for entry in e.entries:
                    self.expect(entry.key, t.args[0])
                    self.expect(entry.value, t.args[1])

    # ── the boundaries ─────────────────────────────────────────────────────────────────────────────────────────────────

    def let(self, s: Let) -> None:
        self.expect(s.value, s.type)

    def assign(self, s: Assign) -> None:
        if isinstance(s.target, Local):
            self.expect(s.value, self.known.annotations.get(s.target.name))
        elif isinstance(s.target, Field):
            owner = self.known.name(s.target.value)
            field = None if owner is None else self.declared.field(owner, s.target.name)
            self.expect(s.value, None if field is None else field.type)

    def default(self, s: FillDefault) -> None:
        self.expect(s.value, self.known.annotations.get(s.name))

    def call(self, c: CallFn) -> None:
        f = self.declared.functions.get(c.fn)
        for a, p in zip(c.args, () if f is None else f.params, strict=False):
            if not isinstance(a, Absent):
                self.expect(a.place if isinstance(a, MutArg) else a, p.type)


_RULES: dict[type[Node], Callable[[Boundaries, Node], None]] = {
    Let: Boundaries.let,
    Assign: Boundaries.assign,
    FillDefault: Boundaries.default,
    CallFn: Boundaries.call,
}
