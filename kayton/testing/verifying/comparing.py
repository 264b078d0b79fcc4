"""Runs the cases of a program, compiled and on the VM, and compares what they do."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import attrs

from kayton.diagnostics.failure import render_runtime_error
from kayton.testing.verifying.cases import Case

PATIENCE = 2.0
"""Seconds that a call may take; arguments with which it takes longer say nothing."""
_ENDLESS = "time limit reached"


@attrs.frozen
class Did:
    """What a call did: its exit code, what it wrote, and its error as a person reads it."""

    code: int
    out: str
    err: str


@attrs.frozen
class Compared:
    """A case on both sides; where `compiled` is None, it takes too long to be compared."""

    case: Case
    bytecode: Did
    compiled: Did | None

    @property
    def agrees(self) -> bool:
        """Whether both did the same, as far as it could be seen."""
        return self.compiled is None or self.compiled == self.bytecode


def compared(cases: list[Case], bytecode: bytes, binary: Path) -> Iterator[Compared]:
    """Each case on both sides. After two calls of a function that took too long its further ones are left out."""
    slow: dict[str, int] = {}
    for number, case in enumerate(cases):
        if slow.get(case.function, 0) >= 2:
            continue
        expected = _on_vm(bytecode, number)
        found = None if _ENDLESS in expected.err else _compiled(binary, number)
        if found is None:
            slow[case.function] = slow.get(case.function, 0) + 1
        yield Compared(case, expected, found)


def _on_vm(bytecode: bytes, number: int) -> Did:
    from kayton import _native

    done = _native.run(bytecode, [], capture=True, stdin=str(number).encode(), timeout=PATIENCE)
    shown = done.stderr.decode()
    if done.error is not None:
        e = done.error
        shown += render_runtime_error(e.message, e.trace, e.omitted, _native.sources(bytecode).get, omitted_at=e.omitted_at)
    return Did(done.exit_code, done.stdout.decode(), shown)


def _compiled(binary: Path, number: int) -> Did | None:
    try:
        done = subprocess.run([binary], input=str(number).encode(), capture_output=True, timeout=2 * PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return None
    return Did(done.returncode, done.stdout.decode(), done.stderr.decode())
