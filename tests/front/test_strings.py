"""Strings and f-strings (LANGUAGE §2)."""

from __future__ import annotations

import pytest

from tests.front.conftest import errors, kinds, lexed, statements, tree


def value(text: str) -> str:
    tokens, reported = lexed(text)
    assert reported == []
    assert tokens[0].kind == "STR"
    return tokens[0].text


@pytest.mark.parametrize(
    ("escape", "character"),
    [
        (r"\n", "\n"), (r"\t", "\t"), (r"\r", "\r"), (r"\\", "\\"), (r"\"", '"'), (r"\0", "\0"),
        (r"\u{1F600}", "😀"), (r"\u{e9}", "é"), (r"\u{0}", "\0"), (r"\u{10FFFF}", "\U0010ffff"), (r"\u{00_e9}", "é"),
    ],
)  # fmt: skip
def test_escapes(escape, character):
    assert value(f'"<{escape}>"') == f"<{character}>"
    (literal,) = statements(f'f"<{escape}>"')
    assert [part.value for part in literal.parts] == [f"<{character}>"]


@pytest.mark.parametrize("escape", [r"\q", r"\x41", r"\u{}", r"\u{110000}", r"\u{D800}", r"\u41", r"\'", r"\u{12345678901}"])
def test_bad_escapes(escape):
    for quotes in ('"', '"""', 'f"', 'f"""'):
        found = errors(f"let s = {quotes}ab{escape}{quotes.lstrip('f')}\n")
        assert len(found) == 1 and found[0].startswith(f"1:{11 + len(quotes)} bad escape `\\"), found


def test_all_bad_escapes_are_reported_in_a_multi_line_string_too():
    text = 'let s = """\n    a\\q\n    b\\w\n    """\n'
    assert errors(text) == ["2:6 bad escape `\\q`", "3:6 bad escape `\\w`"]


def test_comments_and_quotes_in_strings():
    assert value('"# not a comment"') == "# not a comment"
    assert value('""') == ""
    assert value('"""a "quoted" ""word"" """') == 'a "quoted" ""word"" '


def test_multi_line_strings_drop_the_first_newline_and_the_closing_indentation():
    assert value('"""\n    a\n      b\n\n  c\n    """') == "a\n  b\n\nc\n"
    assert value('"""first\n    second"""') == "first\n    second"
    assert value('"""\r\n  a\r\n  """') == "a\n"
    assert value('"""\n\n"""') == "\n"
    assert value('"""   """') == "   "
    assert value('"""\\n\n  x\n  """') == "\n\nx\n"


@pytest.mark.parametrize("text", ['"abc', '"abc\\"', 'f"abc', 'f"abc\\"'])
def test_a_string_ends_on_its_line(text):
    assert errors(f"let s = {text}\nlet t = )\n") == ["1:9 unterminated string", "2:9 `)` closes nothing"]


@pytest.mark.parametrize("quotes", ['"""', 'f"""'])
def test_a_multi_line_string_without_end(quotes):
    assert errors(f"let a = 1\nlet s = {quotes}abc\nlet t = 1\n") == ["2:9 unterminated string"]


# F-strings


def test_holes_hold_the_tokens_of_their_expression_at_their_places():
    text = 'f"a {x + 1:>5} b"\n'
    tokens, _ = lexed(text)
    assert [(t.kind, t.text) for t in tokens[:9]] == [
        ("FSTRING", ""), ("FTEXT", "a "), ("HOLE", ""), ("NAME", "x"), ("+", "+"), ("INT", "1"), ("SPEC", ">5"),
        ("HOLE_END", ""), ("FTEXT", " b"),
    ]  # fmt: skip
    assert all(text[t.start : t.end] == t.text for t in tokens if t.kind in ("NAME", "+", "INT", "SPEC", "FTEXT"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('f""', "(f-string [])"),
        ('f"{{}}"', "(f-string [(str-lit {})])"),
        ('f"{{{n}}}"', '(f-string [(str-lit {) (hole (name n)) (str-lit })])'),
        ('f"{m["a"]}"', "(f-string [(hole (index (name m) (str-lit a)))])"),
        ('f"{f"{f"{x}"}"}"', "(f-string [(hole (f-string [(hole (f-string [(hole (name x))]))]))])"),
        ('f"{ {1: 2} }"', "(f-string [(hole (map-lit [(map-entry (int-lit 1) (int-lit 2))]))])"),
        ('f"{xs[1..2]:>3}"', '(f-string [(hole (slice (name xs) lo=(int-lit 1) hi=(int-lit 2)) spec=>3)])'),
        ('f"{if c: 1 else: 2:x}"', "(f-string [(hole (if (name c) (int-lit 1) (int-lit 2)) spec=x)])"),
        ('f"{if let Some(x) = y: x elif b: 2 else: {1: 2}:x}"', None),
        ('f"{x:"<5}"', '(f-string [(hole (name x) spec="\\"<5")])'),
        ('f"{x:}"', '(f-string [(hole (name x) spec="")])'),
        ('f"\\u{41}{x}"', "(f-string [(str-lit A) (hole (name x))])"),
        ('f"{(|x| x)(1)}"', None),
    ],
)
def test_fstrings(text, expected):
    got = tree(text)
    if expected is None:
        assert got.startswith("(f-string [(hole")
    else:
        assert _normal(got) == _normal(expected)


def _normal(text: str) -> str:
    return text.replace('"', "").replace("\\", "")


def test_multi_line_fstrings_lose_indentation_like_strings():
    assert tree('f"""\n    a\n    {x} b\n      c {y}\n    """') == tree('f"a\\n{x} b\\n  c {y}\\n"')
    assert tree('f"""\n  {x}\n  """') == tree('f"{x}\\n"')


def test_a_hole_of_a_multi_line_fstring_may_go_on_in_the_next_line():
    assert tree('f"""{a +\n  b}"""') == tree('f"{a + b}"')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('f"a } b"', "1:13 a single `}` in an f-string"),
        ('f"a {x"', "1:13 this hole of the f-string is not closed"),
        ('f"a {x', "1:13 this hole of the f-string is not closed"),
        ('f"a {f(x"', "1:13 this hole of the f-string is not closed"),
        ('f"a {}"', "1:14 expected an expression in the hole of an f-string, found `}`"),
        ('f"a {x y}"', "1:16 expected `}`, found `y`"),
    ],
)
def test_mistakes_in_fstrings(text, message):
    assert errors(f"let s = {text}\nlet t = 1\n") == [message]


def test_colons_in_brackets_of_a_hole_start_no_spec():
    assert "SPEC" not in kinds('f"{f({1: 2})}"\n')
    assert "SPEC" not in kinds('f"{[if c: 1 else: 2]}"\n')
