"""The arguments that a program's functions are called with while the reference evaluator runs it."""

from __future__ import annotations

import io
from typing import Any

from kayton.ir.surface import Program
from kayton.ir.undisturbed import undisturbed
from kayton.runtime.evaluator.errors import Exit, Fail, StepLimitReached
from kayton.runtime.evaluator.machine import Machine
from kayton.runtime.evaluator.running import load
from kayton.runtime.evaluator.values import Function
from kayton.testing.verifying.values import written

MOST_STEPS = 300_000
"""Calls and rounds of loops after which enough has been seen."""


class _Recorder(Machine):
    """A machine that writes down what functions are called with."""

    def __init__(self, most: int, own: frozenset[str]) -> None:
        super().__init__(io.StringIO(), io.StringIO(), io.StringIO(), (), MOST_STEPS)
        self._most, self._own = most, own
        self.names: dict[int, str] = {}
        self.seen: dict[str, dict[tuple[str, ...], None]] = {}

    def enter(self, callee: Any, args: list, spans: Any = None) -> Any:
        name = self.names.get(id(callee)) if callee.__class__ is Function else None
        if name is not None:
            known = self.seen.setdefault(name, {})
            if len(known) < self._most:
                texts = tuple([written(a, self._own) for a in args])
                if None not in texts:
                    known[texts] = None
        return super().enter(callee, args, spans)


def recorded(program: Program, most: int, own: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """By a function's path, up to `most` different tuples of arguments, as source. Types in `own` are the only ones of the program's."""
    machine = _Recorder(most, own)
    with undisturbed():
        try:
            world = load(program, machine)
            machine.names = {id(function): path for path, function in world.functions.items()}
            world.start()
        except (Fail, Exit, StepLimitReached):
            pass  # what was seen until then is what there is
    return {path: list(seen) for path, seen in machine.seen.items()}
