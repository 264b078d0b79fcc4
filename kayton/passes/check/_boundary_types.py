"""Values at annotations: what certainly cannot cross (LANGUAGE §3 rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Callable

from kayton.diagnostics.types import TypeMismatch
from kayton.ir.analyses.certain_types import FunctionTypes
from kayton.ir.core import Absent, FillDefault
from kayton.ir.guards import guard_of, shown, unrefined
from kayton.ir.node import Node, Span
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

    def expect(self, e: Expr, t: TypeExpr | None, within: tuple[str, str] | None = None) -> None:
        """Reports the parts of `e` that certainly do not cross the boundary of `t`: it reaches into branches and literals.

        `within` is what the whole annotation says before and after `t`, of which that is a part.
        """
        t = unrefined(t)
        guard = guard_of(t)
        if guard is None:
            return
        if isinstance(e, Block) and e.result is not None:
            self.expect(e.result, t, within)
        elif isinstance(e, If) and e.otherwise is not None:
            self.expect(e.then, t, within)
            self.expect(e.otherwise, t, within)
        elif not self._mismatch(e, guard, t.span, within):
            self._expect_parts(e, t, within)

    def _mismatch(self, e: Expr, guard: str, annotation: Span | None, within: tuple[str, str] | None) -> bool:
        found = self.known.name(e)
        if found is None or found == guard or (guard == "f64" and found == "i64"):
            return False
        if guard.startswith("dyn ") and guard[4:] in self.declared.traits.get(found, ()):
            return False
        expected, found = shown(guard), shown(found)
        self.cx.report(TypeMismatch(span=e.span, expected=expected, found=found, annotation=annotation, within=within))
        return True

    def _expect_parts(self, e: Expr, t: TypeExpr, within: tuple[str, str] | None) -> None:
        """A literal takes its element types from the annotation."""
        if isinstance(e, Tuple) and isinstance(t, TupleType):
            if len(e.items) != len(t.items):
                wanted, found = f"a tuple of {len(t.items)}", f"a tuple of {len(e.items)}"
                self.cx.report(TypeMismatch(span=e.span, expected=wanted, found=found, annotation=t.span))
                return
            for i, (item, part) in enumerate(zip(e.items, t.items, strict=True)):
                self.expect(item, part, _around(t, i, within))
        elif isinstance(t, TypeRef) and t.args:
            if isinstance(e, ListLit | SetLit):
                for item in e.items:
                    self.expect(item, t.args[0], _around(t, 0, within))
            elif isinstance(e, ListRepeat):
                self.expect(e.value, t.args[0], _around(t, 0, within))
            elif isinstance(e, MapLit):
                for entry in e.entries:
                    self.expect(entry.key, t.args[0], _around(t, 0, within))
                    self.expect(entry.value, t.args[1], _around(t, 1, within))

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


def _around(t: TypeExpr, index: int, within: tuple[str, str] | None) -> tuple[str, str]:
    """What the whole annotation says before and after a part of `t`; other parts are left out: `Map[_, List[` and `]]`."""
    outer_left, outer_right = within or ("", "")
    parts = t.items if isinstance(t, TupleType) else t.args
    left = ", ".join(["_"] * index + [""]) if index else ""
    right = "".join([", _"] * (len(parts) - index - 1))
    opener, closer = ("(", ",)" if len(parts) == 1 else ")") if isinstance(t, TupleType) else (f"{shown(t.type)}[", "]")
    return f"{outer_left}{opener}{left}", f"{right}{closer}{outer_right}"


_RULES: dict[type[Node], Callable[[Boundaries, Node], None]] = {
    Let: Boundaries.let,
    Assign: Boundaries.assign,
    FillDefault: Boundaries.default,
    CallFn: Boundaries.call,
}
