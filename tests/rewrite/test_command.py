"""`kayton aot rewrite` and the pipeline `rewrite` as a user meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kayton.cli import main

ROOT = Path(__file__).parents[2]
PROGRAM = "fn twice(x): x * 2  # a comment\n\nprint(twice(4), twice(1.5))\n"
EXPECTED = """@lowered
fn twice__f64(x: f64) -> f64: x * 2  # a comment

@lowered
fn twice__i64(x: i64) -> i64: x * 2  # a comment

print(twice__i64(4), twice__f64(1.5))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.ktn").write_text(PROGRAM)
    return tmp_path


def test_it_goes_to_standard_output(folder: Path, capfd) -> None:
    assert main(["aot", "rewrite"]) == 0
    assert capfd.readouterr() == (EXPECTED, "")
    assert main(["pipeline", "run", "rewrite", "main.ktn"]) == 0
    assert capfd.readouterr() == (EXPECTED, "")


def test_it_goes_to_a_file_and_runs(folder: Path, capfd) -> None:
    assert main(["aot", "rewrite", "main.ktn", "-o", "main.special.ktn"]) == 0
    assert main(["run", "--no-cache", "main.special.ktn"]) == 0
    assert capfd.readouterr() == ("8 3.0\n", "")
    assert (folder / "main.special.ktn").read_text() == EXPECTED
    assert main(["aot", "rewrite", "main.special.ktn", "-o", "main.special.ktn"]) == 0
    assert (folder / "main.special.ktn").read_text() == EXPECTED
    assert sorted(p.name for p in folder.iterdir()) == ["main.ktn", "main.special.ktn"]


@pytest.mark.parametrize("name", ["a~b.ktn", "a#1.ktn", "a.b-c.ktn", "ä ö.ktn"])
def test_a_program_may_have_any_name(folder: Path, capfd, name: str) -> None:
    (folder / name).write_text(PROGRAM)
    assert main(["aot", "rewrite", name]) == 0
    assert capfd.readouterr() == (EXPECTED, "")


@pytest.mark.parametrize(
    ("text", "words", "code", "said"),
    [
        ("print(x)\n", [], 1, "unknown name x"),
        ("print(1\n", [], 1, "never closed"),
        (PROGRAM, ["none.ktn"], 2, "cannot read none.ktn"),
        (PROGRAM, ["-o", "no/folder.ktn"], 2, "cannot write no/folder.ktn"),
        ("pure fn f(): print(1)\nf()\n", [], 1, "f is pure, but has the effect io"),
    ],
)
def test_what_it_refuses_leaves_the_file_alone(folder: Path, capfd, text: str, words: list[str], code: int, said: str) -> None:
    (folder / "main.ktn").write_text(text)
    (folder / "out.ktn").write_text("kept")
    assert main(["aot", "rewrite", "-o", "out.ktn", *words]) == code
    out, err = capfd.readouterr()
    assert out == "" and said in err
    assert (folder / "out.ktn").read_text() == "kept"


def test_the_document_shows_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    monkeypatch.chdir(tmp_path)
    shown = dict(re.findall(r"^```kayton (\S+)\n(.*?)^```$", (ROOT / "docs" / "rewrite.md").read_text(), re.MULTILINE | re.DOTALL))
    for name, text in shown.items():
        Path(name).write_text(text)
    for name in shown:
        assert main(["aot", "rewrite", name]) == 0
        assert capfd.readouterr().out == shown["mean.special.ktn"]
