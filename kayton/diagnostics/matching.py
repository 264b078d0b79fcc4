"""Errors and warnings of patterns, K05xx (LANGUAGE §6)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic
from kayton.diagnostics.names import listed


class NotExhaustive(Diagnostic):
    """A match must cover every value that its patterns speak of."""

    code = "K0501"
    missing: tuple[str, ...]
    """Patterns that no arm covers; `_` where nothing but a catch-all will do."""
    more: bool = False

    def message(self) -> str:
        if self.missing == ("_",):
            return "this match does not cover every value: it needs a catch-all"
        return f"this match does not cover {listed(self.missing)}{' and more' if self.more else ''}"

    def helps(self) -> list[str]:
        if self.missing == ("_",):
            return ["add an arm for everything else: `_: …`"]
        arms = listed(tuple(f"`{m}: …`" for m in self.missing[:3]))
        return [f"add {'an arm' if len(self.missing) == 1 else 'arms'}, {arms}, or one for everything else, `_: …`"]


class Refutable(Diagnostic):
    """A `let`, `for`, parameter or comprehension takes a pattern that always fits."""

    code = "K0502"
    missing: str

    def message(self) -> str:
        if not any(c.isalnum() for c in self.missing) and "[" not in self.missing:
            return "this pattern does not fit every value"
        return f"this pattern does not fit {self.missing}"

    def helps(self) -> list[str]:
        return ["say what happens then: `if let … = e: … else: …`, or `match`"]


class UnreachableArm(Diagnostic):
    """The arms before it cover everything that it could match."""

    code = "K0503"
    severity = "warning"

    def message(self) -> str:
        return "this arm can never be reached"

    def label(self) -> str:
        return "the arms before it cover all of this"

    def helps(self) -> list[str]:
        return ["remove it, or move it before the arm that covers it; a lower-case name covers everything"]
