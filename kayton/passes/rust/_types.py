"""Rust types for the types that inference found, and the definitions of those that the program makes.

    List[i64]                    List<i64>
    (i64, str)                   (i64, Str)
    main.Point[f64, f64]         struct Point { x: f64, y: f64 }           a second Point of other types is Point2
    main.Shape[f64, f64]         enum Shape { Dot, Circle(f64), … }
    main.Tree[@main.Tree, i64]   enum Tree { Leaf, Node(Shared<Tree>, i64) }
    class main.Node              Object<Node>, struct Node { value: Field<i64>, … }
    fn{main.f | main.g[i64]}     enum Functions { F0, F1(i64) }
    A | B                        enum AOrB { A(A), B(B) }
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from kayton.ir.builtins import own_name
from kayton.ir.node import Node
from kayton.ir.resolved import TypeDecl
from kayton.ir.types import BOOL, DYN, F64, I64, NEVER, RANGE, STR, UNIT, App, Fns, Knot, Object, Type, Union, argument, is_user, path_of
from kayton.passes.rust._names import Names, snake

_PLAIN = {I64: "i64", F64: "f64", BOOL: "bool", STR: "Str", UNIT: "()", RANGE: "Range", NEVER: "rt::Never", DYN: "Dyn"}
_STD = {"std.random.Rng": "Rng", "std.text.Builder": "Builder"}
_COPY = frozenset({I64, F64, BOOL, UNIT, RANGE, NEVER})


class Refused(Exception):
    """Something cannot be written as Rust: the node in the way, if it is one, and why."""

    def __init__(self, node: Node | None, reason: str, *, is_consequence: bool = False) -> None:
        super().__init__(reason)
        self.node, self.reason, self.is_consequence = node, reason, is_consequence
        """`is_consequence`: only because something else cannot be."""


@attrs.frozen
class Variant:
    """A variant of an emitted enum (or the only one of a struct): its name and the types of its fields."""

    path: str
    name: str
    fields: tuple[Type, ...]
    labels: tuple[str, ...]
    """The fields' names; those of positional fields are `0`, `1` …"""


class RustTypes:
    """The types of one program. A type is defined when it is first asked for."""

    def __init__(self, declared: dict[str, TypeDecl], cells: Callable[[str], Type], names: Names, shared_classes: set[str]) -> None:
        self.declared = declared
        self._cells = cells
        self._names = names
        self.shared_classes = shared_classes
        """The classes whose instances are as the VM has them."""
        self.defined: dict[Type, str] = {}
        """Every type that needs a definition, with its name, in the order in which they were met."""

    def of(self, t: Type) -> str:
        """The Rust type of a value."""
        if t in _PLAIN:
            return _PLAIN[t]
        if isinstance(t, App) and t.name in _STD:
            return _STD[t.name]
        if isinstance(t, App) and not is_user(t):
            if t.name in ("Map", "Set") and not self.is_key(t.args[0]):
                raise Refused(None, f"a {t.name} whose keys are {t.args[0]}, which are none")
            args = ", ".join([self.of(a) for a in t.args])
            if t.name == "tuple":
                return f"({args}{',' * (len(t.args) == 1)})"
            return f"{t.name}<{args}>"
        name = self.name(t)
        return f"Object<{name}>" if isinstance(t, Object) and t.path not in self.shared_classes else name

    def is_key(self, t: Type, seen: frozenset[Type] = frozenset()) -> bool:
        """Whether a value can be a map's key."""
        if t in seen or t in (I64, BOOL, STR, UNIT, DYN, NEVER):
            return True
        if t in (F64, RANGE) or isinstance(t, Object | Fns | Union):
            return False
        if is_user(t):
            return all([self.is_key(f, seen | {t}) for v in self.variants(t) for f in v.fields])
        return isinstance(t, Knot) or (isinstance(t, App) and t.name in ("tuple", "List", "Option", "Result") and all([self.is_key(a, seen) for a in t.args]))

    def is_shared(self, t: Type) -> bool:
        """Whether a type is a class whose instances are as the VM has them."""
        return isinstance(t, Object) and t.path in self.shared_classes

    def name(self, t: Type) -> str:
        """The name of the definition of a user's type, a union or a set of functions."""
        found = self.defined.get(t)
        if found is None:
            found = self.defined[t] = self._names.name(str(t), self._wish(t))
            try:
                for v in self.variants(t):
                    for f in v.fields:
                        self.of(f)
            except Refused:
                del self.defined[t]
                raise
        return found

    def _wish(self, t: Type) -> str:
        if isinstance(t, Fns):
            return "".join([w.capitalize() for w in re.split(r"\W|_", snake(t.callees[0].fn))]) if len(t.callees) == 1 else "Functions"
        return "Or".join([own_name(path_of(m)) for m in t.members]) if isinstance(t, Union) else own_name(path_of(t))

    def variants(self, t: Type) -> tuple[Variant, ...]:
        """What a value of a defined type may be; a struct or class has one variant."""
        if isinstance(t, Fns):
            return tuple([Variant(c.fn, f"F{k}", c.captures, tuple(map(str, range(len(c.captures))))) for k, c in enumerate(t.callees)])
        if isinstance(t, Union):
            return tuple([Variant(path_of(m), own_name(path_of(m)), (m,), ("0",)) for m in t.members])
        decl = self.declared[path_of(t)]
        if isinstance(t, Object):
            fields = tuple([self._cells(f"{t.path}.{f.name}") for f in decl.fields])
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
            if any(isinstance(p, Knot) for a in t.args for p in _inside(a)):
                return False
            return len(t.args) <= 8 and all(map(self.is_copy, t.args))
        if isinstance(t, Fns):
            return all([self.is_copy(c) for callee in t.callees for c in callee.captures])
        return isinstance(t, Union) and all(map(self.is_copy, t.members))


def _inside(t: Type) -> list[Type]:
    from kayton.ir.types import inside

    return list(inside(t))


def _holds(t: Type, whole: Type, seen: set[Type]) -> bool:
    """Whether a value of type `t` contains one of `whole` without a pointer in between."""
    if t in seen:
        return False
    seen.add(t)
    if isinstance(t, App) and isinstance(whole, App) and is_user(t) and t.name == whole.name:
        return True
    if isinstance(t, Union):
        return any([_holds(m, whole, seen) for m in t.members])
    if isinstance(t, App) and t.name in ("Option", "Result", "tuple"):
        return any([_holds(a, whole, seen) for a in t.args])
    return isinstance(t, App) and is_user(t) and any([_holds(argument(t, k), whole, seen) for k in range(len(t.args))])
