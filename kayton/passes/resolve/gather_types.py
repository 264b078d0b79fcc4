"""gather-types : Placed -> Gathered

    struct-type P, methods P [len], methods P [name] Named     =>   type-decl P struct methods=[len name title] traits=[Named]

One declaration for each type holds all that is known of it: fields with their guards, its own methods, those of its impls, those that
its traits provide and it does not replace, the hooks of well-known traits, and all traits with their super-traits.
A method's own definition wins over a trait's. An impl for a built-in type gives a declaration of kind `builtin`. A method of an
impl that has no annotations takes its trait's (LANGUAGE §3), which only here are still side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kayton.ir.builtins import HOOKS
from kayton.ir.core import ClassType, EnumType, Methods, StructType, TraitType
from kayton.ir.guards import guard_of
from kayton.ir.node import Node, place_at, replace
from kayton.ir.resolved import FieldDecl, Gathered, HookDecl, MethodDecl, Placed, TypeDecl, TypeRef, VariantDecl
from kayton.ir.surface import BindPattern, FieldDef, FnDef, Item, Module, Param, Program
from kayton.passes.framework import Cx, Pass, frozen

_TYPES = (StructType, ClassType, EnumType, TraitType)
_KINDS = {StructType: "struct", ClassType: "class", EnumType: "enum", TraitType: "trait"}


@frozen
class GatherTypes(Pass):
    source = Placed
    target = Gathered

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        gathered = _Types(root)
        counter: dict[str, int] = {}
        modules = [self._module(m, gathered, counter) for m in root.modules]
        built_in = [place_at(t, root.modules[0], self.name(), counter) for t in gathered.built_in()]
        if built_in:
            modules[0] = replace(modules[0], body=(*modules[0].body, *built_in))
        return replace(root, modules=tuple(modules))

    def _module(self, module: Module, gathered: _Types, counter: dict[str, int]) -> Module:
        body: list[Node] = []
        for item in module.body:
            if isinstance(item, _TYPES):
                body.append(place_at(gathered.declaration(item), item, self.name(), counter))
            elif isinstance(item, FnDef):
                body.append(gathered.annotated(item))
            elif not isinstance(item, Methods):
                body.append(item)
        return replace(module, body=tuple(body))


class _Types:
    """All types, traits, impls and functions of a program, by path."""

    def __init__(self, root: Program) -> None:
        items: list[Item] = [i for m in root.modules for i in m.body]
        self.functions = {f.name: f for f in items if isinstance(f, FnDef)}
        self.traits = {t.name: t for t in items if isinstance(t, TraitType)}
        self.trait_names = frozenset(self.traits)
        self.declared = {t.name for t in items if isinstance(t, _TYPES)}
        self.impls: dict[str, list[Methods]] = {}
        self.trait_of: dict[str, tuple[str, str]] = {}
        """For each function of an impl: the trait and the method's name."""
        for impl in items:
            if isinstance(impl, Methods) and isinstance(impl.target, TypeRef):
                self.impls.setdefault(impl.target.type, []).append(impl)
                if isinstance(impl.trait, TypeRef):
                    for name in impl.names:
                        self.trait_of[f"{impl.prefix}.{name}"] = impl.trait.type, name

    def declaration(self, t: StructType | ClassType | EnumType | TraitType) -> TypeDecl:
        fields = self._fields(t.fields) if isinstance(t, StructType | ClassType) else ()
        variants = t.variants if isinstance(t, EnumType) else ()
        decls = tuple(VariantDecl(v.name, self._fields(v.fields), v.named) for v in variants)
        if isinstance(t, TraitType):
            return TypeDecl(t.name, "trait", traits=tuple(self._with_supers([t.name]))[1:])
        return self._with_methods(TypeDecl(t.name, _KINDS[t.__class__], fields, decls))

    def built_in(self) -> Iterator[TypeDecl]:
        """Declarations for the built-in types that impls add to."""
        for name in self.impls:
            if name not in self.declared:
                yield self._with_methods(TypeDecl(name, "builtin"))

    def annotated(self, fn: FnDef) -> FnDef:
        """A function of an impl with the annotations of its trait's method where it has none."""
        trait, name = self.trait_of.get(fn.name, (None, None))
        model = self.functions.get(f"{trait}.{name}")
        if model is None or any(p.type is not None for p in fn.params) or fn.result is not None:
            return fn
        params = [_typed(p, m) for p, m in zip(fn.params, model.params, strict=False)] + list(fn.params[len(model.params) :])
        return replace(fn, params=tuple(params), result=model.result)

    def _fields(self, fields: Iterable[FieldDef]) -> tuple[FieldDecl, ...]:
        return tuple(FieldDecl(f.name, guard_of(f.type, self.trait_names), span=f.span) for f in fields)

    def _with_methods(self, t: TypeDecl) -> TypeDecl:
        impls = self.impls.get(t.name, [])
        own = [i for i in impls if i.trait is None]
        of_traits = [i for i in impls if isinstance(i.trait, TypeRef)]
        methods: dict[str, MethodDecl] = {}
        for impl in own + of_traits:
            self._add(methods, impl.prefix, impl.names)
        traits = self._with_supers([i.trait.type for i in of_traits])
        for name in traits:
            if name in self.traits:
                self._add(methods, name, self.traits[name].provided)
        hooks = [
            HookDecl(f"{i.trait.type}.{name}", f"{i.prefix}.{name}")
            for i in of_traits
            for name in i.names
            if i.trait.type not in self.traits and name in HOOKS.get(i.trait.type, ())
        ]
        known = tuple(name for name in traits if name in self.traits)
        return replace(t, methods=tuple(methods.values()), hooks=tuple(hooks), traits=known)

    def _add(self, methods: dict[str, MethodDecl], prefix: str, names: Iterable[str]) -> None:
        for name in names:
            fn = self.functions.get(f"{prefix}.{name}")
            if fn is not None and fn.params and _is_self(fn.params[0]) and name not in methods:
                methods[name] = MethodDecl(name, fn.name, fn.params[0].mutable, span=fn.span)

    def _with_supers(self, traits: list[str]) -> list[str]:
        found: list[str] = []
        waiting = list(traits)
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found.append(name)
                known = self.traits.get(name)
                waiting += [s.type for s in known.supers if isinstance(s, TypeRef)] if known else []
        return found


def _is_self(p: Param) -> bool:
    return isinstance(p.pattern, BindPattern) and p.pattern.name == "self"


def _typed(p: Param, model: Param) -> Param:
    return p if model.type is None else replace(p, type=model.type)
