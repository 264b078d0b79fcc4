"""Errors as JSON, in colour, and put right: what the command line offers around them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kayton.cli import main
from kayton.diagnostics.machine_form import SCHEMA

KEYS = {
    "schema": int, "kind": str, "severity": str, "code": str | None, "message": str, "label": str, "place": dict | None, "labels": list,
    "notes": list, "helps": list, "fixes": list, "trace": list, "omitted": int, "omitted_at": int,
}  # fmt: skip
PLACE = {"path": str, "line": int, "column": int, "end_line": int, "end_column": int, "start": int | None, "end": int | None}
ENGINES = ["vm", "evaluator"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


def has_shape(data: dict, shape: dict) -> None:
    assert set(data) == set(shape)
    for key, kind in shape.items():
        assert isinstance(data[key], kind), key


def objects(text: str) -> list[dict]:
    """The JSON lines of standard error, each of which must be as docs/errors.md says."""
    found = [json.loads(line) for line in text.splitlines()]
    for data in found:
        has_shape(data, KEYS)
        assert data["schema"] == SCHEMA and "\n" not in data["message"]
        places = [data["place"], *[x["place"] for x in (*data["labels"], *data["trace"])]]
        places += [e["place"] for fix in data["fixes"] for e in fix["edits"]]
        for place in places:
            if place is not None:
                has_shape(place, PLACE)
    return found


def test_compile_errors_and_warnings_as_json(home: Path, capsys) -> None:
    (home / "main.ktn").write_text("fn main():\n    let a = 1\n    a = 2\n    print([1][-1])\n")
    assert main(["check", "--error-format", "json"]) == 1
    error, warning = objects(capsys.readouterr().err)
    assert (error["kind"], error["code"], error["severity"]) == ("compile", "K0401", "error")
    assert (error["place"]["line"], error["place"]["column"], error["place"]["start"]) == (3, 5, 29)
    (fix,) = error["fixes"]
    assert fix["applicability"] == "machine-applicable"
    assert [(e["text"], e["place"]["start"], e["place"]["end"]) for e in fix["edits"]] == [("mut ", 19, 19)]
    assert (warning["code"], warning["severity"]) == ("K0306", "warning")
    assert main(["run", "--error-format=json", "--no-cache", "main.ktn"]) == 1
    assert [data["code"] for data in objects(capsys.readouterr().err)] == ["K0401", "K0306"]


@pytest.mark.parametrize("command", [["run", "--no-cache"], ["pipeline", "run", "vm"]])
@pytest.mark.parametrize("engine", ENGINES)
def test_run_time_errors_as_json(command: list[str], engine: str, home: Path, capfd) -> None:
    (home / "main.ktn").write_text("fn f(xs): xs[7]\nfn main(): f([1])\n")
    assert main([*command, "--error-format", "json", "--on", engine, "main.ktn"]) == 101
    (data,) = objects(capfd.readouterr().err)
    assert (data["kind"], data["message"]) == ("runtime", "index out of range: the length is 1 but the index is 7")
    assert [(c["function"], c["place"]["line"]) for c in data["trace"]] == [("f", 1), ("main", 2)]
    assert data["place"] == data["trace"][0]["place"] and data["helps"]


def test_wrong_use_as_json(home: Path, capsys) -> None:
    for words, message in [
        (["check", "--error-format", "json", "nope.ktn"], "cannot read nope.ktn"),
        (["check", "--error-format", "json", "--nonsense"], "unrecognized arguments"),
        (["run", "--opt", "x", "--error-format=json"], "argument --opt"),
    ]:
        assert main(words) == 2
        (data,) = objects(capsys.readouterr().err)
        assert data["kind"] == "usage" and message in data["message"] and data["place"] is None


def test_warnings_of_a_cached_program_as_json(home: Path, capfd, monkeypatch) -> None:
    monkeypatch.setenv("KAYTON_CACHE", str(home / "cache"))
    (home / "main.ktn").write_text("match 3:\n    n: print(n)\n    3: print(3)\n")
    for _ in range(2):
        assert main(["run", "main.ktn"]) == 0
        assert capfd.readouterr().err.startswith("warning[K0503]")
    assert main(["run", "--error-format", "json", "main.ktn"]) == 0
    (data,) = objects(capfd.readouterr().err)
    assert data["code"] == "K0503"


def test_colours(home: Path, capsys) -> None:
    (home / "main.ktn").write_text("print(x)\n")
    main(["check", "--color", "always"])
    assert "\x1b[1;31merror[K0220]\x1b[0m" in capsys.readouterr().err
    for words in (["--color", "never"], ["--color", "auto"], []):
        main(["check", *words])
        assert "\x1b" not in capsys.readouterr().err


def test_no_color_wins_over_a_terminal(home: Path, capsys, monkeypatch) -> None:
    from kayton.runtime import failures

    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    failures.choose("human", "auto")
    assert failures.in_colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not failures.in_colour()
    failures.choose("human", "always")
    assert failures.in_colour()
    failures.choose("human")


def test_fixes_are_written_and_what_is_left_is_reported(home: Path, capsys) -> None:
    program = "fn f(x: int) -> bool:\n    let n = 1;\n    n += len([x])\n    n > 1 && !false\n"
    (home / "main.ktn").write_text(program)
    assert main(["check", "--fix"]) == 0
    assert "fixed main.ktn" in capsys.readouterr().err
    assert (home / "main.ktn").read_text() == (
        "fn f(x: i64) -> bool:\n    let mut n = 1\n    n += [x].len()\n    n > 1 and not false\n"
    )
    (home / "main.ktn").write_text("let x = 1;\nprint(y)\n")
    assert main(["check", "--fix"]) == 1
    assert "unknown name y" in capsys.readouterr().err
    assert (home / "main.ktn").read_text() == "let x = 1\nprint(y)\n"


def test_a_guess_is_not_written(home: Path, capsys) -> None:
    (home / "main.ktn").write_text("let total = 1\nprint(totl)\n")
    assert main(["check", "--fix"]) == 1
    assert (home / "main.ktn").read_text() == "let total = 1\nprint(totl)\n"
