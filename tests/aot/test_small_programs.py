"""The small programs of tests/backend, all in one native binary: what the compiled program does is what the VM does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.testing.batch import build_batch
from tests.aot.test_programs import as_binary, compiled, on_vm
from tests.backend.test_same_outcome import PROGRAMS

pytestmark = pytest.mark.slow


def test_every_small_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    paths = {name: tmp_path / f"{name}.ktn" for name in PROGRAMS}
    for name, path in paths.items():
        path.write_text(PROGRAMS[name], encoding="utf-8")
    made = {name: compiled("aot-hybrid", path) for name, path in paths.items()}
    assert None not in made.values()
    batch = build_batch({name: files_of(result.tree) for name, result in made.items()})
    assert batch.refused == {}
    for name, path in paths.items():
        assert as_binary(batch, name, path, []) == on_vm(path, []), name
