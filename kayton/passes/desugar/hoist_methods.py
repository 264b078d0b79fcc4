"""hoist-methods : Linked -> Hoisted

    struct P[T]: fields, fn m(self): body    =>   struct P[T]: fields;  fn P.m[T](self): body;  methods P[T] by P: m
    impl P[T]: fn m(self): body              =>   fn P.m[T](self): body;  methods P[T] by P: m
    impl Tr for P: fn m(self): body          =>   fn P.Tr.m(self): body;  methods P for Tr by P.Tr: m
    trait Tr: fn r(self), fn d(self): body   =>   trait Tr: requires r, provides d;  fn Tr.r[Self](self);  fn Tr.d[Self](self): body

A method is a function that a table names. Functions without `self` are in the same tables, being called through the type.
Elsewhere than in a trait `Self` is the type itself and is replaced by it; in a trait it is one more type parameter. A required
method stays a function without a body: it says what an impl without annotations takes over (LANGUAGE §3). The brackets of
`impl P[T]` declare what no type in the module is called.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir import builtins
from kayton.ir.core import ClassType, EnumType, Hoisted, Linked, Methods, StructType, TraitType
from kayton.ir.node import Node, map_children, place_at, replace, unplaced, walk
from kayton.ir.surface import (
    ClassDef,
    DynTrait,
    EnumDef,
    FnDef,
    FnType,
    ImplDef,
    Item,
    Module,
    NamedType,
    Stmt,
    StructDef,
    TraitDef,
    TypeAlias,
    TypeExpr,
    TypeParam,
    Use,
)
from kayton.passes.desugar._self_type import without_self
from kayton.passes.framework import Cx, Pass, frozen

_TAG = "hoist-methods"


@frozen
class HoistMethods(Pass):
    source = Linked
    target = Hoisted

    def transform(self, root: Node, cx: Cx) -> Node:
        return map_children(root, _module)


def _module(m: Module) -> Module:
    if not any(s.__class__ in _HOIST for s in m.body):
        return m
    known = _type_names(m)
    body: list[Stmt] = []
    for s in m.body:
        hoist = _HOIST.get(s.__class__)
        counter: dict[str, int] = {}
        body += (s,) if hoist is None else [place_at(made, s, _TAG, counter) for made in hoist(s, known)]
    return replace(m, body=tuple(body))


def _type_names(m: Module) -> frozenset[str]:
    """What the module calls types: its own and those it takes from others."""
    own = [s.name for s in m.body if isinstance(s, StructDef | ClassDef | EnumDef | TraitDef | TypeAlias)]
    used = [n.alias or n.name for s in m.body if isinstance(s, Use) for n in s.names]
    return frozenset((*own, *used, *builtins.TYPES, *builtins.HOOKS))


def _type(d: StructDef | ClassDef | EnumDef, known: frozenset[str]) -> list[Item]:
    target = NamedType((d.name,), _as_arguments(d.type_params))
    d = without_self(d, target, _TAG)
    parts = d.variants if isinstance(d, EnumDef) else d.fields
    declared = _TYPES[d.__class__](d.name, d.type_params, parts, d.public, d.annotations, id=d.id, span=d.span)
    return [declared, *_served(d, target, d.type_params, d.name, None)]


def _impl(d: ImplDef, known: frozenset[str]) -> list[Item]:
    own = _type_name(d.target)
    prefix = own if d.trait is None else f"{own}.{_type_name(d.trait)}"
    params = (*d.type_params, *_implied(d, known))
    return _served(without_self(d, d.target, _TAG), d.target, params, prefix, d.trait)


def _implied(d: ImplDef, known: frozenset[str]) -> list[TypeParam]:
    """The type parameters that the target's brackets declare."""
    seen = {"Self", *known, *[p.name for p in d.type_params]}
    found = []
    for t in walk(d.target):
        if isinstance(t, NamedType) and t is not d.target and len(t.path) == 1 and not t.args:
            (name,) = t.path
            if name[0].isupper() and name not in seen:
                seen.add(name)
                found.append(TypeParam(name, span=t.span))
    return found


def _trait(d: TraitDef, known: frozenset[str]) -> list[Item]:
    required = tuple([m.name for m in d.methods if m.body is None])
    provided = tuple([m.name for m in d.methods if m.body is not None])
    declared = TraitType(d.name, d.type_params, d.supers, required, provided, d.public, d.annotations, id=d.id, span=d.span)
    itself = NamedType((d.name,), _as_arguments(d.type_params))
    inherited = (TypeParam("Self", (itself,)), *d.type_params)
    return [declared, *[_function(m, d.name, inherited) for m in d.methods]]


_TYPES: dict[type[Node], type[Node]] = {StructDef: StructType, ClassDef: ClassType, EnumDef: EnumType}

_HOIST: dict[type[Node], Callable[..., list[Item]]] = {
    StructDef: _type, ClassDef: _type, EnumDef: _type, ImplDef: _impl, TraitDef: _trait,
}  # fmt: skip


def _served(
    d: StructDef | ClassDef | EnumDef | ImplDef,
    target: TypeExpr,
    params: tuple[TypeParam, ...],
    prefix: str,
    trait: TypeExpr | None,
) -> list[Item]:
    """The functions of `d`, and the table that makes them methods of `target`. Implementing a trait is worth a table alone."""
    if not d.methods and trait is None:
        return []
    functions = [_function(m, prefix, params) for m in d.methods]
    own = tuple([unplaced(p) for p in params])
    names = tuple([m.name for m in d.methods])
    annotations = d.annotations if isinstance(d, ImplDef) else ()
    table = Methods(unplaced(target), prefix, names, trait, own, annotations, id=f"{d.id}~{_TAG}.0", span=d.span)
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
