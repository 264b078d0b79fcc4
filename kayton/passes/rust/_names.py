"""Rust names for Kayton names: stable, readable, and never the same for two things."""

from __future__ import annotations

import re
import unicodedata

KEYWORDS = frozenset(
    "as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move mut pub ref return"
    " self Self static struct super trait true type unsafe use where while abstract become box do final macro override priv try typeof"
    " unsized virtual yield main start caller calls at rt drop".split()
)
"""What a Rust name may not be: Rust's keywords, and the names that every emitted module has or uses."""


class Names:
    """Gives each key a name of its own, made from what it is called in Kayton; the second `area` is `area_2`, the second `Point` `Point2`."""

    def __init__(self, reserved: frozenset[str] = frozenset()) -> None:
        self._taken = set(KEYWORDS | reserved)
        self._given: dict[str, str] = {}

    def name(self, key: str, wish: str, joint: str = "_") -> str:
        """The name of `key`, which is `wish` in Rust's letters where nobody else has it; else there is a number after `joint`."""
        found = self._given.get(key)
        if found is None:
            letters = unicodedata.normalize("NFKC", wish.replace("<closure>", "closure"))
            base = re.sub(r"[\W_]+", "_", re.sub(r"^[\W_]+|\W+$", "", letters)) or "it"
            base = base if not base[0].isdigit() else f"_{base}"
            found, n = base, 1
            while found in self._taken:
                n += 1
                found = f"{base.rstrip('_')}{joint}{n}"
            self._taken.add(found)
            self._given[key] = found
        return found


_OWN = {"main": "kayton_main", "<start>": "run_modules", "<init>": "statements", "<consts>": "constants", "self": "this"}
"""What Rust or the emitted file calls otherwise."""


def snake(path: str) -> str:
    """`main.Point.len` without its module as a function's name: `point_len`."""
    parts = path.split(".")[1:] or [path]
    return _OWN.get(parts[0], snake_case(parts[0])) if len(parts) == 1 else "_".join(map(snake_case, parts))


def snake_case(word: str) -> str:
    """As Rust writes the names of functions, variables and fields: `my_field` for `myField`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()


def upper_camel(word: str) -> str:
    """As Rust writes the names of types and variants: `MyShape` for `my_Shape`."""
    return "".join([part[:1].upper() + part[1:] for part in re.split(r"[\W_]+", word)])


def variable(name: str) -> str:
    """What a variable is called, which may be one that a pass has made."""
    return _OWN["self"] if name == "self" else snake_case(name.replace("%in.", "given_").replace("%", ""))
