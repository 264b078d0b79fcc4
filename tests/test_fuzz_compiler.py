"""Programs with mistakes in them: each has errors to report, or compiles to bytecode that the VM takes (`make mutate` tries more)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kayton.pipelines.loading import load
from kayton.testing.mutate import compiled, mutated, read_programs

ROOT = Path(__file__).parent
PROGRAMS = read_programs([ROOT / "golden" / "programs", ROOT / "backend" / "programs"])


def outcomes(seeds: range) -> list[str]:
    steps = load("vm")
    found = []
    for seed in seeds:
        text = mutated(seed, PROGRAMS)
        try:
            found.append(compiled(text, steps))
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error}\n{text}") from error
    return found


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_mutated_programs(first: int) -> None:
    found = outcomes(range(first, first + 100))
    assert found.count("ran") > 3
    assert found.count("errors") > 50


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 5000, 1000))
def test_more_of_them(first: int) -> None:
    assert outcomes(range(first, first + 1000)).count("ran") > 30


def test_a_seed_is_a_text() -> None:
    assert [mutated(seed, PROGRAMS) for seed in range(30)] == [mutated(seed, PROGRAMS) for seed in range(30)]
