"""The ledger of thunks: written, checked, and what is said of a thunk that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.cli import main
from kayton.runtime.native.build import Built

BEFORE = """\
fn pick(b):
    let mut r = 1
    if b: r = "two"
    r + r

fn main(): print(pick(true))
"""
AFTER = BEFORE + """
fn also(b):
    let mut s = 1
    if b: s = 2.5
    s + s

print(also(false))
"""


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """Builds a program with the ledger locked, but for what cargo does; gives the exit code and what is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYTON_CACHE", str(tmp_path / "cache"))
    made = tmp_path / "cache" / "native" / "made"
    made.parent.mkdir(parents=True)
    made.touch()
    monkeypatch.setattr("kayton.commands.native.build_crate", lambda crate, profile: Built(made, None))

    def run(program: str, *words: str) -> tuple[int, str]:
        (tmp_path / "main.ktn").write_text(program)
        capsys.readouterr()
        code = main(["aot", "build", "--locked-thunks", *words])
        return code, capsys.readouterr().err

    return run


def test_a_ledger_allows_its_thunks_and_no_others(build) -> None:
    (Path("main.ktn")).write_text(BEFORE)
    assert main(["aot", "explain", "--thunks", "--lock"]) == 0
    ledger = Path("kayton.thunks").read_text()
    assert ledger.startswith("# What stays bytecode in main.ktn.")
    assert "\nmain.pick#0~<expression>13  KT0101  " in ledger
    assert build(BEFORE)[0] == 0
    code, said = build(AFTER)
    assert code == 1
    assert "error[K0902]: an expression of main.also would be a new bytecode thunk (KT0101)\n" in said
    assert "kayton.thunks has no main.also#0~<expression>13" in said
    assert build(BEFORE)[0] == 0
    Path("kayton.thunks").write_text(ledger.replace("main.pick#0", "main.other#0"))
    assert build(BEFORE)[0] == 1


def test_a_name_with_spaces(build) -> None:
    Path("my own.ktn").write_text(BEFORE)
    assert main(["aot", "explain", "--thunks", "--lock", "my own.ktn"]) == 0
    assert build(BEFORE, "my own.ktn")[0] == 0
    code, said = build(BEFORE)
    assert (code, "kayton.thunks has no main.pick#0" in said) == (1, True)


def test_the_ledger_is_of_thunks(capsys: pytest.CaptureFixture) -> None:
    assert main(["aot", "explain", "--remarks", "--lock"]) == 2
    assert capsys.readouterr().err.startswith("error: --lock is about thunks: it goes with --thunks\n")


def test_without_a_ledger_nothing_is_locked(build) -> None:
    code, said = build(BEFORE)
    assert code == 2
    assert "there is no kayton.thunks\n  help: write it with `kayton aot explain --thunks --lock`" in said


def test_a_ledger_that_is_no_text(build) -> None:
    Path("kayton.thunks").write_bytes(b"\xff")
    code, said = build(BEFORE)
    assert (code, "cannot read kayton.thunks" in said) == (2, True)


def test_a_native_program_needs_no_lines(build) -> None:
    Path("kayton.thunks").write_text("# none\n\n")
    assert build("print(1)\n")[0] == 0
