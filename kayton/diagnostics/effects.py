"""Errors of declared effects, K091x (LANGUAGE §8), which only ahead-of-time compilation reports."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.ir.node import Span

_MOST = 4
"""So many calls of a chain are shown."""


class EffectNotDeclared(Diagnostic):
    """A function does what it does not declare by `uses`, or anything though it is `pure`."""

    code = "K0910"
    function: str
    effect: str
    does: str
    """What happens at the place: `calls print`."""
    declared: tuple[str, ...]
    head: Span
    """The function's head, with its declaration."""
    chain: tuple[Label, ...]
    """The calls that lead from the place to what has the effect."""

    def message(self) -> str:
        allowed = f"uses {', '.join(self.declared)} only" if self.declared else "is pure"
        return f"{self.function} {allowed}, but has the effect {self.effect}"

    def label(self) -> str:
        return self.does

    def labels(self) -> list[Label]:
        return [Label(self.head, "declared here"), *self.chain[: _MOST - 1], *self.chain[_MOST - 1 :][-1:]]

    def notes(self) -> list[str]:
        hidden = len(self.chain) - _MOST
        return [f"{hidden} more call{'s lead' if hidden > 1 else ' leads'} there"] if hidden > 0 else []

    def helps(self) -> list[str]:
        written = ", ".join((*self.declared, self.effect))
        return [f"declare it: `uses {written}`" + ("" if self.declared else " instead of `pure`")]
