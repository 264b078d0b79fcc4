"""gather-types : Placed -> Gathered

One declaration says everything about a type.

    struct-type main.P [x: i64];  methods main.P: len;  methods main.P for Show: show
        =>   type-decl main.P struct [x: i64] methods=[len show] hooks=[Show.show]

A type's own methods win over those of traits, and these over what it inherits from a trait (LANGUAGE §7). Functions without
`self` are no methods: they are called by their path. The functions themselves stay where they are. The first module that
extends a built-in type declares what is added to it, by every module.
"""

from __future__ import annotations

from kayton.ir.analyses.declarations import Declarations
from kayton.ir.builtins import HOOKS, TYPES
from kayton.ir.core import ClassType, EnumType, Methods, StructType, TraitType
from kayton.ir.guards import guard_of
from kayton.ir.node import place_at, replace
from kayton.ir.resolved import FieldDecl, Gathered, HookDecl, MethodDecl, Placed, TypeDecl, TypeRef, VariantDecl
from kayton.ir.surface import FieldDef, Item, Module, Program, VariantDef
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class GatherTypes(Pass):
    source = Placed
    target = Gathered

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        gathering = _Gathering(cx.facts(Declarations))
        return replace(root, modules=tuple([gathering.module(m) for m in root.modules]))


class _Gathering:
    """One run of the pass."""

    def __init__(self, declared: Declarations) -> None:
        self.declared = declared
        self._extended: set[str] = set()
        """Built-in types that have their declaration already."""
        self._counter: dict[str, int] = {}

    def module(self, m: Module) -> Module:
        """The module with a declaration for each of its types."""
        body: list[Item] = []
        for item in m.body:
            made = self._declaration(item)
            if made is not None:
                body.append(place_at(made, item, GatherTypes.name(), self._counter))
            elif not isinstance(item, Methods):
                body.append(item)
        return replace(m, body=tuple(body))

    def _declaration(self, t: Item) -> TypeDecl | None:
        """The declaration that stands where `t` stood; None where there is none."""
        if isinstance(t, Methods):
            name = t.target.type if isinstance(t.target, TypeRef) else ""
            if name not in TYPES or name in self._extended:
                return None
            self._extended.add(name)
            return TypeDecl(name, "builtin", (), (), *self._abilities(name))
        if isinstance(t, TraitType):
            supers = [s for s in self.declared.lineages[t.name][1:] if s not in HOOKS]
            return TypeDecl(t.name, "trait", traits=tuple(supers), annotations=t.annotations)
        if isinstance(t, EnumType):
            return TypeDecl(t.name, "enum", (), tuple([_variant(v) for v in t.variants]), *self._abilities(t.name), t.annotations)
        if isinstance(t, StructType | ClassType):
            kind = self.declared.kinds[t.name]
            return TypeDecl(t.name, kind, tuple([_field(f) for f in t.fields]), (), *self._abilities(t.name), t.annotations)
        return None

    def _abilities(self, name: str) -> tuple[tuple[MethodDecl, ...], tuple[HookDecl, ...], tuple[str, ...]]:
        """Methods, hooks and traits of a type."""
        methods, hooks = [], []
        for method, path in self.declared.methods.get(name, {}).items():
            f = self.declared.functions[path]
            if f.params and f.params[0].pattern.name == "self":
                methods.append(MethodDecl(method, path, f.params[0].mutable, span=f.span))
        traits = sorted(self.declared.traits.get(name, ()))
        for hook in [f"{trait}.{method}" for trait in traits for method in HOOKS.get(trait, ())]:
            if (name, hook) in self.declared.hooks:
                hooks.append(HookDecl(hook, self.declared.hooks[name, hook]))
        return tuple(methods), tuple(hooks), tuple([t for t in traits if t not in HOOKS])


def _field(f: FieldDef) -> FieldDecl:
    return FieldDecl(f.name, guard_of(f.type), span=f.span)


def _variant(v: VariantDef) -> VariantDecl:
    return VariantDecl(v.name, tuple([_field(f) for f in v.fields]), v.named, span=v.span)
