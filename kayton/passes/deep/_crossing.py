"""Which values can be given to bytecode and come back.

Numbers, texts, ranges and what is `dyn` are the same on both sides; so are lists of i64, of f64 and of such. Other containers, structs and
enums are made anew on the other side, and a function is what it captured. A class instance must be the same object on both sides: then
compiled code keeps it as the VM does and looks into it field by field, which is only done where that is cheap.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from kayton.ir.resolved import TypeDecl
from kayton.ir.types import BOOL, DYN, F64, I64, NEVER, RANGE, STR, UNIT, App, Fns, Object, Type, Union, inside, is_user, path_of

_SAME = frozenset((I64, F64, BOOL, STR, UNIT, RANGE, DYN, NEVER))
_MADE_ANEW = frozenset(("List", "Map", "Set", "Option", "Result", "tuple", "std.random.Rng"))


class Crossing:
    """What crosses in one program: its types, the types of its classes' fields, and its functions that are bytecode."""

    def __init__(self, declared: Mapping[str, TypeDecl], cells: Mapping[str, Type], functions: Container[str]) -> None:
        self._declared = declared
        self._cells = cells
        self._functions = functions
        self._classes: dict[str, bool] = {}

    def crosses(self, t: Type) -> bool:
        """Whether values of the type have a form on both sides."""
        return all([self._has_form(p) for p in inside(t)])

    def shared(self, t: Type) -> set[str]:
        """The classes whose instances get to the other side with values of a type that crosses."""
        found: set[str] = set()
        waiting = [t]
        while waiting:
            for p in inside(waiting.pop()):
                if isinstance(p, Object) and p.path not in found:
                    found.add(p.path)
                    waiting += self._fields(p.path)
        return found

    def _has_form(self, t: Type) -> bool:
        if t in _SAME or isinstance(t, Union):
            return True
        if isinstance(t, Fns):
            return all([c.fn in self._functions for c in t.callees])
        if isinstance(t, Object):
            return self._is_shared(t.path)
        return not isinstance(t, App) or t.name in _MADE_ANEW or is_user(t)

    def _fields(self, path: str) -> list[Type]:
        return [self._cells.get(f"{path}.{f.name}", NEVER) for f in self._declared[path].fields]

    def _is_shared(self, path: str) -> bool:
        if path not in self._classes:
            self._classes[path] = True  # a class that refers to itself stands or falls with its other fields
            if not all([self._is_cheap(f) and self.crosses(f) for f in self._fields(path)]):
                self._classes = {p: known for p, known in self._classes.items() if not known}  # the others may have relied on it
                self._classes[path] = False
        return self._classes[path]

    def _is_cheap(self, t: Type) -> bool:
        """Whether reading and writing a field of this type takes the same time however much is in it."""
        if isinstance(t, App) and t.name in ("Map", "Set"):
            return False
        if isinstance(t, App) and t.name == "List":
            return t.args[0] in (I64, F64, DYN, NEVER) or isinstance(t.args[0], Object)
        if isinstance(t, App) and is_user(t):
            return not any([path_of(p) == t.name for a in t.args for p in inside(a) if is_user(p)]) and all(map(self._is_cheap, t.args))
        return not isinstance(t, App | Union) or all([self._is_cheap(p) for p in (t.args if isinstance(t, App) else t.members)])
