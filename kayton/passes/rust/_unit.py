"""What the functions of one emitted program share: names, types, sites, and what is known about borrowing."""

from __future__ import annotations

from typing import NoReturn

from kayton.ir.mono import BORROWED, Holder, MonoFn, MonoGlobal, Outlined, Refusal, TypedParam, callees
from kayton.ir.node import Node, Span, walk
from kayton.ir.paths import EXPRESSION, display_name
from kayton.ir.resolved import TypeDecl
from kayton.ir.source import SourceMap
from kayton.ir.surface import Program
from kayton.ir.types import Object, Type, read_type
from kayton.passes.rust._bytecode_side import BytecodeSide
from kayton.passes.rust._names import KEYWORDS, Names, snake, snake_case
from kayton.passes.rust._types import Refused, RustTypes

_RESERVED = frozenset({"List", "Map", "Set", "Boxed", "BoxedList", "BoxedMap", "BoxedSet", "Boxable", "View", "Str", "Range", "Object", "Shared", "Field", "Function", "Rng", "Builder", "Calls", "At",
                       "Value", "Key", "Order", "Text", "Never", "Option", "Result", "Some", "None", "Ok", "Err", "Program", "Dyn", "KayVal", "Cross", "Received", "Entered", "PROGRAM", "BYTECODE"})  # fmt: skip

_METHODS = frozenset("new is clone show show_nested format equal trace ends_with_error into_val to_val handle".split())
"""What instances have as methods anyway, of their own or as values that cross."""


class Unit:
    """One program under emission."""

    def __init__(self, root: Program, sources: SourceMap) -> None:
        items = [(m, i) for m in root.modules for i in m.body]
        self.modules = {i.name: m.name for m, i in items if isinstance(i, MonoFn)}
        self.functions: dict[str, MonoFn] = {i.name: i for _, i in items if isinstance(i, MonoFn)}
        self.boundaries: dict[str, Refusal | Outlined] = {i.name: i for _, i in items if isinstance(i, Refusal | Outlined)}
        """By name, what stays bytecode and is called from here."""
        declared = {i.name: i for _, i in items if isinstance(i, TypeDecl)}
        self.cells = {i.name: read_type(i.type) for _, i in items if isinstance(i, MonoGlobal)}
        self.vm = BytecodeSide([i for _, i in items], declared, self.cells)
        self.globals = {name: t for name, t in self.cells.items() if name.rpartition(".")[0].partition("[")[0] not in declared}
        self.sources = sources
        names = Names(_RESERVED)
        self.types = RustTypes(declared, self._cell, names)
        self._names, self._fields, self._getters = names, Names(), Names(_METHODS)
        self.hook_functions = {hook: {h.fn for d in declared.values() for h in d.hooks if h.hook == hook} for hook in ("Show.show", "Eq.eq", "Ord.cmp")}
        """By well-known trait's method, the functions that implement it."""
        self.sites: dict[tuple[str, Span], int] = {}
        """The number of each place, by the function's name in traces."""
        self.accessors: set[tuple[str, int]] = set()
        """The variants' fields that are looked at, whichever enum has such a variant."""
        self._accessor_names: dict[Type, Names] = {}
        self.editors: set[str] = set()
        self.natives: dict[str, None] = {}
        self.named_globals: dict[str, None] = {}
        self.conversions: dict[tuple[Type, Type], None] = {}
        self.refused: dict[str, Refused] = {}
        """The functions that have no Rust form."""
        self.unreachable: dict[str, Refused] = {}
        """Those that stay bytecode and cannot be called from here."""
        self.calling = ""
        self.edges: dict[str, dict[str, None]] = {}
        """By function, those that it calls; by "" those that types do."""
        self.changed = False
        """Whether this round found something that the round before did not know."""

    def rust_name(self, fn: str) -> str:
        """The Rust name of a MonoFn."""
        return self._names.name(fn, snake(self.called(fn).fn.replace(EXPRESSION, "expression_")))

    def names_called(self, fn: MonoFn) -> frozenset[str]:
        """The Rust names of what a function calls, which hide behind no variable of it."""
        called: dict[str, None] = {}
        for n in walk(fn.body):
            called |= dict.fromkeys(callees(n))
        return frozenset([self.rust_name(name) for name in called])

    def called(self, name: str) -> MonoFn | Refusal | Outlined:
        """What has this name, compiled or not."""
        return self.functions.get(name) or self.boundaries[name]

    def global_name(self, name: str) -> str:
        """The Rust name of a global, which is defined because it is asked for."""
        self.named_globals.setdefault(name, None)
        return self._names.name(f"global {name}", snake(name).upper())

    def native(self, name: str) -> str:
        """The Rust name of a built-in function of the standard library, which is defined because it is asked for."""
        self.natives.setdefault(name, None)
        return self._names.name(f"native {name}", snake(name).upper())

    def crosses(self, t: Type) -> bool:
        """Whether values of a type can be given to bytecode; if so, they will be."""
        if not self.converts(t):
            return False
        self.changed |= self.types.box(t)
        return True

    def converts(self, t: Type) -> bool:
        """Whether values of a type can be given to built-in functions, which get copies of containers; if so, they will be. Instances are
        never copied."""
        if not self.vm.crossing.crosses(t):
            return False
        for part in self.types.within(t):
            self.vm.crossed.setdefault(part, None)
            self.changed |= isinstance(part, Object) and self.types.box(part)
        return True

    def site(self, fn: MonoFn, span: Span | None) -> int:
        """The number of a place in a function."""
        key = (display_name(fn.fn, self.modules[fn.name]), span or Span(0, 0, 0))
        return self.sites.setdefault(key, len(self.sites))

    def _cell(self, name: str) -> Type:
        """The type of a class's field. Raises Refused where it is known only at run time."""
        found = self.cells.get(name)
        if found is None:
            raise Refused(None, f"the field {name} has a type that is known only at run time")
        return found

    def field(self, label: str) -> str:
        """The Rust name of a field or variable of a definition."""
        return self._fields.name(label, _as_field(label))

    def getter(self, label: str) -> str:
        """The Rust name of the method that gives a field of an instance that the VM has, too."""
        return self._getters.name(label, _as_field(label))

    def field_of_class(self, t: Type, label: str) -> str:
        """What gives a field of a class instance, to be read or set."""
        return f"{self.getter(label)}()" if self.types.is_shared(t) else self.field(label)

    def accessor(self, t: Type, variant: str, index: int) -> str:
        """The name of the function that gives a field of a variant of `t`; it is defined because it is asked for."""
        self.accessors.add((variant, index))
        names = self._accessor_names.setdefault(t, Names())
        return names.name(f"{variant} {index}", f"{snake(f'.{variant}')}_{index}")

    def editor(self, t: Type, variant: str) -> str:
        """The name of the function that gives a member of the union `t`, to be changed; it is defined because it is asked for."""
        self.editors.add(variant)
        names = self._accessor_names.setdefault(t, Names())
        return names.name(f"{variant} mut", f"{snake(f'.{variant}')}_mut")

    def conversion(self, own: Type, t: Type) -> str:
        """The name of the function that makes a value of one user's type one of another that includes it."""
        self.conversions.setdefault((own, t), None)
        return f"{self.types.name(t)}::from"

    def callee(self, name: str, at: Node | None) -> MonoFn | Refusal | Outlined:
        """What is called, which may stay bytecode. Raises Refused where it cannot be called then."""
        if name in self.unreachable:
            raise Refused(at, f"calls {name}, which stays bytecode: {self.unreachable[name].reason}", is_consequence=True)
        self.edges.setdefault(self.calling, {})[name] = None
        return self.called(name)

    def is_bytecode(self, name: str) -> bool:
        """Whether a function stays bytecode."""
        return name in self.refused or name not in self.functions

    def refuse_function(self, name: str, reason: Refused) -> None:
        """A function has no Rust form."""
        self.refused[name] = reason
        self.changed = True

    def refuse(self, at: Node, reason: str) -> NoReturn:
        """What is being written stays bytecode."""
        raise Refused(at, reason)

    def refuse_type(self, own: Type, t: Type) -> NoReturn:
        """A value cannot be made one of another type without copying it whole."""
        raise Refused(None, f"a {own} where a {t} is wanted")

    def is_borrowed(self, p: Holder | TypedParam) -> bool:
        """Whether a parameter is a reference to the caller's value. Bytecode is lent all that is not copied."""
        return p.how == BORROWED if isinstance(p, Holder) else not p.mutable and not self.types.is_copy(read_type(p.type))


def _as_field(label: str) -> str:
    return f"{label}_" if label in KEYWORDS else snake_case(label)
