"""Errors of places and of control flow, K04xx (LANGUAGE §§4, 6): what cannot be assigned or changed, and stray jumps."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic

_HOW_TO = {
    "let": "declare it with let mut {name}",
    "parameter": "make it a mut parameter, or copy it: let mut {name} = {name}",
    "loop": "copy it: let mut {name} = {name}",
    "pattern": "mark it in its pattern: mut {name}",
    "self": "write mut self",
}


class _Named(Diagnostic):
    """What the errors about an immutable name share."""

    def helps(self) -> list[str]:
        how = _HOW_TO.get(self.kind)
        return [how.format(name=self.name)] if how else []


class AssignImmutable(_Named):
    """Only a `mut` variable can be assigned (§4)."""

    code = "K0401"
    name: str
    kind: str
    """How the name was bound: let, parameter, loop, pattern, self, global."""

    def message(self) -> str:
        return f"cannot assign to {self.name}, which is not mut"


class ChangeImmutable(_Named):
    """A value changes in place only through a `mut` variable, unless it is a class instance (§4)."""

    code = "K0402"
    name: str
    kind: str
    by: str = ""
    """The method that would change it."""

    def message(self) -> str:
        by = f"{self.by} cannot change" if self.by else "cannot change"
        return f"{by} {self.name}, which is not mut"


class ChangeCaptured(Diagnostic):
    """A closure has its own copy of what it captures (§4), so changing that would change nothing outside."""

    code = "K0403"
    name: str

    def message(self) -> str:
        return f"a closure cannot change {self.name}, which it captured"

    def label(self) -> str:
        return "a copy, made when the closure was"

    def helps(self) -> list[str]:
        return [f"keep {self.name} in a class instance, which is shared, or return the new value from the closure"]


class NoPlace(Diagnostic):
    """What is assigned or changed must be a variable or a part of one (§4)."""

    code = "K0404"
    what: str
    """`a mut argument`, `what push changes`, `what is assigned`"""

    def message(self) -> str:
        return f"{self.what} must be an assignable place: a mut variable, or a part of one"


class StrayJump(Diagnostic):
    """`break` and `continue` belong to a loop of the same function or closure (§6)."""

    code = "K0411"
    jump: str

    def message(self) -> str:
        return f"{self.jump} outside of a loop"


class BreakValue(Diagnostic):
    """Only a `loop` has a value that `break` can give; `while` and `for` have the value `()` (§6)."""

    code = "K0412"
    loop: str

    def message(self) -> str:
        return f"break gives no value to a {self.loop} loop"

    def helps(self) -> list[str]:
        return ["use loop, or a mut variable"]


class StrayReturn(Diagnostic):
    """`return` and `?` leave a function; module-level statements are in none."""

    code = "K0413"
    what: str

    def message(self) -> str:
        return f"{self.what} outside of a function"
