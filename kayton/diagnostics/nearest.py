"""What was probably meant: known names that look most like an unknown one, and none rather than a silly one.

Better than any number of edits is a name that differs only in case or `_`, or has the same words in another order. Then come
names a few edits away, fewer for shorter names, and names that this one is the beginning of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_FEWEST_SHARED = 4
"""How long a name must be for another that begins with it to be a guess at all."""
_MOST_MORE = 4
"""How many letters such another may have more."""


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that were most likely meant, equally likely ones by name; empty if none is likely."""
    found: dict[str, tuple[int, int, str]] = {}
    for other in known:
        if other != name and not other.startswith("%"):
            likeness = _likeness(name, other)
            if likeness is not None:
                found[other] = (*likeness, other)
    best = min(found.values(), default=(0, 0, ""))[:2]
    return tuple(sorted(other for other, likeness in found.items() if likeness[:2] == best))


def _likeness(name: str, other: str) -> tuple[int, int] | None:
    """How unlike two names are, smaller being better; None where nobody would write one for the other."""
    plain, plain_other = _plain(name), _plain(other)
    if not plain or not plain_other:
        return None
    if plain == plain_other:
        return 0, 0
    words, other_words = _words(name), _words(other)
    if len(words) > 1 and sorted(words) == sorted(other_words):
        return 1, 0
    most = _most_edits(max(len(plain), len(plain_other)))
    edits = distance(plain, plain_other, most)
    if edits is not None:
        return 2, 2 * edits + (plain[0] != plain_other[0])
    shorter, longer = sorted((plain, plain_other), key=len)
    if len(shorter) >= _FEWEST_SHARED and longer.startswith(shorter) and len(longer) - len(shorter) <= _MOST_MORE:
        return 3, len(longer) - len(shorter)
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _words(name: str) -> list[str]:
    """`parseInt`, `parse_int` and `ParseInt` have the words `parse` and `int`."""
    return [word.lower() for word in _WORD.findall(name)]


def _most_edits(length: int) -> int:
    """How many edits may lie between two names of which the longer has this length: none between names of two letters."""
    return 0 if length < 3 else 1 if length <= 5 else 2 if length <= 8 else 3


def distance(a: str, b: str, most: int) -> int | None:
    """How many letters must be changed, added, dropped or swapped with their neighbour; None if more than `most`."""
    if abs(len(a) - len(b)) > most:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, before = before, row
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def meant(near: tuple[str, ...], quote: str = "`") -> str:
    """A question that offers what may have been meant, up to three names."""
    offered = [f"{quote}{name}{quote}" for name in near[:3]]
    return f"did you mean {offered[0]}?" if len(offered) == 1 else f"did you mean {', '.join(offered[:-1])} or {offered[-1]}?"
