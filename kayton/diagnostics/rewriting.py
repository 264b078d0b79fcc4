"""Errors of rewriting, K09xx: why a program has no form in one file."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.ir.node import Span


class SameNameShown(Diagnostic):
    """Two modules have types of one name, and rewritten source is one file, in which a type's name is what its values print."""

    code = "K0990"
    name: str
    other: Span

    def message(self) -> str:
        return f"two modules have a type {self.name}, which one file cannot have"

    def label(self) -> str:
        return "values of both print this name"

    def labels(self) -> list[Label]:
        return [Label(self.other, "the other")]

    def helps(self) -> list[str]:
        return ["give one of them another name"]
