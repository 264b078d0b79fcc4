"""Types as they were written become types by path; aliases are expanded where they are used.

    i64, List[T], geometry.Circle, Pair    =>   (type-ref i64), (type-ref List T), (type-ref geometry.Circle), the alias's own type
    T, Self in a trait                     =>   (type-var T), (type-var Self)
    Shape, dyn Shape                       =>   (dyn-trait (type-ref main.Shape))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kayton.diagnostics.definitions import CyclicAlias, NotATrait, ReservedType, TypeArguments
from kayton.diagnostics.names import NoSelf, PrivateItem, UnknownType
from kayton.diagnostics.nearest import nearest
from kayton.ir import builtins
from kayton.ir.node import place_at, replace, unplaced
from kayton.ir.resolved import TypeRef, TypeVar
from kayton.ir.surface import DynTrait, Expr, FnType, NamedType, RefinedType, TupleType, TypeAlias, TypeExpr, TypeParam
from kayton.passes.framework import Cx
from kayton.passes.resolve.names.definitions import Definitions
from kayton.passes.resolve.names.entities import (
    Alias,
    BuiltinTrait,
    BuiltinType,
    Entity,
    ModuleName,
    Parameter,
    Private,
    UserType,
)


class TypeScope(NamedTuple):
    """Where a type is written: the module, and the type parameters in scope."""

    module: str
    params: Mapping[str, Parameter]
    name: str | None = None
    """The parameter or field whose type it is, of which a refinement may speak."""

    def within(self, params: tuple[TypeParam, ...]) -> TypeScope:
        """The scope with more type parameters."""
        if not params:
            return self
        return self._replace(params={**self.params, **{p.name: Parameter(p.name) for p in params}})


Condition = Callable[[Expr, TypeScope], Expr]
"""Resolves the names of a refinement's condition."""


class TypeResolver:
    """Resolves types; what is wrong with one is reported and `dyn` stands for it."""

    def __init__(self, definitions: Definitions, cx: Cx, condition: Condition) -> None:
        self.definitions = definitions
        self.cx = cx
        self.condition = condition
        self._expanding: list[Alias] = []
        self._cyclic: set[str] = set()

    def resolve(self, t: TypeExpr, scope: TypeScope) -> TypeExpr:
        """The type that `t` means."""
        if isinstance(t, NamedType):
            return self._named(t, scope)
        if isinstance(t, TupleType):
            return TupleType(self.all(t.items, scope), id=t.id, span=t.span)
        if isinstance(t, FnType):
            result = None if t.result is None else self.resolve(t.result, scope)
            return FnType(self.all(t.params, scope), result, id=t.id, span=t.span)
        if isinstance(t, DynTrait):
            trait = self.trait(t.trait, scope)
            return _anything(t) if trait is None else DynTrait(trait, id=t.id, span=t.span)
        if isinstance(t, RefinedType):
            base = self.resolve(t.base, scope)
            return RefinedType(base, self.condition(t.condition, scope), id=t.id, span=t.span)
        return self.cx.bug(t, "a type that nobody resolves")

    def all(self, types: tuple[TypeExpr, ...], scope: TypeScope) -> tuple[TypeExpr, ...]:
        """Each of several types."""
        return tuple([self.resolve(t, scope) for t in types])

    def params(self, params: tuple[TypeParam, ...], scope: TypeScope) -> tuple[TypeParam, ...]:
        """Type parameters with the traits that bound them; `scope` includes the parameters."""
        made = []
        for p in params:
            bounds = tuple([b for b in [self.trait(b, scope) for b in p.bounds] if b is not None])
            made.append(TypeParam(p.name, bounds, id=p.id, span=p.span))
        return tuple(made)

    def trait(self, t: TypeExpr, scope: TypeScope) -> TypeRef | None:
        """The trait that `t` names; None after an error."""
        if not isinstance(t, NamedType):
            self.cx.report(NotATrait(span=t.span, name="this type"))
            return None
        entity = self._entity(t, scope)
        if isinstance(entity, Alias):
            expanded = self._named(t, scope)
            return expanded.trait if isinstance(expanded, DynTrait) else self._not_a_trait(t)
        if isinstance(entity, BuiltinTrait) or (isinstance(entity, UserType) and entity.kind == "trait"):
            return TypeRef(entity.path, self.all(t.args, scope), id=t.id, span=t.span)
        return None if entity is None else self._not_a_trait(t)

    def _not_a_trait(self, t: NamedType) -> None:
        self.cx.report(NotATrait(span=t.span, name=".".join(t.path)))

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, t: NamedType, scope: TypeScope) -> TypeExpr:
        entity = self._entity(t, scope)
        if isinstance(entity, Parameter):
            known = entity.stands_for
            return TypeVar(entity.name, id=t.id, span=t.span) if known is None else self._moved(known, t)
        if isinstance(entity, Alias):
            return self._expanded(entity, t, scope)
        if not isinstance(entity, BuiltinType | UserType | BuiltinTrait):
            if entity is not None:
                self._unknown(t, scope)
            return _anything(t)
        args = self.all(t.args, scope)
        wanted = len(entity.item.type_params) if isinstance(entity, UserType) else builtins.TYPES.get(entity.path, 0)
        if args and len(args) != wanted:
            self.cx.report(TypeArguments(span=t.span, name=".".join(t.path), wanted=wanted, found=len(args)))
            args = ()
        made = TypeRef(entity.path, args, id=t.id, span=t.span)
        if isinstance(entity, BuiltinTrait) or (isinstance(entity, UserType) and entity.kind == "trait"):
            return DynTrait(replace(made, id=f"{t.id}~trait"), id=t.id, span=t.span)
        return made

    def _entity(self, t: NamedType, scope: TypeScope) -> Entity | None:
        """What the path stands for; None after an error."""
        first, *rest = t.path
        found: Entity | None = scope.params.get(first) or self.definitions.type_named(scope.module, first)
        if found is None and self.definitions.defined(scope.module, first):
            return None
        for name in rest:
            found = self.definitions.member(found.name, name) if isinstance(found, ModuleName) else None
        if isinstance(found, Private):
            self.cx.report(PrivateItem(span=t.span, name=found.name, module=found.module))
            return None
        if found is None:
            self._unknown(t, scope)
        return found

    def _unknown(self, t: NamedType, scope: TypeScope) -> None:
        name = ".".join(t.path)
        if name in builtins.RESERVED_TYPES:
            self.cx.report(ReservedType(span=t.span, name=name))
        elif name == "Self":
            self.cx.report(NoSelf(span=t.span, name=name))
        else:
            known = [*scope.params, *self.definitions.names_in(scope.module)]
            near = nearest(name, [k for k in known if k[:1].isupper() or k in builtins.TYPES])
            self.cx.report(UnknownType(span=t.span, name=name, near=near))

    # ── aliases ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _expanded(self, alias: Alias, t: NamedType, scope: TypeScope) -> TypeExpr:
        """What an alias stands for, at the place where it is used."""
        item = alias.item
        if alias in self._expanding:
            self._cyclic.add(f"{alias.module}.{item.name}")
            return _anything(t)
        args = self.all(t.args, scope)
        if args and len(args) != len(item.type_params):
            self.cx.report(TypeArguments(span=t.span, name=item.name, wanted=len(item.type_params), found=len(args)))
            args = ()
        given = [*args, *[_anything(t)] * (len(item.type_params) - len(args))]
        params = {p.name: Parameter(p.name, g) for p, g in zip(item.type_params, given, strict=True)}
        self._expanding.append(alias)
        told = len(self.cx.diagnostics)
        made = self.resolve(item.type, TypeScope(alias.module, params))
        del self.cx.diagnostics[told:]  # what is wrong with it is said once, by `alias`
        self._expanding.pop()
        return self._moved(made, t)

    def alias(self, item: TypeAlias, module: str) -> None:
        """Reports what is wrong with a definition of an alias."""
        params = {p.name: Parameter(p.name) for p in item.type_params}
        self._expanding.append(Alias(item, module))
        self.resolve(item.type, TypeScope(module, params))
        self._expanding.pop()
        if f"{module}.{item.name}" in self._cyclic:
            self.cx.report(CyclicAlias(span=item.span, name=item.name))

    def _moved(self, made: TypeExpr, t: NamedType) -> TypeExpr:
        """`made` with ids and the span of the place where its name is written."""
        return place_at(replace(unplaced(made), span=t.span), t, "resolve-names", {})


def _anything(t: TypeExpr) -> TypeRef:
    return TypeRef("dyn", id=t.id, span=t.span)
