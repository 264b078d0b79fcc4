"""Syntax errors: each broken statement has one, and all of a file's are reported (LANGUAGE §10)."""

from __future__ import annotations

import pytest

from tests.front.conftest import errors, parsed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("let loop = 1", "1:5 `loop` is a keyword and cannot be a name"),
        ("fn match(): 1", "1:4 `match` is a keyword and cannot be a name"),
        ("a.type", "1:3 `type` is a keyword and cannot be a name"),
        ("struct P: in: i64", "1:11 `in` is a keyword and cannot be a name"),
        ("use a.{fn}", "1:8 `fn` is a keyword and cannot be a name"),
        ("1 < x < 10", "1:7 comparisons cannot be chained"),
        ("a == b in c", "1:8 comparisons cannot be chained"),
        ("a..b..c", "1:5 expected the end of the range, found `..`"),
        ("9223372036854775808", "1:1 integer literal 9223372036854775808 does not fit in i64"),
        ("-9223372036854775809", "1:2 integer literal 9223372036854775809 does not fit in i64"),
        ("0xffff_ffff_ffff_ffff", "1:1 integer literal 0xffff_ffff_ffff_ffff does not fit in i64"),
        ("-9223372036854775808 ** 2", "1:2 integer literal 9223372036854775808 does not fit in i64"),
        ("-9223372036854775808.abs()", "1:2 integer literal 9223372036854775808 does not fit in i64"),
        ("[1].map(|x|: x)", "1:12 a closure with a suite must be the last thing on its line, outside of brackets"),
        ("let a =", "1:8 expected an expression, found the end of the line"),
        ("let a", "1:6 expected `=` and a value, found the end of the line"),
        ("fn f", "1:5 expected `(` and the parameters, found the end of the line"),
        ("fn f()", "1:7 expected `:` and a body, found the end of the line"),
        ("fn f(x y): 1", "1:8 expected `,` or `)`, found `y`"),
        ("f(a b)", "1:5 expected `,` or `)`, found `b`"),
        ("f(x=1, 2)", "1:8 an argument by position after one by name"),
        ("let [..rest, a] = b", "1:14 expected `]`, found `a`"),
        ("let a..b = c", "1:6 expected `=` and a value, found `..`"),
        ("enum E: A(i64, x: i64)", "1:9 the fields of `A` must all have names, or none"),
        ("pub a", "1:5 expected an item, found `a`"),
        ("@inline\nlet a = 1", "2:1 expected an item, found the keyword `let`"),
        ("    a", "1:5 unexpected indentation"),
        ("f(match a: b)", "1:12 expected the arms on indented lines, found `b`"),
        ("fn f(): struct S: x", "1:9 `struct` must stand at the top level of the file"),
        ("fn f(): pub let a = 1", "1:9 `pub let` must stand at the top level of the file"),
        ("a + not b", "1:5 expected an operand, found the keyword `not`"),
        ("if a:\nb", "1:5 expected an indented block after this condition's `:`"),
        ("else: 1", "1:1 expected an expression, found the keyword `else`"),
    ],
)
def test_one_error_at_the_right_place(text, message):
    assert errors(f"{text}\n") == [message]
    assert errors(f"{text}\nlet fine = 1\n") == [message]


@pytest.mark.parametrize(
    ("text", "written", "help"),
    [
        ("if a && b: c", "&&", "`and`"),
        ("if a || b: c", "||", "`or`"),
        ("if a: b else if c: d", "else if", "`elif`"),
        ("def f(x): x", "def", "`fn`"),
        ("import a", "import", "`use a`"),
        ("var a = 1", "var", "`let mut`"),
        ("a is not b", "is not", "not (a is b)"),
        ("a not in b", "not in", "not (x in xs)"),
        ("throw a", "throw", "Err"),
    ],
)
def test_foreign_habits_are_named(text, written, help):
    (found,) = parsed(f"{text}\n")[1].diagnostics
    assert found.message() == f"`{written}` is not Kayton"
    assert help in [*found.helps(), *[fix.about for fix in found.fixes()]][0]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ('print "x"', "in parentheses"),
        ("fn f() {\n    1\n}", "indented"),
        ("if a = b: c", "`==`"),
        ("x: i64 = 1", "`let`"),
        ("return a if b else c", "`if c: a else: b`"),
        ("f(|x| y += x)", "assignment on a line of its own"),
        ("let a = !b", "`not`"),
        ("let a = match b:\n    _: 1\n.c", "give its value a name"),
    ],
)
def test_what_was_meant_is_guessed(text, help):
    (found,) = parsed(f"{text}\n")[1].diagnostics
    assert help in [found.message(), *found.helps(), *[fix.about for fix in found.fixes()]][-1]


def test_every_broken_statement_is_reported_once():
    text = (
        "let = 1\nlet ok = 2\nfn f(x y):\n    let = 3\n    if a b:\n        )\n    ok\n"
        "struct S:\n    x: \n    y: i64\n    fn (): 1\n"
        "match a:\n    1 2: 3\n    : 4\n    5: 6 7\nlet z = \n"
    )
    lines = [e.split(":")[0] for e in errors(text)]
    assert lines == ["1", "3", "4", "5", "6", "9", "11", "13", "14", "15", "16"]


def test_what_is_broken_is_left_out_and_the_rest_is_kept():
    program, _ = parsed("let a = 1\nlet = 2\nfn f():\n    b\n    c d\n    e\nstruct S:\n    x: i64\n    y z\nlet w = 1\n")
    first, fn, struct, last = program.modules[0].body
    assert len(fn.body.body) == 1 and fn.body.result.name == "e"
    assert [f.name for f in struct.fields] == ["x"]


def test_a_suite_without_its_colon_is_parsed_all_the_same():
    assert errors("if a\n    b c\n    d\nelse\n    e f\n") == [
        "1:5 expected `:`, found the end of the line", "2:7 expected the end of the line, found `c`",
        "4:5 expected `:`, found the end of the line", "5:7 expected the end of the line, found `f`",
    ]  # fmt: skip


def test_the_block_of_a_broken_header_is_parsed_for_its_errors():
    assert errors("fn f(1):\n    let = 2\n    let b = 3\n")[1:] == ["2:9 expected a pattern, found `=`"]
    assert len(errors("match 1 2:\n    _: 3\n")) == 1


def test_unexpected_indentation_is_one_error_however_long_the_block():
    assert errors("a\n    b\n    c d\n    e\nf\n") == [
        "2:5 unexpected indentation", "3:7 expected the end of the line, found `d`"
    ]  # fmt: skip
    assert errors("struct S:\n    x\n        y\n        z\n    w\n") == ["3:9 unexpected indentation"]
    assert errors("match a:\n    1: 2\n        3: 4\n    _: 5\n") == ["3:9 unexpected indentation"]


def test_lexical_and_grammatical_errors_are_both_reported_but_not_of_one_statement():
    assert errors("let a = $ $\nlet = 1\nlet b = (1\nlet c = 1 2\n") == [
        "1:9 unknown character `$`", "1:11 unknown character `$`", "2:5 expected a pattern, found `=`",
        "3:9 `(` is never closed", "4:11 expected the end of the line, found `2`",
    ]  # fmt: skip


def test_a_missing_closing_bracket_names_the_open_one():
    _, cx = parsed("f(a, [b, c d])\n")
    (found,) = cx.diagnostics
    assert [label.text for label in found.labels()] == ["to close this `[`"]
