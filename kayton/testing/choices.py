"""Where random programs take their decisions from: a seed, or a property-testing library that can shrink them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Decisions. `below(n)` gives a number from 0 to n - 1, where 0 leads to the simplest program."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, of which the simplest come first."""
        return options[self.below(len(options))] if len(options) > 1 else options[0]

    def chance(self, percent: int) -> bool:
        """True in about so many cases of a hundred."""
        return self.below(100) >= 100 - percent


def seeded(seed: int) -> Choices:
    """The same decisions for the same seed, on every machine."""
    return Choices(random.Random(seed).randrange)
