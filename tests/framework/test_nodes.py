"""What is generated from a kind's declaration does what the declaration says, for kinds of every shape."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayton.ir.bytecode import Bytecode
from kayton.ir.language import Language
from kayton.ir.node import (
    Kind,
    Node,
    Span,
    category_of,
    children_of,
    fields_of,
    map_children,
    node,
    place_at,
    replace,
    same,
    unplaced,
    walk,
)
from kayton.ir.resolved import Flat
from kayton.ir.surface import Binary, Expr, IntLit, Let, ListLit, Name, Return, Stmt, Surface
from kayton.ir.templates import function
from tests.framework.random_trees import trees

ANY_TREE = st.sampled_from([Surface, Flat, Bytecode]).flatmap(trees)


def by_hand(n: Node) -> list[Node]:
    """The children, read from the declaration."""
    found: list[Node] = []
    for s in fields_of(n.__class__):
        value = getattr(n, s.name)
        if s.shape == "many":
            found += value
        elif s.shape != "leaf" and value is not None:
            found.append(value)
    return found


@settings(max_examples=25, deadline=None)
@given(ANY_TREE)
def test_children_and_walk_follow_the_fields(tree: Node) -> None:
    expected, stack = [], [tree]
    while stack:
        n = stack.pop()
        expected.append(n)
        assert children_of(n) == by_hand(n)
        stack += reversed(by_hand(n))
    assert list(walk(tree)) == expected


@settings(max_examples=25, deadline=None)
@given(ANY_TREE)
def test_map_children_shares_what_is_unchanged(tree: Node) -> None:
    for n in walk(tree):
        assert map_children(n, lambda c: c) is n
        copied = map_children(n, copy.copy)
        assert same(copied, n) and copied.id == n.id and copied.span == n.span
        assert (copied is n) == (by_hand(n) == [])


@settings(max_examples=25, deadline=None)
@given(ANY_TREE)
def test_copies(tree: Node) -> None:
    assert same(pickle.loads(pickle.dumps(tree)), tree)
    again = unplaced(tree)
    assert same(again, tree)
    assert [(n.id, n.span) for n in walk(again)] == [(None, n.span) for n in walk(tree)]


@settings(max_examples=25, deadline=None)
@given(ANY_TREE)
def test_replace_changes_one_field(tree: Node) -> None:
    for s in fields_of(tree.__class__):
        changed = replace(tree, **{s.name: (value := object())})
        kept = [f.name for f in fields_of(tree.__class__) if f.name != s.name] + ["id", "span"]
        assert getattr(changed, s.name) is value
        assert all(getattr(changed, name) is getattr(tree, name) for name in kept)
    with pytest.raises(TypeError):
        replace(tree, nothing_of_this_name=1)


def test_a_kind_has_the_form_of_an_attrs_class() -> None:
    assert attrs.has(Let)
    assert [(a.name, a.default) for a in attrs.fields(Let)][2:] == [
        ("pattern", attrs.NOTHING), ("value", attrs.NOTHING), ("type", None), ("public", False),
    ]  # fmt: skip
    assert Let.__match_args__ == ("pattern", "value", "type", "public")
    assert isinstance(Let, Kind) and not isinstance(Stmt, Kind)
    assert category_of(Let) is Stmt


def test_ids_and_spans_are_keywords_also_after_defaults() -> None:
    n = Return(id="main#1", span=Span(0, 1, 2))
    assert (n.value, n.id, n.span) == (None, "main#1", Span(0, 1, 2))
    rebuilt = map_children(replace(n, value=n), lambda _: Return())
    assert (rebuilt.id, rebuilt.span) == (n.id, n.span)


def test_nodes_are_frozen_and_take_their_defaults() -> None:
    n = Return()
    assert (n.value, n.id, n.span) == (None, None, None)
    for name, value in (("value", n), ("id", "x"), ("other", 1)):
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(n, name, value)
    with pytest.raises(TypeError, match="Binary"):
        Binary("+")


def test_a_field_without_a_default_may_not_follow_one_with() -> None:
    with pytest.raises(TypeError, match="without a default"):

        @node
        class Crooked(Expr):
            first: str = ""
            second: str


def test_place_at_numbers_only_what_is_new() -> None:
    old, origin = Name("old", id="m.f#3", span=Span(0, 1, 2)), Name("at", id="m.f#9", span=Span(0, 7, 9))
    counter: dict[str, int] = {}
    made = place_at(ListLit((IntLit(1), old, ListLit((IntLit(2),)))), origin, "tag", counter)
    assert [n.id for n in walk(made)] == ["m.f#9", "m.f#9~tag.1", "m.f#3", "m.f#9~tag.2", "m.f#9~tag.3"]
    assert [n.span for n in walk(made)] == [origin.span, origin.span, old.span, origin.span, origin.span]
    assert [n.id for n in walk(place_at(ListLit((IntLit(1),)), origin, "tag", counter))] == ["m.f#9", "m.f#9~tag.4"]


def test_templates_share_code_but_not_names() -> None:
    text = "def factory(k):\n def inner(n, f0=1):\n  return (n.f0, n.f1, f0, k, extra)\n return inner"

    class Record:
        left, right = "l", "r"

    one = function(text, ("left", "right"), {"extra": 5})(7)
    other = function(text, ("right", "left"), {"extra": 6})(8)
    assert one(Record) == ("l", "r", 1, 7, 5)
    assert other(Record, right=2) == ("r", "l", 2, 8, 6)


@pytest.mark.parametrize("language", [Surface, Flat], ids=lambda language: language.name)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_node_in_the_wrong_place_is_found(language: Language, data: Any) -> None:
    """Grammar checks refuse a tree once any child is put where its declaration does not allow it."""
    tree = data.draw(trees(language))
    assert language.grammar_violations(tree) == []
    inner = [n for n in walk(tree) if any(s.shape == "one" for s in fields_of(n.__class__))]
    if not inner:
        return
    victim = data.draw(st.sampled_from(inner))
    field = next(s for s in fields_of(victim.__class__) if s.shape == "one")
    broken = _with(tree, victim, replace(victim, **{field.name: tree}))
    where = [str(v.message) for v in language.grammar_violations(broken)]
    assert len(where) == 1 and "may not hold" in where[0]


def _with(tree: Node, old: Node, new: Node) -> Node:
    return new if tree is old else map_children(tree, lambda c: _with(c, old, new))
