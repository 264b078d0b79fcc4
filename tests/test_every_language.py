"""What a program does is the same in every language on its way to bytecode, as the reference evaluator sees it.

By default every pass is judged by some of the programs and every program by some of the passes, a long one only by what all of
them make of it together; `KAYTON_EVERY_LANGUAGE=1` judges all by all.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kayton.ir.surface import Program, Surface
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.pipelines.loading import load
from kayton.runtime.evaluator import Outcome, StepLimitReached
from kayton.testing.judge import is_evaluable
from tests.evaluator.programs import Case, cases, marked, outcome, read

_ALL = os.environ.get("KAYTON_EVERY_LANGUAGE") == "1"
_EVERY = 1 if _ALL else 6
_LONG = 20_000
"""A program of more steps is long."""
_SLOW = {"programs/lru_cache", "programs/n_queens"}
_TIMED = {"script/std_random_time_json"}
"""Programs that look at a clock."""


_STEPS = [s for s in load("vm", until="mark-last-uses").steps if s.use.target.name not in ("Source", "Tokens")]


_CASES = [c for c in cases() if c.name not in _TIMED]


@pytest.mark.parametrize("case", marked(_CASES, also=_SLOW))
def test_program(case: Case, tmp_path: Path) -> None:
    number = _CASES.index(case)
    cx = Cx()
    tree = read(case, cx)
    with undisturbed():
        tree = load("front").steps[0].use.transform(tree, cx)
    expected: Outcome | None = None
    every = _EVERY
    for at, step in enumerate(_STEPS):
        with undisturbed():
            tree = step.use.transform(tree, cx)
        assert not cx.failed, [d.message() for d in cx.diagnostics if d.severity == "error"]
        if not is_evaluable(step.use.target) or step.use.target is Surface:
            continue
        if expected is None:
            expected = outcome(case, tree, cx, tmp_path / f"files{at}")
            every = _EVERY if _ALL or not _is_long(case, tree, cx, tmp_path / "short") else len(_STEPS) + 1
        elif (number + at) % every == 0 or step is _STEPS[-1]:
            assert outcome(case, tree, cx, tmp_path / f"files{at}") == expected, f"after {step.name}"


def _is_long(case: Case, tree: Program, cx: Cx, folder: Path) -> bool:
    try:
        outcome(case, tree, cx, folder, max_steps=_LONG)
    except StepLimitReached:
        return True
    return False
