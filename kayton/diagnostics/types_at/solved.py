"""The results of analysis as questions about a place need them: instances, demands and cells by name."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kayton.ir.constrained import Cell, Demand, Demands, Instance
from kayton.ir.mono import MonoFn, Outlined, Refusal
from kayton.ir.resolved import Fn
from kayton.ir.surface import Program


@attrs.frozen(eq=False)
class Solved:
    """Analysis: a program after `solve`, and what `monomorphize` made of each instance."""

    functions: dict[str, Fn]
    demands: dict[str, tuple[Demand, ...]]
    instances: dict[str, Instance]
    cells: dict[str, Cell]
    lowered: dict[str, MonoFn | Refusal | Outlined]

    @classmethod
    def of(cls, solved: Program, mono: Program) -> Solved:
        """What two trees of one program say."""
        items = [i for m in solved.modules for i in m.body]
        return cls(
            {i.name: i for i in items if isinstance(i, Fn)},
            {i.fn: i.demands for i in items if isinstance(i, Demands)},
            {i.name: i for i in items if isinstance(i, Instance)},
            {i.name: i for i in items if isinstance(i, Cell)},
            {i.name: i for m in mono.modules for i in m.body if isinstance(i, MonoFn | Refusal | Outlined)},
        )

    def instances_of(self, fn: str) -> list[Instance]:
        """All instances of a function."""
        return [i for i in self.instances.values() if i.fn == fn]

    def type_of(self, instance: Instance, variable: str) -> str:
        """The type of a variable of types; `never` where no value gets."""
        return next((t.type for t in instance.typings if t.variable == variable), "never")

    def why(self, instance: Instance, variable: str) -> str:
        """How it became `dyn`, where that happened just there."""
        return next((t.why for t in instance.typings if t.variable == variable), "")

    def callers(self, name: str) -> Iterator[tuple[Instance, str]]:
        """The instances that call an instance, with the sites."""
        for instance in self.instances.values():
            for call in instance.calls:
                if name in call.instances:
                    yield instance, call.site

    def called(self, instance: Instance, site: str) -> list[Instance]:
        """The instances that are called at a site."""
        return [self.instances[name] for call in instance.calls if call.site == site for name in call.instances]
