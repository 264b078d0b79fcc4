"""The bytecode cache: used exactly when nothing has changed, and never the cause of an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kayton.cli import main

MAIN = "use other\n\nfn main(): print(other.answer())\n"
OTHER = "pub fn answer(): 42\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two files, and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYTON_CACHE", str(tmp_path / "cache"))
    (tmp_path / "main.ktn").write_text(MAIN)
    (tmp_path / "other.ktn").write_text(OTHER)
    return tmp_path


def run(capfd: pytest.CaptureFixture, *words: str) -> tuple[int, str]:
    code = main(["run", *words])
    out, err = capfd.readouterr()
    assert "internal error" not in err
    return code, out


def entries(home: Path) -> list[Path]:
    return sorted((home / "cache").glob("*.program"))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs that were compiled rather than found."""
    from kayton.commands import execute

    seen: list[str] = []
    real = execute.compile_program
    monkeypatch.setattr(execute, "compile_program", lambda name, path, *rest: seen.append(path) or real(name, path, *rest))
    return seen


def test_the_second_run_does_not_compile(home: Path, capfd, compiled: list[str]) -> None:
    assert run(capfd) == run(capfd) == (0, "42\n")
    assert compiled == ["main.ktn"] and len(entries(home)) == 1


def test_a_changed_file_is_compiled_again(home: Path, capfd, compiled: list[str]) -> None:
    run(capfd)
    (home / "other.ktn").write_text(OTHER.replace("42", "43"))
    assert run(capfd) == (0, "43\n")
    assert len(compiled) == 2


def test_a_file_that_appears_where_none_was_found_counts(home: Path, capfd) -> None:
    run(capfd)
    (home / "other.ktn").unlink()
    (home / "other").mkdir()
    (home / "other" / "mod.ktn").write_text(OTHER.replace("42", "44"))
    assert run(capfd) == (0, "44\n")
    (home / "other.ktn").write_text(OTHER)
    assert run(capfd) == (0, "42\n")


def test_options_have_entries_of_their_own(home: Path, capfd) -> None:
    run(capfd, "--opt", "0")
    run(capfd, "--opt", "1")
    assert len(entries(home)) == 2


def test_no_cache(home: Path, capfd) -> None:
    run(capfd, "--no-cache", "main.ktn")
    assert entries(home) == []


def test_errors_are_shown_every_time(home: Path, capfd) -> None:
    (home / "main.ktn").write_text("fn main(): print(nothing)\n")
    assert run(capfd)[0] == run(capfd)[0] == 1
    assert entries(home) == []


def test_a_cache_that_cannot_be_written_is_none(home: Path, capfd) -> None:
    (home / "cache").write_text("this is a file")
    assert run(capfd) == (0, "42\n")


def test_a_cached_program_fails_where_it_did(home: Path, capfd) -> None:
    (home / "main.ktn").write_text("fn main():\n    let xs = [1]\n    print(xs[1])\n")
    for _ in range(2):
        assert main(["run"]) == 101
        assert "--> main.ktn:3:11" in capfd.readouterr().err


def test_the_warm_path_imports_next_to_nothing(home: Path, capfd) -> None:
    run(capfd)
    code = "import sys; from kayton.cli import main; main(['run']); print(*sorted(m for m in sys.modules if m.startswith(('kayton', 'attr', 'cattr'))))"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[0] == "42"
    assert "attr" not in out and "kayton.ir" not in out and "kayton.passes" not in out
