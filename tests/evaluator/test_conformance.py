"""Every conformance program does what it must when the evaluator runs it as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.passes.framework import Cx
from tests.evaluator.programs import Case, cases, linked, marked, outcome


@pytest.mark.parametrize("case", marked(cases()))
def test_program(case: Case, tmp_path: Path) -> None:
    cx = Cx()
    found = outcome(case, linked(case, cx), cx, tmp_path / "files")
    assert found.stdout == case.beside(".out")
    assert found.exit_code == int(case.beside(".exit", "0"))
    reported = _reported(found)
    for line in case.beside(".err").splitlines():
        assert line in reported or _is_rendering(line)


def _reported(found) -> str:
    """What the outcome says, in the words of the report."""
    if found.error is None:
        return found.stderr
    calls = [f"{c.function} {c.path}:{c.line}:{c.column}" for c in found.error.trace]
    return "\n".join([found.stderr, f"error: {found.error.message}", *calls])


def _is_rendering(line: str) -> bool:
    """Parts of a report that rendering adds: the arrow, the source line, the caret."""
    return line in ("-->", "^") or line.startswith("let ")
