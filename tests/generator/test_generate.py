"""Random programs are programs: they compile, end, and reach what they are made to reach."""

from __future__ import annotations

from collections import Counter

import pytest

from kayton.passes.framework import Cx
from kayton.pipelines.loading import load
from kayton.pipelines.manager import Settings, run
from kayton.runtime.evaluator import Outcome
from kayton.runtime.evaluator import run as evaluate
from kayton.testing.choices import Choices
from kayton.testing.generate import generate, write
from kayton.testing.generate_modules import source
from kayton.testing.judge import Verdict, judge
from kayton.testing.reducing import reduced

SEEDS = range(60)


def _linked(text: str):
    cx = Cx()
    made = run(load("check", until="resolve-modules"), source(text, cx), cx, Settings(verify="off"))
    assert made.ok, [d.message() for d in cx.diagnostics]
    return made.tree, cx


def _outcome(seed: int) -> Outcome:
    tree, cx = _linked(generate(seed))
    return evaluate(tree, cx.sources, max_steps=100_000)


def test_a_seed_is_a_program() -> None:
    assert [generate(seed) for seed in range(5)] == [generate(seed) for seed in range(5)]
    assert len({generate(seed) for seed in range(20)}) == 20


def test_the_simplest_choices_make_the_simplest_program() -> None:
    text = write(Choices(lambda n: 0))
    assert text.splitlines()[0] == "fn main():"
    assert len(text.splitlines()) <= 5


@pytest.mark.parametrize("seed", SEEDS)
def test_it_parses(seed: int) -> None:
    _linked(generate(seed))


@pytest.mark.slow
def test_most_compile_and_agree() -> None:
    words = Counter(judge(generate(seed), wanted=lambda name: False).word for seed in SEEDS)
    assert words["rejected"] <= len(SEEDS) // 20
    assert words["stopped"] <= len(SEEDS) // 10


def test_they_run_deep_and_fail_in_many_ways() -> None:
    outcomes = [_outcome(seed) for seed in SEEDS]
    ended = [o for o in outcomes if o.error is None]
    assert len(ended) > len(outcomes) // 2
    assert sum(o.stdout.count("\n") for o in ended) > 3 * len(ended)
    messages = {o.error.message.split(":")[0] for o in outcomes if o.error is not None}
    assert len(messages) >= 5, messages


def test_a_verdict_says_what_differs() -> None:
    before = Outcome(0, None, "1\n")
    text = Verdict("disagreed", "fold-constants", before, Outcome(0, None, "2\n")).report()
    assert text.splitlines() == ["after fold-constants:", "  stdout was '1\\n'", "  stdout is  '2\\n'"]


def test_a_wrong_pass_is_found(tmp_path) -> None:
    """A pass that turns additions round where it must not."""
    (tmp_path / "break_sums.py").write_text(_BREAKS_SUMS, encoding="utf-8")
    pipeline = tmp_path / "broken.toml"
    pipeline.write_text(
        'name = "broken"\nabout = "A pass that is wrong."\nafter = "front"\n\n[[pass]]\nuse = "./break_sums.py"\n', encoding="utf-8"
    )
    text = 'fn main():\n    print("a" + "b")\n'
    verdict = judge(text, pipeline=str(pipeline))
    assert (verdict.word, verdict.after) == ("disagreed", "break-sums")
    assert verdict.found is not None and verdict.found.stdout == "ba\n"


_BREAKS_SUMS = '''
"""break-sums : Core -> Core

    a + b => b + a
"""

from kayton.ir.core import Core
from kayton.ir.surface import Binary
from kayton.passes.framework import Cx, Pass, frozen, rule


@frozen
class BreakSums(Pass):
    source = Core
    target = Core

    @rule
    def sum(self, e: Binary, cx: Cx) -> Binary:
        return Binary(e.op, e.right, e.left) if e.op == "+" else e
'''


def test_programs_have_what_they_are_made_to_have() -> None:
    """Of everything that the generator is there for, something in a few hundred programs."""
    text = "\n".join([generate(seed) for seed in range(300)])
    wanted = (
        "# file: lib.ktn", "use lib.{", "class ", "impl Show", "impl Eq", "impl Ord", "impl Index", "impl IndexSet", "impl Iterator", "impl Iterable",
        "impl Flat for str", "trait Solid: Flat", "dyn Flat", "struct Box[T]", "fn larger[T: Flat]", "ring_of(", " is ", "sort_by(", "swap_both(mut ",
        "kept_in(", ".double()", "(mut self", "place: mut ", "while let ", "if let ", " = loop:", "break ", "continue", "return ", "?", " @ ", " | ",
        "..=", ", ..", " for ", ".with(", "const ", "let (mut ", "applied(", "_op.f)(", "panic(", ".unwrap()", " if ", "elif ", "f\"<{", ":é^", "é",
    )
    assert [w for w in wanted if w not in text] == []


def test_reducing_keeps_what_shows() -> None:
    text = "".join([f"line {i}\n" for i in range(40)]) + "fn a():\n    x\n    y\nlast\n"
    assert reduced(text, lambda part: "line 33\n" in part and "    y\n" in part) == "line 33\n    y\n"
    assert reduced(text, lambda part: part == text) == text
