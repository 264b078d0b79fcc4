"""How trees are walked and programs evaluated: in plain recursion, however deep, and without searches for cycles."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_RECURSION = 10**7
"""Python frames are on the heap as long as Python calls Python; trees and the language's own limits are far below this."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """No recursion limit to speak of, and no cyclic garbage collection: trees have no cycles, and a search would look at each of
    a million nodes or frames."""
    limit, collecting = sys.getrecursionlimit(), gc.isenabled()
    sys.setrecursionlimit(max(limit, _RECURSION))
    gc.disable()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if collecting:
            gc.enable()
