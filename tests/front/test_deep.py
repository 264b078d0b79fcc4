"""Large and deep input: linear time, no crash, and a clean error where there is a limit."""

from __future__ import annotations

import sys

import pytest

from tests.front.conftest import errors, parsed

DEEP = 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "let x = " + "(" * DEEP + "1" + ")" * DEEP,
        "let x = " + "[" * DEEP + "1" + "]" * DEEP,
        "let x = " + "f(" * DEEP + "1" + ")" * DEEP,
        "let x = " + "1 + " * DEEP + "1",
        "let x = " + "1 ** " * DEEP + "1",
        "let x = " + "-" * DEEP + "1",
        "let x = " + "if a: " * DEEP + "1",
        "let x = " + "|a| " * DEEP + "1",
        "let x = a" + ".f()" * DEEP,
        "if a: 1\n" + "elif a: 1\n" * DEEP,
        "let " + "(" * DEEP + "a" + ")" * DEEP + " = 1",
        "let a: " + "List[" * DEEP + "T" + "]" * DEEP + " = 1",
        'let a = ' + 'f"{' * 10_000 + "a" + '}"' * 10_000,
    ],
    ids="parens lists calls sum power minus ifs closures methods elifs patterns types fstrings".split(),
)
def test_depth_of_a_hundred_thousand(text):
    assert errors(text) == []


@pytest.mark.slow
@pytest.mark.parametrize("opener", ["(", "not ", "a ** ", "if a: "])
def test_what_is_too_deep_is_an_error(opener):
    found = errors("let x = " + opener * 200_000 + "1\nlet = 1\n")
    assert found[-1] == "2:5 expected a pattern, found `=`"
    assert found[0].endswith(("nested too deeply: more than 150000 levels", "is never closed"))
    assert len(found) == 2


def test_the_limit_follows_pythons():
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    try:
        (found,) = errors("let x = " + "(" * 500 + "1" + ")" * 500)
    finally:
        sys.setrecursionlimit(limit)
    assert "nested too deeply" in found


def _calls(text: str) -> int:
    """How many calls of Python and C functions parsing takes: a measure of work that no other process disturbs."""
    count = 0

    def profile(frame, event, arg) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        parsed(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["1 + ", "f(1)(", '"a" + ', "x $ ", "( ", ") ", 'f"{x}" + ', "a\n", "    a\n", "# c\n", "## d\n", "\n", "a.\n", "{ "],
)
def test_work_grows_with_length_only(piece):
    small, large = 500, 4_000
    ratio = _calls(piece * large) / _calls(piece * small)
    assert ratio < 1.1 * large / small, f"{large // small} times the text took {ratio:.1f} times the calls"


@pytest.mark.slow
def test_ten_megabytes_on_a_line():
    assert errors('let x = "' + "a" * 10_000_000 + '"') == []
    assert errors("# " + "a" * 10_000_000) == []
    assert errors("let x = " + "9" * 10_000_000)[0].startswith("1:9 integer literal 9999")
    assert errors("let x = " + "a" * 10_000_000) == []
