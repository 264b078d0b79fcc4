"""Warnings of calls that were to be computed ahead of time, K093x (LANGUAGE §8)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class ConstCallStays(Diagnostic):
    """A call of a function that is marked `@const`, with constant arguments, is not computed ahead of time."""

    code = "K0930"
    severity = "warning"
    name: str
    reason: str

    def message(self) -> str:
        return f"this call of the @const function {self.name} is not computed ahead of time"

    def label(self) -> str:
        return self.reason
