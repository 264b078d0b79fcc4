"""Shows a run-time error on standard error, the same way whatever executed the program (LANGUAGE §10)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def show(
    message: str, trace: Sequence[tuple], omitted: int, omitted_at: int, read: Callable[[str], str | None]
) -> None:
    """Writes message, place, source line and calls; what the program wrote so far comes first."""
    from kayton.diagnostics.render import render_runtime_error

    text = render_runtime_error(message, trace, omitted, read, omitted_at=omitted_at, colour=colours())
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:  # then that is what the error says, or it does not matter any more
        drop_output()
    sys.stderr.write(text)


def drop_output() -> None:
    """Keeps the interpreter from writing what is left into the same closed pipe or full disk when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # a stream in memory has none
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def show_described() -> None:
    """Shows the error that standard input describes as JSON: what the native launcher met."""
    import json

    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    found = json.loads(sys.stdin.buffer.read())
    show(found["message"], found["trace"], found["omitted"], found["omitted_at"], found["texts"].get)


def in_colour() -> bool:
    """Whether standard error takes colours: it is a terminal, and NO_COLOR does not forbid them. The launcher has the same rule."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def colours():
    """The colours for standard error."""
    from kayton.diagnostics.snippet import ANSI, PLAIN

    return ANSI if in_colour() else PLAIN
