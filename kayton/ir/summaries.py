"""What passes found out about functions in earlier builds, so that a later build redoes only what changed.

A pass asks `cx.summaries.known(pass, module)` for what it kept of a module's functions, checks by itself that what it depends on is as it was,
and gives back what holds now by `keep`. What is kept is data as JSON has it: texts, numbers, lists, and dicts with texts as keys. A pass must take anything:
what it cannot read it does not know, so a summary may cost time but never changes what is compiled.

Where they are kept is no matter of passes: who runs a pipeline may give `load`, and takes what was `kept` afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

Kept = dict[str, dict[str, Any]]
"""By pass, what it keeps by name."""


@attrs.frozen
class Reuse:
    """How many functions of a module a pass took from summaries, and which it analysed. `interface` is a hash of all that others
    see of the module; `unchanged` says that it is what it was."""

    pass_name: str
    module: str
    functions: int
    analysed: tuple[str, ...]
    interface: str
    unchanged: bool


def _nothing(module: str) -> Kept:
    return {}


class Summaries:
    """The summaries of one program. Without `load` nothing is known, and what is kept is forgotten with the run."""

    def __init__(self, load: Callable[[str], Kept] = _nothing) -> None:
        self._load = load
        self._known: dict[str, Kept] = {}
        self.kept: dict[str, Kept] = {}
        """By module, what holds now."""
        self.reuse: list[Reuse] = []

    def known(self, pass_name: str, module: str) -> Mapping[str, Any]:
        """What an earlier build kept of a module, by name."""
        if module not in self._known:
            self._known[module] = self._load(module)
        found = self._known[module].get(pass_name)
        return found if isinstance(found, dict) else {}

    def keep(self, pass_name: str, module: str, found: dict[str, Any], interface: str, functions: int, analysed: Iterable[str]) -> None:
        """Says what holds of a module now, what of it others see, and how many of its functions were analysed for that."""
        unchanged = self.known(pass_name, module).get(INTERFACE) == interface
        self.kept.setdefault(module, {})[pass_name] = {**found, INTERFACE: interface}
        self.reuse.append(Reuse(pass_name, module, functions, tuple(analysed), interface, unchanged))

    def changed(self, module: str) -> bool:
        """Whether what holds of a module differs from what was known, so that it is worth keeping."""
        known, kept = self._known.get(module, {}), self.kept[module]
        return known.keys() != kept.keys() or not all([_shares(known[name], kept[name]) for name in kept])


INTERFACE = "%interface"
"""The name under which a module's interface stands beside its functions."""


def _shares(known: Any, kept: dict[str, Any]) -> bool:
    """Whether both have the same values: what was not made anew is the same object."""
    return isinstance(known, dict) and known.keys() == kept.keys() and all([known[k] is kept[k] or k == INTERFACE and known[k] == kept[k] for k in kept])
