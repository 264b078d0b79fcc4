"""`kayton explain types`: what is known of a place, why, and where what is known only at run time comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.cli import main

MEAN = """\
fn mean(xs):
    let mut total = 0.0
    for x in xs:
        total += x
    total / xs.len()

fn main():
    print(mean([1.5, 2.5]))
    print(mean([1, 2]))
"""

DYNAMIC = """\
use std.json

fn pick(b):
    let mut r = 1
    if b: r = 2.5
    r

fn show(v): print(v)

fn tell(v): print(v)

fn unused(y): y

let limit = 7

fn main():
    show(pick(true))
    let parsed = json.parse("[1]").unwrap()
    tell(parsed)
    print(limit)
    print(parsed[0])
"""


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """Explains a place of a program; gives what is printed, and on an error what is said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mean.ktn").write_text(MEAN)
    (tmp_path / "dynamic.ktn").write_text(DYNAMIC)

    def run(*words: str) -> str:
        code = main(["explain", "types", *words])
        told = capsys.readouterr()
        assert (code == 0) == (told.err == ""), told.err
        return told.out or told.err

    return run


def test_a_variable_in_each_instance(explain) -> None:
    expected = """\
`total` in mean, at mean.ktn:2:21 (site mean.mean#4)

mean.mean(List[f64]): f64
  mean.ktn:2:21  gets this value: f64      let mut total = 0.0
  mean.ktn:4:9   a value is stored: f64    total += x
  becomes: (bind total (float-lit 0.0) mutable=true)

mean.mean(List[i64]): f64
  mean.ktn:2:21  gets this value: f64      let mut total = 0.0
  mean.ktn:4:9   a value is stored: f64    total += x
  becomes: (bind total (float-lit 0.0) mutable=true)
"""
    for place in ("mean.ktn:2:13", "mean.ktn:2:5", "mean.ktn:2:9", "mean.ktn:2"):
        assert explain(place) == expected
    assert explain("--site", "mean.mean#4", "mean.ktn") == expected
    assert explain("--site", "mean.ktn:2:13", "mean.ktn") == expected


def test_what_an_expression_becomes(explain) -> None:
    told = explain("mean.ktn:4:18").splitlines()
    assert told[0] == "`x` in mean, at mean.ktn:4:18 (site mean.mean#13)"
    assert told[4] == "  becomes: (last-use x)"
    assert told[-1] == "  becomes: (prim to.f64 [(last-use x)])"
    assert explain("mean.ktn:8:11").splitlines()[-2:] == [
        "  mean.ktn:8:11  calls mean.mean(List[f64]): f64    print(mean([1.5, 2.5]))",
        '  becomes: (direct "mean.mean(List[f64])" [(make "List[f64]" [(float-lit 1.5) (float-lit 2.5)])] f64)',
    ]
    assert "a part" not in explain("mean.ktn:5:13")


def test_where_a_type_that_is_known_only_at_run_time_comes_from(explain) -> None:
    told = explain("dynamic.ktn:8:19")
    assert told.count("dynamic.show(dyn): dyn\n") == 1
    assert """\
  known only at run time, because:
  dynamic.ktn:17:5   dynamic.main() calls it with dyn: dyn             show(pick(true))
  dynamic.ktn:17:10  calls dynamic.pick(bool), which gives dyn: dyn    show(pick(true))
  dynamic.ktn:5:11   sometimes i64, sometimes f64: dyn                 if b: r = 2.5
  help: make both f64: write `1.0` for `1`, or `f64(n)`
""" in told
    told = explain("dynamic.ktn:18:9")
    assert "what std.json.parse gives, which is known only at run time: dyn" in told
    assert "help: say what it must be where it is used" in told
    assert "becomes: (bind parsed (builtin Result.unwrap " in told
    assert "becomes: bytecode: KT0101, its type is known only at run time (dynamic.ktn:" in explain("dynamic.ktn:21:17")


def test_a_global_and_a_function_that_nobody_calls(explain) -> None:
    expected = "\none type over the whole program: i64\n  dynamic.ktn:14:1  in dynamic.<init>(): i64    let limit = 7\n"
    assert explain("dynamic.ktn:14:5").endswith(expected)
    assert explain("dynamic.ktn:20:11").endswith(expected)
    assert explain("dynamic.ktn:12:15").endswith("\nnothing is known: no call reaches the function\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mean.ktn"], "say where: `kayton explain types main.ktn:3:9`"),
        ([], "say where"),
        (["mean.ktn:6:1"], "there is nothing that has a type at mean.ktn:6:1"),
        (["mean.ktn:2:99"], "there is nothing that has a type"),
        (["mean.ktn:999"], "there is nothing that has a type"),
        (["--site", "mean.mean#999", "mean.ktn"], "there is nothing that has a type at mean.mean#999"),
        (["--site", "other.ktn:1:1", "mean.ktn"], "the program has no file other.ktn"),
        (["absent.ktn:1:1"], "absent.ktn"),
    ],
)
def test_where_nothing_can_be_said(explain, words: list[str], said: str) -> None:
    assert said in explain(*words)


@pytest.mark.slow
def test_every_place_of_a_program_can_be_asked_about(explain) -> None:
    for number, line in enumerate(DYNAMIC.splitlines(), 1):
        for column in range(1, len(line) + 1):
            told = explain(f"dynamic.ktn:{number}:{column}")
            assert "(site " in told or "there is nothing that has a type" in told
