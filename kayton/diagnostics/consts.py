"""Errors of constants, K06xx (LANGUAGE §7): what cannot be computed before the program runs."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Label
from kayton.ir.node import Span


_MOST_STEPS = 3
"""So many uses on the way from a constant are shown, and the last."""


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

    def notes(self) -> list[str]:
        return ["constants are computed before the program runs"]

    def helps(self) -> list[str]:
        return ["correct it, or use a `let`, which is computed when the program runs"]


class ConstCycle(Diagnostic):
    """A constant that is needed to compute itself."""

    code = "K0602"
    name: str
    steps: tuple[Label, ...] = ()
    """Each use on the way back to it."""

    def message(self) -> str:
        return f"the constant {self.name} needs its own value"

    def label(self) -> str:
        return "cannot be computed"

    def labels(self) -> list[Label]:
        return [*self.steps[:_MOST_STEPS], *self.steps[_MOST_STEPS:][-1:]]

    def helps(self) -> list[str]:
        return ["give one of them a value that does not come from the others" if len(self.steps) > 1 else "give it a value of its own"]


class ConstEffect(Diagnostic):
    """A constant is a pure computation: it neither prints nor asks the world for anything."""

    code = "K0603"
    name: str
    does: str
    steps: tuple[Label, ...] = ()
    """The uses by which it comes to that, from the constant on."""

    def labels(self) -> list[Label]:
        return [*self.steps[1:_MOST_STEPS], *self.steps[_MOST_STEPS:][-1:]]

    def label(self) -> str:
        return self.steps[0].text if self.steps else ""

    def message(self) -> str:
        return f"the constant {self.name} is not a pure computation: it uses {self.does}"

    def helps(self) -> list[str]:
        return ["use a `let`, which is computed when the program runs"]


class ConstTooLong(Diagnostic):
    """The constants of a program take too long to evaluate; one may never end."""

    code = "K0604"
    steps: int

    def message(self) -> str:
        return f"the constants take more than {self.steps:,} calls and rounds of loops to compute"

    def helps(self) -> list[str]:
        return ["use a `let`, which is computed when the program runs"]
