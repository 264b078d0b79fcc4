"""Patterns: paths become variants, structs and constants, arguments stand in field order, variables get names of their own.

    Circle(r), Shape.Circle(r)    =>   (variant-pattern main.Shape.Circle [r])
    Rect(h=0, w=w)                =>   (variant-pattern main.Shape.Rect [w 0])
    Point(x=0)                    =>   (struct-pattern main.Point [0 _])
    LIMIT                         =>   (const-pattern main.LIMIT)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kayton.diagnostics.names import (
    AlternativesDiffer,
    AmbiguousVariant,
    DuplicateName,
    NotAPattern,
    PatternFields,
    PrivateItem,
    UnknownField,
)
from kayton.diagnostics.nearest import nearest
from kayton.ir import builtins
from kayton.ir.node import Node, map_children
from kayton.ir.places import UNKNOWN_PATTERN
from kayton.ir.resolved import ConstPattern, StructPattern, VariantPattern
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ConstructorPattern,
    LiteralPattern,
    OrPattern,
    PathPattern,
    Pattern,
    RangePattern,
    WildcardPattern,
)
from kayton.passes.resolve.names import entities
from kayton.passes.resolve.names.entities import Entity, Variable

if TYPE_CHECKING:
    from kayton.passes.resolve.names.bodies import BodyResolver


class PatternResolver:
    """Resolves one pattern; `bound` are its variables by the name that was written."""

    def __init__(self, body: BodyResolver) -> None:
        self.body = body
        self.cx = body.cx
        self.bound: dict[str, Variable] = {}
        self._shared: dict[str, Variable] = {}
        """The variables of an or-pattern's first alternative, which the others bind too."""

    def resolve(self, p: Node) -> Pattern:
        """The pattern with every name resolved."""
        handler = _HANDLERS.get(p.__class__)
        return map_children(p, self.resolve) if handler is None else handler(self, p)

    # ── variables ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bind(self, p: BindPattern | AtPattern, *, mutable: bool) -> Variable:
        if p.name in self.bound:
            self.cx.report(DuplicateName(span=p.span, what="variables of this pattern", name=p.name))
            return self.body.new_variable(p.name)
        made = self._shared.get(p.name) or self.body.new_variable(p.name, mutable=mutable)
        self.bound[p.name] = made
        return made

    def _variable(self, p: BindPattern) -> BindPattern:
        v = self._bind(p, mutable=p.mutable)
        return BindPattern(v.name, v.mutable, id=p.id, span=p.span)

    def _at(self, p: AtPattern) -> AtPattern:
        v = self._bind(p, mutable=False)
        return AtPattern(v.name, self.resolve(p.pattern), id=p.id, span=p.span)

    def _alternatives(self, p: OrPattern) -> OrPattern:
        before, shared = self.bound, self._shared
        made: list[Pattern] = []
        bound: list[dict[str, Variable]] = []
        for alternative in p.alternatives:
            self.bound = dict(before)
            made.append(self.resolve(alternative))
            bound.append(self.bound)
            self._shared = {**shared, **bound[0]}
        everywhere = set(bound[0]).intersection(*bound)
        differ = sorted(set().union(*bound) - everywhere)
        if differ:
            self.cx.report(AlternativesDiffer(span=p.span, names=tuple(differ)))
        self._shared = shared
        self.bound = {name: v for alternative in reversed(bound) for name, v in alternative.items()}
        return OrPattern(tuple(made), id=p.id, span=p.span)

    # ── paths ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _path(self, p: PathPattern) -> Pattern:
        found = self.body.paths.in_path(p.path, self.body.scope, p.span)
        if isinstance(found, entities.Constant):
            return ConstPattern(found.path, id=p.id, span=p.span)
        return self._constructed(p, found, ".".join(p.path))

    def _constructor(self, p: ConstructorPattern) -> Pattern:
        found = self.body.paths.in_path(p.path, self.body.scope, p.span)
        return self._constructed(p, found, ".".join(p.path))

    def _constructed(self, p: PathPattern | ConstructorPattern, found: Entity, shown: str) -> Pattern:
        """The pattern; one with an error in it covers nobody knows what."""
        told = len(self.cx.diagnostics)
        made = self._of_parts(p, found, shown)
        if made is not None and len(self.cx.diagnostics) == told:
            return made
        unknown = self.body.new_variable(UNKNOWN_PATTERN)
        return BindPattern(unknown.name, id=p.id, span=p.span)

    def _of_parts(self, p: PathPattern | ConstructorPattern, found: Entity, shown: str) -> Pattern | None:
        if isinstance(found, entities.BuiltinVariant):
            fields = [str(i) for i in range(found.fields)]
            return VariantPattern(found.path, self._args(p, shown, fields, complete=True), id=p.id, span=p.span)
        if isinstance(found, entities.Variant):
            fields = [f.name for f in found.definition.fields]
            return VariantPattern(found.path, self._args(p, shown, fields, complete=True), id=p.id, span=p.span)
        if isinstance(found, entities.UserType) and found.kind in ("struct", "class"):
            fields = [f.name for f in found.item.fields]
            return StructPattern(found.path, self._args(p, shown, fields, complete=False), id=p.id, span=p.span)
        self._no_pattern(p, found, shown)
        for a in getattr(p, "args", ()):
            self.resolve(a.pattern)
        return None

    def _no_pattern(self, p: Pattern, found: Entity, shown: str) -> None:
        if isinstance(found, entities.Private):
            self.cx.report(PrivateItem(span=p.span, name=found.name, module=found.module))
        elif isinstance(found, entities.Ambiguous):
            self.cx.report(AmbiguousVariant(span=p.span, name=found.name, enums=found.enums))
        elif not isinstance(found, entities.Reported):
            self.cx.report(NotAPattern(span=p.span, name=shown))

    def _args(
        self, p: PathPattern | ConstructorPattern, shown: str, fields: list[str], *, complete: bool
    ) -> tuple[Pattern, ...]:
        """A pattern for each field; `complete`: positional patterns must name every one of them."""
        args = p.args if isinstance(p, ConstructorPattern) else ()
        positional = [a for a in args if a.name is None]
        placed: dict[str, Pattern] = {}
        for i, a in enumerate(positional):
            made = self.resolve(a.pattern)
            if i < len(fields):
                placed[fields[i]] = made
        for a in args:
            if a.name is not None:
                self._named(shown, a.name, self.resolve(a.pattern), fields, placed)
        short = complete and len(positional) == len(args) < len(fields)
        if short or len(positional) > len(fields):
            self.cx.report(PatternFields(span=p.span, owner=builtins.own_name(shown), wanted=len(fields), found=len(args)))
        blank = {name: WildcardPattern(id=self.body.names.new_id(p), span=p.span) for name in fields if name not in placed}
        return tuple([placed.get(name) or blank[name] for name in fields])

    def _named(self, shown: str, name: str, made: Pattern, fields: list[str], placed: dict[str, Pattern]) -> None:
        if name not in fields:
            owner, near = builtins.own_name(shown), nearest(name, fields)
            self.cx.report(UnknownField(span=made.span, owner=owner, name=name, near=near, known=tuple(fields)))
        elif name in placed:
            self.cx.report(DuplicateName(span=made.span, what="patterns of one field", name=name))
        placed.setdefault(name, made)

    def _literal(self, p: LiteralPattern | RangePattern) -> Pattern:
        return map_children(p, self.body.visit)


_HANDLERS: dict[type[Node], Callable[[PatternResolver, Node], Pattern]] = {
    BindPattern: PatternResolver._variable,
    AtPattern: PatternResolver._at,
    OrPattern: PatternResolver._alternatives,
    PathPattern: PatternResolver._path,
    ConstructorPattern: PatternResolver._constructor,
    LiteralPattern: PatternResolver._literal,
    RangePattern: PatternResolver._literal,
}
