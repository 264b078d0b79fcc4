"""Errors of size, K07xx: what a program may not have more of, on every path."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic


class BeyondLimit(Diagnostic):
    """Bytecode numbers arguments, registers and tables with a fixed number of bits (docs/bytecode.md, "Limits")."""

    code = "K0701"
    what: str
    """What there is too much of, as a plural: `parameters of f`."""
    most: int
    found: int

    def message(self) -> str:
        return f"too many {self.what}: {self.found}, the most is {self.most}"

    def helps(self) -> list[str]:
        return ["split it: a function can be divided into several, and arguments can be put into a struct or a list"]
