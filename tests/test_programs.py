"""Every program of tests/golden/programs does what the files beside it say, through `kayton run` as a user runs it.

NAME.out is what it must write, NAME.exit its exit code (0), NAME.err lines that must each occur in standard error, NAME.in its input.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kayton.cli import main
from kayton.passes.framework import Cx
from kayton.pipelines import sources
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run

ROOT = Path(__file__).parent / "golden" / "programs"


def programs(folder: Path) -> Iterator[Path]:
    """The programs below a folder; beside a main.ktn everything else is a module."""
    if (folder / "main.ktn").is_file():
        yield folder / "main.ktn"
        return
    yield from sorted(folder.glob("*.ktn"))
    for below in sorted(p for p in folder.iterdir() if p.is_dir()):
        yield from programs(below)


PROGRAMS = sorted(programs(ROOT))
of_every_program = pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.relative_to(ROOT).with_suffix("").as_posix())


def beside(path: Path, suffix: str, default: str = "") -> str:
    found = path.with_suffix(suffix)
    return found.read_text(encoding="utf-8") if found.is_file() else default


def arguments(path: Path, folder: Path) -> list[str]:
    """The program's arguments; {tmp} is an empty folder."""
    given = path.parent / "args.json"
    words = json.loads(given.read_text(encoding="utf-8")).get(path.stem, []) if given.is_file() else []
    return [word.replace("{tmp}", str(folder)) for word in words]


@pytest.fixture
def standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file that the process reads from as its standard input, in a folder where it may leave what it likes."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "stdin"
    file.touch()
    saved = os.dup(0)
    yield file
    os.dup2(saved, 0)
    os.close(saved)


@of_every_program
def test_on_the_vm(path: Path, tmp_path: Path, standard_input: Path, capfd: pytest.CaptureFixture) -> None:
    standard_input.write_text(beside(path, ".in"), encoding="utf-8")
    handle = os.open(standard_input, os.O_RDONLY)
    os.dup2(handle, 0)
    os.close(handle)
    (tmp_path / "files").mkdir()
    code = main(["run", "--no-cache", str(path), *arguments(path, tmp_path / "files")])
    out, err = capfd.readouterr()
    assert out == beside(path, ".out")
    assert [line for line in beside(path, ".err").splitlines() if line not in err] == []
    assert code == int(beside(path, ".exit", "0"))


@of_every_program
def test_every_pass_keeps_its_promises(path: Path) -> None:
    """Languages and invariants hold after every pass, or the program has errors to report."""
    cx = Cx()
    cx.loader = sources.Loader(cx)
    result = run(load("vm"), sources.from_file(str(path), cx), cx, Settings(verify="each", opt=9))
    assert result.failure is None, f"{result.failure.step.name}: {result.failure.message}"
    assert result.finished or result.cx.failed
