"""The reference evaluator at the terminal: runs a tree with the process's own input and output."""

from __future__ import annotations

import sys

import attrs

from kayton.ir.source import SourceMap
from kayton.ir.surface import Program
from kayton.runtime.evaluator import run
from kayton.runtime.failures import show


def execute(program: Program, args: list[str], sources: SourceMap) -> int:
    """Runs a program and gives its exit code; a run-time error is shown on standard error."""
    outcome = run(program, sources, args=tuple(args), stdin=sys.stdin, out=sys.stdout, err=sys.stderr)
    failure = outcome.error
    if failure is not None:
        trace = [attrs.astuple(call) for call in failure.trace]
        show(failure.message, trace, failure.omitted, failure.omitted_at, {s.path: s.text for s in sources.sources}.get)
    return outcome.exit_code
