"""Errors of calls, K0250–K0269 (LANGUAGE §§4, 6)."""

from __future__ import annotations

from kayton.diagnostics.codes import Diagnostic, Fix
from kayton.diagnostics.names import listed


class ArgumentCount(Diagnostic):
    """A call has more arguments than the function has parameters, or fewer than it requires."""

    code = "K0250"
    name: str
    least: int
    most: int | None
    """None: any number."""
    found: int
    missing: tuple[str, ...] = ()

    def message(self) -> str:
        last = self.least if self.most is None else self.most
        how = "at least " if self.most is None else "" if self.least == last else f"{self.least} to "
        return f"{self.name} expected {how}{last} argument{'' if last == 1 else 's'}, found {self.found}"

    def helps(self) -> list[str]:
        return [f"give {listed(self.missing)}"] if self.missing else []


class UnknownKeyword(Diagnostic):
    """A keyword argument names no parameter of the function."""

    code = "K0251"
    name: str
    keyword: str
    near: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.name} has no parameter {self.keyword}"

    def helps(self) -> list[str]:
        return [f"did you mean {self.near[0]}?"] if self.near else []


class DuplicateArgument(Diagnostic):
    """A parameter is given twice."""

    code = "K0252"
    name: str
    parameter: str

    def message(self) -> str:
        return f"{self.parameter} of {self.name} is given twice"


class MissingMut(Diagnostic):
    """The function changes this argument, which is to be seen where it is called: `f(mut x)` (§4)."""

    code = "K0253"
    name: str
    parameter: str

    def message(self) -> str:
        return f"{self.name} changes its argument {self.parameter}: write mut before it"

    def fixes(self) -> list[Fix]:
        return [Fix(self.span._replace(end=self.span.start), "mut ", "mark the argument")]


class SuperfluousMut(Diagnostic):
    """Only an argument for a `mut` parameter is marked `mut` (§4)."""

    code = "K0254"
    name: str
    parameter: str

    def message(self) -> str:
        return f"{self.name} does not change its argument {self.parameter}: mut does not belong before it"


class MutOverlap(Diagnostic):
    """Two `mut` arguments of one call share a root variable (§4): copied out, one would overwrite the other."""

    code = "K0255"
    root: str

    def message(self) -> str:
        return f"two mut arguments of one call are parts of {self.root}"

    def label(self) -> str:
        return "the second"


class NotCalled(Diagnostic):
    """A variant without fields is a value already."""

    code = "K0256"
    name: str

    def message(self) -> str:
        return f"{self.name} has no fields"

    def helps(self) -> list[str]:
        return [f"write {self.name} without brackets"]
