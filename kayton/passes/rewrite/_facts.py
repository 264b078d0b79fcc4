"""What was found out about a draft, as the passes that write it down look it up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kayton.ir.constrained import Instance
from kayton.ir.node import Node, walk
from kayton.ir.paths import CLOSURE
from kayton.ir.rewritten import Draft, Reference
from kayton.ir.surface import FnDef
from kayton.ir.types import DYN, NEVER, App, Type, inside, is_user, join, read_type
from kayton.passes.resolve.names.starting import INIT, START

FINAL = ("lowered", "thunk")


_WRITTEN = re.compile(r".*?#\d+(?=~|$)")
"""The id that the parser gave."""


def original(n: Node) -> str:
    """The id of a node where it was written first."""
    found = _WRITTEN.match(n.id or "")
    return found[0] if found else ""


def is_final(f: FnDef) -> bool:
    """Whether rewriting wrote the function: it is taken as it stands. A bare `@thunk` was written by a person."""
    return any([a.name == "lowered" or (a.name == "thunk" and a.args) for a in f.annotations])


class Facts:
    """Analysis of a Draft: instances by function, references by place, calls by instance."""

    def __init__(self, root: Draft) -> None:
        self.references: dict[str, Reference] = {r.site: r for r in root.names.references}
        self.instances: dict[str, Instance] = {i.name: i for i in root.types.instances}
        self.by_function: dict[str, list[Instance]] = {}
        for i in root.types.instances:
            self.by_function.setdefault(i.fn, []).append(i)
        self.calls: dict[str, dict[str, tuple[str, ...]]] = {i.name: {c.site: c.instances for c in i.calls} for i in root.types.instances}
        self.copies = {c.definition: c.instances for c in root.copies}
        self.methods = {(m.owner, m.name): m for m in root.types.methods}
        self.cells = {c.name: c.type for c in root.types.cells}
        self.traits: dict[str, set[str]] = {}
        """By a type's path, the names of the traits that it implements."""
        for i in root.types.implementations:
            self.traits.setdefault(i.owner, set()).add(i.trait.rpartition(".")[2])

    @classmethod
    def of(cls, root: Draft) -> Facts:
        """The facts of a draft."""
        return cls(root)

    def path(self, f: FnDef) -> str:
        """The path of a function's definition; empty where it has none (nothing calls it, or it is a trait's)."""
        found = self.references.get(original(f))
        return found.path if found is not None and found.kind == "definition" else ""

    def serving(self, f: FnDef) -> list[Instance]:
        """The instances that a definition serves: all of its function, unless it is one of several copies."""
        if f.id in self.copies:
            return [self.instances[name] for name in self.copies[f.id]]
        return self.by_function.get(self.path(f), [])

    def starting(self) -> list[Instance]:
        """The instances of the functions that run modules' statements."""
        return [i for fn, found in self.by_function.items() if fn.endswith((f".{INIT}", f".{START}")) for i in found]

    def with_closures(self, serving: Iterable[Instance]) -> list[Instance]:
        """Those instances, and those of closures in their functions that they reach."""
        first = list(serving)
        owners = tuple({f"{i.fn}.{CLOSURE}" for i in first})
        if not any([fn.startswith(owners) for fn in self.by_function]):
            return first
        seen = {i.name for i in first}
        waiting = [i.name for i in first]
        while waiting:
            for names in self.calls[waiting.pop()].values():
                new = [n for n in names if n not in seen]
                seen.update(new)
                waiting += new
        return [*first, *[self.instances[n] for n in sorted(seen) if self.instances[n].fn.startswith(owners)]]

    def fields(self) -> dict[str, App]:
        """By path, what structs hold wherever they occur: nothing where a value of unknown type could be one and change it."""
        found: dict[str, Type] = {}
        texts = {t.type for i in self.instances.values() for t in i.typings}
        for t in [p for text in sorted(texts) for p in inside(read_type(text))]:
            if t is DYN:
                return {}
            if isinstance(t, App) and is_user(t):
                found[t.name] = join(found.get(t.name, NEVER), t)
        return {path: t for path, t in found.items() if isinstance(t, App)}


def functions_in(n: Node) -> list[FnDef]:
    """All functions in it."""
    return [f for f in walk(n) if isinstance(f, FnDef)]
