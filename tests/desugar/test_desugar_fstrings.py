"""desugar-fstrings: concatenations, and the grammar of format specs."""

import pytest

from kayton.passes.desugar.desugar_fstrings import DesugarFstrings


def test_parts_in_order(body):
    assert body(DesugarFstrings, '(f-string [(str-lit a) (hole (name x) spec=">5") (hole (name y))])') == [
        '(concat [(str-lit a) (format (name x) >5) (name y)])'
    ]


@pytest.mark.parametrize("text", ['(f-string [(str-lit a)])', '(f-string [(str-lit "a")])'])
def test_only_text_is_a_string(body, text):
    assert body(DesugarFstrings, text) == ["(str-lit a)"]


def test_nothing_is_the_empty_string(body):
    assert body(DesugarFstrings, "(f-string [])") == ['(str-lit "")']


def test_a_hole_alone_still_makes_text(body):
    assert body(DesugarFstrings, "(f-string [(hole (name x))])") == ["(concat [(name x)])"]


GOOD = ["6", "<6", "*<6", "#^6", "+", "+.1", "06", "+06", "08.2", "x", "08b", ".0", ".2f", "10.1e", "é<6", "<<4", "5.2", "0", ">0"]


@pytest.mark.parametrize("spec", GOOD)
def test_good_specs(errors, spec):
    assert errors(DesugarFstrings, f'(f-string [(hole (name x) spec="{spec}")])') == []


@pytest.mark.parametrize("spec", ["z", "6x6", ".", "2.8.1", "**<6", "-5", "<+5x2", " 5", "5 ", "5.x", "xX", "٣"])
def test_bad_specs(errors, spec):
    assert errors(DesugarFstrings, f'(f-string [(hole (name x) spec="{spec}")])') == ["bad format spec"]
