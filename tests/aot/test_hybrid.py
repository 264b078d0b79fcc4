"""Programs of which a part is compiled and a part is bytecode do what they do on the VM: tests/aot/hybrid/*.ktn, in one binary.

The same output, exit code, error, place and trace. Every program starts compiled, and has thunks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_file
from kayton.testing.batch import build_batch
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
