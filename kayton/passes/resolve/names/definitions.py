"""The module-level names of a program: what each module defines, what it brings in by `use`, and what is built in.

A module has one namespace for functions, types, traits, constants, globals and modules; variants of the enums in it come after
them, built-ins last, so that a user's own name wins (LANGUAGE §7).
"""

from __future__ import annotations

from collections.abc import Iterator

from kayton.diagnostics.names import DuplicateName, PrivateItem, UnknownMember
from kayton.diagnostics.nearest import nearest
from kayton.ir import builtins
from kayton.ir.core import ClassType, Construct, EnumType, MakeVariant, StructType, TraitType
from kayton.ir.node import Node, Span, walk
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ConstDef,
    FnDef,
    Let,
    Module,
    Pattern,
    Program,
    TypeAlias,
    Use,
    UseName,
    UsePlugin,
)
from kayton.passes.framework import Cx
from kayton.passes.resolve.names.entities import (
    Alias,
    Ambiguous,
    BuiltinTrait,
    BuiltinType,
    BuiltinVariant,
    Constant,
    Entity,
    Function,
    Global,
    ModuleName,
    NativeFunction,
    Number,
    Plugin,
    Private,
    UserType,
    Variant,
)

_KINDS = {StructType: "struct", ClassType: "class", EnumType: "enum", TraitType: "trait"}


class ModuleScope:
    """What one module defines (`own`), which of it is `pub`, and its `use` lines by the name that each binds."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.name = module.name
        self.own: dict[str, Entity] = {}
        self.public: set[str] = set()
        self.spans: dict[str, Span | None] = {}
        self.uses: dict[str, tuple[Use, UseName | None]] = {}
        self.brought: dict[str, Entity | None] = {}
        """What `uses` turned out to mean."""
        self.variants: dict[str, list[Variant]] = {}
        """By name, of every enum in scope."""


class Definitions:
    """The scopes of all modules."""

    def __init__(self, root: Program, cx: Cx) -> None:
        self.cx = cx
        self.scopes = {m.name: ModuleScope(m) for m in root.modules}
        for scope in self.scopes.values():
            self._collect(scope)
        for scope in self.scopes.values():
            for name in scope.uses:
                self._brought(scope, name)
        for scope in self.scopes.values():
            self._bring_variants(scope)

    # ── collecting ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _collect(self, scope: ModuleScope) -> None:
        for item in scope.module.body:
            if isinstance(item, Use):
                self._collect_use(scope, item)
            elif isinstance(item, UsePlugin):
                self._define(scope, item.name, Plugin(item.name), item, public=False)
            elif isinstance(item, Let):
                for n in bound_in(item.pattern):
                    self._define(scope, n.name, Global(f"{scope.name}.{n.name}"), n, public=item.public)
            elif (entity := _entity(scope.name, item)) is not None:
                self._define(scope, item.name, entity, item, public=item.public)

    def _collect_use(self, scope: ModuleScope, use: Use) -> None:
        bindings = [(n.alias or n.name, n) for n in use.names] if use.selective else [(use.alias or use.path[-1], None)]
        for name, part in bindings:
            self._claim(scope, name, part or use, use.public)
            scope.uses.setdefault(name, (use, part))

    def _define(self, scope: ModuleScope, name: str, entity: Entity, node: Node, *, public: bool) -> None:
        self._claim(scope, name, node, public)
        scope.own.setdefault(name, entity)

    def _claim(self, scope: ModuleScope, name: str, node: Node, public: bool) -> None:
        if name in scope.spans:
            self.cx.report(DuplicateName(span=node.span, what="items of this module", name=name, first=scope.spans[name]))
            return
        scope.spans[name] = node.span
        if public:
            scope.public.add(name)

    # ── use ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _brought(self, scope: ModuleScope, name: str) -> Entity | None:
        """What a `use` brings in under `name`; None after an error, and for modules that bring in a name from each other."""
        if name not in scope.brought:
            scope.brought[name] = None
            use, part = scope.uses[name]
            scope.brought[name] = ModuleName(use.module or "") if part is None else self._used(use, part)
        return scope.brought[name]

    def _used(self, use: Use, part: UseName) -> Entity | None:
        found = self.member(use.module or "", part.name)
        if isinstance(found, Private):
            self.cx.report(PrivateItem(span=part.span, name=part.name, module=found.module))
            return None
        if found is None:
            known = tuple(self.public_names(use.module or ""))
            owner, near = ".".join(use.path), nearest(part.name, known)
            self.cx.report(UnknownMember(span=part.span, owner=owner, kind="module", name=part.name, near=near, known=known))
        return found

    def _bring_variants(self, scope: ModuleScope) -> None:
        for entity in [*scope.own.values(), *scope.brought.values()]:
            if isinstance(entity, UserType) and entity.kind == "enum":
                for v in variants_of(entity):
                    scope.variants.setdefault(v.definition.name, []).append(v)

    # ── looking up ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def lookup(self, module: str, name: str) -> Entity | None:
        """What `name` stands for in a module, outside of any function."""
        scope = self.scopes[module]
        found = scope.own.get(name) or scope.brought.get(name)
        if found is not None or name in scope.spans:
            return found
        variants = scope.variants.get(name)
        if variants:
            return variants[0] if len(variants) == 1 else Ambiguous(name, tuple([own_enum(v) for v in variants]))
        return _BUILTIN.get(name)

    def type_named(self, module: str, name: str) -> Entity | None:
        """What `name` stands for in a module where a type is wanted: a variant of that name does not count."""
        scope = self.scopes[module]
        found = scope.own.get(name) or scope.brought.get(name)
        return found if found is not None or name in scope.spans else _BUILTIN.get(name)

    def defined(self, module: str, name: str) -> bool:
        """Whether the name is taken in the module, be it by something that could not be brought in."""
        return name in self.scopes[module].spans

    def member(self, module: str, name: str) -> Entity | None:
        """`module.name`, seen from another module: what it defines or passes on with `pub use`."""
        scope = self.scopes.get(module)
        if scope is None:
            return _std_member(module, name)
        found = scope.own.get(name) or (self._brought(scope, name) if name in scope.uses else None)
        if found is not None:
            return found if name in scope.public else Private(name, module)
        public = [v for v in self._public_variants(scope) if v.definition.name == name]
        return public[0] if len(public) == 1 else None

    def _public_variants(self, scope: ModuleScope) -> Iterator[Variant]:
        for name in scope.public:
            entity = scope.own.get(name)
            if isinstance(entity, UserType) and entity.kind == "enum":
                yield from variants_of(entity)

    def public_names(self, module: str) -> list[str]:
        """What a module shows, for suggestions."""
        if module in self.scopes:
            return sorted(self.scopes[module].public)
        return [*builtins.STD_FUNCTIONS.get(module, ()), *builtins.STD_CONSTANTS.get(module, ())]

    def names_in(self, module: str) -> list[str]:
        """Every name that stands for something in a module, for suggestions."""
        scope = self.scopes[module]
        return [*scope.spans, *scope.variants, *_BUILTIN]


def bound_in(pattern: Pattern) -> list[BindPattern | AtPattern]:
    """The nodes that bind a variable in a pattern, in source order."""
    return [n for n in walk(pattern) if isinstance(n, BindPattern | AtPattern)]


def variants_of(enum: UserType) -> list[Variant]:
    """A user's enum's variants."""
    return [Variant(f"{enum.path}.{v.name}", enum, v) for v in enum.item.variants]


def own_enum(v: Variant) -> str:
    """The name of a variant's enum without its module."""
    return builtins.own_name(v.enum.path)


def _entity(module: str, item: Node) -> Entity | None:
    """What a definition defines; None for statements, tables, methods and constructors."""
    kind = item.__class__
    if kind is FnDef:
        made = item.body.result if item.body is not None else None
        is_item = "." not in item.name and not isinstance(made, Construct | MakeVariant)
        return Function(f"{module}.{item.name}") if is_item else None
    if kind in _KINDS:
        return UserType(f"{module}.{item.name}", _KINDS[kind], item)
    if kind is ConstDef:
        return Constant(f"{module}.{item.name}")
    return Alias(item, module) if kind is TypeAlias else None


def _std_member(module: str, name: str) -> Entity | None:
    if module == "std" and f"std.{name}" in builtins.STD_FUNCTIONS:
        return ModuleName(f"std.{name}")
    if name in builtins.STD_TYPES.get(module, ()):
        return BuiltinType(f"{module}.{name}")
    if name in builtins.STD_FUNCTIONS.get(module, {}):
        return NativeFunction(f"{module}.{name}")
    number = builtins.STD_CONSTANTS.get(module, {}).get(name)
    return None if number is None else Number(number)


_BUILTIN: dict[str, Entity] = {
    **{name: NativeFunction(name) for name in builtins.FUNCTIONS},
    **{name: BuiltinTrait(name) for name in builtins.HOOKS},
    **{name: BuiltinType(name) for name in builtins.TYPES},
    **{name: BuiltinVariant(f"{enum}.{name}", fields) for name, (enum, fields) in builtins.VARIANTS.items()},
}
