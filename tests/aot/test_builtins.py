"""Built-ins called with whatever there is: a native binary gives the result or the error that the VM gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.testing.batch import build_batch
from kayton.testing.generate_builtins import builtin_programs
from tests.aot.test_programs import as_binary, compiled, on_vm

pytestmark = pytest.mark.slow

PROGRAMS = 300


def test_builtins_with_any_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    paths = {}
    for name, text in builtin_programs(PROGRAMS):
        paths[name] = tmp_path / f"{name}.ktn"
        paths[name].write_text(text, encoding="utf-8")
    made = {name: compiled("aot-hybrid", path) for name, path in paths.items()}
    crates = {name: files_of(result.tree) for name, result in made.items() if result is not None}
    assert len(crates) > PROGRAMS * 3 // 4, "most of the programs have errors that are certain"
    batch = build_batch(crates)
    assert batch.refused == {}
    for name in crates:
        assert as_binary(batch, name, paths[name], []) == on_vm(paths[name], []), paths[name].read_text(encoding="utf-8")
