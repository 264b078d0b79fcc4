"""What each type can do: its methods, its implementations of well-known traits, and all its traits."""

from __future__ import annotations

from collections.abc import Callable

from kayton.runtime.evaluator.natives import METHODS
from kayton.runtime.evaluator.values import Function, TypeInfo

HOOKS = {
    "Show": "show", "Eq": "eq", "Ord": "cmp", "Add": "add", "Sub": "sub", "Mul": "mul", "Div": "div", "FloorDiv": "floor_div",
    "Rem": "rem", "Pow": "pow", "Neg": "neg", "Index": "get", "IndexSet": "set", "Iterator": "next", "Iterable": "iter",
}
"""The well-known traits whose method the language itself calls (LANGUAGE §7)."""

BUILTIN_TRAITS = {name: TypeInfo(name, "trait") for name in [*HOOKS, "Hash"]}


def _lineage(trait: TypeInfo, above: Callable[[TypeInfo], list[TypeInfo]]) -> list[TypeInfo]:
    """A trait and all above it."""
    found = [trait]
    for t in found:
        found += [s for s in above(t) if s not in found]
    return found


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
        self._changing: frozenset[str] | None = None

    def of(self, type_: TypeInfo) -> Implementation:
        """What a type can do."""
        found = self._of.get(type_)
        if found is None:
            found = self._of[type_] = Implementation()
        return found

    def changing(self) -> frozenset[str]:
        """The names of all methods that change their receiver, on whatever type."""
        if self._changing is None:
            own = {name for impl in self._of.values() for name, f in impl.methods.items() if f.changes}
            self._changing = frozenset(own | {short for (_, short), native in METHODS.items() if native.changes})
        return self._changing

    def known(self) -> list[TypeInfo]:
        """The types that anything is known of."""
        return list(self._of)

    def inherit(
        self, above: Callable[[TypeInfo], list[TypeInfo]], provided: Callable[[TypeInfo], dict[str, Function]]
    ) -> None:
        """Gives every type the traits above its own, and what all these provide, that of the most special trait first."""
        for info in self.known():
            mine = self.of(info)
            lineages = {trait: _lineage(trait, above) for trait in mine.traits}
            for lineage in list(lineages.values()):
                for trait in lineage:
                    lineages.setdefault(trait, _lineage(trait, above))
            mine.traits.update(lineages)
            for trait in sorted(lineages, key=lambda t: (-len(lineages[t]), t.name)):
                if trait.declared is not None:
                    self.add(info, trait, provided(trait))

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
