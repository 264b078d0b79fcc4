"""What functions borrow from their callers: parameters, unless the function keeps their values."""

from __future__ import annotations

from kayton.ir.mono import MonoFn, MonoGlobal, Outlined, Refusal, TypedParam
from kayton.ir.resolved import TypeDecl
from kayton.ir.surface import Program
from kayton.ir.types import DYN, read_type
from kayton.passes.deep._shapes import Shapes


class Lending:
    """The functions of one program, compiled or called across the boundary, and the types of what they have in common."""

    def __init__(self, root: Program) -> None:
        items = [i for m in root.modules for i in m.body]
        declared = {i.name: i for i in items if isinstance(i, TypeDecl)}
        self.functions = {i.name: i for i in items if isinstance(i, MonoFn)}
        self._called = {i.name: i for i in items if isinstance(i, MonoFn | Refusal | Outlined)}
        self.globals = {i.name: read_type(i.type) for i in items if isinstance(i, MonoGlobal)}
        self.shapes = Shapes(declared, lambda name: self.globals.get(name, DYN))
        self.taken: dict[str, set[str]] = {name: set() for name in self.functions}
        """By function, the parameters whose values it keeps."""

    def called(self, name: str) -> MonoFn | Refusal | Outlined:
        """What has this name, compiled or not."""
        return self._called[name]

    def borrows(self, fn: str, p: TypedParam) -> bool:
        """Whether a parameter is a reference to the caller's value. Bytecode keeps nothing that it is lent."""
        return not p.mutable and not self.shapes.is_copy(read_type(p.type)) and p.name not in self.taken.get(fn, ())
