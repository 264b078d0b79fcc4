"""Programs from Surface to Core, in which names are strings and are looked up while the program runs."""

from __future__ import annotations

from typing import Any

from kayton.ir.core import ClassType, EnumType, Methods, StructType, TraitType
from kayton.ir.node import Node, walk
from kayton.ir.paths import display_name
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ClassDef,
    ConstDef,
    EnumDef,
    Expr,
    Field,
    FnDef,
    ImplDef,
    Item,
    Let,
    MethodCall,
    Name,
    Program,
    StructDef,
    TraitDef,
    Use,
    UsePlugin,
)
from kayton.ir.surface import TypeAlias as TypeAliasNode
from kayton.runtime.evaluator.annotations import TypeScope, type_named
from kayton.runtime.evaluator.boundaries import evaluate_at
from kayton.runtime.evaluator.errors import InvalidProgram, used_before_set
from kayton.runtime.evaluator.frame import Frame, Nested
from kayton.runtime.evaluator.functions import adopt, constructor, function_of
from kayton.runtime.evaluator.machine import MODULE, START, Machine
from kayton.runtime.evaluator.modules import ModuleScope, StdModule, TypeAlias
from kayton.runtime.evaluator.patterns import destructure
from kayton.runtime.evaluator.rules import RULES
from kayton.runtime.evaluator.values import (
    UNIT,
    UNSET,
    Function,
    Instance,
    Struct,
    TypeInfo,
    Variant,
    VariantInfo,
)
from kayton.runtime.evaluator.world import Const, Global, World


class NamedWorld(World):
    """The modules of a program, and what its names stand for."""

    def __init__(self, program: Program, machine: Machine) -> None:
        super().__init__(machine)
        self.program = program
        self.modules = {m.name: ModuleScope(m, self) for m in program.modules}
        for scope in self.modules.values():
            for item in scope.module.body:
                self._define(item, scope)
        for scope in self.modules.values():
            self._construct(scope)
        for of_trait in (False, True):
            for scope in self.modules.values():
                for item in scope.module.body:
                    if (getattr(item, "trait", None) is not None) is of_trait:
                        self._implement(item, scope)
        self._inherit()

    # ── definitions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _define(self, item: Node, scope: ModuleScope) -> None:
        define = ITEMS.get(item.__class__)
        if define is not None:
            define(self, item, scope)

    def _define_function(self, item: FnDef, scope: ModuleScope) -> None:
        scope.functions[item.name] = self._function(item, item.name, TypeScope(scope))

    def _define_const(self, item: ConstDef, scope: ModuleScope) -> None:
        scope.own[item.name] = Const(item, TypeScope(scope))

    def _define_globals(self, item: Let, scope: ModuleScope) -> None:
        for n in walk(item.pattern):
            if isinstance(n, BindPattern | AtPattern):
                scope.own[n.name] = Global(n.name)

    def _define_type(self, item: Any, scope: ModuleScope) -> None:
        scope.define_type(item)

    def _define_with_methods(self, item: StructDef | ClassDef | EnumDef | TraitDef, scope: ModuleScope) -> None:
        scope.define_type(item)
        self_type = None if isinstance(item, TraitDef) else scope.types[item.name]
        self._methods(item, item.name, TypeScope(scope, self_type).with_params([p.name for p in item.type_params]))

    def _define_alias(self, item: TypeAliasNode, scope: ModuleScope) -> None:
        scope.own[item.name] = TypeAlias(item, scope)

    def _define_use(self, item: Use, scope: ModuleScope) -> None:
        scope.add_use(item)

    def _methods(self, item: Any, prefix: str, inside: TypeScope) -> None:
        for m in item.methods:
            inside.home.functions[f"{prefix}.{m.name}"] = self._function(m, f"{prefix}.{m.name}", inside)

    def _function(self, f: FnDef, name: str, scope: TypeScope) -> Function:
        module = scope.home.name
        return function_of(f, display_name(f"{module}.{name}", module), scope)

    def _construct(self, scope: ModuleScope) -> None:
        """Every type with fields, and every variant with fields, has a constructor: its own function, or one made here."""
        for name, info in scope.types.items():
            for variant in info.variants.values():
                self._constructors[variant] = self._maker(f"{name}.{variant.name}", variant, info, scope)
            if info.kind in ("struct", "class"):
                self._constructors[info] = self._maker(name, info, info, scope)
        for name, function in scope.functions.items():
            if "." not in name and name not in scope.types:
                scope.own[name] = function

    def _maker(self, name: str, of: TypeInfo | VariantInfo, owner: TypeInfo, scope: ModuleScope) -> Function:
        made = scope.functions.get(name)
        if made is not None and not isinstance(owner.declared, EnumDef | StructDef | ClassDef):
            return made
        kind = owner.kind

        def make(fields: tuple) -> Any:
            if isinstance(of, VariantInfo):
                return Variant(of, fields)
            return Instance(of, list(fields)) if kind == "class" else Struct(of, fields)

        return constructor(display_name(f"{scope.name}.{name}", scope.name), of.fields, make, owner.home)

    # ── implementations ────────────────────────────────────────────────────────────────────────────────────────────────

    def _implement(self, item: Node, scope: ModuleScope) -> None:
        """Records the methods that an item gives to a type."""
        if isinstance(item, StructDef | ClassDef | EnumDef):
            methods = {m.name: scope.functions[f"{item.name}.{m.name}"] for m in item.methods}
            self.machine.implementations.add(scope.types[item.name], None, methods)
        elif isinstance(item, ImplDef):
            target = self._type_of(item.target, item, scope)
            trait = None if item.trait is None else self._type_of(item.trait, item, scope)
            prefix = target.name if trait is None else f"{target.name}.{trait.name}"
            inside = TypeScope(scope, target).with_params([p.name for p in item.type_params])
            methods = {m.name: self._function(m, f"{prefix}.{m.name}", inside) for m in item.methods}
            self._add(target, trait, methods)
        elif isinstance(item, Methods):
            target = self._type_of(item.target, item, scope)
            trait = None if item.trait is None else self._type_of(item.trait, item, scope)
            self._add(target, trait, {name: scope.functions[f"{item.prefix}.{name}"] for name in item.names})

    def _type_of(self, t: Any, item: Any, scope: ModuleScope) -> TypeInfo:
        found = type_named(t, TypeScope(scope).with_params([p.name for p in item.type_params]))
        if found is None:
            raise InvalidProgram(item, "an impl for something that is no type")
        return found

    def _add(self, target: TypeInfo, trait: TypeInfo | None, methods: dict[str, Function]) -> None:
        self.machine.implementations.add(target, trait, methods)
        if trait is not None and trait.declared is not None:
            for name, function in methods.items():
                declared = trait.home.home.functions.get(f"{trait.name}.{name}")
                if declared is not None:
                    adopt(function, declared)

    def _inherit(self) -> None:
        """Types get the traits above theirs, and the provided methods of all of them, once all `impl`s are known."""
        self.machine.implementations.inherit(self._above, lambda trait: trait.home.home.provided(trait))

    def _above(self, trait: TypeInfo) -> list[TypeInfo]:
        """The super-traits that a trait names."""
        found = [] if trait.declared is None else [type_named(t, trait.home) for t in trait.declared.supers]
        return [t for t in found if t is not None]

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def static(self, e: Expr, f: Frame) -> Any:
        if e.__class__ is Name:
            found = f.find(e.name)
            if found is not None:
                return found.entity if found.__class__ is Nested else None
            if e.name == "Self":
                return f.function.scope.self_type
            return f.home.find(e.name)
        if e.__class__ is Field:
            owner = self.static(e.value, f)
            return None if owner is None else self.member(owner, e.name)
        return None

    def static_member(self, n: MethodCall, f: Frame) -> Any:
        if n.receiver.__class__ is not Name and n.receiver.__class__ is not Field:
            return None
        owner = self.static(n.receiver, f)
        return None if owner is None else self.member(owner, n.name)

    def member(self, owner: Any, name: str) -> Any:
        """`owner.name` of a module or type; None where there is no such, or the owner is a value."""
        if isinstance(owner, ModuleScope | StdModule):
            return owner.member(name)
        if isinstance(owner, TypeAlias):
            return self.member(type_named(owner.node.type, TypeScope(owner.home)), name)
        if isinstance(owner, TypeInfo):
            return owner.variants.get(name) or self.machine.implementations.of(owner).methods.get(name)
        return None

    def named(self, name: str, f: Frame, n: Node) -> Any:
        found = f.find(name)
        if found.__class__ is Nested:
            return found.entity
        entity = f.function.scope.self_type if name == "Self" else f.home.find(name)
        if entity is None:
            raise InvalidProgram(n, f"{name} is not defined")
        return entity

    def value_of(self, entity: Any, f: Frame, *, called: bool = False) -> Any:
        if isinstance(entity, Global):
            if entity.value is UNSET:
                raise used_before_set(entity.name)
            return entity.value
        if isinstance(entity, TypeAlias):
            return super().value_of(type_named(entity.node.type, TypeScope(entity.home)), f)
        return super().value_of(entity, f)

    def pattern_target(self, path: tuple[str, ...], f: Frame) -> Any:
        e: Expr = Name(path[0])
        for name in path[1:]:
            e = Field(e, name)
        found = self.static(e, f)
        if found is None:
            raise InvalidProgram(None, f"the pattern {'.'.join(path)} stands for nothing")
        return type_named(found.node.type, TypeScope(found.home)) if isinstance(found, TypeAlias) else found

    def nested(self, item: Node, f: Frame, around: dict) -> Any:
        if isinstance(item, ConstDef):
            return Const(item, f.function.scope, around)
        function = function_of(item, item.name, f.function.scope)
        run = function.run

        def run_among(frame: Frame) -> Any:
            frame.scopes.insert(0, around)
            return run(frame)

        function.run = run_among
        return function

    def type_called(self, name: str, f: Frame, n: Node) -> TypeInfo:
        """The type that a Construct of Derived … Core names."""
        return f.home.types[name]

    def variant_called(self, name: str, f: Frame, n: Node) -> VariantInfo:
        """The variant that a MakeVariant of Derived … Core names."""
        owner, _, variant = name.partition(".")
        return f.home.types[owner].variants[variant]

    def const_called(self, path: str) -> Any:
        module, _, name = path.rpartition(".")
        found = self.modules[module].own[name]
        return found.get(self.machine)

    # ── running ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> Any:
        """Runs the statements of all modules, then `main`; gives its value."""
        def run(f: Frame) -> Any:
            for scope in self._order():
                self.machine.enter(self._initialiser(scope), [])
            first = self.modules[self.program.modules[0].name]
            main = first.own.get("main")
            return self.machine.enter(main, []) if isinstance(main, Function) else UNIT

        first = self.modules[self.program.modules[0].name]
        return self.machine.enter(Function(START, [], run, first, TypeScope(first)), [])

    def _order(self) -> list[ModuleScope]:
        """The modules, each after those that it uses, in the order of the `use` lines; one of a cycle waits for no other."""
        order: list[ModuleScope] = []
        first = self.modules[self.program.modules[0].name]
        seen = {first.name}
        stack = [(first, iter(first.used_modules()))]
        while stack:
            scope, rest = stack[-1]
            inner = next((m for m in rest if m in self.modules and m not in seen), None)
            if inner is None:
                order.append(scope)
                stack.pop()
            else:
                seen.add(inner)
                stack.append((self.modules[inner], iter(self.modules[inner].used_modules())))
        return order

    def _initialiser(self, scope: ModuleScope) -> Function:
        """The function that runs a module's statements."""
        def run(f: Frame) -> Any:
            for s in scope.module.body:
                if isinstance(s, Let):
                    self._let(s, scope, f)
                elif not isinstance(s, Item):
                    RULES[s.__class__](s, f)
            return UNIT

        return Function(MODULE, [], run, scope, TypeScope(scope))

    def _let(self, s: Let, scope: ModuleScope, f: Frame) -> None:
        annotation = None if s.type is None else self.machine.annotations.of(s.type, TypeScope(scope))
        value = evaluate_at(s.value, annotation, f)
        f.span = s.value.span
        f.scopes.append({})
        destructure(s.pattern, value, f)
        for name, variable in f.scopes.pop().items():
            scope.own[name].value = variable.value


ITEMS: dict[type[Node], Any] = {
    FnDef: NamedWorld._define_function,
    ConstDef: NamedWorld._define_const,
    Let: NamedWorld._define_globals,
    StructDef: NamedWorld._define_with_methods,
    ClassDef: NamedWorld._define_with_methods,
    EnumDef: NamedWorld._define_with_methods,
    TraitDef: NamedWorld._define_with_methods,
    StructType: NamedWorld._define_type,
    ClassType: NamedWorld._define_type,
    EnumType: NamedWorld._define_type,
    TraitType: NamedWorld._define_type,
    TypeAliasNode: NamedWorld._define_alias,
    Use: NamedWorld._define_use,
    UsePlugin: None,
    ImplDef: None,
    Methods: None,
}
"""How each kind of item, and a module-level `let`, is defined; implementations only add to what is defined."""
