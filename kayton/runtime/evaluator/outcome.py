"""How a program ended. The native VM's outcomes have the same form, so that the two can be compared."""

from __future__ import annotations

import attrs


@attrs.frozen
class Call:
    """A call that led to an error: the function, and where it stood. Lines and columns count from 1."""

    function: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@attrs.frozen
class Failure:
    """A run-time error: its message, and the calls that led there, innermost first.

    Of a long trace only both ends are kept; `omitted` calls are left out before the call `omitted_at`.
    """

    message: str
    trace: tuple[Call, ...] = ()
    omitted: int = 0
    omitted_at: int = 0


@attrs.frozen
class Outcome:
    """How a program ended, and what it wrote where no other stream was given."""

    exit_code: int
    error: Failure | None = None
    stdout: str = ""
    stderr: str = ""
