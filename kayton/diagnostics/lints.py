"""Lints, K08xx: what is no mistake but may be unwanted. Each has a name and a level: `allow`, `warn` or `deny`.

A lint is a subclass of Lint and nothing else: its name, its level where nobody chooses one, and what it says. The passes whose matter
it is report it by `lints.report(cx, AotOnlyFeature, span=…)`, which leaves it out where it is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from kayton.diagnostics.codes import Diagnostic
from kayton.ir.node import Span

LEVELS = ("allow", "warn", "deny")
"""Not reported, a warning, an error."""

LINTS: dict[str, type[Lint]] = {}
"""All lints by name."""


class Lint(Diagnostic):
    """Something that may be unwanted. Subclasses set `lint`, its name, and `default`, its level."""

    lint: ClassVar[str]
    default: ClassVar[str]
    level: str

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        LINTS[cls.lint] = cls

    @property
    def severity(self) -> str:
        """An error where it is denied."""
        return "error" if self.level == "deny" else "warning"

    def notes(self) -> list[str]:
        return [f"the lint {self.lint} has the level {self.level}; `--lint {self.lint}=allow` turns it off"]


class Reports(Protocol):
    """What a lint needs of a compilation."""

    lints: Mapping[str, str]

    def report(self, diagnostic: Diagnostic) -> None:
        """Tells the user."""


def report(cx: Reports, kind: type[Lint], *, span: Span | None, **facts: str) -> None:
    """Reports a lint at the level that was chosen for it."""
    level = cx.lints.get(kind.lint, kind.default)
    if level != "allow":
        cx.report(kind(span=span, level=level, **facts))


class AotOnlyFeature(Lint):
    """What only ahead-of-time compilation heeds (LANGUAGE §8): refined types, effects, bounds, `@inline`. The VM ignores it."""

    code = "K0801"
    lint = "aot_only_feature"
    default = "allow"
    feature: str
    """`a refined type`, `@inline`"""

    def message(self) -> str:
        return f"{self.feature} has no effect before ahead-of-time compilation"
