"""Compiling takes time in proportion to the program, whatever its shape: calls are counted, so the answer is always the same."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run_text

SHAPES = runpy.run_path(str(Path(__file__).parent.parent / "bench" / "shapes.py"))["SHAPES"]
FEW, MANY = 120, 480
BOUNDED = {"tuple match"}
"""What arms with patterns in patterns cover takes longer, up to a limit (`kayton/passes/check/_usefulness.py`)."""


def calls(text: str) -> int:
    """How many functions are called while a program is compiled."""
    vm, count = load("vm"), 0

    def see(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        result = run_text(vm, "main.ktn", text, Settings(verify="off"))
    finally:
        sys.setprofile(None)
    assert result.ok, [d.message() for d in result.diagnostics]
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SHAPES if name not in BOUNDED])
def test_four_times_the_lines_take_four_times_the_calls(name: str) -> None:
    shape: Callable[[int], str] = SHAPES[name]
    calls(shape(FEW))  # what is generated for a kind when it is first met
    assert calls(shape(MANY)) < 4.6 * calls(shape(FEW))
