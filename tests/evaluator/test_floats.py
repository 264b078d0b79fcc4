"""f64 as Rust writes it, where Python's repr differs or might."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayton.runtime.evaluator import floats


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (1e16, "1e16"),
        (1e-4, "0.0001"), (1e-5, "1e-5"), (1.25e-7, "1.25e-7"), (5e-324, "5e-324"), (1.5e16, "1.5e16"),
        (1.7976931348623157e308, "1.7976931348623157e308"),
        (123456789.125, "123456789.125"), (math.inf, "inf"), (-math.inf, "-inf"), (math.nan, "NaN"), (-2.5, "-2.5"),
    ],
)
def test_shortest(x: float, text: str) -> None:
    assert floats.shortest(x) == text


def test_a_tie_goes_to_the_greater() -> None:
    """1000000000000000.25 is as near to .2 as to .3: Python takes the even digit, Rust the greater one."""
    assert repr(1e15 + 0.3) == "1000000000000000.2"
    assert floats.shortest(1e15 + 0.3) == "1000000000000000.3"
    assert floats.shortest(-(1e15 + 0.3)) == "-1000000000000000.3"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, (1 << 64) - 1))
def test_it_reads_back(bits: int) -> None:
    x = struct.unpack("<d", struct.pack("<Q", bits))[0]
    text = floats.shortest(x)
    if math.isnan(x):
        assert text == "NaN"
    else:
        assert float(text) == x
        assert len(text.strip("-").replace(".", "").split("e")[0].strip("0")) <= 17


@pytest.mark.parametrize(
    ("x", "precision", "text"),
    [(1500.0, None, "1.5e3"), (0.00012, None, "1.2e-4"), (1500.0, 2, "1.50e3"), (0.0, None, "0e0"), (-2.5e10, None, "-2.5e10")],
)
def test_exponential(x: float, precision: int | None, text: str) -> None:
    assert floats.exponential(x, precision) == text


@pytest.mark.parametrize(
    ("a", "b", "rest"), [(5.5, 2.0, 1.5), (-5.5, 2.0, 0.5), (5.5, -2.0, -0.5), (4.0, -2.0, -0.0), (-4.0, 2.0, 0.0)]
)
def test_remainder_has_the_divisors_sign(a: float, b: float, rest: float) -> None:
    assert repr(floats.remainder(a, b)) == repr(rest)


def test_powers_do_not_fail() -> None:
    assert floats.power(-2.0, 1025.0) == -math.inf
    assert floats.power(10.0, 400.0) == math.inf
    assert floats.power(0.0, -1.0) == math.inf
    assert floats.power(-0.0, -1.0) == -math.inf
    assert math.isnan(floats.power(-1.0, 0.5))


def test_rounding_keeps_the_sign_of_zero() -> None:
    found = [floats.round_half_away(-0.4), floats.trunc(-0.9), floats.ceil(-0.5), floats.floor(-0.0), floats.round_half_away(0.5)]
    assert [repr(x) for x in found] == ["-0.0", "-0.0", "-0.0", "-0.0", "1.0"]
    assert floats.round_half_away(0.49999999999999994) == 0.0
    assert floats.round_half_away(-2.5) == -3.0
