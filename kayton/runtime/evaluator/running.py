"""Running a whole program, and evaluating its constants."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, TextIO

from kayton.ir.node import Span
from kayton.ir.paths import CONSTS
from kayton.ir.resolved import Fn
from kayton.ir.source import SourceMap
from kayton.ir.surface import ConstDef, Expr, FnDef, Program
from kayton.ir.undisturbed import undisturbed
from kayton.runtime.evaluator import calls, control, expressions, lowered, statements  # noqa: F401 (their rules)
from kayton.runtime.evaluator.errors import Exit, Fail, InvalidProgram, StepLimitReached
from kayton.runtime.evaluator.functions import flat_function
from kayton.runtime.evaluator.machine import START, Machine
from kayton.runtime.evaluator.named_world import NamedWorld
from kayton.runtime.evaluator.outcome import Call, Failure, Outcome
from kayton.runtime.evaluator.path_world import PathWorld
from kayton.runtime.evaluator.printing import display
from kayton.runtime.evaluator.values import ERR_VARIANT, Variant
from kayton.runtime.limits import Limits

_KEPT = 20
"""A trace keeps this many calls at either end."""


def run(
    program: Program,
    sources: SourceMap,
    *,
    args: tuple[str, ...] = (),
    stdin: TextIO | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
    max_steps: int | None = None,
    limits: Limits = Limits(),
) -> Outcome:
    """Runs a program in any language from Surface to Owned; without a stream given, what is written there is in the outcome.

    Reaching one of the `limits` is a run-time error of the program.

    Raises StepLimitReached after `max_steps` calls and rounds of loops, InvalidProgram if the tree breaks a promise of its
    language.
    """
    kept_out, kept_err = io.StringIO(), io.StringIO()
    machine = Machine(out or kept_out, err or kept_err, stdin or io.StringIO(), args, max_steps, limits)
    code, failure = 0, None
    with undisturbed():
        try:
            world = load(program, machine)
            result = world.start()
            if result.__class__ is Variant and result.variant is ERR_VARIANT:
                machine.err.write(f"error: {display(machine, result.fields[0])}\n")
                code = 1
        except Fail as error:
            code, failure = 101, _failure(error, sources)
        except Exit as leaving:
            code = leaving.code & 0xFF
    return Outcome(code, failure, kept_out.getvalue(), kept_err.getvalue())


def load(program: Program, machine: Machine) -> NamedWorld | PathWorld:
    """The definitions of a program; names are looked up while it runs up to Core."""
    first = program.modules[0]
    start = f"{first.name}.{START}"
    resolved = any(isinstance(item, FnDef | Fn) and item.name == start for item in first.body)
    machine.world = PathWorld(program, machine) if resolved else NamedWorld(program, machine)
    return machine.world


def evaluate_constants(program: Program, names: Iterable[str], *, max_steps: int | None = None) -> dict[str, Any]:
    """The value of each constant, by path. Where it has none: the Fail that its evaluation ended with, the StepLimitReached when
    all so far took more than `max_steps`, or the InvalidProgram, at the ConstDef, when it needs itself. After a limit each of the others
    gets a tenth of it.
    """
    machine = Machine(io.StringIO(), io.StringIO(), io.StringIO(), (), max_steps)
    values: dict[str, Any] = {}
    with undisturbed():
        world = load(program, machine)
        for name in names:
            try:
                values[name] = world.const_called(name)
            except Fail as error:
                values[name] = error
            except StepLimitReached as error:
                values[name] = error
                machine.steps_left = (max_steps or 0) // 10
            except InvalidProgram as error:
                if not isinstance(error.node, ConstDef):
                    raise
                values[name] = error
    return values


class Evaluation:
    """A program of which some expressions are evaluated before it runs."""

    def __init__(self, program: Program) -> None:
        self.machine = Machine(io.StringIO(), io.StringIO(), io.StringIO(), (), None)
        with undisturbed():
            self.world = load(program, self.machine)
            for name, function in self.world.functions.items():
                if name.endswith(f".{CONSTS}"):
                    self.machine.enter(function, [])

    def value(self, e: Expr, max_steps: int) -> Any:
        """What an expression of constants gives. Raises the Fail that it ends with, and StepLimitReached."""
        machine = self.machine
        machine.steps_left, machine.frame, machine.depth = max_steps, None, 0
        with undisturbed():
            return machine.enter(flat_function(Fn("%evaluated", body=e), "%evaluated", self.world.scope), [])


def _failure(error: Fail, sources: SourceMap) -> Failure:
    calls_made = [_call(name, span, sources) for name, span in error.trace]
    omitted = max(0, len(calls_made) - 2 * _KEPT)
    if omitted:
        calls_made = calls_made[:_KEPT] + calls_made[-_KEPT:]
    return Failure(error.message, tuple(calls_made), omitted, _KEPT if omitted else 0)


def _call(name: str, span: Span | None, sources: SourceMap) -> Call:
    if span is None:
        return Call(name, "", 0, 0, 0, 0)
    path, line, column = sources.start(span)
    return Call(name, path, line, column, *sources.end(span))
