"""Errors of ahead-of-time compilation, K09xx: what a build was asked to do without."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


def shown(name: str) -> str:
    """A thunk's name in a sentence."""
    function, expression, _ = name.partition(".<expression>")
    return f"an expression of {function}" if expression else name


class ThunkNeeded(Diagnostic):
    """`--aot-strict` wants every function compiled, but this one would run as bytecode (docs/hybrid.md)."""

    code = "K0901"
    name: str
    """The function."""
    thunk: str
    """The kind of reason, `KT0101`."""
    reason: str
    suggestion: str

    def message(self) -> str:
        return f"{shown(self.name)} needs a bytecode thunk ({self.thunk})"

    def label(self) -> str:
        return self.reason

    def helps(self) -> list[str]:
        return [*([self.suggestion] if self.suggestion else []), "without --aot-strict it runs in the embedded VM"]


class ThunkNotInLedger(Diagnostic):
    """`--locked-thunks` allows only the thunks that are in kayton.thunks (docs/hybrid.md)."""

    code = "K0902"
    name: str
    """The function."""
    id: str
    """The thunk's id."""
    thunk: str
    """The kind of reason, `KT0101`."""
    reason: str
    suggestion: str

    def message(self) -> str:
        return f"{shown(self.name)} would be a new bytecode thunk ({self.thunk})"

    def label(self) -> str:
        return self.reason

    def notes(self) -> list[str]:
        return [f"kayton.thunks has no {self.id}, and --locked-thunks allows no others"]

    def helps(self) -> list[str]:
        return [*([self.suggestion] if self.suggestion else []), "if it is meant, add it with `kayton aot explain --thunks --lock`"]
