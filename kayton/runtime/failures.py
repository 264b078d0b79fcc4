"""Shows a run-time error on standard error, the same way whatever executed the program (LANGUAGE §10)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence


def show(
    message: str, trace: Sequence[tuple], omitted: int, omitted_at: int, read: Callable[[str], str | None]
) -> None:
    """Writes message, place, source line and calls; what the program wrote so far comes first."""
    from kayton.diagnostics.render import render_runtime_error

    text = render_runtime_error(message, trace, omitted, read, omitted_at=omitted_at, colour=colours())
    sys.stdout.flush()
    sys.stderr.write(text)


def colours():
    """Colours where standard error is a terminal and NO_COLOR does not forbid them."""
    from kayton.diagnostics.snippet import ANSI, PLAIN

    return ANSI if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else PLAIN
