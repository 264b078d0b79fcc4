"""Expressions, patterns and types as trees (LANGUAGE §§2–6)."""

from __future__ import annotations

import pytest

from tests.front.conftest import errors, tree

BINARY_BY_PRECEDENCE = ["or", "and", "==", "|", "^", "&", "<<", "..", "+", "*", "**"]
"""One operator of each level from loosest to tightest (`not` and the unary ones apart)."""


def same(a: str, b: str) -> None:
    assert tree(a) == tree(b)


@pytest.mark.parametrize("i", range(len(BINARY_BY_PRECEDENCE) - 1))
def test_each_level_binds_tighter_than_the_one_before(i):
    loose, tight = BINARY_BY_PRECEDENCE[i : i + 2]
    same(f"a {loose} b {tight} c", f"a {loose} (b {tight} c)")
    same(f"a {tight} b {loose} c", f"(a {tight} b) {loose} c")


@pytest.mark.parametrize("op", "or and | ^ & << >> + - * / // %".split())
def test_operators_group_to_the_left(op):
    same(f"a {op} b {op} c", f"(a {op} b) {op} c")


@pytest.mark.parametrize("ops", ["== != < <= > >= in is", "<< >>", "+ -", "* / // %"])
def test_operators_of_one_level(ops):
    for op in ops.split():
        assert tree(f"a {op} b") == f"(binary {op} (name a) (name b))"
        same(f"a {op} b ** c", f"a {op} (b ** c)")


@pytest.mark.parametrize(
    ("text", "grouped"),
    [
        ("a ** b ** c", "a ** (b ** c)"),
        ("-2 ** 2", "-(2 ** 2)"),
        ("2 ** -1", "2 ** (-1)"),
        ("2 ** -a ** b", "2 ** (-(a ** b))"),
        ("-a * b", "(-a) * b"),
        ("~a & b", "(~a) & b"),
        ("-a.b", "-(a.b)"),
        ("-xs[0]?", "-((xs[0])?)"),
        ("not a == b", "not (a == b)"),
        ("not a and b", "(not a) and b"),
        ("not not a", "not (not a)"),
        ("a or not b", "a or (not b)"),
        ("a in b or c", "(a in b) or c"),
        ("0..n + 1", "0..(n + 1)"),
        ("0..n << 1", "(0..n) << 1"),
        ("|x| x + 1", "|x| (x + 1)"),
        ("|x| x | y", "|x| (x | y)"),
        ("if a: b else: c + 1", "if a: b else: (c + 1)"),
        ("return a or b", "return (a or b)"),
    ],
)
def test_grouping(text, grouped):
    same(text, grouped)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42", "(int-lit 42)"),
        ("1_000", "(int-lit 1000)"),
        ("0xff", "(int-lit 255)"),
        ("0b1010", "(int-lit 10)"),
        ("0o17", "(int-lit 15)"),
        ("9223372036854775807", "(int-lit 9223372036854775807)"),
        ("-9223372036854775808", "(int-lit -9223372036854775808)"),
        ("-5", "(unary - (int-lit 5))"),
        ("1.5", "(float-lit 1.5)"),
        ("1e9", "(float-lit 1000000000.0)"),
        ("true", "(bool-lit true)"),
        ("()", "(unit-lit)"),
        ("(a)", "(name a)"),
        ("(a,)", "(tuple [(name a)])"),
        ("(a, b,)", "(tuple [(name a) (name b)])"),
        ("[]", "(list-lit)"),
        ("[a, b,]", "(list-lit [(name a) (name b)])"),
        ("[a; n]", "(list-repeat (name a) (name n))"),
        ("{}", "(map-lit)"),
        ("{a: b, c: d,}", "(map-lit [(map-entry (name a) (name b)) (map-entry (name c) (name d))])"),
        ("{a}", "(set-lit [(name a)])"),
        ("{a, b,}", "(set-lit [(name a) (name b)])"),
        ("a..=b", "(range (name a) (name b) inclusive=true)"),
        ("self.x", "(field (name self) x)"),
        ("t.0.1", "(part (part (name t) 0) 1)"),
        ("a.b.c()", "(method-call (field (name a) b) c)"),
        ("(a.b)(c)", "(call (field (name a) b) [(arg (name c))])"),
        ("f(a)(b)", "(call (call (name f) [(arg (name a))]) [(arg (name b))])"),
        ("f(a, x=b, y=mut c,)", "(call (name f) [(arg (name a)) (arg (name b) name=x) (arg (name c) name=y mutable=true)])"),
        ("f(mut a)", "(call (name f) [(arg (name a) mutable=true)])"),
        ("a?.b?", "(try (field (try (name a)) b))"),
        ("a[i][j]", "(index (index (name a) (name i)) (name j))"),
        ("a[1..2]", "(slice (name a) lo=(int-lit 1) hi=(int-lit 2))"),
        ("a[1..=2]", "(slice (name a) lo=(int-lit 1) hi=(int-lit 2) inclusive=true)"),
        ("a[1..]", "(slice (name a) lo=(int-lit 1))"),
        ("a[..2]", "(slice (name a) hi=(int-lit 2))"),
        ("a[..=2]", "(slice (name a) hi=(int-lit 2) inclusive=true)"),
        ("a[..]", "(slice (name a))"),
        ("a[(1..2)]", "(index (name a) (range (int-lit 1) (int-lit 2)))"),
        ("a[b + 1..]", "(slice (name a) lo=(binary + (name b) (int-lit 1)))"),
        ("|| 1", "(closure [] (int-lit 1))"),
        ("|a| |b| c", "(closure [(param (bind-pattern a))] (closure [(param (bind-pattern b))] (name c)))"),
        ("|(a, _), b: i64| c", None),
        ("break", "(break)"),
        ("break a", "(break (name a))"),
        ("return", "(return)"),
        ("continue", "(continue)"),
        ("[e for x in xs if c for y in x]", None),
        ("{e for x in xs}", "(set-comp (name e) [(for-clause (bind-pattern x) (name xs))])"),
        ("{k: v for (k, v) in xs}", None),
        ("f(if a: b else: c, d)", None),
    ],
)
def test_expressions(text, expected):
    got = tree(text)
    assert expected is None or got == expected


def test_comprehension_clauses_stand_in_order():
    assert tree("[e for x in xs if c for y in x]") == (
        "(list-comp (name e) [(for-clause (bind-pattern x) (name xs)) (if-clause (name c)) "
        "(for-clause (bind-pattern y) (name x))])"
    )


def test_conditionals_nest_to_the_right():
    same("if a: b elif c: d else: e", "if a: b else: if c: d else: e")
    same("if let Some(x) = a: b elif let y = c: d", "if let Some(x) = a: b else: if let y = c: d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("_", "(wildcard-pattern)"),
        ("x", "(bind-pattern x)"),
        ("mut x", "(bind-pattern x mutable=true)"),
        ("_x", "(bind-pattern _x)"),
        ("None", "(path-pattern [None])"),
        ("Color.Red", "(path-pattern [Color Red])"),
        ("geometry.Shape.Dot", "(path-pattern [geometry Shape Dot])"),
        ("Some(x)", "(constructor-pattern [Some] [(pattern-arg (bind-pattern x))])"),
        ("P(x=_, y)", None),
        ("P(1, y=(a, b))", None),
        ("-1", "(literal-pattern (int-lit -1))"),
        ("-9223372036854775808", "(literal-pattern (int-lit -9223372036854775808))"),
        ("-1.5", "(literal-pattern (float-lit -1.5))"),
        ('"a"', "(literal-pattern (str-lit a))"),
        ("true", "(literal-pattern (bool-lit true))"),
        ("()", "(tuple-pattern [])"),
        ("(a)", "(bind-pattern a)"),
        ("(a,)", "(tuple-pattern [(bind-pattern a)])"),
        ("[]", "(list-pattern [])"),
        ("[a, ..]", "(list-pattern [(bind-pattern a)] (wildcard-pattern))"),
        ("[a, ..rest]", "(list-pattern [(bind-pattern a)] (bind-pattern rest))"),
        ("[..mut rest]", "(list-pattern [] (bind-pattern rest mutable=true))"),
        ("-5..=9", "(range-pattern (int-lit -5) (int-lit 9) inclusive=true)"),
        ("1..2.5", "(range-pattern (int-lit 1) (float-lit 2.5))"),
        ("1 | 2 | 3", None),
        ("n @ 1..=9", "(at-pattern n (range-pattern (int-lit 1) (int-lit 9) inclusive=true))"),
    ],
)
def test_patterns(text, expected):
    if text == "P(x=_, y)":
        assert errors(f"let {text} = v\n") == ["1:12 an argument by position after one by name"]
        return
    got = tree(f"let {text} = v")
    assert expected is None or got == f"(let {expected} (name v))"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i64", "(named-type [i64])"),
        ("geometry.Circle", "(named-type [geometry Circle])"),
        ("Map[str, List[T]]", "(named-type [Map] [(named-type [str]) (named-type [List] [(named-type [T])])])"),
        ("()", '(named-type ["()"])'),
        ("(A)", "(named-type [A])"),
        ("(A,)", "(tuple-type [(named-type [A])])"),
        ("(A, B)", "(tuple-type [(named-type [A]) (named-type [B])])"),
        ("fn()", "(fn-type [])"),
        ("fn(A, B) -> C", "(fn-type [(named-type [A]) (named-type [B])] (named-type [C]))"),
        ("dyn", "(named-type [dyn])"),
        ("dyn Shape", "(dyn-trait (named-type [Shape]))"),
        ("Self", "(named-type [Self])"),
        ("i64 where it > 0", "(refined-type (named-type [i64]) (binary > (name it) (int-lit 0)))"),
    ],
)
def test_types(text, expected):
    assert tree(f"let a: {text} = v") == f"(let (bind-pattern a) (name v) {expected})"
