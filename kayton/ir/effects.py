"""Accounted: it is known what each function does to the world, and where (LANGUAGE §8)."""

from __future__ import annotations

from kayton.ir.builtins import native_called
from kayton.ir.constrained import Solved
from kayton.ir.node import Node, node
from kayton.ir.surface import Item

_FUNCTIONS = {"print": "io", "eprint": "io", "input": "io"}
_MODULES = {"std.io": "io", "std.env": "io", "std.time": "time", "std.random": "random"}


def effect_of(native: str) -> str | None:
    """The effect of a built-in function, by its full name, or of a method of the type of that name; None for none."""
    if native in _FUNCTIONS:
        return _FUNCTIONS[native]
    found = next((effect for module, effect in _MODULES.items() if native.startswith(f"{module}.")), None)
    return "host" if found is None and "." in native and not native.startswith("std.") and native_called(native) is None else found


@node
class Origin(Node):
    """The first place (its span) where a function has the effect: it calls the function or built-in `via`; empty: an operation of its own."""

    effect: str
    via: str = ""


@node
class Effects(Item):
    """All effects of the function `fn`, those of what it calls included."""

    fn: str
    origins: tuple[Origin, ...] = ()


Accounted = Solved.derive("Accounted", about="The effects of every function are known.", plus={Effects, Origin})
