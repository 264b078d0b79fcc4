"""What the names of each module of a program as it was written stand for, and what they are called where all modules are one.

A *thing* is an item of a module, `("geometry", "area")`, or what the standard library has; a module itself is a thing without a name. In
the one module an item keeps its name if nothing else has it; else, unless it is the first module's, its module's name is added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kayton.ir import builtins
from kayton.ir.node import Node, walk
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ClassDef,
    ConstDef,
    EnumDef,
    FnDef,
    Item,
    Let,
    Module,
    Name,
    NamedType,
    Program,
    StructDef,
    TraitDef,
    TypeAlias,
    Use,
)

Thing = tuple[str, str]

NAMED = (FnDef, StructDef, ClassDef, EnumDef, TraitDef, TypeAlias, ConstDef)
SHOWN = (StructDef, ClassDef, EnumDef)
"""What is printed under its name."""


class Scope:
    """One module: its own items by name, what its `use` lines bring, and where each variant in scope belongs."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.own: dict[str, Node] = {}
        self.uses: dict[str, Thing] = {}
        for item in module.body:
            if isinstance(item, NAMED):
                self.own[item.name] = item
            elif isinstance(item, Let):
                self.own |= {n.name: item for n in bound_in(item)}
            elif isinstance(item, Use) and item.selective:
                self.uses |= {n.alias or n.name: (item.module or "", n.name) for n in item.names}
            elif isinstance(item, Use):
                self.uses[item.alias or item.path[-1]] = (item.module or "", "")


def bound_in(n: Node) -> list[Node]:
    """The nodes in it that bind a variable."""
    return [p for p in walk(n) if isinstance(p, BindPattern | AtPattern)]


class Scopes:
    """All modules of a program."""

    def __init__(self, root: Program) -> None:
        self.first = root.modules[0].name
        self.scopes = {m.name: Scope(m) for m in root.modules}
        self.std: dict[Thing, str] = {}
        """What of the standard library is used, under the name that it has in the one module."""
        self.names: dict[Thing, str] = {}
        """What the items are called there."""
        self._variants: dict[str, int] = {}
        self._choose(root)

    # Looking up

    def thing(self, module: str, name: str) -> Thing | None:
        """What a name stands for in a module; None for what is built in, and for variants."""
        scope = self.scopes[module]
        if name in scope.own:
            return module, name
        return None if name not in scope.uses else self._behind(scope.uses[name])

    def _behind(self, thing: Thing) -> Thing:
        """What a `use` brings, through each `pub use` on the way."""
        module, name = thing
        while name and module in self.scopes and name not in self.scopes[module].own and name in self.scopes[module].uses:
            module, name = self.scopes[module].uses[name]
        return module, name

    def member(self, thing: Thing, name: str) -> Thing | None:
        """What `thing.name` stands for if the thing is a module."""
        module, own = thing
        if own:
            return None
        if module == "std":
            return f"std.{name}", ""
        return self._behind((module, name))

    def spelt(self, thing: Thing) -> tuple[str, ...]:
        """The path that stands for a thing in the one module."""
        module, name = thing
        if thing in self.names:
            return (self.names[thing],)
        if thing in self.std:
            return (self.std[thing],)
        if not name or module not in self.scopes:
            return (self.std[module, ""], name) if (module, "") in self.std else (name,)
        return self.variant(name, self._enums(module))

    def variant_in(self, module: str, name: str) -> tuple[str, ...] | None:
        """The path that stands for what a module calls by the name of a variant; None where it is none."""
        enums = self._enums(module)
        return self.variant(name, enums) if any([name in _variants(self._item(e)) for e in enums]) else None

    def variant(self, name: str, enums: Iterable[Thing]) -> tuple[str, ...]:
        """A variant's path; its enum is named only where it has to be."""
        owner = next(e for e in enums if name in _variants(self._item(e)))
        alone = self._variants.get(name) == 1 and name not in self.names.values() and name not in builtins.VARIANTS
        return (name,) if alone else (self.names[owner], name)

    def _enums(self, module: str) -> list[Thing]:
        """The enums in scope."""
        scope = self.scopes[module]
        things = [self.thing(module, name) for name in (*scope.own, *scope.uses)]
        return [t for t in things if t is not None and isinstance(self._item(t), EnumDef)]

    def _item(self, thing: Thing) -> Node | None:
        module, name = thing
        return self.scopes[module].own.get(name) if module in self.scopes else None

    # Choosing names

    def _choose(self, root: Program) -> None:
        bound = {n.name for m in root.modules for n in _local(m)}
        counts: dict[str, int] = {}
        for scope in self.scopes.values():
            for name, item in scope.own.items():
                counts[name] = counts.get(name, 0) + 1
                for v in _variants(item):
                    self._variants[v] = self._variants.get(v, 0) + 1
        taken = bound | self._built_in(root) | {"main"} | set(self.scopes[self.first].own)
        for module, scope in self.scopes.items():
            for name in scope.own:
                free = module == self.first or (name not in taken and counts[name] == 1)
                self.names[module, name] = name if free else f"{name}__{module.replace('.', '_')}"
        self._choose_std(taken | set(self.names.values()))

    def _choose_std(self, taken: set[str]) -> None:
        for scope in self.scopes.values():
            for module, name in scope.uses.values():
                if module not in self.scopes and module != "std":
                    short = name or module.rpartition(".")[2]
                    self.std[module, name] = short if short not in taken else f"{short}__std"

    def _built_in(self, root: Program) -> set[str]:
        """The names that some module uses for what is built in."""
        found = set()
        for m in root.modules:
            for n in walk(m):
                name = n.name if isinstance(n, Name) else n.path[0] if isinstance(n, NamedType) else None
                if name is not None and self.thing(m.name, name) is None:
                    found.add(name)
        return found & {*builtins.FUNCTIONS, *builtins.TYPES, *builtins.VARIANTS, *builtins.HOOKS}


def _variants(item: Node | None) -> tuple[str, ...]:
    return tuple([v.name for v in item.variants]) if isinstance(item, EnumDef) else ()


def _local(module: Module) -> Iterator[Node]:
    """What binds a name inside of a module's items and statements, nested definitions included."""
    for item in module.body:
        for n in walk(item):
            if n is not item and (isinstance(n, BindPattern | AtPattern) or (isinstance(n, FnDef | ConstDef) and isinstance(n, Item))):
                if not (isinstance(item, Let) and any([n is p for p in walk(item.pattern)])):
                    yield n
