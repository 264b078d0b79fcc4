"""Guards: what a boundary looks at, the outermost constructor of an annotation (LANGUAGE §3).

`i64 f64 bool str () List Map Set Range tuple fn Option Result main.Point`, and `dyn main.Shape` for a trait.
"""

from __future__ import annotations

from kayton.ir.builtins import own_name
from kayton.ir.node import walk
from kayton.ir.resolved import TypeRef
from kayton.ir.surface import DynTrait, FnType, RefinedType, TupleType, TypeExpr


def guard_of(t: TypeExpr | None) -> str | None:
    """The guard of a resolved annotation; None where anything may cross: `dyn`, type parameters, `dyn` of a well-known trait,
    and the types of the standard library, whose functions look at what they get."""
    t = unrefined(t)
    if isinstance(t, TypeRef):
        return None if t.type == "dyn" or t.type.startswith("std.") else t.type
    if isinstance(t, TupleType):
        return "tuple" if t.items else "()"
    if isinstance(t, FnType):
        return "fn"
    if isinstance(t, DynTrait) and "." in t.trait.type:
        return f"dyn {t.trait.type}"
    return None


def shown(guard: str) -> str:
    """The guard as messages name it: `Point` for `main.Point`, `Shape` for `dyn main.Shape`."""
    return own_name(guard.removeprefix("dyn "))


def unrefined(t: TypeExpr | None) -> TypeExpr | None:
    """A type without its refinements, which the VM ignores (LANGUAGE §8)."""
    while isinstance(t, RefinedType):
        t = t.base
    return t


def is_refined(t: TypeExpr | None) -> bool:
    """Whether a type has a refinement anywhere."""
    return t is not None and any(isinstance(n, RefinedType) for n in walk(t))
