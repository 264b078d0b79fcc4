"""The machine: what a running program consists of, and calls of functions of every sort."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from kayton.ir.node import Span
from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.annotations import Annotations
from kayton.runtime.evaluator.errors import Fail, ReturnValue, StepLimitReached
from kayton.runtime.evaluator.frame import Frame
from kayton.runtime.evaluator.implementations import Implementations
from kayton.runtime.evaluator.natives import Native
from kayton.runtime.evaluator.types import type_name, type_of
from kayton.runtime.evaluator.values import ABSENT, Closure, Function, NativeFunction, TypeInfo
from kayton.runtime.limits import Limits

START, MODULE, CONST = "<start>", "<module>", "<const>"
UNCOUNTED = frozenset({START, MODULE, CONST})
"""What is entered like a function but is no call of the program's."""
MEMORY_LIMIT = 4 << 30
"""Bytes that one value may need, unless said otherwise; the native account of all values is not imitated."""
_UNHURRIED = 256
"""Steps between two looks at the clock and at the memory."""
_UNSEEN = 1 << 20
"""Bytes that values may be made of between two looks at the memory."""


class Watch:
    """The limits of steps, time and memory of a program that has them. Memory is what the whole process has grown by."""

    def __init__(self, limits: Limits) -> None:
        self._steps = 0
        self._made = 0
        """Bytes of large values since the last look at the memory."""
        self._most = math.inf if limits.max_steps is None else limits.max_steps
        self._end = math.inf if limits.timeout is None else time.monotonic() + limits.timeout
        self._memory = math.inf if limits.max_memory is None else _process_memory() + limits.max_memory

    def step(self) -> None:
        """Counts a step. Raises `step limit reached`, `time limit reached`, `out of memory limit`."""
        self._steps += 1
        if self._steps > self._most:
            raise errors.step_limit()
        if self._steps % _UNHURRIED == 0:
            if time.monotonic() >= self._end:
                raise errors.time_limit()
            self._look(0)

    def room(self, size: int) -> None:
        """Counts a value of so many bytes that is about to be made. Raises `out of memory limit`."""
        self._made += size
        if self._made >= _UNSEEN:
            self._look(size)

    def _look(self, more: int) -> None:
        self._made = 0
        if self._memory != math.inf and _process_memory() + more > self._memory:
            raise errors.out_of_memory()


def _process_memory() -> int:
    """The bytes that this process has in memory, or where the system does not tell, the most it has had so far; else 0."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class Machine:
    """A program being executed."""

    def __init__(
        self, out: TextIO, err: TextIO, stdin: TextIO, args: tuple[str, ...] = (),
        max_steps: int | None = None, limits: Limits = Limits(),
    ) -> None:
        self.out, self.err, self.stdin, self.args = out, err, stdin, list(args)
        self.frame: Frame | None = None
        self.depth = 0
        self.steps_left = max_steps
        self.max_depth = limits.max_depth
        self.max_memory = MEMORY_LIMIT if limits.max_memory is None else limits.max_memory
        unlimited = limits.max_steps is None and limits.timeout is None and limits.max_memory is None
        self.watch = None if unlimited else Watch(limits)
        self.annotations = Annotations()
        self.implementations = Implementations()
        self.world: Any = None
        """The definitions of the program: see `world`."""

    def step(self) -> None:
        """Counts a call, a round of a loop or an item. Raises StepLimitReached, `step limit reached`, `time limit reached`."""
        if self.watch is not None:
            self.watch.step()
        if self.steps_left is not None:
            self.steps_left -= 1
            if self.steps_left < 0:
                raise StepLimitReached

    def room(self, size: int) -> None:
        """Refuses a value of so many bytes before it is made. Raises `out of memory limit`."""
        if size > self.max_memory:
            raise errors.out_of_memory()
        if self.watch is not None:
            self.watch.room(size)

    # ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def hook(self, value: Any, name: str) -> Function | None:
        """The user's implementation of a well-known trait's method for the type of a value."""
        return self.implementations.of(type_of(value)).hooks.get(name)

    def implements(self, value: Any, trait: TypeInfo) -> bool:
        """Whether the type of a value implements a trait."""
        return trait in self.implementations.of(type_of(value)).traits

    # ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def call(self, callee: Any, args: list) -> Any:
        """Calls a function value from a built-in one, with arguments by position; `mut self` comes back in `args[0]`.

        Raises `cannot call i64`, `expected 2 arguments, found 3`, and what the function ends with.
        """
        kind = callee.__class__
        if kind is NativeFunction:
            return callee.native.run(self, padded(callee.native, args))
        if kind is not Function and kind is not Closure:
            raise errors.cannot_call(type_name(callee))
        function = callee if kind is Function else callee.function
        check_count(function, len(args), 0)
        for p in function.params:
            if p.mutable and p.name != "self":
                raise errors.Fail(f"argument {p.name} must be marked mut")
        bound = args + [ABSENT] * (len(function.params) - len(args))
        result = self.enter(callee, bound)
        if bound:
            args[:1] = bound[:1]
        return result

    def enter(self, callee: Function | Closure, args: list, spans: list[Span | None] | None = None) -> Any:
        """Runs a function on one value for each parameter; the final values of `mut` parameters are in `args` afterwards."""
        function, captured = (callee, None) if callee.__class__ is Function else (callee.function, callee.captured)
        caller = self.frame
        counts = function.shown not in UNCOUNTED
        if self.depth >= self.max_depth and counts:
            raise errors.call_depth()
        self.step()
        frame = Frame(self, function, args)
        if captured is not None:
            frame.scopes.insert(0, captured)
        self.frame = frame
        self.depth += counts
        try:
            result = function.run(frame)
        except ReturnValue as leaving:
            result = leaving.value
        except Fail as error:
            if error.argument is not None:
                at, error.argument = error.argument, None
                if caller is not None and spans is not None and spans[at] is not None:
                    caller.span = spans[at]
            elif function.shown != START:
                error.trace.append((function.shown, frame.span))
            raise error.with_traceback(None)
        finally:
            self.frame = caller
            self.depth -= counts
        for i, p in enumerate(function.params):
            if p.mutable:
                args[i] = frame.params[p.variable].value
        return result


def check_count(function: Function, count: int, receiver: int) -> None:
    """Raises `expected 2 arguments, found 3`, in which a method's receiver does not count, and `argument x is missing`."""
    params = function.params
    least = sum([p.default is None for p in params])
    if not least <= count <= len(params):
        raise errors.wrong_arity(least - receiver, len(params) - receiver, count - receiver)
    missing = next((p for p in params[count:] if p.default is None), None)
    if missing is not None:
        raise errors.argument_missing(missing.name)


def padded(native: Native, args: list) -> list:
    """Positional arguments (and receiver) of a built-in function with ABSENT for those that are left out."""
    given = len(args) - native.method
    if given < native.least or (native.most is not None and given > native.most):
        raise errors.wrong_arity(native.least, native.most, given)
    missing = len(native.params) if native.most is None else len(native.params) - given
    return args + [ABSENT] * missing
