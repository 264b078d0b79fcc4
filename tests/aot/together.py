"""Many small programs in one native binary, each beside the VM."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kayton.commands.native import files_of
from kayton.testing.batch import build_batch
from tests.aot.test_programs import as_binary, compiled, on_vm


def same_as_on_the_vm(texts: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> set[str]:
    """Fails unless all programs without compile errors do natively what they do on the VM; gives the names of these."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    paths = {name: folder / f"{name}.ktn" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    made = {name: compiled("aot-hybrid", path) for name, path in paths.items()}
    crates = {name: files_of(result.tree) for name, result in made.items() if result is not None}
    batch = build_batch(crates)
    assert not batch.refused, "\n\n".join([f"{name}: {why}" for name, why in batch.refused.items()])
    for name in crates:
        assert as_binary(batch, name, paths[name], []) == on_vm(paths[name], []), f"{name}:\n{texts[name]}"
    return set(crates)
