"""The small programs of tests/backend, all in one native binary: what the compiled program does is what the VM does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aot.together import same_as_on_the_vm
from tests.backend.test_same_outcome import PROGRAMS

pytestmark = pytest.mark.slow


def test_every_small_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert same_as_on_the_vm(PROGRAMS, monkeypatch, tmp_path) == set(PROGRAMS)
