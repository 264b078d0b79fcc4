"""Judges a compilation: whether a program does the same in every language on its way, and on the VM.

    judge("fn main(): print(1)")                        # every pass of the pipeline vm
    judge(text, pipeline="./mine.toml")                 # a researcher's own

The reference evaluator runs the program after each pass; what it does there must be what it did as written.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kayton.ir.language import Language
from kayton.ir.node import Node
from kayton.ir.surface import Surface
from kayton.ir.typed import Owned
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Cx
from kayton.pipelines.loading import Step, load, pass_names
from kayton.pipelines.manager import Settings, chosen
from kayton.passes.resolve.names.starting import START
from kayton.runtime.evaluator import Call, Failure, InvalidProgram, Outcome, StepLimitReached, run
from kayton.testing.generate_modules import source

LINKED = "resolve-modules"
"""Before this pass a program may be without modules that it uses."""


@attrs.frozen
class Verdict:
    """What came of judging a program.

    `rejected`: it does not compile, `reason` says why. `stopped`: it took too many steps. `agreed`: it does `expected`
    everywhere. `disagreed`: after the pass `after` (`vm` for the native VM) it does `found`, or breaks off for `reason`.
    """

    word: str
    after: str = ""
    expected: Outcome | None = None
    found: Outcome | None = None
    reason: str = ""

    def report(self) -> str:
        """The verdict in a few lines."""
        if self.word != "disagreed":
            return f"{self.word} {self.reason}".rstrip()
        lines = [f"after {self.after}: {self.reason}" if self.reason else f"after {self.after}:"]
        if self.expected is not None and self.found is not None:
            for field in attrs.fields(Outcome):
                before, now = getattr(self.expected, field.name), getattr(self.found, field.name)
                if before != now:
                    lines += [f"  {field.name} was {before!r}", f"  {field.name} is  {now!r}"]
        return "\n".join(lines)


def judge(
    text: str,
    *,
    pipeline: str = "vm",
    until: str | None = None,
    max_steps: int = 50_000,
    opt: int = 1,
    wanted: Callable[[str], bool] = lambda name: True,
) -> Verdict:
    """Compiles the program, up to the pass `until` if it is given, and runs it after every pass whose name is `wanted`.
    Raises UserError for a bad pipeline.

    The text may hold further modules (`generate_modules.source`). What a pass raises is a disagreement.
    """
    return Judgement(text, max_steps).of(chosen(load(pipeline, until=until), Settings(opt=opt)), wanted)


class Judgement:
    """Judging one program."""

    def __init__(self, text: str, max_steps: int) -> None:
        self.cx = Cx()
        self.tree: Node = source(text, self.cx)
        self.max_steps = max_steps
        self.expected: Outcome | None = None
        self.waiting: list[tuple[str, Node]] = []
        """What is to be run once it is known that the program compiles."""

    def of(self, steps: list[Step], wanted: Callable[[str], bool]) -> Verdict:
        """Runs the passes, and the program between them."""
        checking = pass_names("check")
        last_check = max([i for i, s in enumerate(steps) if s.name in checking], default=-1)
        for i, step in enumerate(steps):
            try:
                with undisturbed():
                    self.tree = step.use.transform(self.tree, self.cx)
            except Exception as error:  # whatever a pass under test raises is its verdict
                return self._broken(step.name, error)
            if self.cx.failed:
                return self._rejected(step.name, i <= last_check)
            self._await(step, wanted)
            verdict = self._run_waiting() if i >= last_check else None
            if verdict is not None:
                return verdict
        return Verdict("agreed", expected=self.expected)

    def _rejected(self, name: str, checked: bool) -> Verdict:
        errors = [d for d in self.cx.diagnostics if d.severity == "error"]
        if not checked:
            return Verdict("disagreed", name, self.expected, reason=f"reports {errors[0].message()}")
        return Verdict("rejected", name, reason="; ".join([f"{self.cx.sources.start(d.span)}: {d.message()}" for d in errors]))

    def _broken(self, name: str, error: Exception) -> Verdict:
        return Verdict("disagreed", name, self.expected, reason=f"{type(error).__name__}: {error}")

    def _await(self, step: Step, wanted: Callable[[str], bool]) -> None:
        """Takes note of what the pass made, if it is to be run. The first language of all is that in which all modules are
        there: what the program does in it is what is expected."""
        if step.use.target.name == "Kbc":
            if wanted("vm") and native() is not None:
                self.waiting.append(("vm", self.tree))
        elif step.name == LINKED or (is_evaluable(step.use.target) and step.use.target is not Surface and wanted(step.name)):
            self.waiting.append((step.name, self.tree))

    def _run_waiting(self) -> Verdict | None:
        """Runs what waits, and compares."""
        waiting, self.waiting = self.waiting, []
        for name, tree in waiting:
            try:
                found = on_vm(tree.file.data) if name == "vm" else run(tree, self.cx.sources, max_steps=self.max_steps)
            except StepLimitReached:
                return Verdict("stopped", name)
            except (InvalidProgram, RejectedBytecode, RuntimeError, ValueError) as error:
                return self._broken(name, error)
            if self.expected is None:
                self.expected = found
            elif found != self.expected:
                return Verdict("disagreed", name, self.expected, found)
        return None


def is_evaluable(language: Language) -> bool:
    """Whether the reference evaluator runs programs in the language: it lies between Surface and Owned."""
    return Surface in _lineage(language) and language in _lineage(Owned)


def _lineage(language: Language | None) -> list[Language]:
    found = []
    while language is not None:
        found.append(language)
        language = language.parent
    return found


def native():
    """The native module; None where it is not built."""
    try:
        from kayton import _native
    except ImportError:
        return None
    return _native


class RejectedBytecode(Exception):
    """The VM refuses what the passes have made."""


def on_vm(program: bytes) -> Outcome:
    """What the VM makes of a .kbc, in the evaluator's terms. Raises RejectedBytecode."""
    vm = native()
    try:
        found = vm.run(program, [], capture=True)
    except vm.BytecodeError as error:
        raise RejectedBytecode(str(error)) from None
    failure = None
    if found.error is not None:
        trace = tuple([Call(*call) for call in found.error.trace if call[0] != START])
        failure = Failure(found.error.message, trace, found.error.omitted, found.error.omitted_at)
    return Outcome(found.exit_code, failure, bytes(found.stdout).decode(), bytes(found.stderr).decode())
