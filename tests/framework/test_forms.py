"""Text and JSON are faithful: for every language, what is written is read back the same, at any depth."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayton.ir.grammar import declared
from kayton.ir.json_form import JsonError, from_json, to_json
from kayton.ir.node import Node, same, walk
from kayton.ir.surface import Binary, IntLit, ListLit, Module, Name, Program
from kayton.ir.text import one_line, pretty, with_ids, with_places
from kayton.ir.text_reader import TextError, read
from tests.framework.random_trees import trees

LANGUAGES = {found.name: found for found in declared()}
DEPTH = 100_000

of_every_language = pytest.mark.parametrize("name", LANGUAGES)
thorough = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def places(root: Node) -> list[tuple]:
    return [(n.id, n.span) for n in walk(root)]


@of_every_language
@thorough
@given(data=st.data())
def test_forms_read_back(name: str, data: st.DataObject) -> None:
    tree = data.draw(trees(LANGUAGES[name]))
    assert LANGUAGES[name].grammar_violations(tree) == []
    assert same(read(pretty(tree)), tree)
    assert same(read(one_line(tree)), tree)
    marked = read(pretty(tree, with_places, width=40))
    assert same(marked, tree)
    assert places(marked) == places(tree)
    assert [i for i, _ in places(read(one_line(tree, with_ids)))] == [i for i, _ in places(tree)]
    from_table = from_json(to_json(tree))
    assert same(from_table, tree)
    assert places(from_table) == places(tree)


def deep() -> Program:
    at = IntLit(1, id="main#0")
    for i in range(DEPTH // 2):
        at = Binary("+", ListLit((at,)), IntLit(i), id=f"main#{i + 1}")
    return Program((Module("main", "main.ktn", 0, (at,)),))


@pytest.mark.slow
def test_depth_does_not_matter() -> None:
    tree = deep()
    assert same(read(pretty(tree)), tree)
    assert same(read(one_line(tree, with_ids)), tree)
    assert same(from_json(to_json(tree)), tree)
    assert len(pretty(tree)) < 200 * DEPTH


def test_text_is_what_a_person_would_write() -> None:
    call = "(call (name f) [(arg (binary <= (name x) (int-lit 1)))])"
    assert one_line(read(call)) == call
    assert one_line(read("(name x)")) == one_line(Name("x"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(call (name f)\n  (nome x))", "2:3: there is no kind nome"),
        ("(name)", "1:1: name lacks name"),
        ("(name x y)", "1:1: name has too many fields"),
        ("(name x colour=red)", "1:1: name has no field colour"),
        ("(int-lit one)", "1:1: int-lit.value cannot be 'one'"),
        ("(name x", "1:1: this is never closed"),
        ("(name x))", "1:9: ) closes nothing"),
        ("(list-lit [(name x)", "1:11: this is never closed"),
        ('(name "x)', "1:7: this is not a token"),
        ("x=1", "1:3: x= stands outside a node"),
        ("", "1:1: one tree is wanted"),
        ("(binary + (name x) x)", "1:1: binary.right cannot be 'x'"),
    ],
)
def test_bad_text_says_where(text: str, message: str) -> None:
    with pytest.raises(TextError) as caught:
        read(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "[]", "nope", '{"format": "kayton-tree", "version": 9}',
        '{"format": "kayton-tree", "version": 1, "root": 0, "nodes": [["int-lit", null, null, "x"]]}',
        '{"format": "kayton-tree", "version": 1, "root": 0, "nodes": [["return", null, null, 5]]}',
        '{"format": "kayton-tree", "version": 1, "root": 0, "nodes": [["int-lit", null, null]]}',
    ],
)
def test_bad_json_is_refused(text: str) -> None:
    with pytest.raises(JsonError):
        from_json(text)
