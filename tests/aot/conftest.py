"""What tests of native builds share. What is compiled is kept in the user's own cache, so that the runtime is compiled once for all runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = subprocess.CompletedProcess
START = "import sys; from kayton.cli import main; sys.exit(main())"


@pytest.fixture
def kayton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Runs the command in the folder of the test."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, stdin: str = "", variables: dict[str, str] | None = None) -> Run:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **(variables or {})}
        done = subprocess.run(
            [sys.executable, "-P", "-c", START, *words], input=stdin, capture_output=True, text=True, env=environment, timeout=600,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture
def fake_rust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts shell scripts in the place of cargo and rustc, and an empty cache behind them."""
    folder = tmp_path / "fake-bin"
    folder.mkdir()
    monkeypatch.setenv("KAYTON_CACHE", str(tmp_path / "cache"))

    def put(cargo: str, rustc: str = 'echo "release: 1.99.0"') -> None:
        for name, script in (("cargo", cargo), ("rustc", rustc)):
            path = folder / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        for name in ("CARGO", "RUSTC"):
            monkeypatch.delenv(name, raising=False)

    return put
