"""Programs from Resolved to Owned, in which every definition has a path and names are references."""

from __future__ import annotations

from typing import Any

from kayton.ir.core import ClassType, EnumType, Methods, StructType, TraitType
from kayton.ir.node import Node
from kayton.ir.paths import display_name
from kayton.ir.resolved import Fn, GlobalDef, TypeDecl
from kayton.ir.surface import ConstDef, FnDef, Item, Program, TypeExpr
from kayton.runtime.evaluator.annotations import TypeScope, type_named
from kayton.runtime.evaluator.errors import InvalidProgram
from kayton.runtime.evaluator.functions import adopt, flat_function, function_of
from kayton.runtime.evaluator.implementations import BUILTIN_TRAITS
from kayton.runtime.evaluator.machine import START, Machine
from kayton.runtime.evaluator.values import (
    BUILTIN_TYPES,
    FieldInfo,
    Function,
    TypeInfo,
    VariantInfo,
)
from kayton.runtime.evaluator.world import BUILTIN_VARIANTS, Const, Global, World

_KINDS: dict[type[Node], str] = {StructType: "struct", ClassType: "class", EnumType: "enum", TraitType: "trait"}


class PathWorld(World):
    """The definitions of a program by path."""

    def __init__(self, program: Program, machine: Machine) -> None:
        super().__init__(machine)
        self.program = program
        self.scope = TypeScope(self)
        self.types: dict[str, TypeInfo] = {}
        self.variants: dict[str, VariantInfo] = {}
        self.functions: dict[str, Function] = {}
        self.globals: dict[str, Global] = {}
        self.consts: dict[str, Const] = {}
        self._captures: dict[str, tuple[str, ...]] = {}
        items = [(item, m.name) for m in program.modules for item in m.body]
        for item, module in items:
            self._define(item, module)
        for variant in BUILTIN_VARIANTS.values():
            path = f"{variant.owner.name}.{variant.name}"
            self.variants[path], self.functions[path] = variant, self._constructors[variant]
        for item, _ in sorted(items, key=lambda pair: isinstance(pair[0], Methods) and pair[0].trait is not None):
            self._implement(item)
        self._inherit()

    # ── definitions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _define(self, item: Item, module: str) -> None:
        define = ITEMS[item.__class__]
        if define is not None:
            define(self, item, module)

    def _define_function(self, item: FnDef, module: str) -> None:
        self.functions[item.name] = function_of(item, self._shown(item.name, module), self.scope)

    def _define_flat(self, item: Fn, module: str) -> None:
        self.functions[item.name] = flat_function(item, self._shown(item.name, module), self.scope)
        self._captures[item.name] = item.captures

    def _define_const(self, item: ConstDef, module: str) -> None:
        self.consts[item.name] = Const(item, self.scope)

    def _define_global(self, item: GlobalDef, module: str) -> None:
        self.globals[item.name] = Global(item.name)

    def _shown(self, path: str, module: str) -> str:
        return START if path.endswith(f".{START}") else display_name(path, module)

    def _define_type(self, item: Any, module: str) -> None:
        info = TypeInfo(item.name.rpartition(".")[2], _KINDS[item.__class__], item, self.scope)
        self.types[item.name] = info
        if isinstance(item, EnumType):
            for v in item.variants:
                fields = tuple([FieldInfo(f.name, None, f) for f in v.fields])
                self.variants[f"{item.name}.{v.name}"] = VariantInfo(v.name, info, fields, named=v.named)
        elif not isinstance(item, TraitType):
            info.fields = tuple([FieldInfo(f.name, None, f) for f in item.fields])

    def _declare(self, item: TypeDecl, module: str) -> None:
        info = BUILTIN_TYPES.get(item.name.rpartition(".")[2]) if self._is_builtin(item) else None
        if info is not None:
            self.types[item.name] = info
            return
        info = TypeInfo(item.name.rpartition(".")[2], item.kind, item, self.scope)
        self.types[item.name] = info
        info.fields = tuple([FieldInfo(f.name, f.guard) for f in item.fields])
        for v in item.variants:
            fields = tuple([FieldInfo(f.name, f.guard) for f in v.fields])
            self.variants[f"{item.name}.{v.name}"] = VariantInfo(v.name, info, fields, named=v.named)

    def _is_builtin(self, item: TypeDecl) -> bool:
        return item.kind == "builtin" or item.name in BUILTIN_TYPES or item.name.startswith("std.")

    # ── implementations ────────────────────────────────────────────────────────────────────────────────────────────────

    def _implement(self, item: Item) -> None:
        known = self.machine.implementations
        if isinstance(item, Methods):
            methods = {name: self.functions[f"{item.prefix}.{name}"] for name in item.names}
            trait = None if item.trait is None else self._type_of(item.trait)
            known.add(self._type_of(item.target), trait, methods)
            if trait is not None and trait.declared is not None:
                for name, function in methods.items():
                    declared = self.functions.get(f"{trait.declared.name}.{name}")
                    if declared is not None:
                        adopt(function, declared)
        elif isinstance(item, TypeDecl):
            mine = known.of(self.types[item.name])
            for m in item.methods:
                mine.methods[m.name] = self.function_called(m.fn, item)
            for h in item.hooks:
                mine.hooks[h.hook] = self.function_called(h.fn, item)
            for t in item.traits:
                trait = self.find_type((t,))
                if trait is None:
                    raise InvalidProgram(item, f"implements {t}, which is no trait")
                mine.traits.add(trait)

    def _type_of(self, t: TypeExpr) -> TypeInfo:
        found = type_named(t, self.scope)
        if found is None:
            raise InvalidProgram(t, "this is no type")
        return found

    def _inherit(self) -> None:
        """Provided methods and super-traits, before Gathered says them of each type."""
        self.machine.implementations.inherit(self._above, self._provided)

    def _above(self, trait: TypeInfo) -> list[TypeInfo]:
        """The super-traits that a trait names."""
        return [self._type_of(t) for t in trait.declared.supers] if isinstance(trait.declared, TraitType) else []

    def _provided(self, trait: TypeInfo) -> dict[str, Function]:
        if not isinstance(trait.declared, TraitType):
            return {}
        return {name: self.functions[f"{trait.declared.name}.{name}"] for name in trait.declared.provided}

    # ── looking up ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def find_type(self, path: tuple[str, ...]) -> TypeInfo | None:
        name = ".".join(path)
        found = self.types.get(name) or BUILTIN_TRAITS.get(name)
        return found or (BUILTIN_TYPES.get(path[-1].rpartition(".")[2]) if "." not in name or name.startswith("std.") else None)

    def function_called(self, path: str, n: Node | None = None) -> Function:
        return self.functions.get(path) or self._missing(path, n)

    def captures(self, fn: str, n: Node) -> tuple[str, ...]:
        return self._captures[fn] if fn in self._captures else self._missing(fn, n)

    def global_called(self, path: str, n: Node | None = None) -> Global:
        return self.globals.get(path) or self._missing(path, n)

    def const_called(self, path: str) -> Any:
        found = self.consts.get(path)
        return self._missing(path, None) if found is None else found.get(self.machine)

    def type_called(self, name: str, f: Any = None, n: Node | None = None) -> TypeInfo:
        """The type of that path."""
        return self.types.get(name) or self._missing(name, n)

    def variant_called(self, path: str, f: Any = None, n: Node | None = None) -> VariantInfo:
        """The variant of that path."""
        return self.variants.get(path) or self._missing(path, n)

    # ── running ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> Any:
        """Runs `<start>` of the first module; gives its value."""
        return self.machine.enter(self.function_called(f"{self.program.modules[0].name}.{START}"), [])


ITEMS: dict[type[Item], Any] = {
    FnDef: PathWorld._define_function,
    Fn: PathWorld._define_flat,
    ConstDef: PathWorld._define_const,
    GlobalDef: PathWorld._define_global,
    StructType: PathWorld._define_type,
    ClassType: PathWorld._define_type,
    EnumType: PathWorld._define_type,
    TraitType: PathWorld._define_type,
    TypeDecl: PathWorld._declare,
    Methods: None,
}
"""How each kind of item is defined; Methods only add to what is defined."""
