"""Which values can be given to bytecode and come back.

Numbers, texts, ranges and what is `dyn` are the same on both sides. A function is what it captured. Containers and class instances are one object
for both: compiled code keeps what it gives to bytecode as the VM does.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from kayton.ir.resolved import TypeDecl
from kayton.ir.types import BOOL, DYN, F64, I64, NEVER, RANGE, STR, UNIT, App, Fns, Object, Type, Union, inside, is_user

_SAME = frozenset((I64, F64, BOOL, STR, UNIT, RANGE, DYN, NEVER))
_BUILT_IN = frozenset(("List", "Map", "Set", "Option", "Result", "tuple", "std.random.Rng", "std.text.Builder"))


class Crossing:
    """What crosses in one program: its types, the types of its classes' fields, and its functions that are bytecode."""

    def __init__(self, declared: Mapping[str, TypeDecl], cells: Mapping[str, Type], functions: Container[str]) -> None:
        self._declared = declared
        self._cells = cells
        self._functions = functions
        self._classes: dict[Object, bool] = {}

    def crosses(self, t: Type) -> bool:
        """Whether values of the type have a form on both sides."""
        return all([self._has_form(p) for p in inside(t)])

    def _has_form(self, t: Type) -> bool:
        if t in _SAME or isinstance(t, Union):
            return True
        if isinstance(t, Fns):
            return all([c.fn in self._functions for c in t.callees])
        if isinstance(t, Object):
            return self._is_shared(t)
        return not isinstance(t, App) or t.name in _BUILT_IN or is_user(t)

    def _is_shared(self, t: Object) -> bool:
        if t not in self._classes:
            self._classes[t] = True  # a class that refers to itself stands or falls with its other fields
            if not all([self.crosses(self._cells.get(t.cell(f.name), NEVER)) for f in self._declared[t.path].fields]):
                self._classes = {p: known for p, known in self._classes.items() if not known}  # the others may have relied on it
                self._classes[t] = False
        return self._classes[t]
