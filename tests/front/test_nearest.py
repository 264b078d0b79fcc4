"""What was probably meant, and above all what was not."""

from __future__ import annotations

import pytest

from kayton.diagnostics.nearest import distance, nearest

KNOWN = ["print", "total", "to_upper", "parse_i64", "Circle", "Rect", "x", "y", "xs", "len", "sort_by_key", "counter", "is_empty"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("prnt", "print"), ("pirnt", "print"), ("Print", "print"), ("printt", "print"), ("totl", "total"), ("toUpper", "to_upper"),
        ("to_uper", "to_upper"), ("parseI64", "parse_i64"), ("Circel", "Circle"), ("circle", "Circle"), ("rect", "Rect"),
        ("lne", "len"), ("key_sort_by", "sort_by_key"), ("count", "counter"), ("isEmpty", "is_empty"), ("empty_is", "is_empty"),
        ("XS", "xs"),
    ],
)  # fmt: skip
def test_what_was_meant(name: str, meant: str) -> None:
    assert nearest(name, KNOWN) == (meant,)


@pytest.mark.parametrize("name", ["z", "a", "foo", "value", "ys", "data", "lines", "main", "zzzzzz", "_", "prefix", "%x", "rot"])
def test_nothing_rather_than_something_silly(name: str) -> None:
    assert nearest(name, KNOWN) == ()


def test_equally_likely_names_are_all_offered_and_a_name_is_not_meant_for_itself() -> None:
    assert nearest("coler", ["color", "cooler", "coles"]) == ("coles", "color", "cooler")
    assert nearest("print", ["print", "eprint"]) == ("eprint",)
    assert nearest("it", ["%it.1"]) == ()


def test_distance() -> None:
    assert distance("abcd", "abdc", 1) == 1, "neighbours swapped"
    assert distance("abc", "abcdef", 2) is None
    assert distance("", "ab", 2) == 2
