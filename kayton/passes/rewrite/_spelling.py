"""Types that were found, as a person would write them; what cannot be written, or says nothing, has no spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kayton.ir.node import walk
from kayton.ir.surface import ClassDef, DynTrait, EnumDef, Module, NamedType, StructDef, TraitDef, TupleType, TypeExpr
from kayton.ir.types import ABSENT, DYN, NEVER, App, Object, Type, Union, argument, is_user, join_all, path_of, read_type

_PLAIN = frozenset({"i64", "f64", "bool", "str", "()", "Range"})
_CONTAINERS = frozenset({"List", "Set", "Map", "Option", "Result"})
_DATA = (StructDef, ClassDef, EnumDef)

Spelling = TypeExpr | None


class Speller:
    """Spells types with the names of one module."""

    def __init__(self, module: Module, traits: Mapping[str, set[str]]) -> None:
        self.types = {item.name: item for item in module.body if isinstance(item, _DATA)}
        self.traits = {item.name for item in module.body if isinstance(item, TraitDef)}
        self.implemented = traits

    def common(self, texts: Sequence[str]) -> Spelling:
        """The type that is all of these; None where they have none that can be written."""
        return self.spelt(join_all([read_type(t) for t in texts if t != str(ABSENT)]))

    def spelt(self, t: Type) -> Spelling:
        """The type as it is written outermost."""
        if t.__class__ is Object or (t.__class__ is App and is_user(t)):
            return self._user(t)
        if t.__class__ is Union:
            shared = self.traits.intersection(*[self.implemented.get(path_of(m), set()) for m in t.members])
            return DynTrait(NamedType((next(iter(shared)),))) if len(shared) == 1 else None
        if t.__class__ is not App:
            return None
        if t.name in _PLAIN:
            return NamedType((t.name,))
        if t.name == "tuple":
            return TupleType(tuple([self._inner(a) for a in t.args]))
        return NamedType((t.name,), tuple([self._inner(a) for a in t.args])) if t.name in _CONTAINERS else None

    def _inner(self, t: Type) -> TypeExpr:
        """A type inside of another, where `dyn` stands for what cannot be written."""
        return (None if t in (DYN, NEVER) else self.spelt(t)) or NamedType(("dyn",))

    def _user(self, t: Type) -> Spelling:
        """A user's type. Its fields say what its parameters are."""
        name = path_of(t).rpartition(".")[2]
        item = self.types.get(name)
        if item is None:
            return None
        if not item.type_params or t.__class__ is Object:
            return NamedType((name,))
        found = self._arguments(item, t)
        args = [found.get(p.name) for p in item.type_params]
        return NamedType((name,), tuple(args) if None not in args else ())

    def _arguments(self, item: StructDef | EnumDef, t: App) -> dict[str, TypeExpr]:
        fields = item.fields if isinstance(item, StructDef) else [f for v in item.variants for f in v.fields]
        params = {p.name for p in item.type_params}
        found: dict[str, list[Type]] = {}
        for i, f in enumerate(fields[: len(t.args)]):
            if isinstance(f.type, NamedType) and len(f.type.path) == 1 and f.type.path[0] in params:
                found.setdefault(f.type.path[0], []).append(argument(t, i))
        return {name: self._inner(join_all(types)) for name, types in found.items()}


def mangled(t: Spelling) -> str:
    """A type as a part of a name: `List_f64`."""
    if t is None:
        return "dyn"
    if isinstance(t, NamedType):
        own = "unit" if t.path == ("()",) else t.path[-1]
        return "_".join([own, *[mangled(a) for a in t.args]])
    if isinstance(t, TupleType):
        return "_".join(["tuple", *[mangled(a) for a in t.items]])
    return mangled(t.trait) if isinstance(t, DynTrait) else "fn"


def mentions(t: TypeExpr, names: set[str]) -> bool:
    """Whether a type speaks of one of these names."""
    return any([isinstance(n, NamedType) and n.path[0] in names for n in walk(t)])
