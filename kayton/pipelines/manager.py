"""The manager: runs a pipeline's passes, and is the only one who does.

It stops after a pass that reported errors (passes that the pipeline runs `together` all finish first), verifies languages and
invariants, and turns a pass that raises into data: a Failure with all that is needed to see it happen again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

import attrs

from kayton.diagnostics.codes import Diagnostic
from kayton.diagnostics.usage import UserError
from kayton.ir.invariants import GENERAL
from kayton.ir.language import Invariant, Language, Violation
from kayton.ir.node import Node, Span, replace
from kayton.ir.undisturbed import undisturbed
from kayton.passes.framework import Bug, Cx
from kayton.ir.summaries import Reuse, Summaries
from kayton.pipelines import fusing, sources
from kayton.pipelines.loading import Pipeline, Step, load

VERIFY = ("each", "ends", "off")


@attrs.frozen
class Settings:
    """How to run a pipeline. `verify`: each pass's result, only what comes out at the end, or nothing."""

    verify: str = "ends"
    opt: int = 1
    skip: frozenset[str] = frozenset()
    """Passes from a language to itself that are left out."""
    lints: Mapping[str, str] = attrs.field(factory=dict)
    """The levels of lints that differ from their defaults."""


@attrs.frozen(eq=False)
class PassRun:
    """One pass that has run."""

    step: Step
    before: Node
    after: Node
    seconds: float
    reuse: tuple[Reuse, ...] = ()
    """What it took from summaries of earlier builds, by module."""


@attrs.frozen(eq=False)
class Failure:
    """A bug of a pass: what went wrong, at which node, and the tree that it happened on."""

    step: Step
    message: str
    node: Node | None
    before: Node
    error: Exception | None = None


@attrs.frozen(eq=False)
class Result:
    """What came of a run: what the last pass made, the language it is in, and all that was said about it."""

    tree: Node
    language: Language
    cx: Cx
    finished: bool
    """Every pass ran."""
    failure: Failure | None = None

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Errors and warnings in the order of their places."""
        return sorted(self.cx.diagnostics, key=lambda d: d.span)

    @property
    def ok(self) -> bool:
        """No errors and no bug."""
        return self.finished and self.failure is None and not self.cx.failed


Observer = Callable[[PassRun], None]
"""Told of every pass that has run; timings, dumps and diffs are observers."""


def run_file(
    pipeline: Pipeline, path: str, settings: Settings, observers: Iterable[Observer] = (), summaries: Summaries | None = None
) -> Result:
    """Runs a pipeline on a file and what it uses, with what is known from earlier builds. Raises UserError when the file cannot be read."""
    cx = Cx()
    cx.loader = sources.Loader(cx)
    cx.summaries = summaries or cx.summaries
    return run(pipeline, sources.from_file(path, cx), cx, settings, observers)


def run_text(pipeline: Pipeline, path: str, text: str, settings: Settings, observers: Iterable[Observer] = ()) -> Result:
    """Runs a pipeline on a text that is called `path`; files beside that path can be used."""
    cx = Cx()
    cx.loader = sources.Loader(cx)
    return run(pipeline, sources.from_text(path, text, cx), cx, settings, observers)


def run(
    pipeline: Pipeline, root: Node, cx: Cx, settings: Settings, observers: Iterable[Observer] = ()
) -> Result:
    """Runs a pipeline on a tree of its source language. Raises UserError for a `skip` that cannot be."""
    steps = chosen(pipeline, settings)
    cx.lints = settings.lints
    cx.checker = _errors_in
    with undisturbed():
        return _Run(cx, settings, tuple(observers), pipeline.source).run(steps, root)


def _errors_in(text: str) -> list[Span]:
    """Where a program of one file has compile errors."""
    result = run_text(load("check"), "main.ktn", text, Settings(verify="off"))
    return [d.span for d in result.diagnostics if d.severity == "error"]


def chosen(pipeline: Pipeline, settings: Settings) -> list[Step]:
    """The passes that run under these settings. Raises UserError when one cannot be skipped."""
    skipped = {pipeline.position(name): name for name in settings.skip}
    for at in skipped:
        step = pipeline.steps[at]
        if not step.optional:
            arrow = f"{step.use.source.name} into {step.use.target.name}"
            raise UserError(f"{step.name} cannot be skipped: it turns {arrow}")
    names = {pipeline.steps[at].name for at in skipped}
    return [s for s in pipeline.steps if s.name not in names and s.wanted(settings.opt)]


class _Run:
    """One run: the tree as it stands and what has been established of it."""

    def __init__(self, cx: Cx, settings: Settings, observers: tuple[Observer, ...], language: Language) -> None:
        self.cx = cx
        self.settings = settings
        self.observers = observers
        self.language = language
        self.established: dict[str, dict[Invariant, None]] = {}
        """By part of the tree, as `Step.on` names it."""

    def run(self, steps: list[Step], root: Node) -> Result:
        tree = made = root
        for i, (step, transform) in enumerate(zip(steps, fusing.transforms(steps), strict=True)):
            last = i == len(steps) - 1
            if self.cx.failed and not (i and step.together and step.together == steps[i - 1].together):
                return Result(made, self.language, self.cx, finished=False)
            outcome = self._step(step, transform, getattr(tree, step.on) if step.on else tree, last)
            if isinstance(outcome, Failure):
                return Result(made, self.language, self.cx, finished=False, failure=outcome)
            made, self.language = outcome, step.use.target
            tree = replace(tree, **{step.on: made}) if step.on else made
        return Result(made, self.language, self.cx, finished=True)

    def _step(self, step: Step, transform: fusing.Transform, before: Node, last: bool) -> Node | Failure:
        """Runs one pass and verifies what it made, unless errors make that meaningless."""
        self.cx.pass_name = step.name
        known = len(self.cx.summaries.reuse)
        start = time.perf_counter()
        try:
            after = transform(before, self.cx)
        except UserError:
            raise
        except Bug as bug:
            return Failure(step, str(bug).removeprefix(f"{step.name}: "), bug.node, before, bug)
        except Exception as error:  # A pass may fail in any way; this is the one place that makes it data.
            return Failure(step, f"{type(error).__name__}: {error}", None, before, error)
        seconds = time.perf_counter() - start
        failure = self._verify(step, before, after, last)
        if failure is None:
            for observe in self.observers:
                observe(PassRun(step, before, after, seconds, tuple(self.cx.summaries.reuse[known:])))
        return failure or after

    def _verify(self, step: Step, before: Node, after: Node, last: bool) -> Failure | None:
        use, verify = step.use, self.settings.verify
        established = self.established.setdefault(step.on, {})
        for lost in set(use.source.invariants) - set(use.target.invariants):
            established.pop(lost, None)
        established.update(dict.fromkeys(use.establishes))
        if self.cx.failed or verify == "off" or (verify == "ends" and not last):
            return None
        found = violations(after, use.target, established)
        if not found:
            return None
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return Failure(step, f"made a tree that is not {use.target.name}: {found[0].message}{more}", found[0].node, before)


def violations(root: Node, language: Language, established: Iterable[Invariant] = ()) -> list[Violation]:
    """All that is wrong with a tree: grammar, the language's invariants, those established on the way, and the general ones."""
    found = language.violations(root)
    if not found:
        for inv in established:
            found += inv.holds(root)
        for part in [getattr(root, name) for name, _ in language.parts] or [root]:  # parts may share ids
            for inv in GENERAL:
                found += inv.holds(part)
    return found
