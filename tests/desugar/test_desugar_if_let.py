"""desugar-if-let: matches of one pattern."""

from kayton.passes.desugar.desugar_if_let import DesugarIfLet


def test_both_branches(body):
    assert body(DesugarIfLet, "(if-let (bind-pattern x) (name e) (name x) (name y))") == [
        "(match (name e) [(arm (bind-pattern x) (name x)) (arm (wildcard-pattern) (name y))])"
    ]


def test_without_else_the_value_is_unit(body):
    assert body(DesugarIfLet, "(if-let (bind-pattern x) (name e) (block (name x)))") == [
        "(match (name e) [(arm (bind-pattern x) (block [(block (name x))])) (arm (wildcard-pattern) (block))])"
    ]


def test_while_let_breaks_where_nothing_fits(body):
    assert body(DesugarIfLet, "(while-let (bind-pattern x) (name e) (block [(continue)]))") == [
        "(while (bool-lit true) (match (name e) [(arm (bind-pattern x) (block [(continue)])) (arm (wildcard-pattern) (break))]))"
    ]
