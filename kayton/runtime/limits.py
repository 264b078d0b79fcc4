"""What a program may use; reaching a limit is a run-time error (LANGUAGE §10)."""

from __future__ import annotations

import math
from typing import NamedTuple

CALL_DEPTH = 100_000
"""Calls in progress, unless said otherwise."""


class Limits(NamedTuple):
    """What a program may use; None is no limit of its own."""

    max_depth: int = CALL_DEPTH
    """Calls in progress: `call depth limit reached`."""
    max_memory: int | None = None
    """Bytes of all values: `out of memory limit`. In the evaluator what its process grows by."""
    max_steps: int | None = None
    """Calls and rounds of loops: `step limit reached`. The VM and the evaluator count nearly alike."""
    timeout: float | None = None
    """Seconds since the start: `time limit reached`."""


def depth(text: str) -> int:
    """The value of `--max-depth`. Raises ValueError."""
    return _whole(text, 1)


def steps(text: str) -> int:
    """The value of `--max-steps`. Raises ValueError."""
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:20]) < 2**63:
        raise ValueError(f"expected a whole number of at least {least}, found {text!r}")
    return int(text)


def memory(text: str) -> int:
    """The value of `--max-memory`. Raises ValueError."""
    from kayton._native import parse_size

    size = parse_size(text)
    if size is None:
        raise ValueError(f"expected a size such as 64MB or 1.5GiB, found {text!r}")
    return size


def seconds(text: str) -> float:
    """The value of `--timeout`. Raises ValueError."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 <= found < 2**63:
        raise ValueError(f"expected a number of seconds, found {text!r}")
    return found
