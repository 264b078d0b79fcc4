"""Errors of places and of control flow, K04xx (LANGUAGE §§4, 6): what cannot be assigned or changed, and stray jumps."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Fix, Label, here_too, in_more_places
from kayton.ir.node import Span

_HOW_TO = {
    "parameter": "copy it first, `let mut {name} = {name}`, or make it a `mut` parameter, which changes the caller's variable too",
    "loop": "copy it first: `let mut {name} = {name}`",
    "pattern": "mark it in its pattern: `mut {name}`",
    "global": "a module-level `let` never changes: keep what changes in a variable of a function, or in a class instance",
}


class _Named(Diagnostic):
    """What the errors about an immutable name share."""

    def labels(self) -> list[Label]:
        declared = self.declared if self.kind in ("let", "pattern", "self") else None
        here = [] if declared is None else [Label(declared, "declared without `mut` here")]
        return here + here_too(self.others, "changed here too")

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def helps(self) -> list[str]:
        how = _HOW_TO.get(self.kind)
        return [how.format(name=self.name)] if how and not self.fixes() else []

    def fixes(self) -> list[Fix]:
        if self.declared is None or self.kind not in ("let", "pattern", "self"):
            return []
        if self.kind == "self":
            return [Fix.insert(self.declared, "mut ", "a method that changes its receiver takes `mut self`")]
        return [Fix.insert(self.declared, "mut ", f"declare it with `mut {self.name}`", MACHINE)]


class AssignImmutable(_Named):
    """Only a `mut` variable can be assigned (§4)."""

    code = "K0401"
    name: str
    kind: str
    """How the name was bound: let, parameter, loop, pattern, self, global."""
    declared: Span | None = None
    """Where it was."""
    others: tuple[Span, ...] = ()
    """Where else it is changed."""

    def message(self) -> str:
        return f"cannot assign to {self.name}, which is not mut"


class ChangeImmutable(_Named):
    """A value changes in place only through a `mut` variable, unless it is a class instance (§4)."""

    code = "K0402"
    name: str
    kind: str
    by: str = ""
    """The method that would change it."""
    declared: Span | None = None
    """Where it was."""
    others: tuple[Span, ...] = ()
    """Where else it is changed."""

    def message(self) -> str:
        by = f"{self.by} cannot change" if self.by else "cannot change"
        return f"{by} {self.name}, which is not mut"


class ChangeCaptured(Diagnostic):
    """A closure has its own copy of what it captures (§4), so changing that would change nothing outside."""

    code = "K0403"
    name: str
    declared: Span | None = None
    """Where the variable was."""
    others: tuple[Span, ...] = ()
    """Where else a closure changes it."""

    def message(self) -> str:
        return f"a closure cannot change {self.name}, which is outside of it"

    def label(self) -> str:
        return "would change the closure's own copy"

    def labels(self) -> list[Label]:
        here = [] if self.declared is None else [Label(self.declared, "declared outside of the closure")]
        return here + here_too(self.others, "changed here too")

    def notes(self) -> list[str]:
        return in_more_places(self.others)

    def helps(self) -> list[str]:
        return [f"keep {self.name} in a class instance, which is shared, or return the new value from the closure"]


class NoPlace(Diagnostic):
    """What is assigned or changed must be a variable or a part of one (§4)."""

    code = "K0404"
    what: str
    """`a mut argument`, `what push changes`, `what is assigned`"""
    instead: str = ""
    """The method that gives a new value instead of changing one."""

    def message(self) -> str:
        return f"{self.what} must be a mut variable, or a part of one"

    def label(self) -> str:
        return "this is neither"

    def helps(self) -> list[str]:
        if self.what == "what is assigned":
            return ["declare a variable first: `let mut x = …`"]
        new = f", or take `{self.instead}`, which gives a new value" if self.instead else ""
        return [f"give it a name first: `let mut x = …`{new}"]


class StrayJump(Diagnostic):
    """`break` and `continue` belong to a loop of the same function or closure (§6)."""

    code = "K0411"
    jump: str

    def message(self) -> str:
        return f"{self.jump} outside of a loop"

    def label(self) -> str:
        return "no loop of the same function or closure is around it"

    def helps(self) -> list[str]:
        return ["a loop around a closure or function does not count; `return` leaves a function"]


class JumpInComprehension(Diagnostic):
    """A comprehension is no loop that `break` and `continue` could leave (§6)."""

    code = "K0414"
    jump: str

    def message(self) -> str:
        return f"{self.jump} cannot leave a comprehension"

    def label(self) -> str:
        return "is inside of one"

    def helps(self) -> list[str]:
        return ["write a for loop, or choose the items with an `if` clause"]


class BreakValue(Diagnostic):
    """Only a `loop` has a value that `break` can give; `while` and `for` have the value `()` (§6)."""

    code = "K0412"
    loop: str

    def message(self) -> str:
        return f"break gives no value to a {self.loop} loop"

    def label(self) -> str:
        return f"a {self.loop} loop has the value ()"

    def helps(self) -> list[str]:
        return ["set a `mut` variable before the `break`, or make it a `loop:`, the only one that `break` gives a value to"]


class StrayReturn(Diagnostic):
    """`return` and `?` leave a function; module-level statements are in none."""

    code = "K0413"
    what: str

    def message(self) -> str:
        return f"{self.what} outside of a function"

    def label(self) -> str:
        return "there is no function that it could leave"

    def helps(self) -> list[str]:
        if self.what == "?":
            return ["take the value out by `match` or `.unwrap()`, or move the statement into `fn main()`"]
        return ["move the statement into `fn main()`; `exit(n)` of `std.env` ends the program"]
