"""Observers of a run: timings, trees printed after a pass, and what each pass changed."""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.diff import text_diff
from kayton.ir.node import walk
from kayton.ir.text import Marks, pretty, without_places
from kayton.pipelines.manager import PassRun

Write = Callable[[str], None]


class Timings:
    """Collects how long each pass took, how many nodes it read and made, and what it took from earlier builds."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, int, int]] = []
        self.reuse: list[PassRun] = []
        self._last: tuple[int, int] = (0, 0)

    def __call__(self, run: PassRun) -> None:
        known, count = self._last
        before = count if known == id(run.before) else sum(1 for _ in walk(run.before))
        after = before if run.after is run.before else sum(1 for _ in walk(run.after))
        self._last = (id(run.after), after)
        self.rows.append((run.step.name, run.seconds, before, after))
        if run.reuse:
            self.reuse.append(run)

    def table(self) -> str:
        """The passes with milliseconds, share of the total, and nodes in and out."""
        total = sum(seconds for _, seconds, _, _ in self.rows) or 1e-9
        width = max([len(row[0]) for row in self.rows] + [4])
        lines = [f"{'pass':<{width}} {'ms':>9} {'share':>6} {'nodes in':>9} {'nodes out':>9}"]
        for name, seconds, before, after in self.rows:
            lines.append(f"{name:<{width}} {seconds * 1e3:>9.2f} {seconds / total:>6.1%} {before:>9} {after:>9}")
        lines.append(f"{'total':<{width}} {total * 1e3:>9.2f}")
        return "\n".join([*lines, *[line for run in self.reuse for line in _reused(run)]])


_MOST_NAMES = 8


def _reused(run: PassRun) -> list[str]:
    """What a pass took from summaries: of the program, then of each module."""
    analysed = [name for r in run.reuse for name in r.analysed]
    names = ", ".join([*analysed[:_MOST_NAMES], *(["…"] if len(analysed) > _MOST_NAMES else [])])
    functions = sum(r.functions for r in run.reuse)
    what = f" ({len(analysed)} analysed: {names})" if analysed else ""
    lines = ["", f"{run.step.name}  {run.seconds * 1e3:.0f} ms  reused {functions - len(analysed)} of {functions} functions{what}"]
    width = max(len(r.module) for r in run.reuse)
    for r in run.reuse:
        known = "interface unchanged" if r.unchanged else "interface new"
        lines.append(f"  {r.module:<{width}}  {r.functions - len(r.analysed)} of {r.functions}, {known}")
    return lines


def print_after(names: frozenset[str], write: Write, marks: Marks = without_places) -> Callable[[PassRun], None]:
    """An observer that writes the tree after each pass of these names."""

    def observe(run: PassRun) -> None:
        if run.step.name in names:
            write(f";; after {run.step.name}, in {run.step.use.target.name}\n{pretty(run.after, marks)}\n")

    return observe


def print_changed(write: Write, marks: Marks = without_places) -> Callable[[PassRun], None]:
    """An observer that writes what each pass changed, and names those that changed nothing."""

    def observe(run: PassRun) -> None:
        if run.after is run.before:
            write(f";; {run.step.name} changed nothing\n")
            return
        lines = text_diff(run.before, run.after, marks)
        write("\n".join([f";; changed by {run.step.name}", *lines, ""]))

    return observe
