"""Random programs on the reference evaluator and on the VM:

    python -m kayton.testing.differential [--programs N] [--from SEED] [--size N] [--after-every-pass | --compiled]

or, compiled, on the evaluator, the VM and the machine. It prints what became of them, and each program that does not do the same everywhere, made small, with what differs. Ends with code 1 when
there was one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from kayton.testing.compiled import try_compiled
from kayton.testing.generate import generate, generate_ahead
from kayton.testing.judge import Verdict, judge
from kayton.testing.reducing import reduced

AT_A_TIME = 250
"""So many programs are compiled into one binary."""
STEPS = 50_000
"""Of the evaluator; a program that needs more says nothing."""


def verdict(text: str, passes: tuple[str, ...]) -> Verdict:
    """What becomes of a program, run as written and after these passes (`vm`: on the VM); none means all."""
    return judge(text, max_steps=STEPS, wanted=lambda name: not passes or name in passes)


def smallest(text: str, passes: tuple[str, ...]) -> str:
    """A smaller program that disagrees after the same pass, its error of the same kind if it breaks off."""
    first = verdict(text, passes)

    def shows(smaller: str) -> bool:
        found = verdict(smaller, passes)
        return (found.word, found.after, found.reason.split(":")[0]) == ("disagreed", first.after, first.reason.split(":")[0])

    return reduced(text, shows)


def try_programs(seeds: range, size: int, passes: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """How many programs agreed, disagreed, were rejected or stopped, and how many ended with each message."""
    words: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    for seed in seeds:
        text = generate(seed, size)
        found = verdict(text, passes)
        words[found.word] += 1
        if found.word == "disagreed":
            print(f"seed {seed}, size {size}: {found.report()}\n{smallest(text, passes)}", file=sys.stderr, flush=True)
        elif found.expected is not None:
            endings[_kind(found)] += 1
    return words, endings


def _kind(found: Verdict) -> str:
    """How a program ended, in few words: its error's message without what stands in it."""
    error = found.expected.error if found.expected is not None else None
    if error is None:
        return "no error"
    return " ".join(error.message.split(":")[0].split()[:3])


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(prog="python -m kayton.testing.differential")
    words.add_argument("--programs", type=int, default=1000)
    words.add_argument("--from", type=int, default=0, dest="first")
    words.add_argument("--size", type=int, default=6)
    words.add_argument("--after-every-pass", action="store_const", const=(), default=("vm",), dest="passes")
    words.add_argument("--compiled", action="store_true")
    given = words.parse_args()
    seeds = range(given.first, given.first + given.programs)
    if given.compiled:
        return _compiled(seeds, given.size)
    counts, endings = try_programs(seeds, given.size, given.passes)
    print(", ".join([f"{counts[word]} {word}" for word in ("agreed", "disagreed", "rejected", "stopped")]))
    print("they ended with:", ", ".join([f"{message} ({count})" for message, count in endings.most_common()]))
    return 1 if counts["disagreed"] else 0


def _compiled(seeds: range, size: int) -> int:
    """Compares natively, so many programs at a time."""
    counts: Counter[str] = Counter()
    for first in range(seeds.start, seeds.stop, AT_A_TIME):
        some = range(first, min(first + AT_A_TIME, seeds.stop))
        tried = try_compiled([(f"seed {seed}", generate_ahead(seed, size)) for seed in some])
        counts.update([t.word for t in tried.trials])
        for found in tried.differences():
            counts["differences"] += 1
            print(f"size {size}, {found.report()}", file=sys.stderr, flush=True)
        counts["native functions"] += sum(t.native for t in tried.trials)
        counts["thunks"] += sum(t.thunks for t in tried.trials)
    print(", ".join([f"{counts[word]} {word}" for word in ("ready", "rejected", "stopped", "native functions", "thunks", "differences")]))
    return 1 if counts["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
