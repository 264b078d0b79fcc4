"""Tokens: names, operators, numbers, brackets and layout (LANGUAGE §§1–2)."""

from __future__ import annotations

import pytest

from tests.front.conftest import errors, kinds, lexed

LAYOUT = ["NEWLINE", "END"]


def test_every_token_has_its_own_place_in_the_text():
    text = "let total = xs.map(f)[0] ** 2 ..= -1.5  # the rest\n"
    tokens, _ = lexed(text)
    for t in tokens:
        if t.kind not in LAYOUT:
            assert text[t.start : t.end] == t.text


@pytest.mark.parametrize("op", "+ - * / % ** & | ^ ~ << >> == != < <= > >= .. ..= = -> => . , ? @".split())
def test_operators_are_their_own_kind(op):
    assert kinds(f"{op} a\n")[0] == op


@pytest.mark.parametrize("op", "+= -= *= /= //= %= **= &= |= ^= <<= >>=".split())
def test_assignment_operators_are_one_token(op):
    assert kinds(f"a {op} b\n") == ["NAME", op, "NAME", *LAYOUT]


def test_keywords_are_their_own_kind_and_longer_names_are_names():
    assert kinds("if iff fn f dyn Self selfish\n") == ["if", "NAME", "fn", "NAME", "dyn", "Self", "NAME", *LAYOUT]


def test_two_bars_are_two_tokens():
    assert kinds("|| 1\n") == ["|", "|", "INT", *LAYOUT]


@pytest.mark.parametrize("number", ["42", "1_000", "0xff", "0x7fff_ffff", "0b1010", "0o17", "007"])
def test_integers(number):
    assert [t[:2] for t in lexed(number)[0][:1]] == [("INT", number)]


@pytest.mark.parametrize("number", ["1.5", "1e9", "2.5e-3", "1_0.5_0", "1E+2"])
def test_floats(number):
    assert [t[:2] for t in lexed(number)[0][:1]] == [("FLOAT", number)]


@pytest.mark.parametrize("number", ["0x", "0b12", "12ab", "0o8", "1e", "1.5f", "0xfg", "0X1"])
def test_bad_numbers(number):
    assert errors(f"let n = {number}\n") == [f"1:9 bad number `{number}`"]


def test_a_dot_between_digits_belongs_to_a_float_only_before_digits():
    assert kinds("1.5 1..2 1.abs\n")[:7] == ["FLOAT", "INT", "..", "INT", "INT", ".", "NAME"]


def test_parts_of_parts_of_tuples_are_no_floats():
    assert kinds("t.0.1.2\n")[:7] == ["NAME", ".", "INT", ".", "INT", ".", "INT"]


def test_names_may_be_of_any_script_but_not_of_other_digits():
    assert kinds("größe = π2\n")[:3] == ["NAME", "=", "NAME"]
    assert errors("let a² = 1\n") == ["1:5 unknown character `a²`"]


def test_an_unknown_character_is_reported_where_it_stands():
    assert errors("let a = 1 $ 2\nlet b = 3\n") == ["1:11 unknown character `$`"]
    assert errors("let a = 'text'\n") == ["1:9 text stands in double quotes"]
    assert errors("let a = \x07\n") == ["1:9 unknown character `U+0007`"]


# Layout


def test_blocks_become_indent_and_dedent():
    assert kinds("a:\n  b:\n    c\nd\n") == [
        "NAME", ":", "NEWLINE", "INDENT", "NAME", ":", "NEWLINE", "INDENT", "NAME", "NEWLINE", "DEDENT", "DEDENT", "NAME",
        *LAYOUT,
    ]  # fmt: skip


def test_a_text_without_a_last_newline_ends_all_the_same():
    assert kinds("a:\n  b") == ["NAME", ":", "NEWLINE", "INDENT", "NAME", "NEWLINE", "DEDENT", "END"]
    assert kinds("") == ["END"]
    assert kinds("\n\n   \n# only a comment") == ["END"]


def test_blank_lines_and_comments_have_no_indentation():
    assert kinds("a:\n  b\n# far left\n\n        # far right\n  c\n") == kinds("a:\n  b\n  c\n")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert kinds("\ufeffa:\r\n  b\r\n  c\r\n") == kinds("a:\n  b\n  c\n")


@pytest.mark.parametrize("op", "+ - * / % ** & | ^ << >> == != < <= > >= and or in is .. ..= = += . ->".split())
def test_a_line_goes_on_after_an_operator(op):
    assert "NEWLINE" not in kinds(f"a {op}  # why\n\n    b")[:-2]


@pytest.mark.parametrize("op", [":", ",", "?", "not", "~"])
def test_a_line_ends_after_anything_else(op):
    assert "NEWLINE" in kinds(f"a {op}\nb\n")[:3]


def test_a_line_that_starts_with_a_dot_goes_on():
    assert kinds("a\n    .b\n  # between\n\n.c\n") == ["NAME", ".", "NAME", ".", "NAME", *LAYOUT]
    assert kinds("a\n..b\n")[:3] == ["NAME", "NEWLINE", ".."]


def test_a_dot_further_left_than_the_block_goes_on_nothing():
    assert kinds("a:\n    b\n    .c\n")[-6:] == ["NAME", ".", "NAME", "NEWLINE", "DEDENT", "END"]
    assert kinds("a:\n    b\n.c\n")[4:8] == ["NAME", "NEWLINE", "DEDENT", "."]


def test_newlines_in_brackets_mean_nothing():
    assert kinds("f(\na,\n      [b\n,{c}\n])\nd\n") == kinds("f(a, [b, {c}])\nd\n")


def test_a_tab_in_indentation_is_an_error_reported_once():
    assert errors("if a:\n\tb\n\tc\n") == ["2:1 tab in indentation"]
    _, reported = lexed("if a:\n\tb\n\tc\n  \td\n")
    assert len(reported[0].lines) == 3
    assert errors("a =\t1\n") == []


def test_a_dedent_to_no_enclosing_level_is_an_error_without_others():
    assert errors("if a:\n        b()\n    c()\n    d()\ne()\n") == ["3:5 this dedent does not return to an enclosing level"]


def test_a_dedent_between_outer_levels():
    text = "if a:\n    if b:\n        if c:\n            d()\n      e()\n    f()\ng()\n"
    assert errors(text) == ["5:7 this dedent does not return to an enclosing level"]


# Doc comments


def docs(text: str) -> list[str]:
    return [t.text for t in lexed(text)[0] if t.kind == "DOC"]


def test_doc_comments_join_and_stand_before_the_next_item():
    assert docs("## One\n##  two\n\nfn f(): 1\n") == ["One\n two"]
    assert kinds("a:\n  b\n## Doc\nfn f\n")[-6:] == ["DEDENT", "DOC", "fn", "NAME", *LAYOUT]


def test_doc_comments_elsewhere_are_comments():
    assert docs("a  ## no item\n## no item\nb()\nf(\n  ## inside\n  Name)\n") == []


# Brackets


def test_closing_brackets_must_match():
    assert errors("let a = 1)\nlet b = 2\n") == ["1:10 `)` closes nothing"]
    assert errors("let a = f(1]\nlet b = 2\n") == ["1:12 `]` does not close what is open here"]


def test_an_unclosed_bracket_ends_where_a_statement_must_begin():
    assert errors("fn f():\n    print((1\n    let b = $\n") == ["2:10 `(` is never closed", "3:13 unknown character `$`"]
    assert errors("let a = [1,\n") == ["1:9 `[` is never closed"]


def test_a_keyword_in_brackets_that_is_further_right_is_no_new_statement():
    assert kinds("f(\n    fn(i64)\n)\n") == kinds("f(fn(i64))\n")


def test_semicolons():
    assert errors("let a = 1; let b = )\nc();\n") == [
        "1:10 there are no semicolons", "1:20 `)` closes nothing", "2:4 there are no semicolons"
    ]  # fmt: skip
    assert kinds("[0; 3]\n") == ["[", "INT", ";", "INT", "]", *LAYOUT]
