"""Errors and warnings of patterns, K05xx (LANGUAGE §6)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.diagnostics.names import listed
from kayton.ir.node import Span


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
    pattern: str = ""
    """As written in a `let`; empty elsewhere."""

    def message(self) -> str:
        if not any(c.isalnum() for c in self.missing) and "[" not in self.missing:
            return "this pattern does not fit every value"
        return f"this pattern does not fit {self.missing}"

    def helps(self) -> list[str]:
        if self.pattern:
            return [f"say what happens then: `if let {self.pattern} = …: … else: …`, or `match`"]
        return ["give the value a name, and take it apart inside by `if let` or `match`"]

    def label(self) -> str:
        return "a `let` takes a pattern that always fits" if self.pattern else "here a pattern must always fit"


class UnreachableArm(Diagnostic):
    """The arms before it cover everything that it could match."""

    code = "K0503"
    severity = "warning"
    cover: Span | None = None
    """The pattern of the arm that covers it, where one does."""
    name: str = ""
    """The name that this pattern is, if it is one."""

    def message(self) -> str:
        return "this arm can never be reached"

    def label(self) -> str:
        return "an arm before it covers this" if self.cover else "the arms before it cover all of this"

    def labels(self) -> list[Label]:
        covers = f"`{self.name}` is a new name here, which any value fits" if self.name else "covers it already"
        return [Label(self.cover, covers)] if self.cover else []

    def helps(self) -> list[str]:
        return [f"remove it, or move it before {'the arm that covers it' if self.cover else 'them'}"]
