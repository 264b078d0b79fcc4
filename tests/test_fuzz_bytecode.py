"""Real programs, damaged and mixed: what the verifier accepts of them ends without a crash (`make fuzz` does a million)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kayton.testing import corpus

ROOT = Path(__file__).parent.parent
SOURCES = [ROOT / folder for folder in ("examples", "tests/golden/programs", "tests/backend/programs", "bench/kernels")]
MODULES = 40_000


@pytest.mark.slow
def test_damaged_programs_end_well(tmp_path: Path) -> None:
    if shutil.which("cargo") is None:
        pytest.skip("needs cargo")
    assert corpus.write(tmp_path / "corpus", SOURCES, 40) > 150
    command = ["cargo", "run", "--quiet", "--profile", "fuzz", "-p", "kayton-fuzz", "--", "--from", "7000000"]
    done = subprocess.run(
        [*command, "--modules", str(MODULES), "--corpus", tmp_path / "corpus"], cwd=ROOT / "rt-crate", capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{MODULES} modules, no broken promise" in done.stdout
    memory = re.search(r"at most (\d+) MB", done.stdout)
    assert memory is not None and int(memory[1]) < 200
