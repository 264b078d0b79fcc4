"""mark-last-uses: which uses of a variable are its last ones."""

from __future__ import annotations

import pytest

from kayton.ir.node import walk
from kayton.ir.resolved import Local
from kayton.ir.typed import LastUse
from tests.compiling import items


def uses(lines: str) -> str:
    """The uses of `xs` in the body of `work(xs, c)`, in the order of the text: `.` for one that is followed by others, `!` for a last one."""
    text = "fn work(xs, c):\n" + "\n".join(f"    {line}" for line in lines.splitlines()) + "\n\nfn see(a, b = 0): a\n"
    text += "fn change(mut a): a = 0\n"
    body = items(text, "mark-last-uses")["main.work"].body
    found = [n for n in walk(body) if isinstance(n, Local | LastUse) and n.name == "xs"]
    found.sort(key=lambda n: n.span)
    return "".join("!" if isinstance(n, LastUse) else "." for n in found)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("see(xs)\nsee(xs)", ".!"),
        ("see(xs, xs)", ".!"),
        ("if c: see(xs) else: see(xs)", "!!"),
        ("if c: see(xs)\nsee(xs)", ".!"),
        ("if c: return see(xs)\nsee(xs)", "!!"),
        ("c and see(xs)\nsee(xs)", ".!"),
        ("for i in c: see(xs)", "."),
        ("for x in xs: see(c)", "!"),
        ("for x in xs: see(xs)", ".."),
        ("while see(xs): see(c)", "."),
        ("loop:\n    see(xs)\n    break", "!"),
        ("loop:\n    see(xs)\n    if c: break", "."),
        ("loop:\n    see(c)\n    break xs", "!"),
        ("let n = see(c)?\nsee(xs)", "!"),
        ("let n = see(xs)?\nsee(xs)", ".!"),
        ("let f = |y| y + xs\nsee(f)", "!"),
        ("let f = |y| y + xs\nsee(xs)", ".!"),
        ("match c:\n    1: see(xs)\n    2 if see(xs): 3\n    _: see(xs)", "!.!"),
        ("match c:\n    1 if see(xs): 3\n    _: 4", "!"),
    ],
)
def test_last_uses(lines: str, expected: str) -> None:
    assert uses(lines) == expected


def marked(text: str, fn: str = "main.work") -> set[str]:
    """The variables of a function that have a last use."""
    return {n.name for n in walk(items(text, "mark-last-uses")[fn].body) if isinstance(n, LastUse)}


def test_what_is_copied_out_is_needed_at_the_end() -> None:
    assert marked("fn work(mut a, b):\n    print(a)\n    print(b)\n") == {"b"}


def test_a_value_that_is_overwritten_is_not_needed() -> None:
    assert uses("let mut ys = see(xs)\nys = see(xs)\nys") == ".!"
    assert marked("fn work(c):\n    let mut a = [c]\n    let b = (a, [c])\n    a = b\n    a\n") == {"a", "b", "c"}


def test_what_is_changed_in_place_is_not_moved() -> None:
    assert marked("fn change(mut a): a = 0\n\nfn work(c):\n    let mut a = [c]\n    change(mut a)\n    a.push(c)\n    a[0] = 1\n") == {"c"}


def test_scalars_are_left_alone() -> None:
    assert marked("fn work(c):\n    let n = 1\n    let s = str(n)\n    s\n") == {"s"}
