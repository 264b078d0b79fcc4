"""The conformance programs: all parse, but those that are about syntax errors, which report what is expected of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.diagnostics.render import render
from kayton.ir.surface import Surface
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text

ROOT = Path(__file__).parents[1] / "golden" / "programs"
SYNTAX = frozenset(
    "indent_character keyword_as_name literal_too_large missing_colon range_check semicolon suite_closure uneven_block".split()
)
PROGRAMS = sorted(ROOT.glob("**/*.ktn"))


def is_about_syntax(path: Path) -> bool:
    return path.parent.name == "compile" and path.stem in SYNTAX


@pytest.mark.parametrize("path", [p for p in PROGRAMS if not is_about_syntax(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_program_parses(path):
    cx = Cx()
    program = parse_text(path.read_text(encoding="utf-8"), path.name, cx)
    assert [d.message() for d in cx.diagnostics] == []
    assert Surface.violations(program) == []
    assert program.modules[0].body


@pytest.mark.parametrize("path", [p for p in PROGRAMS if is_about_syntax(p)], ids=lambda p: p.stem)
def test_a_syntax_error_is_reported_as_expected(path):
    cx = Cx()
    parse_text(path.read_text(encoding="utf-8"), path.name, cx)
    assert len(cx.diagnostics) == 1
    shown = render(cx.diagnostics, cx.sources)
    for line in path.with_suffix(".err").read_text(encoding="utf-8").splitlines():
        assert line in shown


def test_all_of_them_are_there():
    assert len(PROGRAMS) > 150
    assert SYNTAX <= {p.stem for p in PROGRAMS}
