"""Maps and sets keep insertion order, tell keys apart by type, and never change an older version of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrsistent import pvector

from kayton.runtime.evaluator.errors import Fail
from kayton.runtime.evaluator.tables import Map, Set, hashed
from kayton.runtime.evaluator.values import NONE, UNIT, some

_KEYS = st.one_of(st.integers(-3, 3), st.booleans(), st.text("ab", max_size=2), st.tuples(st.integers(0, 1)))
_STEPS = st.lists(st.tuples(st.sampled_from(("put", "drop")), _KEYS, st.integers(0, 9)), max_size=60)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(_STEPS)
def test_against_a_dict(steps: list) -> None:
    table, model = Map(), {}
    for word, key, value in steps:
        before, kept = table, table.items()
        told_apart = (type(key), key)
        if word == "put":
            table = table.put(key, value)
            model[told_apart] = (key, value)
        else:
            table = table.drop(key)
            model.pop(told_apart, None)
        assert before.items() == kept
    assert [(type(k), k, v) for k, v in table.items()] == [(type(k), k, v) for k, v in model.values()]
    assert len(table) == len(model)


def test_keys_of_different_types_differ() -> None:
    keys = [1, True, "1", (1,), pvector([1]), UNIT, NONE, some(1), (), ((1,), 2), (1, (2,))]
    assert len({hashed(k) for k in keys}) == len(keys)


@pytest.mark.parametrize("key", [1.0, (1, 2.0), pvector([0.5]), some(1.5), Set()])
def test_what_is_no_key(key: object) -> None:
    with pytest.raises(Fail, match="not a key: (f64|Set)"):
        hashed(key)


def test_a_deep_key() -> None:
    key: object = 0
    for _ in range(200_000):
        key = (key,)
    assert Map().put(key, 1).find(key)[1] == 1
