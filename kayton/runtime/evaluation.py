"""The reference evaluator at the terminal: runs a tree with the process's own input and output."""

from __future__ import annotations

import sys

import attrs

from kayton.ir.source import SourceMap
from kayton.ir.surface import Program
from kayton.runtime.evaluator import run
from kayton.runtime.evaluator.outcome import Failure, Outcome
from kayton.runtime.failures import drop_output, show
from kayton.runtime.limits import Limits


def execute(program: Program, args: list[str], sources: SourceMap, limits: Limits | None = None) -> int:
    """Runs a program and gives its exit code; a run-time error is shown on standard error."""
    streams = {"stdin": sys.stdin, "out": sys.stdout, "err": sys.stderr}
    outcome = run(program, sources, args=tuple(args), limits=limits or Limits(), **streams)
    failure = outcome.error
    if failure is None and not _flushed():
        failure, outcome = Failure("cannot write to standard output"), Outcome(101)
    if failure is not None:
        trace = [attrs.astuple(call) for call in failure.trace]
        show(failure.message, trace, failure.omitted, failure.omitted_at, {s.path: s.text for s in sources.sources}.get)
    return outcome.exit_code


def _flushed() -> bool:
    """Whether all output could be written. Raises BrokenPipeError where nobody reads it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        drop_output()
        return False
    return True
