"""Rust types for the types that inference found, and the definitions of those that the program makes.

    List[i64]                    List<i64>
    (i64, str)                   (i64, Str)
    main.Point[f64, f64]         struct Point { x: f64, y: f64 }           a second Point of other types is Point2
    main.Shape[f64, f64]         enum Shape { Dot, Circle(f64), … }
    main.Tree[@main.Tree, i64]   enum Tree { Leaf, Node(Shared<Tree>, i64) }
    class main.Node              Object<Node>, struct Node { value: Field<i64>, … }
    fn{main.f | main.g[i64]}     enum Functions { F0, F1(i64) }
    A | B                        enum AOrB { A(A), B(B) }

What bytecode sees, too, is boxed: it is as the VM has it, in the whole program.

    List[str]                    BoxedList<Str>
    Map[str, List[i64]]          BoxedMap<Str, List<i64>>                  a list of numbers, instances or what is boxed is the VM's own
    main.Tree[@main.Tree, i64]   enum Tree { Leaf, Node(Boxed<Tree>, i64) }
    class main.Node              struct Node(rt::Instance)
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kayton.ir.builtins import own_name
from kayton.ir.node import Node
from kayton.ir.resolved import TypeDecl
from kayton.ir.types import BOOL, BUILDER, DYN, F64, I64, NEVER, RANGE, STR, UNIT, App, Fns, Object, Type, Union, is_user, path_of
from kayton.passes.deep._shapes import Shapes, Variant
from kayton.passes.rust._names import Names, snake, upper_camel

_PLAIN = {I64: "i64", F64: "f64", BOOL: "bool", STR: "Str", UNIT: "()", RANGE: "Range", NEVER: "rt::Never", DYN: "Dyn"}
MOST_PARTS = 12
"""Tuples of more are no types of the runtime (kayton-rt's tuple.rs)."""
_STD = {"std.random.Rng": "Rng", "std.text.Builder": "Builder"}


class Refused(Exception):
    """Something cannot be written as Rust: the node in the way, if it is one, and why."""

    def __init__(self, node: Node | None, reason: str, *, is_consequence: bool = False) -> None:
        super().__init__(reason)
        self.node, self.reason, self.is_consequence = node, reason, is_consequence
        """`is_consequence`: only because something else cannot be."""


class RustTypes(Shapes):
    """The types of one program. A type is defined when it is first asked for."""

    def __init__(self, declared: dict[str, TypeDecl], cells: Callable[[str], Type], names: Names) -> None:
        super().__init__(declared, cells)
        self._names = names
        self.boxed: set[Type] = set()
        """The types whose values are as the VM has them, with all that is inside."""
        self.defined: dict[Type, str] = {}
        """Every type that needs a definition, with its name, in the order in which they were met."""
        self._variants: dict[Type, tuple[Variant, ...]] = {}

    def variants(self, t: Type) -> tuple[Variant, ...]:
        """What a value of a defined type may be, by names that are Rust's."""
        found = self._variants.get(t)
        if found is None:
            names = Names()
            found = self._variants[t] = tuple([attrs.evolve(v, name=names.name(v.path, upper_camel(v.name), "")) for v in super().variants(t)])
        return found

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
            if t.name == "tuple" and len(t.args) > MOST_PARTS:
                raise Refused(None, f"a tuple of {len(t.args)} parts")
            if t.name == "tuple":
                return f"({args}{',' * (len(t.args) == 1)})"
            return f"{self.container(t)}<{args}>"
        name = self.name(t)
        return f"Object<{name}>" if isinstance(t, Object) and t not in self.boxed else name

    def container(self, t: App) -> str:
        """The Rust type of a container, without what is in it."""
        return f"Boxed{t.name}" if self.is_boxed(t) else t.name

    def is_boxed(self, t: Type) -> bool:
        """Whether it is a container of which there are only views."""
        if not isinstance(t, App) or t not in self.boxed or t.name not in ("List", "Map", "Set"):
            return False
        return t.name != "List" or not self._is_row(t.args[0])

    def _is_row(self, t: Type) -> bool:
        """Whether a list of these is laid out as the VM's, so that it can be looked at directly."""
        return t in (I64, F64, NEVER) or isinstance(t, Object) or t == BUILDER or self.is_boxed(t)

    def box(self, t: Type) -> bool:
        """Lets bytecode see values of a type; says whether that is new."""
        before = len(self.boxed)
        self.boxed |= set(self.within(t, frozenset(self.boxed)))
        return len(self.boxed) > before

    def within(self, t: Type, known: frozenset[Type] = frozenset()) -> dict[Type, None]:
        """The types of all values that can be reached from one of type `t`, but those that are known."""
        found: dict[Type, None] = {}
        waiting = [t]
        while waiting:
            t = waiting.pop()
            if t not in found and t not in known:
                found[t] = None
                waiting += [f for v in self.variants(t) for f in v.fields] if self.is_defined(t) else t.args if isinstance(t, App) else ()
        return found

    def is_defined(self, t: Type) -> bool:
        """Whether the program has a definition of its own for a type."""
        return is_user(t) or isinstance(t, Fns | Union)

    def pointer(self, t: Type, field: Type) -> str:
        """What a field of `t` that holds a `t` directly is behind; empty for another one."""
        return "" if not self.shared(t, field) else "Boxed" if t in self.boxed else "Shared"

    def is_shared(self, t: Type) -> bool:
        """Whether a type is a class whose instances are as the VM has them."""
        return isinstance(t, Object) and t in self.boxed

    def name(self, t: Type) -> str:
        """The name of the definition of a user's type, a union or a set of functions."""
        found = self.defined.get(t)
        if found is None:
            found = self.defined[t] = self._names.name(str(t), upper_camel(self._wish(t)), "")
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
            return snake(t.callees[0].fn) if len(t.callees) == 1 else "Functions"
        return "Or".join([own_name(path_of(m)) for m in t.members]) if isinstance(t, Union) else own_name(path_of(t))
