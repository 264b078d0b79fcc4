"""What each type can do: its methods, its implementations of well-known traits, and all its traits."""

from __future__ import annotations

from kayton.runtime.evaluator.values import Function, TypeInfo

HOOKS = {
    "Show": "show", "Eq": "eq", "Ord": "cmp", "Add": "add", "Sub": "sub", "Mul": "mul", "Div": "div", "FloorDiv": "floor_div",
    "Rem": "rem", "Pow": "pow", "Neg": "neg", "Index": "get", "IndexSet": "set", "Iterator": "next", "Iterable": "iter",
}
"""The well-known traits whose method the language itself calls (LANGUAGE §7)."""

BUILTIN_TRAITS = {name: TypeInfo(name, "trait") for name in [*HOOKS, "Hash"]}


class Implementation:
    """What one type can do. `hooks` are keyed `Show.show`."""

    __slots__ = ("hooks", "methods", "traits")

    def __init__(self) -> None:
        self.methods: dict[str, Function] = {}
        self.hooks: dict[str, Function] = {}
        self.traits: set[TypeInfo] = set()


class Implementations:
    """What every type can do."""

    def __init__(self) -> None:
        self._of: dict[TypeInfo, Implementation] = {}

    def of(self, type_: TypeInfo) -> Implementation:
        """What a type can do."""
        found = self._of.get(type_)
        if found is None:
            found = self._of[type_] = Implementation()
        return found

    def add(self, type_: TypeInfo, trait: TypeInfo | None, methods: dict[str, Function]) -> None:
        """Records an `impl`; a method that is there already stays."""
        found = self.of(type_)
        for name, function in methods.items():
            found.methods.setdefault(name, function)
        if trait is not None:
            found.traits.add(trait)
            hook = HOOKS.get(trait.name)
            if BUILTIN_TRAITS.get(trait.name) is trait and hook in methods:
                found.hooks[f"{trait.name}.{hook}"] = methods[hook]
