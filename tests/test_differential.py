"""Random programs do the same in every language on their way to bytecode, and on the VM.

`KAYTON_EXAMPLES` is how many programs are tried (by default few); `KAYTON_SEED` is where the fixed ones start.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from kayton.testing.generate import generate
from kayton.testing.judge import judge, native
from kayton.testing.strategies import programs

_EXAMPLES = int(os.environ.get("KAYTON_EXAMPLES", "20"))
_FIRST = int(os.environ.get("KAYTON_SEED", "0"))
_STEPS = 20_000

needs_vm = pytest.mark.skipif(native() is None, reason="the native module is not built")


def _judged(text: str, **options) -> None:
    verdict = judge(text, max_steps=_STEPS, **options)
    assert verdict.word in ("agreed", "stopped", "rejected"), f"{verdict.report()}\n\n{text}"


@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _EXAMPLES))
def test_after_every_pass(seed: int) -> None:
    _judged(generate(seed), wanted=lambda name: name != "vm")


@needs_vm
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + 3 * _EXAMPLES))
def test_on_the_vm(seed: int) -> None:
    _judged(generate(seed, size=14), wanted=lambda name: name == "vm")


@needs_vm
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _EXAMPLES))
def test_on_the_vm_without_optimisation(seed: int) -> None:
    _judged(generate(seed), opt=0, wanted=lambda name: name == "vm")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + 2 * _EXAMPLES))
def test_what_goes_before_whole_program_analysis(seed: int) -> None:
    """The passes over one tree that compiling ahead of time has beyond those of the VM."""
    _judged(generate(seed, size=10), pipeline="aot-hybrid", until="mark-last-uses", wanted=lambda name: name in ("propagate-constants", "mark-last-uses"))


@settings(max_examples=_EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(programs())
def test_shrinking(text: str) -> None:
    """The same with hypothesis, which makes a small program of one that disagrees."""
    _judged(text, wanted=lambda name: name in ("mark-last-uses", "vm"))
