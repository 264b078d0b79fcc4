"""Promises about whole compilations: the same input gives the same bytes, and every tree on the way has faithful forms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kayton.ir.json_form import from_json, to_json
from kayton.ir.node import same
from kayton.ir.text import pretty
from kayton.ir.text_reader import read
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import PassRun, Settings, run

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "golden" / "programs"
CHOSEN = ("programs/inventory_traits.ktn", "modules/types_across/main.ktn", "types/match_structures.ktn")


@pytest.mark.parametrize("name", CHOSEN)
def test_text_and_json_read_back_after_every_pass(name: str) -> None:
    def reads_back(done: PassRun) -> None:
        assert same(read(pretty(done.after)), done.after), done.step.name
        again = from_json(to_json(done.after))
        assert same(again, done.after), done.step.name

    cx = Cx()
    cx.loader = sources.Loader(cx)
    steps = load("vm")
    result = run(steps, sources.from_file(str(PROGRAMS / name), cx), cx, Settings(verify="off"), [reads_back])
    assert result.ok


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_the_same_input_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Whatever the order of sets of strings, which differs from process to process."""
    commands = (
        ("pipeline", "run", "vm", str(PROGRAMS / name), "-o", "out.kbc"),
        ("pipeline", "dump", "--after", "mark-last-uses", "--ids", "-o", "out.txt", str(PROGRAMS / name)),
        ("pipeline", "dump", "--after", "resolve-calls", "--format", "dot", "-o", "out.dot", str(PROGRAMS / name)),
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        for words in commands:
            kayton(folder, seed, *words)
        made.append([f.read_bytes() for f in sorted(folder.iterdir())])
    assert len(made[0]) == 3
    assert made[0] == made[1]


def kayton(folder: Path, seed: str, *words: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    start = "import sys; from kayton.cli import main; sys.exit(main())"
    subprocess.run([sys.executable, "-c", start, *words], cwd=folder, env=environment, check=True, timeout=120)
