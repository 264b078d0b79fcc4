"""How this process shows errors on standard error: as text or as JSON, with colours or without (LANGUAGE §10).

The command line chooses once. A run-time error looks the same whatever executed the program.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kayton.diagnostics.codes import Diagnostic
    from kayton.ir.source import SourceMap


_chosen = {"format": "human", "colour": "auto"}


def choose(error_format: str, colour: str = "auto") -> None:
    """Says how errors are shown from now on: `human` or `json`, and `auto`, `always` or `never`."""
    _chosen.update(format=error_format, colour=colour)


def in_json() -> bool:
    """Whether errors are shown as JSON."""
    return _chosen["format"] == "json"


def show(
    message: str, trace: Sequence[tuple], omitted: int, omitted_at: int, read: Callable[[str], str | None]
) -> None:
    """Writes message, place, source line, helps and calls; what the program wrote so far comes first."""
    from kayton.diagnostics.members import members_in
    from kayton.diagnostics.runtime_advice import helps

    advice = helps(message, members_in([call[1] for call in trace], read))
    if in_json():
        from kayton.diagnostics.machine_form import failure_line

        text = failure_line(message, trace, omitted, omitted_at, advice)
    else:
        from kayton.diagnostics.failure import render_runtime_error

        text = render_runtime_error(message, trace, omitted, read, omitted_at=omitted_at, helps=advice, colour=colours())
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:  # then that is what the error says, or it does not matter any more
        drop_output()
    sys.stderr.write(text)


def show_diagnostics(diagnostics: Iterable[Diagnostic], sources: SourceMap) -> None:
    """Writes what compiling a program reported."""
    if in_json():
        from kayton.diagnostics.machine_form import diagnostics_lines

        sys.stderr.write(diagnostics_lines(diagnostics, sources))
    else:
        from kayton.diagnostics.render import render

        sys.stderr.write(render(diagnostics, sources, colour=colours()))


def show_usage(message: str) -> None:
    """Writes that the command was used wrongly."""
    if in_json():
        from kayton.diagnostics.machine_form import usage_line

        sys.stderr.write(usage_line(message))
    else:
        sys.stderr.write(f"error: {message}\n")


def drop_output() -> None:
    """Keeps the interpreter from writing what is left into the same closed pipe or full disk when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # a stream in memory has none
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def show_described() -> int:
    """Shows the error that standard input describes as JSON, which is what the native launcher met; gives the exit code 0."""
    import json

    found = json.loads(sys.stdin.buffer.read())
    trace = [tuple(call) for call in found["trace"]]
    show(found["message"], trace, found["omitted"], found["omitted_at"], found["texts"].get)
    return 0


def in_colour() -> bool:
    """Whether standard error takes colours: they are asked for, or it is a terminal and NO_COLOR does not forbid them, which is
    the launcher's rule too."""
    if _chosen["colour"] != "auto":
        return _chosen["colour"] == "always"
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def colours():
    """The colours for standard error."""
    from kayton.diagnostics.snippet import ANSI, PLAIN

    return ANSI if in_colour() else PLAIN
