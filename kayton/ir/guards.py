"""Guards: the outermost type of an annotation, which is what a boundary checks at run time (LANGUAGE §3).

A guard is `bool i64 f64 str () List Map Set Range tuple fn Option Result`, a type's path such as `main.Point`, or `dyn main.Shape`.
None: nothing is checked.
"""

from __future__ import annotations

from kayton.ir.builtins import STD_TYPES
from kayton.ir.resolved import TypeRef, TypeVar
from kayton.ir.surface import DynTrait, FnType, RefinedType, TupleType, TypeExpr

_UNCHECKED = frozenset({"dyn", *(f"{module}.{name}" for module, names in STD_TYPES.items() for name in names)})


def guard_of(t: TypeExpr | None, traits: frozenset[str]) -> str | None:
    """The guard of an annotation; `traits` are the paths of all traits, since a trait's name alone means `dyn Trait`."""
    match t:
        case None | TypeVar():
            return None
        case RefinedType():
            return guard_of(t.base, traits)
        case TupleType():
            return "tuple"
        case FnType():
            return "fn"
        case DynTrait():
            return f"dyn {t.trait.type}" if isinstance(t.trait, TypeRef) and t.trait.type in traits else None
        case TypeRef():
            if t.type in traits:
                return f"dyn {t.type}"
            return None if t.type in _UNCHECKED else t.type
    raise TypeError(f"{t!r} is not a resolved type")
