"""Diagnostics as text and JSON; run-time errors (LANGUAGE §10)."""

from __future__ import annotations

import json
from typing import ClassVar

from attrs import frozen

from kayton.diagnostics.codes import MACHINE, Diagnostic, Fix, Label
from kayton.diagnostics.failure import render_runtime_error
from kayton.diagnostics.machine_form import diagnostics_lines
from kayton.diagnostics.render import render
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
    changes: tuple[Fix, ...] = ()

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
        return list(self.changes)


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
        "   |            ---   ^^^^^^ this is a str\n"
        "   |            |\n"
        "   |            the annotation\n"
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


def test_a_stretch_of_several_lines_has_a_rail():
    text = "match n:\n    1: a\n    2: b\nnext\n"
    shown = render([Sample(span=Span(0, 0, text.index("next")), said="all this")], sources(text))
    assert shown.splitlines()[3:] == ["1 | / match n:", "2 | |     1: a", "3 | |     2: b", "  | |________^ all this"]


def test_a_stretch_that_starts_within_a_line_and_is_long():
    text = "let a = match n:\n" + "    1: a\n" * 9 + "b\n"
    shown = render([Sample(span=Span(0, 8, len(text) - 3), said="all", others=(Label(at(text, "a"), "this"),))], sources(text))
    assert shown.splitlines()[2:] == [
        "   |",
        " 1 |   let a = match n:",
        "   |       - this",
        "   |  _________^",
        " 2 | |     1: a",
        "...  |",
        " 9 | |     1: a",
        "10 | |     1: a",
        "   | |________^ all",
    ]


def test_marks_of_one_line_share_a_row_unless_they_overlap():
    text = "f(alpha, beta, gamma)\n"
    others = (Label(at(text, "alpha"), "the first"), Label(at(text, "beta"), "the second"))
    shown = render([Sample(span=at(text, "gamma"), said="the third", others=others)], sources(text))
    assert shown.splitlines()[3:] == [
        "1 | f(alpha, beta, gamma)",
        "  |   -----  ----  ^^^^^ the third",
        "  |   |      |",
        "  |   |      the second",
        "  |   the first",
    ]
    shown = render([Sample(span=at(text, "f(alpha, beta, gamma)"), said="all", others=others[:1])], sources(text))
    assert shown.splitlines()[4:] == ["  | ^^^^^^^^^^^^^^^^^^^^^ all", "  |   ----- the first"]


def test_fixes_are_shown_as_the_lines_that_they_change():
    text = "let a = b && c\nd\nlet e = f;\n"
    fixes = (
        Fix.replace(at(text, "&&"), "and", "write `and`", MACHINE), Fix.wrap(at(text, "d"), "(", ")", "in parentheses"),
        Fix.insert(at(text, "d"), "new\n", "a line more"), Fix.replace(at(text, "\nd"), "", "a line less"),
    )  # fmt: skip
    shown = render([Sample(span=at(text, "&&"), changes=fixes)], sources(text)).splitlines()[5:]
    assert shown == [
        "  = help: write `and`", "  |", "1 - let a = b && c", "1 + let a = b and c",
        "  = help: in parentheses", "  |", "2 - d", "2 + (d)",
        "  = help: a line more", "  |", "2 + new",
        "  = help: a line less", "  |", "2 - d",
    ]  # fmt: skip


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
    for sequence in (ANSI.error, ANSI.warning, ANSI.strong, ANSI.frame, ANSI.help, ANSI.off):
        plain = plain.replace(sequence, "")
    assert coloured != plain == render(d, sources(text))


def test_json_says_the_same():
    text = "let n = x\n"
    fix = Fix.replace(at(text, "x"), "1", "write a number", MACHINE)
    d = Sample(
        span=at(text, "x"), said="é", others=(Label(at(text, "n"), "n"),), facts=("f",), advice=("h",), changes=(fix,)
    )  # fmt: skip
    (line,) = diagnostics_lines([d, d], sources(text)).splitlines()
    data = json.loads(line)
    assert (data["schema"], data["kind"]) == (1, "compile")
    assert (data["code"], data["severity"], data["message"]) == ("K9001", "error", "expected i64, found str")
    assert data["place"] == {
        "path": "a.ktn", "start": 8, "end": 9, "line": 1, "column": 9, "end_line": 1, "end_column": 10,
    }  # fmt: skip
    assert (data["label"], data["notes"], data["helps"]) == ("é", ["f"], ["h"])
    assert [x["text"] for x in data["labels"]] == ["n"]
    assert data["fixes"] == [
        {"about": "write a number", "applicability": "machine-applicable", "edits": [{"place": data["place"], "text": "1"}]}
    ]


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
        "  in f at dir/t.ktn:2:13          let a = xs[2] * 10\n"
        "  in <module> at dir/t.ktn:5:1    f([1])\n"
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


def test_a_run_time_error_says_what_to_do_before_the_calls():
    shown = render_runtime_error("boom", TRACE[:1], 0, {"dir/t.ktn": TEXT}.get, helps=["do so"])
    assert shown.splitlines()[-2:] == ["  = help: do so", "  in f at dir/t.ktn:2:13    let a = xs[2] * 10"]


def call(name: str, line: int) -> tuple:
    return (name, "t.ktn", line, 1, line, 2)


def folded(trace: list[tuple], omitted: int = 0, omitted_at: int = 0) -> list[str]:
    return render_runtime_error("deep", trace, omitted, {}.get, omitted_at=omitted_at).splitlines()[2:]


def test_repeated_calls_are_folded():
    f, g, main = call("f", 1), call("g", 2), call("main", 9)
    assert folded([f, f, f, f, main]) == ["  in f at t.ktn:1:1", "  … 3 more calls …", "  in main at t.ktn:9:1"]
    assert folded([f, g] * 4 + [main]) == [
        "  in f at t.ktn:1:1", "  in g at t.ktn:2:1", "  … 6 more calls …", "  in main at t.ktn:9:1"
    ]  # fmt: skip
    assert folded([f, f, main]) == ["  in f at t.ktn:1:1"] * 2 + ["  in main at t.ktn:9:1"]


def test_calls_left_out_in_the_middle_of_a_recursion_are_one_gap():
    f, g, main = call("f", 1), call("g", 2), call("main", 9)
    assert folded([f] * 40 + [main], 99_960, 20) == ["  in f at t.ktn:1:1", "  … 99,999 more calls …", "  in main at t.ktn:9:1"]
    assert folded([f, g] * 10 + [g, f] * 10 + [main], 99_959, 20) == [
        "  in f at t.ktn:1:1", "  in g at t.ktn:2:1", "  … 99,997 more calls …", "  in main at t.ktn:9:1",
    ]  # fmt: skip
