"""Programs of which a part is compiled and a part is bytecode do what they do on the VM: tests/aot/hybrid/*.ktn, in one binary.

The same output, exit code, error, place and trace. Every program starts compiled, and has thunks.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from kayton.testing.batch import Batch, build_batch
from tests.aot.test_programs import as_binary, compiled, on_vm

pytest.importorskip("kayton._native")

PROGRAMS = sorted((Path(__file__).parent / "hybrid").glob("*.ktn"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_what_is_a_thunk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    result = run_file(load("aot-hybrid", until="emit-rust"), path.name, Settings(verify="each"))
    assert result.ok, result.failure or result.diagnostics
    assert result.tree.start and result.tree.thunks
    assert all(t.code.startswith("KT01") and t.reason and t.span for t in result.tree.thunks)


@pytest.mark.slow
def test_they_do_what_they_do_on_the_vm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROGRAMS[0].parent)
    monkeypatch.setenv("NO_COLOR", "1")
    made = {path.stem: compiled("aot-hybrid", path) for path in PROGRAMS}
    batch = build_batch({name: files_of(result.tree) for name, result in made.items() if result is not None})
    assert not batch.refused and None not in made.values(), batch.refused
    for path in PROGRAMS:
        assert as_binary(batch, path.stem, path, []) == on_vm(path, []), path.stem
    few, many = (_peak(batch, "leaks", times) for times in ("20000", "400000"))
    assert many < few * 1.5 + 4000, f"{few} KiB, but twenty times as often {many}"


def _peak(batch: Batch, name: str, times: str) -> int:
    """The most memory, in KiB, that a program has."""
    started = subprocess.Popen([batch.binary, times], env={**os.environ, "KAYTON_PROGRAM": name}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode == 0
    return used.ru_maxrss


def test_the_page_of_reasons_has_every_code() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "thunks.md").read_text()
    named = {code for path in (root / "kayton").rglob("*.py") for code in re.findall(r'"(KT\d{4})"', path.read_text())}
    assert len(named) > 10
    assert [code for code in sorted(named) if f"| {code} |" not in page] == []
