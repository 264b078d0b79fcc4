"""Errors of calls, K0250–K0269 (LANGUAGE §§4, 6)."""

from __future__ import annotations

from kayton.diagnostics.codes import MACHINE, Diagnostic, Edit, Fix, Label
from kayton.diagnostics.names import listed
from kayton.diagnostics.nearest import meant
from kayton.ir.node import Span


class ArgumentCount(Diagnostic):
    """A call has more arguments than the function has parameters, or fewer than it requires."""

    code = "K0250"
    name: str
    least: int
    most: int | None
    """None: any number."""
    found: int
    missing: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    """All parameters, the optional ones with `?`."""
    extra: Span | None = None
    """The first argument that is too many."""

    def message(self) -> str:
        last = self.least if self.most is None else self.most
        how = "at least " if self.most is None else "" if self.least == last else f"{self.least} to "
        return f"{self.name} expected {how}{last} argument{'' if last == 1 else 's'}, found {self.found}"

    def helps(self) -> list[str]:
        if self.missing:
            return [f"give {listed(tuple(f'`{m}`' for m in self.missing))} too"]
        return [f"it is called as `{self.name}({', '.join(self.params)})`"] if self.most is not None else []

    def labels(self) -> list[Label]:
        return [Label(self.extra, "too many from here on")] if self.extra else []


class UnknownKeyword(Diagnostic):
    """A keyword argument names no parameter of the function."""

    code = "K0251"
    name: str
    keyword: str
    near: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    """The parameters that it has."""

    def message(self) -> str:
        return f"{self.name} has no parameter {self.keyword}"

    def helps(self) -> list[str]:
        if self.near:
            return []
        known = listed(tuple(f"`{p}`" for p in self.params)) if self.params else "none"
        return [f"its parameters are {known}" if self.params else "it has no parameters"]

    def fixes(self) -> list[Fix]:
        name = self.span._replace(end=self.span.start + len(self.keyword))
        return [Fix.replace(name, self.near[0], meant(self.near))] if self.near else []


class DuplicateArgument(Diagnostic):
    """A parameter is given twice."""

    code = "K0252"
    name: str
    parameter: str

    def message(self) -> str:
        return f"{self.parameter} of {self.name} is given twice"

    def helps(self) -> list[str]:
        return ["arguments by position come first and fill the parameters in order; leave one of the two out"]


class MissingMut(Diagnostic):
    """The function changes this argument, which is to be seen where it is called: `f(mut x)` (§4)."""

    code = "K0253"
    name: str
    parameter: str
    value: Span | None = None
    """The argument without its keyword."""

    def message(self) -> str:
        return f"{self.name} changes its argument {self.parameter}: write mut before it"

    def label(self) -> str:
        return "is changed by the call"

    def fixes(self) -> list[Fix]:
        return [Fix.insert(self.value or self.span, "mut ", "mark the argument", MACHINE)]


class SuperfluousMut(Diagnostic):
    """Only an argument for a `mut` parameter is marked `mut` (§4)."""

    code = "K0254"
    name: str
    parameter: str
    value: Span | None = None
    """The argument without its `mut`."""
    keyword: Span | None = None
    """From `mut` on."""

    def message(self) -> str:
        return f"{self.name} does not change its argument {self.parameter}: mut does not belong before it"

    def fixes(self) -> list[Fix]:
        if self.value is None or self.keyword is None:
            return []
        return [Fix("leave `mut` out", (Edit(Span(self.span.file, self.keyword.start, self.value.start), ""),), MACHINE)]


class MutOverlap(Diagnostic):
    """Two `mut` arguments of one call share a root variable (§4): copied out, one would overwrite the other."""

    code = "K0255"
    root: str
    first: Span | None = None

    def message(self) -> str:
        return f"two mut arguments of one call are parts of {self.root}"

    def label(self) -> str:
        return "the second"

    def labels(self) -> list[Label]:
        return [Label(self.first, "the first")] if self.first else []

    def helps(self) -> list[str]:
        return [f"copy one of them first: `let mut copy = {self.root}`"]


class NotCalled(Diagnostic):
    """A variant without fields is a value already."""

    code = "K0256"
    name: str
    written: str = ""
    """The callee as it was written, where it has a path."""

    def message(self) -> str:
        return f"{self.name} has no fields"

    def fixes(self) -> list[Fix]:
        return [Fix.replace(self.span, self.written or self.name, f"write `{self.name}` without brackets", MACHINE)]
