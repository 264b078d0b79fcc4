"""Warnings of what is certain to fail, K092x, which only whole-program analysis can see (LANGUAGE §3 rule 5)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.ir.node import Span


class CertainFailure(Diagnostic):
    """The program is certain to end with an error when it comes to a call, for the types of what is given there."""

    code = "K0920"
    severity = "warning"
    error: str
    """The error, as the program would show it."""
    at: Span | None
    """The operation that fails, where it is in a function that is called."""
    call: str
    chain: tuple[Label, ...]
    """The calls that led there, innermost first."""

    def message(self) -> str:
        return f"this is certain to fail: {self.error}"

    def label(self) -> str:
        return self.call

    def labels(self) -> list[Label]:
        return [*([Label(self.at, "fails here")] if self.at is not None else []), *self.chain[:3]]

    def notes(self) -> list[str]:
        return ["the program keeps its meaning: it ends with this error when it comes here"]
