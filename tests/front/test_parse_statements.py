"""Statements, blocks and items as trees (LANGUAGE §§1, 4, 6–8)."""

from __future__ import annotations

import pytest

from kayton.ir.surface import Block, FnDef, Let
from kayton.ir.text import one_line
from tests.front.conftest import errors, statements, tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b", "(assign (name a) (name b))"),
        ("a.b[0].1 = c", "(assign (part (index (field (name a) b) (int-lit 0)) 1) (name c))"),
        ("f().x = 1", "(assign (field (call (name f)) x) (int-lit 1))"),
        ("(a, (b.c, d[0])) = e", None),
        ("a //= b", "(compound-assign // (name a) (name b))"),
        ("a <<= b + 1", "(compound-assign << (name a) (binary + (name b) (int-lit 1)))"),
        ("let (mut a, b): (i64, str) = t", None),
        ("pub let a = 1", "(let (bind-pattern a) (int-lit 1) public=true)"),
    ],
)
def test_statements(text, expected):
    got = tree(text)
    assert expected is None or got == expected


@pytest.mark.parametrize("target", ["1", "f()", "a + b", "-a", "(a, 1)", "[a]", "a?", "a[1..2]", "f(a).g()", "()"])
def test_what_cannot_be_assigned_to(target):
    assert errors(f"{target} = 1\n") == ["1:1 only a variable or a part of one can be assigned to"]


def test_a_tuple_is_a_target_of_plain_assignment_only():
    assert errors("(a, b) = c\n(a, b) += 1\n") == ["2:1 only a variable or a part of one can be assigned to"]


def test_a_block_has_the_value_of_its_last_expression():
    (fn,) = statements("fn f():\n    let a = 1\n    a\n")
    assert isinstance(fn.body, Block) and one_line(fn.body.result) == "(name a)" and len(fn.body.body) == 1
    (fn,) = statements("fn f():\n    a\n    let a = 1\n")
    assert fn.body.result is None and len(fn.body.body) == 2


def test_a_block_on_the_headers_line():
    assert tree("while a: b += 1") == "(while (name a) (block [(compound-assign + (name b) (int-lit 1))]))"
    assert tree("for x in xs: x") == "(for (bind-pattern x) (name xs) (name x))"
    assert tree("fn f(): 1").endswith("body=(block (int-lit 1)))")
    assert tree("if a: return") == "(if (name a) (return))"


@pytest.mark.parametrize(
    "text",
    [
        "if a: b else: c",
        "if a: b\nelse: c",
        "if a:\n    b\nelse:\n    c",
        "if a:\n    b\nelse: c",
        "if a: b\nelse:\n    c",
    ],
)
def test_else_after_any_block(text):
    same = tree(text).replace("(block (name b))", "(name b)").replace("(block (name c))", "(name c)")
    assert same == "(if (name a) (name b) (name c))"


def test_else_belongs_to_the_if_of_its_indentation():
    (only,) = statements("if a:\n    if b: 1\nelse: 2\n")
    assert one_line(only.otherwise) == "(int-lit 2)"
    (only,) = statements("if a:\n    if b: 1\n    else: 2\n")
    assert only.otherwise is None


def test_a_statement_that_ends_in_a_suite_ends_there():
    made = statements("let a = match b:\n    _: 1\n-c\n(d)\n[e]\n")
    assert [one_line(s) for s in made[1:]] == ["(unary - (name c))", "(name d)", "(list-lit [(name e)])"]


def test_a_closure_with_a_suite():
    closure = "(closure [(param (bind-pattern x))] (block [(let (bind-pattern y) (name x))] (name y)))"
    assert tree("let f = |x|:\n    let y = x\n    y\n") == f"(let (bind-pattern f) {closure})"
    (fn,) = statements("fn f(): |x|:\n    let y = x\n    y\n")
    assert one_line(fn.body) == f"(block {closure})"


def test_loops_and_matches_are_values():
    assert tree("let a = loop:\n    break 1\n") == "(let (bind-pattern a) (loop (block (break (int-lit 1)))))"
    assert tree("while let Some(x) = next(): x").startswith("(while-let (constructor-pattern [Some]")
    assert tree("match a:\n    1 | 2 if b: c\n    _:\n        d\n") == (
        "(match (name a) [(arm (or-pattern [(literal-pattern (int-lit 1)) (literal-pattern (int-lit 2))]) (name c) (name b)) "
        "(arm (wildcard-pattern) (block (name d)))])"
    )


# Items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use geometry", "(use [geometry])"),
        ("use a.b as c", "(use [a b] alias=c)"),
        ("use a.{x, Y as Z,}", "(use [a] [(use-name x) (use-name Y alias=Z)] selective=true)"),
        ("use plugin host", "(use-plugin host)"),
        ("use plugin", "(use [plugin])"),
        ("pub use a", "(use [a] public=true)"),
        ("const N: i64 = 1 + 1", "(const-def N (binary + (int-lit 1) (int-lit 1)) (named-type [i64]))"),
        ("type P[T] = List[T]", "(type-alias P (named-type [List] [(named-type [T])]) type_params=[(type-param T)])"),
        ("type P = i64 where it >= 0", None),
        ("struct Marker", "(struct-def Marker)"),
        ("struct Marker:", "(struct-def Marker)"),
        ("struct Marker: ()", "(struct-def Marker)"),
        ("struct P: x: i64", "(struct-def P fields=[(field-def x type=(named-type [i64]))])"),
        ("pub class C[T]: next", "(class-def C type_params=[(type-param T)] fields=[(field-def next)] public=true)"),
        ("impl Show for Point", "(impl-def (named-type [Point]) (named-type [Show]))"),
        ("impl Stack[T]: fn f(self): 1", None),
        ("impl[T] Show for Stack[T]: fn show(self): 1", None),
        ("trait A: B + C:\n    fn f(self) -> i64\n", None),
        ("trait A: fn f(self)", None),
        ("fn f(xs: mut List[i64], mut y, z: f64 = 1, _): ()", None),
        ("pub pure fn g(x): x", None),
        ("fn f() -> str uses io, time: 1", None),
        ('@thunk(1)\n@inline fn f(): 1', None),
    ],
)
def test_items(text, expected):
    got = tree(text)
    assert expected is None or got == expected


def test_parameters():
    (fn,) = statements("fn f(mut self, xs: mut List[i64], mut y, z: f64 where z > 0 = 1, _): ()\n")
    assert [one_line(p) for p in fn.params] == [
        "(param (bind-pattern self) mutable=true)",
        "(param (bind-pattern xs) type=(named-type [List] [(named-type [i64])]) mutable=true)",
        "(param (bind-pattern y) mutable=true)",
        "(param (bind-pattern z) type=(refined-type (named-type [f64]) (binary > (name z) (int-lit 0))) default=(int-lit 1))",
        "(param (wildcard-pattern))",
    ]


def test_functions_keep_what_stands_before_and_behind_their_names():
    (fn,) = statements("## Says it.\n@inline\n@lowered(1, x=2)\npub pure fn f[T: A + B, U]() -> i64 uses io, time: 1\n")
    assert isinstance(fn, FnDef) and fn.public and fn.pure
    assert (fn.doc, fn.effects, one_line(fn.result)) == ("Says it.", ("io", "time"), "(named-type [i64])")
    assert [a.name for a in fn.annotations] == ["inline", "lowered"]
    assert [(p.name, len(p.bounds)) for p in fn.type_params] == [("T", 2), ("U", 0)]


def test_types_with_members():
    text = (
        "struct P[T]:\n    ## of no item\n    x: i64 = 1\n    fn a(self): 1\n\n    y\n    ## Doc\n    pub fn b(): 2\n"
        "enum E:\n    A\n    ## Round.\n    B(f64, (i64, i64))\n    C(w: f64, h: i64 = 1)\n    fn a(self): 1\n"
    )
    struct, enum = statements(text)
    assert [f.name for f in struct.fields] == ["x", "y"]
    assert [(m.name, m.doc, m.public) for m in struct.methods] == [("a", None, False), ("b", "Doc", True)]
    assert [(v.name, v.named, v.doc, [f.name for f in v.fields]) for v in enum.variants] == [
        ("A", False, None, []), ("B", False, "Round.", ["0", "1"]), ("C", True, None, ["w", "h"])
    ]  # fmt: skip


def test_traits_have_functions_without_bodies():
    (trait,) = statements("trait A: B + m.C:\n    fn f(self) -> i64\n\n    fn g(self): 1\n")
    assert [one_line(s) for s in trait.supers] == ["(named-type [B])", "(named-type [m C])"]
    assert [m.body is None for m in trait.methods] == [True, False]


def test_functions_and_constants_may_stand_in_blocks():
    (fn,) = statements("fn f():\n    const N = 1\n    ## Inner.\n    fn g(): N\n    g()\n")
    assert [type(s).__name__ for s in fn.body.body] == ["ConstDef", "FnDef"]
    assert fn.body.body[1].doc == "Inner."


def test_a_doc_comment_before_no_item_is_a_comment():
    first, second = statements("## no item\nCircle(1)\n## neither\nlet a = 1\n")
    assert one_line(first).startswith("(call") and isinstance(second, Let)
