"""Random programs do the same compiled as on the evaluator and, as bytecode, on the VM: many of them in one binary.

`KAYTON_PROGRAMS` is how many are tried, `KAYTON_SEED` where they start.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from kayton.pipelines.loading import load
from kayton.testing.compiled import Trial, build, prepared, try_compiled
from kayton.testing.generate import generate_ahead

pytest.importorskip("kayton._native")

_PROGRAMS = int(os.environ.get("KAYTON_PROGRAMS", "2000"))
_FIRST = int(os.environ.get("KAYTON_SEED", "0"))
_BATCHES = 8


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(_BATCHES))
def test_compiled_programs_do_the_same(batch: int) -> None:
    first, count = _FIRST + batch * _PROGRAMS // _BATCHES, _PROGRAMS // _BATCHES
    tried = try_compiled([(f"seed {seed}", generate_ahead(seed)) for seed in range(first, first + count)])
    wrong = [t.report() for t in tried.differences()]
    assert not wrong, "\n\n".join(wrong)
    words = Counter(t.word for t in tried.trials)
    assert words["ready"] >= 0.98 * count, words


def test_they_have_thunks_and_features() -> None:
    text = "\n".join([generate_ahead(seed) for seed in range(200)])
    for feature in ("where it >= 0", "where n > 0", "@const", "@inline", "@thunk", "pure fn", "uses io", "T: Weighed"):
        assert text.count(feature) > 3, feature
    ready = [t for t in _some(20) if t.word == "ready"]
    assert sum(t.thunks for t in ready) > 20
    assert sum(t.native for t in ready) > 100


def test_a_program_that_does_something_else_and_one_with_warnings_are_seen() -> None:
    one, other = (prepared(name, text, load("aot-hybrid")) for name, text in (("one", "fn main(): print(1)\n"), ("other", "fn main(): print(2)\n")))
    swapped = Trial("one", one.text, "ready", "", one.expected, other.files)
    warned = Trial("warned", one.text, "ready", "", one.expected, {**one.files, "src/main.rs": one.files["src/main.rs"] + b"const YES: bool = (true);\n"})
    found, refused = build([swapped, warned]).differences()
    assert found.word == "disagreed" and "'1\\n'" in found.reason and "'2\\n'" in found.reason
    assert refused.word == "refused" and "unnecessary parentheses" in refused.reason


def _some(count: int) -> list[Trial]:
    pipeline = load("aot-hybrid")
    return [prepared(f"seed {seed}", generate_ahead(seed), pipeline) for seed in range(count)]
