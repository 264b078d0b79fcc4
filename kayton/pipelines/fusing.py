"""Which neighbouring passes of a pipeline share one walk; see kayton/passes/fusing.py for how they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.node import Node
from kayton.passes.framework import Cx, Pass
from kayton.passes.fusing import SharedWalk
from kayton.pipelines.loading import Step

Transform = Callable[[Node, Cx], Node]

LEAST = 3
"""Marking a tree takes about as long as two walks that find nothing."""


def is_local(use: Pass) -> bool:
    """Whether a pass is nothing but rules for single nodes, so that it can share a walk."""
    return type(use).transform is Pass.transform


def groups(steps: Sequence[Step]) -> list[Sequence[Step]]:
    """The steps in order, those together that share a walk; all others are alone."""
    made: list[Sequence[Step]] = []
    run: list[Step] = []
    for step in (*steps, None):
        if step is not None and is_local(step.use) and (not run or step.on == run[-1].on):
            run.append(step)
            continue
        made += [run] if len(run) >= LEAST else [[s] for s in run]
        made += [] if step is None else [[step]]
        run = []
    return made


def transforms(steps: Sequence[Step]) -> list[Transform]:
    """How to run each of the steps, which are run in order, each on what the one before it made."""
    made: list[Transform] = []
    for group in groups(steps):
        made += [group[0].use.transform] if len(group) == 1 else _shared([s.use for s in group])
    return made


def _shared(passes: Sequence[Pass]) -> list[Transform]:
    walks: list[SharedWalk] = []

    def transform(index: int) -> Transform:
        def run(root: Node, cx: Cx) -> Node:
            if index == 0:
                walks[:] = [SharedWalk(passes, root)]
            return walks[0].run(index, root, cx)

        return run

    return [transform(i) for i in range(len(passes))]
