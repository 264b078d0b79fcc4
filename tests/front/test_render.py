"""Diagnostics as text and JSON; run-time errors (LANGUAGE §10)."""

from __future__ import annotations

import json
from typing import ClassVar

from attrs import frozen

from kayton.diagnostics.codes import Diagnostic, Fix, Label
from kayton.diagnostics.render import render, render_runtime_error, to_json
from kayton.diagnostics.snippet import ANSI
from kayton.ir.node import Span
from kayton.ir.source import SourceMap


@frozen(kw_only=True)
class Sample(Diagnostic):
    """A diagnostic whose every part is given."""

    code: ClassVar[str] = "K9001"
    text: str = "expected i64, found str"
    said: str = ""
    others: tuple[Label, ...] = ()
    facts: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    def message(self) -> str:
        return self.text

    def label(self) -> str:
        return self.said

    def labels(self) -> list[Label]:
        return list(self.others)

    def notes(self) -> list[str]:
        return list(self.facts)

    def helps(self) -> list[str]:
        return list(self.advice)

    def fixes(self) -> list[Fix]:
        return [Fix(self.span, "1", "write a number")]


@frozen(kw_only=True)
class Warned(Sample):
    """The same as a warning."""

    code: ClassVar[str] = "K9002"
    severity: ClassVar[str] = "warning"


def sources(*texts: str) -> SourceMap:
    made = SourceMap()
    for i, text in enumerate(texts):
        made.add(f"{'abc'[i]}.ktn", text)
    return made


def at(text: str, part: str, file: int = 0) -> Span:
    """Where a part of a text stands."""
    start = text.index(part)
    return Span(file, start, start + len(part))


def test_the_whole_form():
    text = "fn main():\n" + "#\n" * 8 + '    let n: i64 = "text"\n'
    d = Sample(
        span=at(text, '"text"'), said="this is a str", others=(Label(at(text, "i64"), "the annotation"),),
        facts=("a fact",), advice=("some advice",),
    )  # fmt: skip
    assert render([d], sources(text)) == (
        "error[K9001]: expected i64, found str\n"
        "  --> a.ktn:10:18\n"
        "   |\n"
        '10 |     let n: i64 = "text"\n'
        "   |            --- the annotation\n"
        "   |                  ^^^^^^ this is a str\n"
        "   = note: a fact\n"
        "   = help: some advice\n"
    )


def test_labels_on_other_lines_and_in_other_files():
    one, two = "first\nsecond\nthird\nfourth\n", "elsewhere\n"
    d = Sample(span=at(one, "fourth"), others=(Label(at(one, "first"), "here"), Label(at(two, "elsewhere", 1), "there")))
    assert render([d], sources(one, two)).splitlines()[1:] == [
        " --> a.ktn:4:1", "  |", "1 | first", "  | ----- here", "...", "4 | fourth", "  | ^^^^^^",
        " ::: b.ktn:1:1", "  |", "1 | elsewhere", "  | --------- there",
    ]  # fmt: skip


def test_spans_of_several_lines_are_marked_where_they_start_and_end():
    text = "match n:\n    1: a\n    2: b\n    3: c\nnext\n"
    shown = render([Sample(span=Span(0, 0, text.index("next")), said="all this")], sources(text))
    assert shown.splitlines()[3:] == ["1 | match n:", "  | ^^^^^^^^", "...", "4 |     3: c", "  |     ^^^^ all this"]


def test_order_and_repetition():
    text, other = "a b c\n", "d\n"
    a, b, c = (Sample(span=at(text, x), text=x) for x in "abc")
    d = Warned(span=at(other, "d", 1), text="d")
    shown = render([d, c, a, b, a, Sample(span=at(text, "b"), text="b")], sources(text, other))
    assert [line for line in shown.splitlines() if line.startswith(("error", "warning"))] == [
        "error[K9001]: a", "error[K9001]: b", "error[K9001]: c", "warning[K9002]: d"
    ]  # fmt: skip
    assert render([], sources()) == ""


def test_tabs_wide_and_combining_characters_keep_marks_in_line():
    text = "\t日本e\u0301 = x\n"
    lines = render([Sample(span=at(text, "x"))], sources(text)).splitlines()
    assert lines[3:] == ["1 |     日本e\u0301 = x", "  |             ^"]
    lines = render([Sample(span=at(text, "日本"))], sources(text)).splitlines()
    assert lines[4] == "  |     ^^^^"


def test_control_characters_reach_no_terminal():
    text = "let \x1b[2J = 1\n"
    shown = render([Sample(span=at(text, "="), text="bad \x1b name", advice=("a\x07b",))], sources(text))
    assert "\x1b" not in shown and "\x07" not in shown


def test_a_long_line_is_cut_to_a_window():
    text = "a" * 5_000_000 + " $ " + "b" * 5_000_000
    lines = render([Sample(span=at(text, "$"), said="this")], sources(text)).splitlines()
    assert len(lines[3]) < 180 and lines[3].startswith("1 | …a") and lines[3].endswith("b…")
    assert lines[3][lines[4].index("^")] == "$"
    whole = render([Sample(span=Span(0, 0, len(text)))], sources(text))
    assert len(whole) < 500


def test_places_at_the_end_of_the_text_and_of_an_empty_one():
    for text in ("", "a", "a\n"):
        shown = render([Sample(span=Span(0, len(text), len(text) + 1))], sources(text))
        assert shown.count("^") == 1


def test_colours_add_nothing_but_control_sequences():
    text = "let n = x\n"
    d = [Sample(span=at(text, "x"), said="here", advice=("do so",))]
    coloured = render(d, sources(text), colour=ANSI)
    plain = coloured
    for sequence in (ANSI.error, ANSI.warning, ANSI.strong, ANSI.frame, ANSI.off):
        plain = plain.replace(sequence, "")
    assert coloured != plain == render(d, sources(text))


def test_json_says_the_same():
    text = "let n = x\n"
    d = Sample(span=at(text, "x"), said="é", others=(Label(at(text, "n"), "n"),), facts=("f",), advice=("h",))
    (data,) = json.loads(to_json([d, d], sources(text)))
    assert (data["code"], data["severity"], data["message"]) == ("K9001", "error", "expected i64, found str")
    assert data["place"] == {
        "path": "a.ktn", "start": 8, "end": 9, "line": 1, "column": 9, "end_line": 1, "end_column": 10,
    }  # fmt: skip
    assert (data["label"], data["notes"], data["helps"]) == ("é", ["f"], ["h"])
    assert [x["text"] for x in data["labels"]] == ["n"]
    assert data["fixes"][0]["replacement"] == "1"


# Run-time errors

TEXT = "fn f(xs):\n    let a = xs[2] * 10\n    a\n\nf([1])\n"
TRACE = [("f", "dir/t.ktn", 2, 13, 2, 18), ("<module>", "dir/t.ktn", 5, 1, 5, 7)]


def test_a_run_time_error():
    assert render_runtime_error("index out of range", TRACE, 0, {"dir/t.ktn": TEXT}.get) == (
        "error: index out of range\n"
        " --> dir/t.ktn:2:13\n"
        "  |\n"
        "2 |     let a = xs[2] * 10\n"
        "  |             ^^^^^\n"
        "  in f at dir/t.ktn:2:13\n"
        "  in <module> at dir/t.ktn:5:1\n"
    )


def test_a_run_time_error_in_a_file_that_cannot_be_read_or_has_changed():
    bare = "error: boom\n --> dir/t.ktn:2:13\n  in f at dir/t.ktn:2:13\n  in <module> at dir/t.ktn:5:1\n"
    assert render_runtime_error("boom", TRACE, 0, {}.get) == bare
    assert render_runtime_error("boom", TRACE, 0, {"dir/t.ktn": "short"}.get) == bare


def test_calls_that_are_left_out():
    shown = render_runtime_error("deep", TRACE, 99_998, {}.get, omitted_at=1)
    assert shown.splitlines()[2:] == ["  in f at dir/t.ktn:2:13", "  … 99,998 more calls …", "  in <module> at dir/t.ktn:5:1"]
    assert render_runtime_error("deep", TRACE, 1, {}.get).endswith("  … 1 more call …\n")


def test_a_run_time_error_without_a_place():
    assert render_runtime_error("300", [], 0, {}.get) == "error: 300\n"


def test_a_run_time_error_over_several_lines_is_marked_on_its_first():
    shown = render_runtime_error("boom", [("f", "t.ktn", 1, 4, 3, 2)], 0, {"t.ktn": "fn f(xs):\n  a\n b\n"}.get)
    assert shown.splitlines()[3:5] == ["1 | fn f(xs):", "  |    ^^^^^^"]
