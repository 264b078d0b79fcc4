"""What values of the types that inference found are made of: which are copied as bytes, what variants they may be, what a pointer must stand in."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kayton.ir.builtins import own_name
from kayton.ir.mono import MemberStep
from kayton.ir.node import Node
from kayton.ir.resolved import IndexStep, PartStep, Place, TypeDecl
from kayton.ir.types import BOOL, DYN, F64, I64, NEVER, RANGE, STR, UNIT, App, Fns, Knot, Object, Type, Union, argument, inside, is_user, path_of

_COPY = frozenset({I64, F64, BOOL, UNIT, RANGE, NEVER})


@attrs.frozen
class Variant:
    """A variant of an emitted enum (or the only one of a struct): its name and the types of its fields."""

    path: str
    name: str
    fields: tuple[Type, ...]
    labels: tuple[str, ...]
    """The fields' names; those of positional fields are `0`, `1` …"""


class Shapes:
    """The types of one program: its own, and those of its classes' fields (by `main.Node.next`)."""

    def __init__(self, declared: dict[str, TypeDecl], cells: Callable[[str], Type]) -> None:
        self.declared = declared
        self._cells = cells

    def is_key(self, t: Type, seen: frozenset[Type] = frozenset()) -> bool:
        """Whether a value can be a map's key."""
        if t in seen or t in (I64, BOOL, STR, UNIT, DYN, NEVER):
            return True
        if t in (F64, RANGE) or isinstance(t, Object | Fns | Union):
            return False
        if is_user(t):
            return all([self.is_key(f, seen | {t}) for v in self.variants(t) for f in v.fields])
        return isinstance(t, Knot) or (isinstance(t, App) and t.name in ("tuple", "List", "Option", "Result") and all([self.is_key(a, seen) for a in t.args]))

    def variants(self, t: Type) -> tuple[Variant, ...]:
        """What a value of a defined type may be; a struct or class has one variant."""
        if isinstance(t, Fns):
            return tuple([Variant(c.fn, f"F{k}", c.captures, tuple(map(str, range(len(c.captures))))) for k, c in enumerate(t.callees)])
        if isinstance(t, Union):
            return tuple([Variant(path_of(m), name, (m,), ("0",)) for m, name in zip(t.members, _names(t), strict=True)])
        decl = self.declared[path_of(t)]
        if isinstance(t, Object):
            fields = tuple([self._cells(t.cell(f.name)) for f in decl.fields])
            return (Variant(t.path, own_name(t.path), fields, tuple([f.name for f in decl.fields])),)
        if decl.kind == "struct":
            fields = tuple([argument(t, k) for k in range(len(t.args))])
            return (Variant(t.name, own_name(t.name), fields, tuple([f.name for f in decl.fields])),)
        found, first = [], 0
        for v in decl.variants:
            fields = tuple([argument(t, first + k) for k in range(len(v.fields))])
            first += len(v.fields)
            labels = tuple([f.name if v.named else str(k) for k, f in enumerate(v.fields)])
            found.append(Variant(f"{t.name}.{v.name}", v.name, fields, labels))
        return tuple(found)

    def is_struct(self, t: Type) -> bool:
        """Whether a type is emitted as a struct."""
        return isinstance(t, Object) or (isinstance(t, App) and t.name in self.declared and self.declared[t.name].kind == "struct")

    def shared(self, t: Type, field: Type) -> bool:
        """Whether a field of `t` holds a `t` directly, so that it must be behind a pointer."""
        return _holds(field, t, set())

    def is_copy(self, t: Type) -> bool:
        """Whether copying a value is copying its bytes."""
        if t in _COPY:
            return True
        if isinstance(t, App) and t.name in ("Option", "Result", "tuple"):
            return all(map(self.is_copy, t.args))
        if isinstance(t, App) and is_user(t):
            if any(isinstance(p, Knot) for a in t.args for p in inside(a)):
                return False
            return len(t.args) <= 8 and all(map(self.is_copy, t.args))
        if isinstance(t, Fns):
            return all([self.is_copy(c) for callee in t.callees for c in callee.captures])
        return isinstance(t, Union) and all(map(self.is_copy, t.members))

    def field_type(self, t: Type, step: Node) -> Type:
        """The type behind a step of a place into a struct, class instance or tuple."""
        if isinstance(step, PartStep):
            return t.args[step.index]
        variant = self.variants(t)[0]
        return variant.fields[variant.labels.index(step.name)]

    def behind(self, t: Type, step: Node) -> Type:
        """The type behind any step of a place."""
        if isinstance(step, MemberStep):
            return next(m for m in t.members if path_of(m) == step.member)
        return t.args[-1] if isinstance(step, IndexStep) else self.field_type(t, step)

    def step_into(self, t: Type, p: Place, *, last: bool) -> int | None:
        """The last step of a place, whose root is a `t`, that is a field of a class instance and inside of which the place goes on; with `last` it may be
        the place itself."""
        found = None
        for k, st in enumerate(p.steps):
            if isinstance(t, Object) and (last or k + 1 < len(p.steps)):
                found = k
            t = self.behind(t, st)
        return found


def _names(t: Union) -> list[str]:
    """What the members are called: by their own names, and where modules call types alike, by those of the modules, too."""
    own = [own_name(path_of(m)) for m in t.members]
    return [name if own.count(name) == 1 else path_of(m).replace(".", "__") for m, name in zip(t.members, own, strict=True)]


def _holds(t: Type, whole: Type, seen: set[Type]) -> bool:
    """Whether a value of type `t` contains one of `whole` without a pointer in between."""
    if t in seen:
        return False
    seen.add(t)
    if isinstance(t, App) and isinstance(whole, App) and is_user(t) and t.name == whole.name:
        return True
    if isinstance(t, Fns):
        return t == whole  # functions of the same definitions that captured others nest no deeper than types do
    if isinstance(t, Union):
        return any([_holds(m, whole, seen) for m in t.members])
    if isinstance(t, App) and t.name in ("Option", "Result", "tuple"):
        return any([_holds(a, whole, seen) for a in t.args])
    return isinstance(t, App) and is_user(t) and any([_holds(argument(t, k), whole, seen) for k in range(len(t.args))])
