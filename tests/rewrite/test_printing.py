"""The printer is the parser's reverse: its text reads back as the same tree, is printed alike from that, and loses no comment."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from kayton.ir.node import same
from kayton.ir.surface import Module
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.passes.front._reading import parse_text
from kayton.passes.rewrite.printing.comments import Comments
from kayton.passes.rewrite.printing.printer import printed
from kayton.testing.generate import generate
from kayton.testing.generate_modules import files

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted([*(ROOT / "tests" / "golden").rglob("*.ktn"), *(ROOT / "tests" / "backend").rglob("*.ktn"),
                   *(ROOT / "examples").rglob("*.ktn"), *(ROOT / "bench").rglob("*.ktn")])  # fmt: skip


def parsed(text: str) -> tuple[Module, Comments] | None:
    """The module of a text and its comments; None where it has syntax errors."""
    cx = Cx()
    module = parse_text(text, cx=cx).modules[0]
    if cx.failed:
        return None
    comments = Comments()
    comments.add(module, cx.sources[0])
    return module, comments


def check(text: str) -> str | None:
    """Prints a text's tree, with all that must hold of it; gives what was printed."""
    with undisturbed():
        read = parsed(text)
        if read is None:
            return None
        module, comments = read
        once = printed(module, comments)
        again = parsed(once)
        assert again is not None, f"does not parse:\n{once}"
        assert same(module, again[0]), f"means something else:\n{once}"
        assert printed(*again) == once
    return once


@pytest.mark.slow
def test_every_program() -> None:
    """Of every file of the project; what starts with `#` is there as often as before."""
    read = 0
    for path in PROGRAMS:
        text = path.read_text(encoding="utf-8", errors="replace")
        made = check(text)
        if made is not None:
            read += 1
            assert made.count("#") == text.count("#"), path
    assert read > 200


def test_generated_programs() -> None:
    for seed in range(40):
        main, others = files(generate(seed))
        for text in (main, *others.values()):
            assert check(text) is not None, seed


def test_deep_trees() -> None:
    for text in ("x = " + "-(" * 5_000 + "1" + ")" * 5_000 + "\n", "x = " + "1 + " * 20_000 + "1\n", "x = " + "[" * 10_000 + "]" * 10_000 + "\n"):
        made = check(text)
        assert made is not None


@pytest.mark.parametrize(
    "text",
    [
        "(a + b) * c - d / (e * f)", "a - (b - c) - d", "(-2) ** 2", "-2 ** 2", "2 ** -1 ** 2", "(2 ** 3) ** 2", "-(-x)", "~(-x)",
        "not a == b", "(not a) == b", "not (a and b) or c", "(a and b) or c", "(a or b) and c", "a < b and b < c", "(a < b) == (c < d)",
        "a | b ^ c & d << 1", "((a | b) ^ c) & d", "0..n + 1", "(0..n).rev()", "xs[1..]", "xs[..n]", "xs[..]", "xs[a + 1..=b]", "xs[(1..2)]",
        "(s.f)(x)", "s.f(x)(y)", "t.0.1", "1.abs()", "(-1).abs()", "(-9223372036854775808).abs()", "x?.y?[0]?",
        "f(a, b, mut d, name=c)", "|x, y| x + y", "|| 1", "(|x: i64| x)(3)", "xs.map(|(a, b)| a)",
        "[x * 2 for x in xs if x > 0 for y in ys]", "{k: v for (k, v) in m}", "{x for x in xs}", "{}", "{1, 2}", "{1: 2}", "(1,)", "()",
        "[0; n]", "[(if c: a else: b) for x in xs]", "f(if c: a else: b)", "1 + (if c: a else: b)", "(if c: a else: b) + 1",
        "if a: (if b: c) else: d", "if let Some(x) = y: x elif z: 1 else: 2", "x or (return 1)", "while let Some(x) = it.next(): print(x)",
        'f"{x:>5} {{}} {({1: 2}.len())} {f"{y}"} \\n"', '"tab\\t quote\\" back\\\\ nul\\0 bell\\u{7} é"', "1e999", "1e-07", "0.1", "1e+16",
        "match (if a: b else: c):\n    _: 1", "x in xs", "a is b", "xs.map(|x| if x > 0: x else: 0)",
    ],
)  # fmt: skip
def test_an_expression_in_its_one_form(text: str) -> None:
    """With no parentheses but those it needs (and those of an `and` in an `or`), wherever it comes from."""
    made = check(text + "\n")
    assert made == text + "\n"
    assert printed(parsed(made)[0]) == made


ITEMS = '''use std.math
use std.random.{Rng, other as o}

## A documented constant.
pub const LIMIT: i64 = 3
type Pair[T] = (T, T)
type Percent = i64 where it >= 0 and it <= 100

## Two lines
##   of it.
@inline
@name(1, k="v")
pub pure fn f[T: A + B, U](self, a, b: i64 = 2, mut c, d: mut List[T], n: i64 where n > 0) -> fn(i64, T) -> () uses io, time:
    let (x, mut y) = (1, 2)  # beside

    # above
    y += x
    (x, y) = (y, x)
    xs[0].hits.0 = 3

    fn inner():
        ()

    loop:
        if x: break 1
        continue

struct Empty

class Node[T]:
    value: T
    next: Option[Node[T]] = None

    fn len(self):
        1

enum Shape:
    Dot
    ## A circle.
    Circle(f64)
    Rect(w: f64, h: f64 = 1.0)

trait Named: Show + Eq:
    fn name(self) -> str

    fn shout(self):
        self.name()

impl[T] Named for Node[T]:
    fn name(self):
        match self:
            Some(x) | Other(y=x) if x > 1: x
            [a, ..rest] | [a, _, ..]:
                a
            n @ (0..=9 | -1): n
            -5..5: ()
            Enum.Variant: ()

# the end
'''


def test_items_in_their_one_form() -> None:
    made = check(ITEMS)
    assert made == ITEMS


@pytest.mark.parametrize(
    "text",
    [
        "fn f(x): x\nfn g(): f(1)\n", "if a: x = 1 else: y = 2\n", "if a: x = 1\nelse: y = 2\n", "for x in xs: if x: t += x\n",
        "if a:\n    x = 1\nelse: y = 2\n", "match x:\n    1: y = 1\n    _:\n        z()\n", "let x = if a: 1\nelif b: 2\nelse: 3\n",
        "fn f():\n    a\n    # at the end of f\n\n# about g\nfn g():\n    b\n    c\n", "if a:\n    b\n    # of a\nelse:\n    # of else\n    c\n",
        "struct S:  # beside\n    # above\n    x: i64  # a field\n    # last\n", "x = 0xFF + 1_000  # beside\n", 'x = """\n    a\n    """\n',
        'x = f"""\n    {a} "quoted" {{\n    """\n', 'x = "\\u{41}"\n', "match x:\n    0b1..=0x1_0: 1.50\n    -0x1: 1e9\n    _: 2\n",
        "x = xs\n    .map(f)\n    .sum()  # beside\n", "x = a == 1 and\n    b == 2 and\n    c + d\n", "fn f(a, b=1, c: i64 = 2): a +\n    b\n",
        "x = ((h ^ c) * 16) & 0xff\ny = not (z in a) and b\n", "# only a comment\n", "x\n\n# the rest\n\n# of the file\n", "",
    ],
)  # fmt: skip
def test_a_layout_that_is_kept(text: str) -> None:
    assert check(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"fn f(): {'a' * 60} + {'b' * 60}  # c\n", f"fn f():\n    {'a' * 60} + {'b' * 60}  # c\n"),
        (f"if a: x = {'a' * 60} else: {'b' * 60}\n", f"if a: x = {'a' * 60}\nelse: {'b' * 60}\n"),
        (f"if a: x = {'a' * 120} else: y = 1\n", f"if a:\n    x = {'a' * 120}\nelse:\n    y = 1\n"),
        ("xs = [  # of the list\n    1,\n    # and more\n    2,\n]\n", "# of the list\n# and more\nxs = [1, 2]\n"),
        ("if a: x = (if b: c)\n", "if a:\n    x = if b: c\n"),
        ("fn f():\n    a\n    b\nfn g(): c\n", "fn f():\n    a\n    b\n\nfn g(): c\n"),
        ("x   =   ( 1+2 )*3\n\n\n\ny=f( a , b )\n", "x = (1 + 2) * 3\n\ny = f(a, b)\n"),
    ],
)  # fmt: skip
def test_a_layout_that_is_changed(text: str, expected: str) -> None:
    assert check(text) == expected


def test_comments_wherever_they_stand() -> None:
    """Comments put between and behind the lines of every program are all still there."""
    choose = random.Random(1)
    for path in PROGRAMS[::9]:
        lines, number = [], 0
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if choose.random() < 0.15:
                lines.append(f"{line[: len(line) - len(line.lstrip())]}# own {number}")
                number += 1
            beside = f"  # beside {number}" if line.strip() and choose.random() < 0.15 else ""
            number += bool(beside)
            lines.append(line + beside)
        text = "\n".join(lines)
        plain, commented = parsed(path.read_text(encoding="utf-8", errors="replace")), parsed(text)
        if plain is not None and commented is not None and same(plain[0], commented[0]):  # else one went into a string
            made = check(text)
            assert [n for n in range(number) if not re.search(rf"# (own|beside) {n}\b", made)] == [], path


def test_long_brackets_are_broken() -> None:
    words = ", ".join([f'"the word number {i}"' for i in range(8)])
    numbers = ", ".join(map(str, range(60)))
    made = check(f"let xs = [{words}]\nlet ns = f([{numbers}], g(1))\n")
    assert made is not None
    assert '    "the word number 3",\n' in made
    assert max(map(len, made.splitlines())) < 120
    assert len(made.splitlines()) < 20
