"""What a whole program declares, as inference looks it up."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from kayton.ir.constrained import Demand, Demands
from kayton.ir.resolved import Fn, TypeDecl
from kayton.ir.surface import Program
from kayton.ir.types import (
    ABSENT,
    BOOL,
    DYN,
    F64,
    I64,
    NEVER,
    RANGE,
    STR,
    UNIT,
    App,
    Fns,
    Object,
    Type,
    app,
    inside,
    is_user,
    join_all,
    members,
    path_of,
)


class Variant(NamedTuple):
    """Where an enum's variant has its fields among the arguments of the enum's type."""

    enum: str
    first: int
    guards: tuple[str | None, ...]


_OUTERMOST = {"i64": I64, "f64": F64, "bool": BOOL, "str": STR, "()": UNIT, "Range": RANGE}
_ARGUMENTS = {"List": 1, "Set": 1, "Map": 2, "Option": 1, "Result": 2}


class Watched(dict):
    """A table of declarations that notes in `seen` what is looked up in it, whether or not it is there; `*` is all of it."""

    def __init__(self, name: str, table: dict[str, Any], seen: set[tuple[str, str]]) -> None:
        super().__init__(table)
        self.name, self.seen = name, seen

    def __getitem__(self, key: str) -> Any:
        self.seen.add((self.name, key))
        return dict.__getitem__(self, key)

    def __contains__(self, key: object) -> bool:
        self.seen.add((self.name, str(key)))
        return dict.__contains__(self, key)

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add((self.name, key))
        return dict.get(self, key, default)

    def __iter__(self) -> Iterator[str]:
        self.seen.add((self.name, "*"))
        return dict.__iter__(self)

    def items(self) -> Any:
        self.seen.add((self.name, "*"))
        return dict.items(self)

    def values(self) -> Any:
        self.seen.add((self.name, "*"))
        return dict.values(self)


class World:
    """Analysis: the functions, types, variants, methods and hooks of a program in Constrained."""

    def __init__(self) -> None:
        self.functions: dict[str, Fn] = {}
        self.demands: dict[str, tuple[Demand, ...]] = {}
        self.types: dict[str, TypeDecl] = {}
        self.variants: dict[str, Variant] = {
            "Option.None": Variant("Option", 0, ()), "Option.Some": Variant("Option", 0, (None,)),
            "Result.Ok": Variant("Result", 0, (None,)), "Result.Err": Variant("Result", 1, (None,)),
        }
        self.methods: dict[str, dict[str, str]] = {}
        self.hooks: dict[str, dict[str, str]] = {}
        self.owners: dict[str, set[str]] = {}
        """By a function that serves as a method, the types that have it."""
        self.seen: set[tuple[str, str]] = set()
        """What was looked up since it was last emptied, by table, if the world is watched."""
        self._answers: dict[tuple[str, str], str] = {}

    @classmethod
    def of(cls, root: Program) -> World:
        """The declarations of a program."""
        made = cls()
        for module in root.modules:
            for item in module.body:
                if isinstance(item, Fn):
                    made.functions[item.name] = item
                elif isinstance(item, Demands):
                    made.demands[item.fn] = item.demands
                elif isinstance(item, TypeDecl):
                    made._type(item)
        return made

    def watched(self) -> World:
        """The same declarations, of which `seen` notes what is looked up."""
        made = World()
        made.demands = self.demands
        for name in ("functions", "types", "variants", "methods", "hooks", "owners"):
            setattr(made, name, Watched(name, getattr(self, name), made.seen))
        return made

    def answer(self, question: tuple[str, str]) -> str:
        """A hash of what is found in a table: of all that inference may read of the declaration, wherever it stands."""
        known = self._answers.get(question)
        if known is None:
            name, key = question
            table = getattr(self, name)
            found = [(k, dict.get(table, k)) for k in dict.keys(table)] if key == "*" else dict.get(table, key)
            known = self._answers[question] = sha256(repr(content(found)).encode()).hexdigest()[:16]
        return known

    def _type(self, t: TypeDecl) -> None:
        self.types[t.name] = t
        self.methods[t.name] = {m.name: m.fn for m in t.methods}
        self.hooks[t.name] = {h.hook: h.fn for h in t.hooks}
        for fn in (*self.methods[t.name].values(), *self.hooks[t.name].values()):
            self.owners.setdefault(fn, set()).add(t.name)
        first = 0
        for v in t.variants:
            self.variants[f"{t.name}.{v.name}"] = Variant(t.name, first, tuple([f.guard for f in v.fields]))
            first += len(v.fields)

    def method(self, t: Type, name: str) -> str | None:
        """The program's function that serves as a method of a type."""
        return self.methods.get(self.owner(t), {}).get(name)

    def hook(self, t: Type, hook: str) -> str | None:
        """The program's function that implements a well-known trait's method for a type."""
        return self.hooks.get(self.owner(t), {}).get(hook)

    def shows_by_code(self, t: Type) -> bool:
        """Whether code of the program may run when a value is shown."""
        showing = {path for path, hooks in self.hooks.items() if "Show.show" in hooks}
        return bool(showing) and any([p is DYN or self.owner(p) in showing for p in inside(t)])

    @staticmethod
    def owner(t: Type) -> str:
        """The name under which a type's methods are declared."""
        return "fn" if t.__class__ is Fns else path_of(t) if t.__class__ in (App, Object) else ""

    def guards(self, path: str) -> tuple[str | None, ...]:
        """The boundaries of the fields of a struct, class or (all variants of an) enum."""
        t = self.types[path]
        return tuple([f.guard for f in t.fields] if t.kind != "enum" else [f.guard for v in t.variants for f in v.fields])

    def field(self, t: Type, name: str) -> int | None:
        """The place of a field of a struct or class."""
        declared = self.types.get(path_of(t)) if is_user(t) else None
        return None if declared is None else next((i for i, f in enumerate(declared.fields) if f.name == name), None)

    def unknown(self, path: str) -> Type:
        """A user's type of which nothing but the boundaries of its fields is known."""
        if self.types[path].kind == "class":
            return Object(path)
        return app(path, *[DYN if g is None or g == path else self.crossed(DYN, g, deep=False) for g in self.guards(path)])

    def crossed(self, t: Type, guard: str | None, *, deep: bool = True) -> Type:
        """What a value of type `t` is behind a boundary (LANGUAGE §3); `never` where it cannot cross."""
        if guard is None or t in (NEVER, ABSENT):
            return t
        if t is DYN:
            return self._outermost(guard, deep)
        if guard == "f64" and t == I64:
            return F64
        return join_all([m for m in members(t) if self.admits(m, guard)])

    def _outermost(self, guard: str, deep: bool) -> Type:
        if guard in _OUTERMOST:
            return _OUTERMOST[guard]
        if guard in _ARGUMENTS:
            return app(guard, *[DYN] * _ARGUMENTS[guard])
        return self.unknown(guard) if guard in self.types and self.types[guard].kind != "trait" and deep else DYN

    def admits(self, t: Type, guard: str) -> bool:
        """Whether a value of a known type passes a guard unchanged."""
        if guard.startswith("dyn "):
            declared = self.types.get(self.owner(t))
            return declared is not None and guard[4:] in declared.traits
        return self.owner(t) == guard

    def unknown_arguments(self, fn: str) -> tuple[Type, ...]:
        """Types for a call of which nothing is known; a method's receiver still has the type that has the method."""
        args = [DYN] * len(self.functions[fn].params)
        owners = self.owners.get(fn, set())
        if args and len(owners) == 1 and (owner := next(iter(owners))) in self.types and self.types[owner].kind in ("struct", "enum", "class"):
            args[0] = self.unknown(owner)
        return tuple(args)


def content(found: Any) -> Any:
    """What a table holds, as something whose `repr` says all of it and no place."""
    if isinstance(found, Fn):
        return found.captures, [(p.name, p.keyword, p.mutable, p.optional) for p in found.params]
    if isinstance(found, TypeDecl):
        fields = [(f.name, f.guard) for f in found.fields]
        variants = [(v.name, [(f.name, f.guard) for f in v.fields]) for v in found.variants]
        methods = [(m.name, m.fn) for m in found.methods]
        return found.name, found.kind, fields, variants, methods, [(h.hook, h.fn) for h in found.hooks], found.traits
    if isinstance(found, dict):
        return list(found.items())
    if isinstance(found, list):
        return [(key, content(value)) for key, value in found]
    return sorted(found) if isinstance(found, set) else found
