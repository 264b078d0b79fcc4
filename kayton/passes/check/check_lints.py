"""check-lints : Linked -> Linked

Reports what is no mistake but may be unwanted, at the level that was chosen for it: allow, warn or deny.

    n: i64 where n > 0           a refined type            aot_only_feature
    fn f() uses io: …            declared effects          aot_only_feature
    pure fn g(x): …              pure                      aot_only_feature
    fn h[T: Shape](x: T): …      the bound of T            aot_only_feature
    @inline, @const, @thunk      annotations with meaning  aot_only_feature

It looks at the program as it was written: later languages have no place for some of this.
"""

from __future__ import annotations

from kayton.diagnostics import lints
from kayton.diagnostics.lints import AotOnlyFeature
from kayton.ir.core import Linked
from kayton.ir.node import Span
from kayton.ir.surface import Annotation, FnDef, Program, RefinedType, TypeParam
from kayton.passes.check._heads import head_of
from kayton.passes.framework import Cx, Pass, check, frozen, rewrite

_MEANING = ("inline", "const", "thunk")
"""The annotations that compiling ahead of time heeds."""


@frozen
class CheckLints(Pass):
    source = Linked
    target = Linked

    def transform(self, root: Program, cx: Cx) -> Program:
        """Looks only if anything could be reported: most programs are compiled without."""
        if all([cx.lints.get(name, kind.default) == "allow" for name, kind in lints.LINTS.items()]):
            return root
        return rewrite(self, root, cx)

    @check
    def refined(self, t: RefinedType, cx: Cx) -> None:
        _aot_only(t.span, "a refined type", cx)

    @check
    def function(self, f: FnDef, cx: Cx) -> None:
        if f.effects is not None:
            _aot_only(head_of(f, cx.sources), "a declaration of effects", cx)
        if f.pure:
            _aot_only(head_of(f, cx.sources), "`pure`", cx)

    @check
    def annotation(self, a: Annotation, cx: Cx) -> None:
        if a.name in _MEANING:
            _aot_only(a.span, f"@{a.name}", cx)

    @check
    def parameter(self, p: TypeParam, cx: Cx) -> None:
        if p.bounds:
            _aot_only(p.span, f"the bound of {p.name}", cx)


def _aot_only(span: Span | None, feature: str, cx: Cx) -> None:
    lints.report(cx, AotOnlyFeature, span=span, feature=feature)
