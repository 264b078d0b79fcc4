"""Rust names for Kayton names: stable, readable, and never the same for two things."""

from __future__ import annotations

import re

KEYWORDS = frozenset(
    "as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move mut pub ref return"
    " self Self static struct super trait true type unsafe use where while abstract become box do final macro override priv try typeof"
    " unsized virtual yield main start caller calls at rt".split()
)
"""What a Rust name may not be: Rust's keywords, and the names that every emitted module has."""


class Names:
    """Gives each key a name of its own, made from what it is called in Kayton; the second `area` is `area_2`."""

    def __init__(self, reserved: frozenset[str] = frozenset()) -> None:
        self._taken = set(KEYWORDS | reserved)
        self._given: dict[str, str] = {}

    def name(self, key: str, wish: str) -> str:
        """The name of `key`, which is `wish` in Rust's letters where nobody else has it."""
        found = self._given.get(key)
        if found is None:
            base = re.sub(r"\W+", "_", wish.replace("<closure>", "closure")).strip("_") or "it"
            base = base if not base[0].isdigit() else f"_{base}"
            found, n = base, 1
            while found in self._taken:
                n += 1
                found = f"{base}{n}" if base[:1].isupper() and not base.isupper() else f"{base}_{n}"
            self._taken.add(found)
            self._given[key] = found
        return found


_OWN = {"main": "kayton_main", "<start>": "run_modules", "<init>": "statements", "<consts>": "constants", "self": "this"}
"""What Rust or the emitted file calls otherwise."""


def snake(path: str) -> str:
    """`main.Point.len` without its module as a function's name: `point_len`."""
    parts = path.split(".")[1:] or [path]
    if len(parts) == 1:
        return _OWN.get(parts[0], _lowered(parts[0]))
    return "_".join([_lowered(p) for p in parts])


def _lowered(word: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()
