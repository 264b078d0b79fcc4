"""Matching the types of arguments with the forms of a built-in's signature (kayton/ir/native_types.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.native_types import Form
from kayton.ir.types import ABSENT, DYN, NEVER, App, Type, app, join, join_all


class Matcher:
    """What the variables of a signature stand for; `call` gives the result of a function value, `items` what `for` would bind."""

    def __init__(self, variables: dict[str, Type], call: Callable[[Type, list[Type]], Type], items: Callable[[Type], Type]) -> None:
        self.variables = dict(variables)
        self._call = call
        self._items = items

    def arguments(self, forms: Sequence[Form], args: Sequence[Type]) -> None:
        """Learns from all arguments, those that are functions last, since they are called with what the others give.

        A function's result may flow into its own next argument (`fold`), so this goes on until nothing is learned.
        """
        pairs = [(f, a) for f, a in zip(forms, args, strict=False) if a not in (ABSENT, NEVER)]
        while True:
            before = dict(self.variables)
            for form, t in sorted(pairs, key=lambda pair: pair[0].kind == "function"):
                self._learn(form, t)
            if self.variables == before:
                return

    def _learn(self, form: Form, t: Type) -> None:
        if form.kind == "var":
            self.variables[form.name] = join(self.variables.get(form.name, NEVER), t)
        elif form.kind == "iterable":
            self._learn(form.parts[0], self._items(t))
        elif form.kind == "function":
            given = [self.result(p) for p in form.parts[:-1]]
            self._learn(form.parts[-1], NEVER if NEVER in given else self._call(t, given))
        elif form.kind == "union":
            self._learn(form.parts[0], t)
        elif form.kind == "type" and t.__class__ is App and t.name == form.name:
            for part, a in zip(form.parts, t.args, strict=False):
                self._learn(part, a)
        elif form.kind == "type" and t is DYN:
            for part in form.parts:
                self._learn(part, DYN)

    def result(self, form: Form) -> Type:
        """The type that a form stands for."""
        if form.kind == "var":
            return self.variables.get(form.name, NEVER)
        if form.kind == "union":
            return join_all([self.result(p) for p in form.parts])
        if form.name == "dyn":
            return DYN
        return NEVER if form.name == "never" else app(form.name, *[self.result(p) for p in form.parts])
