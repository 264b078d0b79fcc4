"""`Self` elsewhere than in a trait: another way to write the type that the definition is of (LANGUAGE §7)."""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.node import Node, place_at, replace, unplaced
from kayton.ir.surface import ConstructorPattern, Expr, Field, Item, Name, NamedType, PathPattern, Pattern, TypeExpr
from kayton.passes.framework import rewrite_with


def without_self(d: Item, target: TypeExpr, tag: str) -> Item:
    """`d` with `target` in place of `Self`, in types, expressions and patterns; new ids bear the tag."""

    def in_type(t: NamedType) -> TypeExpr:
        return place_at(replace(unplaced(target), span=t.span), t, tag, {}) if t.path == ("Self",) else t

    def in_expression(e: Name) -> Expr:
        return place_at(_as_expression(path), e, tag, {}) if e.name == "Self" else e

    def in_pattern(p: PathPattern | ConstructorPattern) -> Pattern:
        return replace(p, path=(*path, *p.path[1:])) if p.path[0] == "Self" else p

    rules: dict[type[Node], Callable] = {NamedType: in_type}
    if isinstance(target, NamedType):
        path = target.path
        rules |= {Name: in_expression, PathPattern: in_pattern, ConstructorPattern: in_pattern}
    return rewrite_with(rules, d)


def _as_expression(path: tuple[str, ...]) -> Expr:
    out: Expr = Name(path[0])
    for name in path[1:]:
        out = Field(out, name)
    return out
