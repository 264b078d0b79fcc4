"""Diagnostics are data: a frozen class per error, with its code, made by `cx.report(UnknownName(span=…, name=…))`.

The areas define theirs in modules of their own: `syntax` K01xx, `names` (names, modules, calls) K02xx, `types` K03xx,
`places` (mutability, control flow) K04xx, `matching` K05xx, `consts` K06xx, `limits` K07xx, `lints` K08xx, `thunks` K090x, `effects`
K091x, `failing` K092x, `constcalls` K093x. Warnings carry the
same kind of code.
"""

from __future__ import annotations

from typing import ClassVar, Self, dataclass_transform

import attrs

from kayton.ir.node import Span

_CODES: dict[str, type[Diagnostic]] = {}


@attrs.frozen
class Label:
    """A stretch of source with a few words that say what it is."""

    span: Span
    text: str


MACHINE = "machine-applicable"
"""A fix that is what was meant, and leaves a program that compiles as far as this mistake goes: a tool may apply it unasked."""
MAYBE = "maybe-incorrect"
"""A fix that is a guess, to be looked at."""


@attrs.frozen
class Edit:
    """Text to stand in the place of a stretch of source; an empty stretch is a place to insert it."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """A change to the source that would resolve the diagnostic: its edits are made together."""

    about: str
    """What it does, as a help says it: "write `and` between bools"."""
    edits: tuple[Edit, ...]
    applicability: str = MAYBE

    @classmethod
    def replace(cls, span: Span, text: str, about: str, applicability: str = MAYBE) -> Self:
        """Puts `text` in the place of one stretch."""
        return cls(about, (Edit(span, text),), applicability)

    @classmethod
    def insert(cls, span: Span, text: str, about: str, applicability: str = MAYBE) -> Self:
        """Puts `text` before a stretch."""
        return cls(about, (Edit(before(span), text),), applicability)

    @classmethod
    def wrap(cls, span: Span, left: str, right: str, about: str, applicability: str = MAYBE) -> Self:
        """Puts something on both sides of a stretch."""
        return cls(about, (Edit(before(span), left), Edit(after(span), right)), applicability)


MOST_PLACES = 2
"""Where one mistake is made in many places, so many of the further ones are shown."""


def here_too(others: tuple[Span, ...], text: str = "here too") -> list[Label]:
    """Labels of the first places beyond the diagnostic's own that have the same mistake."""
    return [Label(span, text) for span in others[:MOST_PLACES]]


def in_more_places(others: tuple[Span, ...]) -> list[str]:
    """A note of how many places beyond those that labels show have the same mistake."""
    more = len(others) - MOST_PLACES
    return [f"{more} more place{'s' if more > 1 else ''} in this file ha{'ve' if more > 1 else 's'} the same mistake"] if more > 0 else []


def before(span: Span) -> Span:
    """The empty stretch where another starts."""
    return Span(span.file, span.start, span.start)


def after(span: Span) -> Span:
    """The empty stretch where another ends."""
    return Span(span.file, span.end, span.end)


@dataclass_transform(frozen_default=True, kw_only_default=True)
@attrs.frozen(kw_only=True, slots=False)
class Diagnostic:
    """One error or warning. Subclasses set `code`, add fields for the facts, and say them in words.

    They are frozen attrs classes with keyword arguments, without being decorated.
    """

    code: ClassVar[str] = "K0000"
    severity: ClassVar[str] = "error"
    span: Span

    def __init_subclass__(cls) -> None:
        if "code" not in vars(cls):  # only what several share
            return
        known = _CODES.setdefault(cls.code, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"{cls.code} is both {known.__qualname__} and {cls.__qualname__}")

    def __new__(cls, **_facts: object) -> Self:
        """attrs has half a millisecond of work with a class, and most runs report nothing, so it is done for the first instance."""
        for base in reversed(cls.__mro__):
            if issubclass(base, Diagnostic) and "__attrs_attrs__" not in vars(base):
                attrs.frozen(base, kw_only=True, slots=False)
        return super().__new__(cls)

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
        """Changes that would resolve it; each is shown as a help with what it changes, so no help repeats it."""
        return []


def all_codes() -> dict[str, type[Diagnostic]]:
    """Every code that has been defined by the modules imported so far."""
    return dict(_CODES)
