"""Kinds of a class's instances: those whose fields hold values of other types are types of their own.

    class Stack: items = []           a = Stack()   a.items.push(1)       =>   a: class Stack[List[i64]]
                                      b = Stack()   b.items.push("x")     =>   b: class Stack[List[str]]

An instance can be changed wherever there is a reference to it, so what its fields hold is known over the whole program only. Where a program is solved as usual and
a field comes out as `dyn`, it is solved again with instances told apart by where, and of which plain values, they are made. References that may be to
one or to another of these say that there are two that cannot be apart; and those whose fields turn out to be of the same types need not be. The rest are the
kinds that it is solved with for good. A class is left as it was where a reference comes back from where types are not known, or nothing is gained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from kayton.ir.resolved import TypeDecl
from kayton.ir.types import BOOL, F64, I64, NEVER, OR, STR, Object, Type, inside, join, mentions_dyn, read_type, rebuilt

_PLAIN = frozenset((I64, F64, BOOL, STR))

Origin = tuple[str, str, tuple[str, ...]]
"""The class, the place where an instance is made, and what of plain types it is made of."""


@attrs.frozen
class Kinds:
    """By class, the fields for which instances are told apart. `named` has the kinds of origins; None while every origin has one of its own."""

    fields: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    named: Mapping[Origin, str] | None = None
    met: dict[Origin, str] = attrs.field(factory=dict)
    """The kinds given so far, by origin."""

    def of(self, declared: TypeDecl, site: str, types: Sequence[Type]) -> str:
        """The kind of an instance that is made there of values of these types."""
        fields = self.fields.get(declared.name)
        if fields is None:
            return ""
        plain = tuple([str(t) if t in _PLAIN and f.name in fields else "_" for f, t in zip(declared.fields, types, strict=True)])
        origin = (declared.name, site, plain)
        if self.named is None:
            return self.met.setdefault(origin, f"#{len(self.met)}")
        return self.named.get(origin, "")

    def gained(self) -> set[str]:
        """The classes of which some kind has fields whose types are known."""
        return {path for (path, _, _), name in (self.named or {}).items() if not mentions_dyn(read_type(f"({name},)"))}


ONE_KIND = Kinds()
"""All instances of a class are of one kind."""


def unclear(cells: Mapping[str, Type], types: Mapping[str, TypeDecl]) -> dict[str, tuple[str, ...]]:
    """By class, the fields of which more might be known if instances were told apart."""
    found = {}
    for path, declared in types.items():
        if declared.kind == "class":
            fields = tuple([f.name for f in declared.fields if mentions_dyn(cells.get(f"{path}.{f.name}", I64))])
            if fields:
                found[path] = fields
    return found


def mixed(types: Iterable[Type], paths: Iterable[str]) -> set[str]:
    """The classes of which some type has an instance of unknown kind."""
    return {p.path for t in types for p in inside(t) if p.__class__ is Object and p.path in paths and not p.kind}


def between(types: Iterable[Type]) -> set[str]:
    """The classes of which some type has an instance of one of several kinds."""
    return {p.path for t in types for p in inside(t) if p.__class__ is Object and OR in p.kind}


def joined(kinds: Kinds, types: Iterable[Type], cells: Mapping[str, Type]) -> Kinds:
    """The kinds that are left when those are one that cannot be apart, and those that need not be: named by the types of their fields."""
    group: dict[tuple[str, str], str] = {(path, k): k for (path, _, _), k in kinds.met.items()}

    def first(path: str, k: str) -> str:
        while group[path, k] != k:
            k = group[path, k]
        return k

    for p in [p for t in types for p in inside(t) if p.__class__ is Object and OR in p.kind]:
        a, *others = p.kind.split(OR)
        for b in others:
            group[p.path, first(p.path, b)] = first(p.path, a)
    held: dict[tuple[str, str], list[Type]] = {}
    for path, k in group:
        found = [cells.get(Object(path, k).cell(f), NEVER) for f in kinds.fields[path]]
        known = held.setdefault((path, first(path, k)), found)
        held[path, first(path, k)] = list(map(join, known, found))
    names = {key: ", ".join([str(_plainly(t)) for t in types]) for key, types in held.items()}
    return Kinds(kinds.fields, {origin: names[origin[0], first(origin[0], k)] for origin, k in kinds.met.items()})


def _plainly(t: Type) -> Type:
    """A type in which class instances are of no kind, so that kinds are not named by kinds."""
    return Object(t.path) if t.__class__ is Object else rebuilt(t, _plainly)
