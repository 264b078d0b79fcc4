"""Lints: their levels on the command line and in kayton.toml, and what each level comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.cli import main
from kayton.diagnostics.lints import LEVELS, LINTS

PROGRAM = "pure fn double(x): x * 2\nprint(double(4))\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYTON_CACHE", str(tmp_path / "cache"))
    (tmp_path / "main.ktn").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


def outcome(capfd: pytest.CaptureFixture, *words: str) -> tuple[int, str, str]:
    code = main([*words, "main.ktn"] if words[0] != "pipeline" else list(words))
    out, err = capfd.readouterr()
    return code, out, err


RUNS = [("run",), ("run", "--no-cache"), ("run", "--on", "evaluator"), ("pipeline", "run", "vm")]


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_levels(words: tuple[str, ...], program: Path, capfd: pytest.CaptureFixture) -> None:
    assert outcome(capfd, *words) == (0, "8\n", "")
    assert outcome(capfd, *words, "--lint", "aot_only_feature=allow") == (0, "8\n", "")
    code, out, err = outcome(capfd, *words, "--lint", "aot_only_feature=warn")
    assert (code, out) == (0, "8\n")
    assert err.startswith("warning[K0801]: `pure` has no effect before ahead-of-time compilation\n --> main.ktn:1:1\n")
    code, out, err = outcome(capfd, *words, "--lint", "aot_only_feature=deny")
    assert (code, out) == (1, "")
    assert err.startswith("error[K0801]")


def test_settings_choose_levels_and_the_command_line_before_them(program: Path, capfd: pytest.CaptureFixture) -> None:
    assert outcome(capfd, "run")[0] == 0  # and keeps the bytecode, which another level must not run
    (program / "kayton.toml").write_text('[lints]\naot_only_feature = "deny"\n', encoding="utf-8")
    assert outcome(capfd, "run")[0] == 1
    assert outcome(capfd, "check")[0] == 1
    assert outcome(capfd, "check", "--lint", "aot_only_feature=allow") == (0, "", "")


def test_a_denied_lint_is_told_with_all_other_errors(program: Path, capfd: pytest.CaptureFixture) -> None:
    (program / "main.ktn").write_text(PROGRAM + "nope()\nlet n: i64 = true\n", encoding="utf-8")
    err = outcome(capfd, "check", "--lint", "aot_only_feature=deny")[2]
    assert [line[:12] for line in err.splitlines() if line.startswith("error")] == ["error[K0801]", "error[K0220]", "error[K0301]"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("aot_only_featur=warn", "--lint: there is no lint aot_only_featur; did you mean aot_only_feature?"),
        ("aot_only_feature=loud", "--lint: loud is no level of aot_only_feature: there are allow, warn, deny"),
        ("aot_only_feature", "--lint aot_only_feature: a level is missing, as in --lint aot_only_feature=warn"),
    ],
)
def test_mistakes_on_the_command_line(word: str, message: str, program: Path, capfd: pytest.CaptureFixture) -> None:
    assert outcome(capfd, "check", "--lint", word) == (2, "", f"error: {message}\n")


def test_mistakes_in_the_settings(program: Path, capfd: pytest.CaptureFixture) -> None:
    (program / "kayton.toml").write_text('[lints]\nnope = "deny"\n', encoding="utf-8")
    assert outcome(capfd, "check") == (2, "", "error: kayton.toml: there is no lint nope; there are aot_only_feature\n")
    (program / "kayton.toml").write_text("lints = 3\n", encoding="utf-8")
    assert outcome(capfd, "check")[0] == 2


def test_every_lint_has_a_level() -> None:
    assert all([kind.default in LEVELS for kind in LINTS.values()])
