"""desugar-for: loops over one plain variable."""

from kayton.passes.desugar.desugar_for import DesugarFor


def test_a_literal_range_is_counted(body):
    assert body(DesugarFor, "(for (bind-pattern i) (range (int-lit 0) (name n) inclusive=true) (block [(continue)]))") == [
        "(for-range i (int-lit 0) (name n) true (block [(continue)]))"
    ]


def test_everything_else_is_iterated(body):
    assert body(DesugarFor, "(for (bind-pattern x) (name r) (name x))") == ["(for-each x (name r) (name x))"]


def test_a_pattern_destructures_in_the_body(body):
    pattern = "(tuple-pattern [(bind-pattern a) (wildcard-pattern)])"
    assert body(DesugarFor, f"(for {pattern} (name e) (block [(break)]))") == [
        f"(for-each %item.1 (name e) (block [(let {pattern} (name %item.1)) (block [(break)])]))"
    ]


def test_a_wildcard_binds_nothing(body):
    assert body(DesugarFor, "(for (wildcard-pattern) (name e) (block))") == ["(for-each %item.1 (name e) (block))"]


def test_a_mutable_variable_is_a_copy(body):
    (made,) = body(DesugarFor, "(for (bind-pattern x mutable=true) (name e) (block))")
    assert made == "(for-each %item.1 (name e) (block [(let (bind-pattern x mutable=true) (name %item.1)) (block)]))"
