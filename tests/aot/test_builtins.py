"""Built-ins called with whatever there is: a native binary gives the result or the error that the VM gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.testing.generate_builtins import builtin_programs
from tests.aot.together import same_as_on_the_vm

pytestmark = pytest.mark.slow

PROGRAMS = 300


def test_builtins_with_any_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    compiled = same_as_on_the_vm(dict(builtin_programs(PROGRAMS)), monkeypatch, tmp_path)
    assert len(compiled) > PROGRAMS * 3 // 4, "most of the programs have errors that are certain"
