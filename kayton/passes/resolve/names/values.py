"""Paths such as `x`, `geometry.area`, `Shape.Circle`, `shapes.Shape.Circle`: what they stand for, and the expression that is.

Most `a.b` are fields of values and nothing is to be known about them here; a path is one only if its first name stands for a
module or a type.
"""

from __future__ import annotations

from kayton.diagnostics.definitions import NestedFnCaptures
from kayton.diagnostics.names import AmbiguousVariant, NoSelf, NoValue, PrivateItem, UnknownMember, UnknownName
from kayton.diagnostics.nearest import nearest
from kayton.ir import builtins
from kayton.ir.core import MakeVariant
from kayton.ir.node import Node, Span
from kayton.ir.places import UNKNOWN
from kayton.ir.resolved import ConstRef, FnRef, GlobalRef, Local, NativeRef, TypeRef
from kayton.ir.surface import DynTrait, Expr, Field, FloatLit, Name, NamedType
from kayton.passes.resolve.names import entities
from kayton.passes.resolve.names.definitions import variants_of
from kayton.passes.resolve.names.entities import Entity, Reported
from kayton.passes.resolve.names.program import ProgramNames, Scope

_OWNERS = (
    entities.ModuleName, entities.Plugin, entities.UserType, entities.BuiltinType, entities.BuiltinTrait, entities.Reported,
)  # fmt: skip

_WITH_FIELDS = ("struct", "class")

_LONGEST = 3
"""`module.Type.Variant`: no path is longer, so a long chain of fields is not looked through at each of its links."""


class Paths:
    """Looks paths up in one function of one module."""

    def __init__(self, names: ProgramNames, module: str, fn: str) -> None:
        self.names = names
        self.module = module
        self.fn = fn
        self.cx = names.cx

    def find(self, name: str, scope: Scope, span: Span | None) -> Entity:
        """What a plain name stands for; an unknown one is reported."""
        found = scope.get(name) or self.names.definitions.lookup(self.module, name)
        if found is not None:
            return self._expanded(found, span)
        if not self.names.definitions.defined(self.module, name):
            if name in ("self", "Self"):
                self.cx.report(NoSelf(span=span, name=name))
            else:
                near = nearest(name, [*scope, *self.names.definitions.names_in(self.module)])
                self.cx.report(UnknownName(span=span, name=name, near=near, member=self._member_around(name, scope)))
        return Reported()

    def _member_around(self, name: str, scope: Scope) -> str:
        """What the type of the method around has under that name: a `field` or a `method`; empty where neither."""
        owner = self.fn.rpartition(".")[0]
        if "self" not in scope:
            return ""
        made = self.names.type_called(owner)
        fields = [f.name for f in made.item.fields] if isinstance(made, entities.UserType) and made.kind in _WITH_FIELDS else ()
        return "field" if name in fields else "method" if name in self.names.functions_of(made) else ""

    def owner(self, e: Expr, scope: Scope) -> Entity | None:
        """The module or type that an expression names; None where it is a value."""
        found = self.static(e, scope, _LONGEST - 1)
        return found if isinstance(found, _OWNERS) else None

    def static(self, e: Expr, scope: Scope, links: int = _LONGEST) -> Entity | None:
        """What a path stands for that starts with a module or type; None for every other expression."""
        if isinstance(e, Name):
            found = scope.get(e.name) or self.names.definitions.lookup(self.module, e.name)
            return None if found is None else self._expanded(found, e.span)
        if isinstance(e, Field) and links:
            owner = self.static(e.value, scope, links - 1)
            return self.member(owner, e.name, e.span) if isinstance(owner, _OWNERS) else None
        return None

    def in_path(self, path: tuple[str, ...], scope: Scope, span: Span | None) -> Entity:
        """What the path of a pattern stands for; an unknown one is reported."""
        found = self.find(path[0], scope, _start_of(span, path[:1]))
        for i, name in enumerate(path[1:], 2):
            found = self.member(found, name, _start_of(span, path[:i]))
        return found

    def member(self, owner: Entity, name: str, span: Span | None) -> Entity:
        """`owner.name`; what does not exist is reported."""
        if isinstance(owner, entities.Private):
            self.cx.report(PrivateItem(span=span, name=owner.name, module=owner.module))
            return Reported()
        found, known, kind = self._member(owner, name)
        if found is not None:
            return self._expanded(found, span)
        shown = builtins.own_name(getattr(owner, "path", None) or getattr(owner, "name", "it"))
        near = nearest(name, known)
        self.cx.report(UnknownMember(span=span, owner=shown, kind=kind, name=name, near=near, known=tuple(known)))
        return Reported()

    def _member(self, owner: Entity, name: str) -> tuple[Entity | None, list[str], str]:
        """What `owner.name` stands for, what else there is, and what the owner is."""
        if isinstance(owner, Reported):
            return owner, [], ""
        if isinstance(owner, entities.ModuleName):
            definitions = self.names.definitions
            return definitions.member(owner.name, name), definitions.public_names(owner.name), "module"
        if isinstance(owner, entities.Plugin):
            return entities.NativeFunction(f"{owner.name}.{name}"), [], "plugin"
        functions = self.names.functions_of(owner)
        known: dict[str, Entity] = {n: entities.Function(path) for n, path in functions.items()}
        if isinstance(owner, entities.UserType):
            if owner.kind == "enum":
                known |= {v.definition.name: v for v in variants_of(owner)}
            return known.get(name), list(known), owner.kind
        if isinstance(owner, entities.BuiltinType):
            for variant in builtins.ENUMS.get(owner.path, ()):
                known[variant] = entities.BuiltinVariant(f"{owner.path}.{variant}", builtins.VARIANTS[variant][1])
            return known.get(name), list(known), "type"
        return known.get(name), list(known), ""

    def _expanded(self, found: Entity, span: Span | None) -> Entity:
        """An alias as a value is the type that it stands for."""
        if not isinstance(found, entities.Alias):
            return found
        told = len(self.cx.diagnostics)
        named = NamedType((found.item.name,), id=found.item.id, span=span)
        made = self.names.types.resolve(named, self.names.type_scope(found.module))
        del self.cx.diagnostics[told:]  # the definition of the alias says it
        made = made.trait if isinstance(made, DynTrait) else made
        if not isinstance(made, TypeRef) or made.type == "dyn":
            return Reported() if isinstance(made, TypeRef) else entities.BuiltinType(found.item.name)
        return self.names.type_called(made.type)

    # ── expressions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def value(self, found: Entity, at: Node) -> Expr:
        """The expression for what was found; an error is reported where there is none."""
        make = _VALUES.get(found.__class__)
        made = None if make is None else make(found, {"id": at.id, "span": at.span})
        if made is None:
            self._no_value(found, at)
            return Local(UNKNOWN, True, id=at.id, span=at.span)
        return made

    def _no_value(self, found: Entity, at: Node) -> None:
        if isinstance(found, Reported):
            return
        if isinstance(found, entities.Private):
            self.cx.report(PrivateItem(span=at.span, name=found.name, module=found.module))
        elif isinstance(found, entities.Ambiguous):
            self.cx.report(AmbiguousVariant(span=at.span, name=found.name, enums=found.enums))
        elif isinstance(found, entities.OuterVariable):
            fn, what = builtins.own_name(self.fn), "const" if self.fn in self.names.nested_consts else "fn"
            self.cx.report(NestedFnCaptures(span=at.span, name=found.name, fn=fn, what=what))
        else:
            name = builtins.own_name(getattr(found, "path", None) or found.name)
            kind = getattr(found, "kind", None) or _NO_VALUES.get(found.__class__, "type")
            self.cx.report(NoValue(span=at.span, name=name, kind=kind))


def _start_of(span: Span | None, path: tuple[str, ...]) -> Span | None:
    """The part of the span of a pattern where the path stands that it starts with."""
    return None if span is None else span._replace(end=min(span.end, span.start + len(".".join(path))))


def _type_value(found: entities.UserType, where: dict) -> Expr | None:
    return FnRef(found.path, **where) if found.kind in ("struct", "class") else None


def _builtin_type_value(found: entities.BuiltinType, where: dict) -> Expr | None:
    return NativeRef(found.path, **where) if builtins.native_called(found.path) else None


def _variant_value(found: entities.Variant, where: dict) -> Expr:
    return FnRef(found.path, **where) if found.definition.fields else MakeVariant(found.path, **where)


def _builtin_variant_value(found: entities.BuiltinVariant, where: dict) -> Expr:
    return FnRef(found.path, **where) if found.fields else MakeVariant(found.path, **where)


_VALUES = {
    entities.Variable: lambda found, where: Local(found.name, found.mutable, **where),
    entities.Function: lambda found, where: FnRef(found.path, **where),
    entities.Constant: lambda found, where: ConstRef(found.path, **where),
    entities.Global: lambda found, where: GlobalRef(found.path, **where),
    entities.NativeFunction: lambda found, where: NativeRef(found.name, **where),
    entities.Number: lambda found, where: FloatLit(found.value, **where),
    entities.UserType: _type_value,
    entities.BuiltinType: _builtin_type_value,
    entities.Variant: _variant_value,
    entities.BuiltinVariant: _builtin_variant_value,
}

_NO_VALUES = {entities.ModuleName: "module", entities.Plugin: "plugin", entities.BuiltinTrait: "trait"}
