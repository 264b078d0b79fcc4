"""`kayton fmt`: what it writes, what it leaves alone, what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.cli import main

UGLY = "fn f( x ):   # double\n  return x*2\nprint( f(1) )\n"
PRETTY = "fn f(x):  # double\n    return x * 2\n\nprint(f(1))\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_laid_out(folder: Path, capfd) -> None:
    (folder / "main.ktn").write_text(UGLY)
    assert main(["fmt"]) == 0
    assert (folder / "main.ktn").read_text() == PRETTY
    assert capfd.readouterr() == ("", "formatted main.ktn\n")
    assert main(["fmt", "main.ktn"]) == 0
    assert capfd.readouterr() == ("", "")


def test_check_names_what_would_change(folder: Path, capfd) -> None:
    (folder / "below").mkdir()
    for name, text in {"a.ktn": UGLY, "b.ktn": PRETTY, "below/c.ktn": UGLY, "d.txt": UGLY}.items():
        (folder / name).write_text(text)
    assert main(["fmt", "--check", "."]) == 1
    assert capfd.readouterr() == ("a.ktn\nbelow/c.ktn\n", "")
    assert (folder / "a.ktn").read_text() == UGLY
    assert main(["fmt", "."]) == 0
    assert main(["fmt", "--check", ".", "a.ktn"]) == 0


def test_what_cannot_be_parsed_is_left_alone(folder: Path, capfd) -> None:
    (folder / "bad.ktn").write_text("print(1\n")
    (folder / "good.ktn").write_text(UGLY)
    assert main(["fmt", "bad.ktn", "good.ktn"]) == 1
    assert "never closed" in capfd.readouterr().err
    assert (folder / "bad.ktn").read_text() == "print(1\n"
    assert (folder / "good.ktn").read_text() == PRETTY
    assert main(["fmt", "none.ktn"]) == 2


@pytest.mark.parametrize("text", [UGLY.replace("\n", "\r\n"), "\ufeff" + UGLY, UGLY + "\n\n\n"])
def test_ends_of_lines_and_files(folder: Path, text: str) -> None:
    (folder / "main.ktn").write_bytes(text.encode())
    assert main(["fmt"]) == 0
    assert (folder / "main.ktn").read_bytes() == PRETTY.encode()
