"""The program as bytecode has it: what compiled code must know to call it and to exchange values with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kayton.ir.node import Node
from kayton.ir.paths import EXPRESSION
from kayton.ir.resolved import Fn, GlobalDef, TypeDecl
from kayton.ir.types import Type
from kayton.passes.bytecode._tables import variant_numbers, with_built_ins
from kayton.passes.deep._crossing import Crossing
from kayton.passes.deep._reach import Naming
from kayton.passes.rust._names import Names


class BytecodeSide:
    """Functions, and the numbers that globals, types, variants and functions have."""

    def __init__(self, items: Iterable[Node], declared: Mapping[str, TypeDecl], cells: Mapping[str, Type]) -> None:
        items = list(items)
        self.functions: dict[str, Fn] = {i.name: i for i in items if isinstance(i, Fn)}
        self.globals = {i.name: k for k, i in enumerate([i for i in items if isinstance(i, GlobalDef)])}
        numbered = with_built_ins(declared.values())
        self.types = {t.name: k for k, t in enumerate(numbered)}
        self.variants = variant_numbers(numbered)
        self.crossing = Crossing(declared, cells, self.functions)
        self.crossed: dict[Type, None] = {}
        """The types of which values are given to bytecode or built-in functions, or come from there; and of all that is inside."""
        self.received: dict[Type, None] = {}
        """The types of which bytecode gives values to compiled functions."""
        self.constants: dict[str, str] = {}
        """By function, the constant that has its number, which only the bytecode's emission knows."""
        self.is_called = False
        """Whether some of it is called, as far as earlier rounds have found."""
        self._names = Naming(items)
        self._stubs = Names()

    def stub(self, fn: str) -> str:
        """What Rust calls a function by."""
        return f"ktn_user__{self._stubs.name(fn, fn.replace(EXPRESSION, 'expression_').lower())}"

    def entry(self, fn: str) -> str:
        """The Rust function by which bytecode calls the compiled versions of a function."""
        return f"ktn_native__{self.stub(fn).removeprefix('ktn_user__')}"

    def reached(self, names: Iterable[str]) -> set[str]:
        """What bytecode comes to that starts in these functions, by calls, function values and methods; a hook runs at any operation."""
        return self._names.reached([*names, *self._names.hooks])

    def constant(self, fn: str) -> str:
        """The constant that has a function's number; it is defined because it is asked for."""
        return self.constants.setdefault(fn, f"FUNCTION_{self.stub(fn).removeprefix('ktn_user__').upper()}")
