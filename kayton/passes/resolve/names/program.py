"""What all functions of the program share while their names are resolved."""

from __future__ import annotations

from collections.abc import Mapping

from pyrsistent import PMap

from kayton.diagnostics.names import DuplicateName
from kayton.ir import builtins
from kayton.ir.core import Methods, TraitType
from kayton.ir.node import Node, Span
from kayton.ir.resolved import TypeRef
from kayton.ir.surface import Program, TypeExpr
from kayton.passes.framework import Cx
from kayton.passes.resolve.names.definitions import Definitions
from kayton.passes.resolve.names.entities import BuiltinTrait, BuiltinType, Entity, Parameter, UserType
from kayton.passes.resolve.names.types import Condition, TypeResolver, TypeScope

Scope = PMap[str, Entity]
"""The variables and nested functions in scope."""


class ProgramNames:
    """The names of the whole program, and the tables that follow from them."""

    def __init__(self, root: Program, cx: Cx, condition: Condition) -> None:
        self.cx = cx
        self.definitions = Definitions(root, cx)
        self.types = TypeResolver(self.definitions, cx, condition)
        self.nested_consts: set[str] = set()
        """Paths of constants that stand in functions."""
        self.constructors: set[str] = set()
        """Built-in constructors that are used as values, such as `xs.map(Some)`."""
        self.functions: dict[str, dict[str, str]] = {}
        """For each type the functions `Type.name`: methods and those without `self`, its own before those of traits."""
        self._types = {e.path: e for s in self.definitions.scopes.values() for e in s.own.values() if isinstance(e, UserType)}
        self._made: dict[str, int] = {}
        for trait in self._types.values():
            if trait.kind == "trait":
                self.functions[trait.path] = {name: f"{trait.path}.{name}" for name in trait.item.provided}

    def type_called(self, path: str) -> Entity:
        """The type or trait of that path."""
        found = self._types.get(path)
        if found is not None:
            return found
        return BuiltinTrait(path) if path in builtins.HOOKS else BuiltinType(path)

    def functions_of(self, owner: Entity) -> Mapping[str, str]:
        """The paths of the functions `owner.name`, by name."""
        return self.functions.get(getattr(owner, "path", ""), {})

    def type_scope(self, module: str, params: tuple[Node, ...] = ()) -> TypeScope:
        """The scope of types at module level, with these type parameters."""
        return TypeScope(module, {p.name: Parameter(p.name) for p in params})

    def table(self, m: Methods, module: str) -> Methods:
        """The table with its type and trait resolved; its functions are now known as those of the type."""
        scope = self.type_scope(module, m.type_params)
        target = self.types.resolve(m.target, scope)
        trait = None if m.trait is None else self.types.trait(m.trait, scope)
        params = self.types.params(m.type_params, scope)
        prefix = f"{module}.{m.prefix}"
        path = type_path(target)
        if path is not None:
            known = self.functions.setdefault(path, {})
            for name in m.names:
                if trait is None or name not in known:
                    known[name] = f"{prefix}.{name}"
        return Methods(target, prefix, m.names, trait, params, m.annotations, id=m.id, span=m.span)

    def trait_item(self, path: str) -> TraitType | None:
        """The definition of a user's trait."""
        found = self._types.get(path)
        return found.item if found is not None and found.kind == "trait" else None

    def unique(self, names: list[tuple[str, Span | None]], what: str) -> None:
        """Reports each name that an earlier one is equal to."""
        first: dict[str, Span | None] = {}
        for name, span in names:
            if name in first:
                self.cx.report(DuplicateName(span=span, what=what, name=name, first=first[name]))
            first.setdefault(name, span)

    def new_id(self, origin: Node) -> str:
        """An id for one more node that is made from `origin`."""
        n = self._made[origin.id or "?"] = self._made.get(origin.id or "?", 0) + 1
        return f"{origin.id}~resolve-names.{n}"


def type_path(t: TypeExpr) -> str | None:
    """The path of a named type other than `dyn`."""
    return t.type if isinstance(t, TypeRef) and t.type != "dyn" else None
