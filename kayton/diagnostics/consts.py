"""Errors of constants, K06xx (LANGUAGE §7): what cannot be computed before the program runs."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.ir.node import Span


class ConstFails(Diagnostic):
    """Evaluating a constant ends with a run-time error, which is a compile error then."""

    code = "K0601"
    name: str
    error: str
    const: Span | None = None

    def message(self) -> str:
        return f"the constant {self.name} cannot be evaluated: {self.error}"

    def labels(self) -> list[Label]:
        return [Label(self.const, "the constant")] if self.const and self.const != self.span else []

    def label(self) -> str:
        return "fails here"

    def helps(self) -> list[str]:
        return ["a constant is computed before the program runs; a `let` is computed when it runs"]


class ConstCycle(Diagnostic):
    """A constant that is needed to compute itself."""

    code = "K0602"
    name: str

    def message(self) -> str:
        return f"the constant {self.name} needs itself"

    def helps(self) -> list[str]:
        return ["give one of the constants that it needs a value of its own"]


class ConstEffect(Diagnostic):
    """A constant is a pure computation: it neither prints nor asks the world for anything."""

    code = "K0603"
    name: str
    does: str

    def message(self) -> str:
        return f"the constant {self.name} is not a pure computation: it uses {self.does}"

    def helps(self) -> list[str]:
        return ["use a `let`, which is computed when the program runs"]


class ConstTooLong(Diagnostic):
    """The constants of a program take too long to evaluate; one may never end."""

    code = "K0604"
    steps: int

    def message(self) -> str:
        return f"the constants take more than {self.steps} calls and rounds of loops to evaluate"

    def helps(self) -> list[str]:
        return ["use a `let`, which is computed when the program runs"]
