"""Random programs as native binaries: what each does there must be what it does on the evaluator, and its bytecode on the VM.

    tried = build([prepared(seed, generate_ahead(seed)) for seed in range(100)])
    for failed in tried.differences(): print(failed.report())

All programs are in one binary (`batch`). The bytecode is the other half of what is compiled: what a thunk of the program would run.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence

import attrs

from kayton.commands.native import files_of
from kayton.diagnostics.failure import render_runtime_error
from kayton.ir.source import SourceMap
from kayton.passes.bytecode._format import encode_module
from kayton.passes.framework import Cx
from kayton.pipelines.keeping import Kept
from kayton.pipelines.loading import Pipeline, load
from kayton.pipelines.manager import Result, Settings, run
from kayton.runtime.evaluator import InvalidProgram, Outcome, StepLimitReached
from kayton.runtime.evaluator import run as evaluate
from kayton.testing.batch import Batch, Files, build_batch
from kayton.testing.generate_modules import source
from kayton.testing.judge import LINKED, RejectedBytecode, on_vm

STEPS = 50_000
"""Of the evaluator; a program that needs more says nothing."""
Told = tuple[int, str, str]
"""Exit code, output, and standard error as a person reads it."""


@attrs.frozen
class Trial:
    """A program that is to be compiled, or why that is not so.

    `word` is `ready`, or what came of it before: `rejected` with its errors, `stopped` because it takes too many steps, `disagreed` because the
    VM does something else or the compiler broke off; `reason` says more.
    """

    name: str
    text: str
    word: str
    reason: str = ""
    expected: Told | None = None
    files: Files | None = None
    native: int = 0
    thunks: int = 0

    def report(self) -> str:
        """What is wrong with it, and its text."""
        return f"{self.name}: {self.word}: {self.reason}\n{self.text}"


def prepared(name: str, text: str, pipeline: Pipeline) -> Trial:
    """Runs the program on the evaluator and on the VM, and makes a crate of it."""
    cx = Cx()
    linked, bytecode = Kept(LINKED), Kept("emit-bc")
    settings = Settings(verify="off", skip=frozenset({"drop-bytecode"}))
    result = run(pipeline, source(text, cx), cx, settings, [linked, bytecode])
    if result.failure is not None:
        return Trial(name, text, "disagreed", str(result.failure))
    if cx.failed or not result.finished:
        return Trial(name, text, "rejected", "; ".join([d.message() for d in result.diagnostics if d.severity == "error"]))
    try:
        outcome = evaluate(linked.tree, cx.sources, max_steps=STEPS)
        expected = told(outcome, cx.sources)
        found = told(on_vm(encode_module(bytecode.tree.module, cx.sources)), cx.sources)
    except StepLimitReached:
        return Trial(name, text, "stopped")
    except (InvalidProgram, RejectedBytecode) as error:
        return Trial(name, text, "disagreed", str(error))
    if found != expected:
        return Trial(name, text, "disagreed", _shown("the VM", expected, found))
    return _ready(name, text, expected, result)


def _ready(name: str, text: str, expected: Told, result: Result) -> Trial:
    crate = result.tree
    return Trial(name, text, "ready", "", expected, files_of(crate), crate.native, len(crate.thunks))


def told(outcome: Outcome, sources: SourceMap) -> Told:
    """What a process that does this gives its user."""
    shown, e = outcome.stderr, outcome.error
    if e is not None:
        texts = {s.path: s.text for s in sources.sources}
        trace = [attrs.astuple(call) for call in e.trace]
        shown += render_runtime_error(e.message, trace, e.omitted, texts.get, omitted_at=e.omitted_at)
    return outcome.exit_code, outcome.stdout, shown


@attrs.frozen
class Tried:
    """Programs, and the binary of those that could be compiled."""

    trials: Sequence[Trial]
    batch: Batch

    def differences(self) -> Iterator[Trial]:
        """The programs that do not do the same everywhere, or that were refused by rustc."""
        for t in self.trials:
            if t.word == "disagreed":
                yield t
            elif t.name in self.batch.refused:
                yield attrs.evolve(t, word="refused", reason=self.batch.refused[t.name])
            elif t.word == "ready" and (found := self._found(t.name)) != t.expected:
                yield attrs.evolve(t, word="disagreed", reason=_shown("the machine", t.expected, found))

    def _found(self, name: str) -> Told | str:
        try:
            done = self.batch.run(name, [], b"", timeout=20)
        except subprocess.TimeoutExpired:
            return "it does not end"
        return done.returncode, done.stdout.decode(), done.stderr.decode()


def build(trials: Sequence[Trial]) -> Tried:
    """Builds those that are ready. Raises CargoFailed where what rustc refuses is in none of them."""
    return Tried(trials, build_batch({t.name: t.files for t in trials if t.files is not None}))


def try_compiled(programs: Sequence[tuple[str, str]]) -> Tried:
    """Programs by name, prepared and built."""
    pipeline = load("aot-hybrid")
    return build([prepared(name, text, pipeline) for name, text in programs])


def _shown(where: str, expected: Told, found: Told | str) -> str:
    return f"on {where} it does something else\n  expected {expected!r}\n  found    {found!r}"
