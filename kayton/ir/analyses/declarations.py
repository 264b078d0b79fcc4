"""What a program declares, as several passes look it up: functions, types with their fields, methods, traits, globals."""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.core import ClassType, Construct, EnumType, MakeVariant, Methods, StructType, TraitType
from kayton.ir.node import Node, walk
from kayton.ir.resolved import SetGlobal, TypeDecl, TypeRef
from kayton.ir.surface import Block, Expr, FnDef, Param, Program

_KINDS = {StructType: "struct", ClassType: "class", EnumType: "enum", TraitType: "trait"}


class GlobalValue(NamedTuple):
    """Where a global gets its value."""

    fn: FnDef
    value: Expr


class Declarations:
    """Analysis of every language from Resolved to Gathered."""

    def __init__(self) -> None:
        self.functions: dict[str, FnDef] = {}
        self.kinds: dict[str, str] = {}
        """For each user's type: struct, class, enum or trait."""
        self.variants: dict[str, tuple[str, ...]] = {}
        """For each enum the paths of its variants."""
        self.methods: dict[str, dict[str, str]] = {}
        """For each type the functions that serve as its methods, its own before those of traits, inherited ones last."""
        self.owners: dict[str, str] = {}
        """For each method of a type's own or of an impl, the type that `self` has."""
        self.traits: dict[str, set[str]] = {}
        """For each type the traits it implements, super-traits included."""
        self.lineages: dict[str, list[str]] = {}
        """For each trait itself and its super-traits, nearest first."""
        self.hooks: dict[tuple[str, str], str] = {}
        """The function that serves as the method `trait.method` of a type, by the type and `trait.method`."""
        self.globals: dict[str, GlobalValue] = {}
        self.changing: set[str] = set()
        """Names of methods that some type has with `mut self`."""

    @classmethod
    def of(cls, root: Program) -> Declarations:
        """The declarations of a whole program."""
        made = cls()
        tables: list[Methods] = []
        supers: dict[str, TraitType] = {}
        for module in root.modules:
            for item in module.body:
                if isinstance(item, FnDef):
                    made._function(item)
                elif isinstance(item, Methods):
                    tables.append(item)
                elif isinstance(item, TypeDecl):
                    made._declared(item)
                elif item.__class__ in _KINDS:
                    made._type(item, supers)
        made._implement(tables, supers)
        return made

    def _function(self, f: FnDef) -> None:
        self.functions[f.name] = f
        if f.params and f.params[0].mutable and f.params[0].pattern.name == "self":
            self.changing.add(f.name.rpartition(".")[2])
        if f.name.endswith((".<init>", ".<consts>")):
            for n in walk(f):
                if isinstance(n, SetGlobal):
                    self.globals[n.name] = GlobalValue(f, n.value)

    def _type(self, t: Node, supers: dict[str, TraitType]) -> None:
        self.kinds[t.name] = _KINDS[t.__class__]
        if isinstance(t, EnumType):
            self.variants[t.name] = tuple([f"{t.name}.{v.name}" for v in t.variants])
        elif isinstance(t, TraitType):
            supers[t.name] = t

    def _declared(self, t: TypeDecl) -> None:
        if t.kind != "builtin":
            self.kinds[t.name] = t.kind
        if t.kind == "enum":
            self.variants[t.name] = tuple([f"{t.name}.{v.name}" for v in t.variants])
        self.methods[t.name] = {m.name: m.fn for m in t.methods}
        self.owners |= {m.fn: t.name for m in t.methods}
        self.hooks |= {(t.name, h.hook): h.fn for h in t.hooks}
        self.traits[t.name] = {*t.traits, *[h.hook.partition(".")[0] for h in t.hooks]}

    def _implement(self, tables: list[Methods], supers: dict[str, TraitType]) -> None:
        self.lineages = {name: lineage(name, supers) for name in supers}
        for table in sorted(tables, key=lambda table: table.trait is not None):
            if not isinstance(table.target, TypeRef):
                continue
            target = table.target.type
            methods = self.methods.setdefault(target, {})
            for name in table.names:
                methods.setdefault(name, f"{table.prefix}.{name}")
                self.owners[f"{table.prefix}.{name}"] = target
            if table.trait is not None:
                hooks = {(target, f"{table.trait.type}.{name}"): f"{table.prefix}.{name}" for name in table.names}
                self.hooks = {**hooks, **self.hooks}
                self.traits.setdefault(target, set()).update(self.lineages.get(table.trait.type, [table.trait.type]))
        for target, traits in self.traits.items():
            for trait in sorted(traits & supers.keys(), key=lambda t: (-len(self.lineages[t]), t)):
                for name in supers[trait].provided:
                    self.methods[target].setdefault(name, f"{trait}.{name}")

    # ── looking up ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def fields(self, path: str) -> tuple[Param, ...] | None:
        """The fields of a struct, class or variant, as its constructor's parameters; None for what has no constructor."""
        f = self.functions.get(path)
        return None if f is None or constructed(f) is None else f.params

    def method(self, type_name: str, name: str) -> FnDef | None:
        """The user's function that serves as a method of a type."""
        return self.functions.get(self.methods.get(type_name, {}).get(name, ""))

    def field(self, path: str, name: str) -> Param | None:
        """A field of a struct or class."""
        return next((p for p in self.fields(path) or () if p.pattern.name == name), None)


def constructed(f: FnDef) -> Construct | MakeVariant | None:
    """What a constructor makes; None for every other function."""
    made = f.body.result if isinstance(f.body, Block) else None
    return made if isinstance(made, Construct | MakeVariant) and _path(made) == f.name else None


def _path(made: Construct | MakeVariant) -> str:
    return made.type if isinstance(made, Construct) else made.variant


def lineage(trait: str, traits: dict[str, TraitType]) -> list[str]:
    """A trait and all its super-traits, nearest first."""
    found = [trait]
    for name in found:
        above = traits.get(name)
        if above is not None:
            found += [s.type for s in above.supers if s.type not in found]
    return found
