"""Whether passes fit on each other: languages follow, and what a pass requires has been established.

After a pass whose target has parts, a pass runs either `on` a part, whose language it changes, or on the whole, when each part is in the
language that the pass's source wants there.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.language import Invariant, Language
from kayton.passes.framework import Pass
from kayton.pipelines import registry


class Chain:
    """How far the passes have come that were taken so far."""

    def __init__(self, start: Language) -> None:
        self.whole = start
        self.parts = dict(start.parts)
        self.held: dict[str, set[Invariant]] = {"": set(start.invariants)}

    def mistake(self, use: Pass, on: str) -> tuple[str, str] | None:
        """What is wrong with this pass coming next, and what would mend it."""
        if on and on not in self.parts:
            known = f"its parts are {', '.join(self.parts)}" if self.parts else "take `on` away"
            return f"{self.whole.name} has no part {on}", known
        at = self.parts[on] if on else self.whole
        if on or not self.parts:
            if use.source is not at:
                return f"{use.name()} reads {use.source.name}, but here the program is in {at.name}", _bridge(at, use.source)
        elif dict(use.source.parts) != self.parts:
            return self._apart(use)
        held = self.held.get(on, set())
        if missing := [i.name for i in use.requires if i not in held]:
            return f"{use.name()} requires {', '.join(missing)}, which no pass before it establishes", _establishers(missing)
        return None

    def _apart(self, use: Pass) -> tuple[str, str]:
        here = ", ".join(f"{part} in {language.name}" for part, language in self.parts.items())
        if not use.source.parts:
            return f"{use.name()} reads {use.source.name}, but here the program has parts: {here}", f"say on = \"{next(iter(self.parts))}\""
        wanted = [(part, language) for part, language in use.source.parts if self.parts.get(part) is not language]
        names = ", ".join(f"{part} in {language.name}" for part, language in wanted)
        part, language = wanted[0]
        fix = _bridge(self.parts[part], language) if part in self.parts else ""
        return f"{use.name()} wants {names}, but here the program has {here}", fix

    def take(self, use: Pass, on: str) -> None:
        """Goes on after this pass."""
        held = self.held.setdefault(on, set())
        held -= set(use.source.invariants) - set(use.target.invariants)
        held |= {*use.target.invariants, *use.establishes}
        if on:
            self.parts[on] = use.target
            return
        self.whole = use.target
        if use.source.parts != use.target.parts:
            self.parts = dict(use.target.parts)
            self.held = {"": held, **{part: set(language.invariants) for part, language in use.target.parts}}


def _all_classes() -> list[type[Pass]]:
    return [registry.pass_class(name) for name in registry.pass_files()]


def _bridge(at: Language, wanted: Language) -> str:
    """What would make the chain whole: the pass that leads from one language to the other, or where the pass belongs."""
    direct = [c.name() for c in _all_classes() if c.source is at and c.target is wanted]
    if direct:
        return f"put {' or '.join(direct)} before it ({at.name} -> {wanted.name})"
    makers = [c.name() for c in _all_classes() if c.target is wanted and c.source is not wanted]
    return f"put it after {' or '.join(makers)}" if makers else f"no pass makes {wanted.name}"


def _establishers(names: Sequence[str]) -> str:
    found = [c.name() for c in _all_classes() if any(i.name in names for i in (*c.establishes, *c.target.invariants))]
    return f"put {' or '.join(found[:3])} before it" if found else "no pass establishes it"
