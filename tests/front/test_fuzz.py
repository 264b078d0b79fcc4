"""Random input: the front end never raises, always ends, and its trees are always Surface."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayton.diagnostics.machine_form import diagnostics_lines
from kayton.diagnostics.render import render
from kayton.ir.invariants import GENERAL
from kayton.ir.surface import Surface
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text
from kayton.passes.front.lexing.rules import KEYWORDS
from tests.front.conftest import lexed

ROOT = Path(__file__).parents[1] / "golden" / "programs"
PROGRAMS = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("*/*.ktn"))]

PIECES = [
    *sorted(KEYWORDS), "a", "b", "Some", "Point", "f", "_", "1", "2.5", "9223372036854775808",
    '"s"', 'f"', '"', '"""', 'f"""',
    "{", "}", "(", ")", "[", "]", "+", "-", "*", "**", "//", "|", "||", "&", "&&", "^", "~", "<<", "==", "<", "=",
    "+=", "..", "..=", ".", ",", ":", ";", "->", "?", "@", "#",
    "## doc", "$", "'", "\\", "\t", "é", "\u0301", "\n", "\n    ", "\n        ",
    "\n  ", "plugin", "\r", "\r\n",
]  # fmt: skip

QUIET = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def survives(text: str) -> None:
    """Parses and renders; whatever the text, the result is whole and every span lies in it."""
    cx = Cx()
    program = parse_text(text, cx=cx)
    assert Surface.violations(program) == []
    assert [v for inv in GENERAL for v in inv.holds(program)] == []
    assert all(0 <= d.span.start <= d.span.end <= len(text) + 1 for d in cx.diagnostics)
    assert bool(render(cx.diagnostics, cx.sources)) == bool(cx.diagnostics)
    diagnostics_lines(cx.diagnostics, cx.sources)
    tokens, _ = lexed(text)
    starts = [t.start for t in tokens if t.kind != "ERROR"]
    assert starts == sorted(starts)
    assert [t.kind for t in tokens].count("INDENT") == [t.kind for t in tokens].count("DEDENT")


@QUIET
@given(st.text(max_size=80))
def test_random_text(text):
    survives(text)


@QUIET
@given(st.lists(st.sampled_from(PIECES), max_size=50), st.sampled_from(["", " "]))
def test_random_tokens(pieces, between):
    survives(between.join(pieces))


@QUIET
@given(st.sampled_from(PROGRAMS), st.data())
def test_mutated_programs(program, data):
    at = data.draw(st.integers(0, len(program)))
    cut = data.draw(st.integers(0, 12))
    piece = data.draw(st.sampled_from(["", *PIECES]))
    window = program[max(0, at - 600) : at] + piece + program[at + cut : at + 600]
    survives(window)


@QUIET
@given(st.sampled_from(PROGRAMS), st.sampled_from(PROGRAMS), st.data())
def test_spliced_programs(one, other, data):
    lines, more = one.splitlines(keepends=True), other.splitlines(keepends=True)
    i, j = data.draw(st.integers(0, len(lines))), data.draw(st.integers(0, len(more)))
    survives("".join(lines[max(0, i - 15) : i] + more[j : j + 15]))
