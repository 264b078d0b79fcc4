"""hoist-methods : Linked -> Hoisted

    struct P[T]: fields, fn m(self): body    =>   struct P[T]: fields;  fn P.m[T](self): body;  methods P[T] by P: m
    impl P: fn m(self): body                 =>   fn P.m(self): body;  methods P by P: m
    impl Tr for P: fn m(self): body          =>   fn P.Tr.m(self): body;  methods P for Tr by P.Tr: m
    trait Tr: fn r(self), fn d(self): body   =>   trait Tr: requires r, provides d;  fn Tr.r[Self](self);  fn Tr.d[Self](self): body

A method is a function that a table names. Functions without `self` are in the same tables, being called through the type.
Elsewhere than in a trait `Self` is the type itself and is replaced by it; in a trait it is one more type parameter. A required
method stays a function without a body: it says what an impl without annotations takes over (LANGUAGE §3).
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.core import ClassType, EnumType, Hoisted, Linked, Methods, StructType, TraitType
from kayton.ir.node import Node, map_children, place_at, replace, unplaced
from kayton.ir.surface import (
    ClassDef,
    ConstructorPattern,
    DynTrait,
    EnumDef,
    Expr,
    Field,
    FnDef,
    FnType,
    ImplDef,
    Item,
    Module,
    Name,
    NamedType,
    PathPattern,
    Pattern,
    Stmt,
    StructDef,
    TraitDef,
    TypeExpr,
    TypeParam,
)
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with

_TAG = "hoist-methods"


@frozen
class HoistMethods(Pass):
    source = Linked
    target = Hoisted

    def transform(self, root: Node, cx: Cx) -> Node:
        return map_children(root, _module)


def _module(m: Module) -> Module:
    body: list[Stmt] = []
    changed = False
    for item in m.body:
        hoist = _HOIST.get(item.__class__)
        if hoist is None:
            body.append(item)
        else:
            counter: dict[str, int] = {}
            body += [place_at(made, item, _TAG, counter) for made in hoist(item)]
            changed = True
    return replace(m, body=tuple(body)) if changed else m


def _type(d: StructDef | ClassDef | EnumDef) -> list[Item]:
    target = NamedType((d.name,), _as_arguments(d.type_params))
    d = _without_self(d, target)
    parts = d.variants if isinstance(d, EnumDef) else d.fields
    declared = _TYPES[d.__class__](d.name, d.type_params, parts, d.public, id=d.id, span=d.span)
    return [declared, *_served(d, target, d.name, None)]


def _impl(d: ImplDef) -> list[Item]:
    own = _type_name(d.target)
    prefix = own if d.trait is None else f"{own}.{_type_name(d.trait)}"
    return _served(_without_self(d, d.target), d.target, prefix, d.trait)


def _trait(d: TraitDef) -> list[Item]:
    required = tuple([m.name for m in d.methods if m.body is None])
    provided = tuple([m.name for m in d.methods if m.body is not None])
    declared = TraitType(d.name, d.type_params, d.supers, required, provided, d.public, id=d.id, span=d.span)
    itself = NamedType((d.name,), _as_arguments(d.type_params))
    inherited = (TypeParam("Self", (itself,)), *d.type_params)
    return [declared, *[_function(m, d.name, inherited) for m in d.methods]]


_TYPES: dict[type[Node], type[Node]] = {StructDef: StructType, ClassDef: ClassType, EnumDef: EnumType}

_HOIST: dict[type[Node], Callable[..., list[Item]]] = {
    StructDef: _type, ClassDef: _type, EnumDef: _type, ImplDef: _impl, TraitDef: _trait,
}  # fmt: skip


def _served(d: StructDef | ClassDef | EnumDef | ImplDef, target: TypeExpr, prefix: str, trait: TypeExpr | None) -> list[Item]:
    """The functions of `d`, and the table that makes them methods of `target`."""
    if not d.methods:
        return []
    functions = [_function(m, prefix, d.type_params) for m in d.methods]
    names = tuple([m.name for m in d.methods])
    params = tuple([unplaced(p) for p in d.type_params])
    table = Methods(unplaced(target), prefix, names, trait, params, id=f"{d.id}~{_TAG}.0", span=d.span)
    return [*functions, table]


def _function(m: FnDef, prefix: str, inherited: tuple[TypeParam, ...]) -> FnDef:
    params = (*[unplaced(p) for p in inherited], *m.type_params)
    return replace(m, name=f"{prefix}.{m.name}", type_params=params)


def _as_arguments(params: tuple[TypeParam, ...]) -> tuple[TypeExpr, ...]:
    return tuple([NamedType((p.name,)) for p in params])


def _type_name(t: TypeExpr) -> str:
    if isinstance(t, NamedType):
        return ".".join(t.path)
    if isinstance(t, DynTrait):
        return _type_name(t.trait)
    return "fn" if isinstance(t, FnType) else "tuple"


def _without_self(d: Item, target: TypeExpr) -> Item:
    """`d` with `Self` replaced by the type it stands for, in types, expressions and patterns."""

    def in_type(t: NamedType) -> TypeExpr:
        return place_at(replace(unplaced(target), span=t.span), t, _TAG, {}) if t.path == ("Self",) else t

    def in_expression(e: Name) -> Expr:
        return place_at(_as_expression(path), e, _TAG, {}) if e.name == "Self" else e

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
