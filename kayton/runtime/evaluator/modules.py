"""What the names of a module stand for, before names are resolved (LANGUAGE §7)."""

from __future__ import annotations

from typing import Any

from kayton.ir.core import ClassType, EnumType, StructType, TraitType
from kayton.ir.node import Node
from kayton.ir.surface import ClassDef, EnumDef, Module, StructDef, TraitDef, Use
from kayton.runtime.evaluator.annotations import Alias as TypeAlias
from kayton.runtime.evaluator.annotations import TypeScope
from kayton.runtime.evaluator.errors import InvalidProgram
from kayton.runtime.evaluator.implementations import BUILTIN_TRAITS
from kayton.runtime.evaluator.natives import CONSTANTS, FUNCTIONS
from kayton.runtime.evaluator.values import BUILTIN_TYPES, FieldInfo, Function, NativeFunction, TypeInfo, VariantInfo
from kayton.runtime.evaluator.world import BUILTIN_VARIANTS, Const, Global

_KINDS: dict[type[Node], str] = {
    StructDef: "struct", StructType: "struct", ClassDef: "class", ClassType: "class", EnumDef: "enum", EnumType: "enum",
    TraitDef: "trait", TraitType: "trait",
}
_STD_TYPES = {"std.random": ("Rng",), "std.text": ("Builder",)}


class StdModule:
    """A module of the standard library."""

    def __init__(self, name: str) -> None:
        self.name = name

    def member(self, name: str) -> Any:
        """A function, constant or type of the module."""
        full = f"{self.name}.{name}"
        if name in _STD_TYPES.get(self.name, ()):
            return BUILTIN_TYPES[name]
        if full in CONSTANTS:
            return CONSTANTS[full]
        if full in FUNCTIONS:
            return NativeFunction(name, FUNCTIONS[full])
        return StdModule(full) if self.name == "std" else None


class ModuleScope:
    """The names of one module."""

    def __init__(self, module: Module, world: Any) -> None:
        self.module, self.name, self.world = module, module.name, world
        self.own: dict[str, Function | Global | Const | TypeAlias] = {}
        self.functions: dict[str, Function] = {}
        """Every function by its name in the module: `area`, `Point.len`, and constructors from Derived on."""
        self.types: dict[str, TypeInfo] = {}
        self.uses: dict[str, tuple[str, str | None]] = {}
        """The module, and what of it, that a name was brought in from."""
        self._used: list[str] = []

    # ── defining ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_use(self, use: Use) -> None:
        """Takes note of what a `use` brings in."""
        module = use.module or ".".join(use.path)
        self._used.append(module)
        if use.selective:
            for n in use.names:
                self.uses[n.alias or n.name] = (module, n.name)
        else:
            self.uses[use.alias or use.path[-1]] = (module, None)

    def used_modules(self) -> list[str]:
        """The modules of the `use` lines, in order."""
        return self._used

    def define_type(self, item: Node) -> None:
        """Makes the type that an item declares."""
        kind = _KINDS[item.__class__]
        info = self.types[item.name] = TypeInfo(item.name, kind, item)
        info.home = TypeScope(self, None if kind == "trait" else info).with_params([p.name for p in item.type_params])
        if kind == "enum":
            for v in item.variants:
                VariantInfo(v.name, info, _fields(v.fields), named=v.named)
        elif kind != "trait":
            info.fields = _fields(item.fields)

    def provided(self, trait: TypeInfo) -> dict[str, Function]:
        """The methods with a body of a trait of this module."""
        item = trait.declared
        names = item.provided if isinstance(item, TraitType) else [m.name for m in item.methods if m.body is not None]
        return {name: self.functions[f"{trait.name}.{name}"] for name in names}

    # ── looking up ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def find(self, name: str) -> Any:
        """What a name stands for outside of any function; None for nothing."""
        found = self.own.get(name)
        if found is None:
            found = self.types.get(name)
        if found is None and name in self.uses:
            found = self._brought(name)
        if found is not None:
            return found
        variants = [t.variants[name] for t in self._enums() if name in t.variants]
        return variants[0] if variants else _builtin(name)

    def _enums(self) -> list[TypeInfo]:
        brought = [self._brought(name) for name, (_, part) in self.uses.items() if part is not None]
        return [t for t in [*self.types.values(), *brought] if isinstance(t, TypeInfo) and t.home is not None]

    def _brought(self, name: str) -> Any:
        """What a `use` brings in under a name."""
        module, part = self.uses[name]
        if module in self.world.modules:
            target = self.world.modules[module]
        elif module == "std" or module.startswith("std."):
            target = StdModule(module)
        else:
            raise InvalidProgram(self.module, f"the module {module} is not in the program")
        return target if part is None else target.member(part)

    def member(self, name: str) -> Any:
        """`module.name`, seen from another module."""
        found = self.own.get(name)
        if found is None:
            found = self.types.get(name)
        if found is None and name in self.uses:
            found = self._brought(name)
        if found is None:
            variants = [t.variants[name] for t in self.types.values() if name in t.variants]
            found = variants[0] if variants else None
        return found

    def find_type(self, path: tuple[str, ...]) -> TypeInfo | TypeAlias | None:
        """The type of that path as it is written in this module; None for `dyn` and what is no type."""
        found = self.find(path[0])
        if isinstance(found, VariantInfo):
            found = _builtin(path[0])  # a variant is no type, and so hides none
        for name in path[1:]:
            found = found.member(name) if isinstance(found, ModuleScope | StdModule) else None
        return found if isinstance(found, TypeInfo | TypeAlias) else None


def _fields(fields: tuple) -> tuple[FieldInfo, ...]:
    return tuple([FieldInfo(f.name, None, f) for f in fields])


def _builtin(name: str) -> Any:
    """What a name stands for that no program defines."""
    if name in BUILTIN_TYPES and name not in ("tuple", "fn", "Builder", "Rng"):
        return BUILTIN_TYPES[name]
    if name in BUILTIN_TRAITS:
        return BUILTIN_TRAITS[name]
    if name in BUILTIN_VARIANTS:
        return BUILTIN_VARIANTS[name]
    return NativeFunction(name, FUNCTIONS[name]) if name in FUNCTIONS else None
