"""What is reported as certain to fail does fail: no program of the suite is warned of what does not happen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from tests.test_programs import PROGRAMS, ROOT

PIPELINE = load("aot-hybrid", until="check-failures")


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in PROGRAMS])
def test_no_false_alarm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = run_file(PIPELINE, path.relative_to(Path.cwd()).as_posix(), Settings(verify="off"))
    assert result.failure is None
    warned = [d.error for d in result.diagnostics if d.code == "K0920"]
    beside = path.with_suffix(".err")
    ends = beside.read_text(encoding="utf-8") if beside.exists() else ""
    assert all(f"error: {error}\n" in ends for error in warned), warned
