"""desugar-compound-assign: what a place evaluates is evaluated once."""

import pytest

from kayton.passes.desugar.desugar_compound_assign import DesugarCompoundAssign


def test_a_variable(body):
    assert body(DesugarCompoundAssign, "(compound-assign + (name n) (int-lit 2))") == ["(assign (name n) (binary + (name n) (int-lit 2)))"]


@pytest.mark.parametrize("place", ["(field (name p) x)", "(part (name p) 0)", "(index (name p) (name i))", "(index (name p) (str-lit k))"])
def test_places_that_may_be_written_twice(body, place):
    assert body(DesugarCompoundAssign, f"(compound-assign * {place} (name e))") == [f"(assign {place} (binary * {place} (name e)))"]


def test_indices_are_named_left_to_right(body):
    place = "(field (index (index (name p) (call (name g))) (call (name h))) x)"
    named = "(field (index (index (name p) (name %index.1)) (name %index.2)) x)"
    assert body(DesugarCompoundAssign, f"(compound-assign - {place} (call (name e)))") == [
        "(block [(let (bind-pattern %index.1) (call (name g))) (let (bind-pattern %index.2) (call (name h))) "
        f"(assign {named} (binary - {named} (call (name e))))])"
    ]


def test_a_root_that_is_not_a_name_is_named_first(body):
    (made,) = body(DesugarCompoundAssign, "(compound-assign + (index (call (name r)) (call (name i))) (name e))")
    assert made.index("%root.1) (call (name r))") < made.index("%index.1) (call (name i))")
    assert "(assign (index (name %root.1) (name %index.1)) (binary + (index (name %root.1) (name %index.1)) (name e)))" in made


def test_what_is_no_place_stays_what_it_is(body):
    """The error is for the pass that knows places."""
    made = body(DesugarCompoundAssign, "(compound-assign + (call (name f)) (int-lit 1))")
    assert made == ["(assign (call (name f)) (binary + (call (name f)) (int-lit 1)))"]
