"""An observer of a run that keeps what one pass made, for commands that need more than the end."""

from __future__ import annotations

import attrs

from kayton.ir.node import Node
from kayton.pipelines.manager import PassRun


@attrs.define
class Kept:
    """The tree after the pass `name`; None until it has run."""

    name: str
    tree: Node | None = None

    def __call__(self, run: PassRun) -> None:
        if run.step.name == self.name:
            self.tree = run.after
