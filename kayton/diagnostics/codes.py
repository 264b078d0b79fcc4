"""Diagnostics are data: a frozen class per error, with its code, made by `cx.report(UnknownName(span=…, name=…))`.

The areas define theirs in modules of their own: `syntax` K01xx, `names` (names, modules, calls) K02xx, `types` K03xx,
`places` (mutability, control flow) K04xx, `matching` K05xx, `consts` K06xx. Warnings carry the same kind of code.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from kayton.ir.node import Span

_CODES: dict[str, type[Diagnostic]] = {}


@attrs.frozen
class Label:
    """A stretch of source with a few words that say what it is."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """A change to the source that would resolve the diagnostic."""

    span: Span
    replacement: str
    about: str


@attrs.frozen(kw_only=True)
class Diagnostic:
    """One error or warning. Subclasses set `code`, add fields for the facts, and say them in words."""

    code: ClassVar[str] = "K0000"
    severity: ClassVar[str] = "error"
    span: Span

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        if (known := _CODES.setdefault(cls.code, cls)) is not cls:
            raise TypeError(f"{cls.code} is both {known.__qualname__} and {cls.__qualname__}")

    def message(self) -> str:
        """One line that stands alone: what is wrong."""
        raise NotImplementedError

    def label(self) -> str:
        """A few words beside the caret; empty for none."""
        return ""

    def labels(self) -> list[Label]:
        """Other places that matter."""
        return []

    def notes(self) -> list[str]:
        """Facts that explain."""
        return []

    def helps(self) -> list[str]:
        """What to do about it."""
        return []

    def fixes(self) -> list[Fix]:
        """Changes that would resolve it, for tools."""
        return []


def all_codes() -> dict[str, type[Diagnostic]]:
    """Every code that has been defined by the modules imported so far."""
    return dict(_CODES)
