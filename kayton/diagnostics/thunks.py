"""Errors of ahead-of-time compilation, K09xx: what a build was asked to do without."""

from __future__ import annotations

from typing import Self

from kayton.diagnostics.codes import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kayton.ir.thunks import Thunk


def shown(name: str) -> str:
    """A thunk's name in a sentence."""
    function, expression, _ = name.partition(".<expression>")
    return f"an expression of {function}" if expression else name


class Unwanted(Diagnostic):
    """What the errors about one thunk share."""

    name: str
    """The function."""
    id: str
    """The thunk's id."""
    thunk: str
    """The kind of reason, `KT0101`."""
    reason: str
    suggestion: str

    @classmethod
    def of(cls, t: Thunk) -> Self:
        """The error about a thunk."""
        return cls(span=t.span, name=t.name, id=t.function, thunk=t.code, reason=t.reason, suggestion=t.suggestion)

    def label(self) -> str:
        return self.reason

    def helps(self) -> list[str]:
        return [self.suggestion] if self.suggestion else []


class ThunkNeeded(Unwanted):
    """`--aot-strict` wants every function compiled, but this one would run as bytecode (docs/hybrid.md)."""

    code = "K0901"

    def message(self) -> str:
        return f"{shown(self.name)} needs a bytecode thunk ({self.thunk})"

    def helps(self) -> list[str]:
        return [*super().helps(), "without --aot-strict it runs in the embedded VM"]


class ThunkNotInLedger(Unwanted):
    """`--locked-thunks` allows only the thunks that are in kayton.thunks (docs/hybrid.md)."""

    code = "K0902"

    def message(self) -> str:
        return f"{shown(self.name)} would be a new bytecode thunk ({self.thunk})"

    def notes(self) -> list[str]:
        return [f"kayton.thunks has no {self.id}, and --locked-thunks allows no others"]

    def helps(self) -> list[str]:
        return [*super().helps(), "if it is meant, add it with `kayton aot explain --thunks --lock`"]


_SUGGESTIONS = {
    "KT0101": "say what it must be where it is used: `let n: i64 = …` checks it there, and is native from then on",
    "KT0104": "give it a variable of the parameter's type, and assign that back",
    "KT0106": "write `let mut`",
    "KT0107": "call the method `set`",
    "KT0109": "give all methods of that name the same types",
    "KT0111": "annotate the values where they come in, so that what follows is compiled",
    "KT0112": "take `@thunk` away",
}


def remedy(became: str) -> str:
    """What would give a type to what became unknown like this; "" where nothing is known."""
    if became in ("sometimes i64, sometimes f64", "sometimes f64, sometimes i64"):
        return "make both f64: write `1.0` for `1`, or `f64(n)`"
    if became.startswith("the field "):
        return "its instances cannot be told apart, so the field has one type in all of them: give each type a class of its own"
    if became.startswith("sometimes "):
        return "give it one type: another variable for the other, or an enum with a variant for each"
    return ""


def suggestion(code: str, reason: str) -> str:
    """What would compile a thunk of this kind and reason; "" where nothing would."""
    return remedy(reason.partition("only at run time: ")[2]) or _SUGGESTIONS.get(code, "")
