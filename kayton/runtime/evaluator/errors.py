"""What ends or diverts evaluation: run-time errors with every message of the language, signals, and faults of the compiler.

The messages are those of `docs/errors-at-run-time.md` (LANGUAGE §10); each exists once, here.
"""

from __future__ import annotations

from typing import Any

from kayton.ir.node import Node, Span


class Fail(Exception):
    """A run-time error on its way up; `trace` collects (function, span) of the calls it leaves, innermost first."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.trace: list[tuple[str, Span | None]] = []
        self.argument: int | None = None
        """Set where the fault is that argument's: the error is in the call, not in the function called."""


class Exit(Exception):
    """`std.env.exit(code)`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class StepLimitReached(Exception):
    """The program took more steps than it was given; it has no outcome."""


class InvalidProgram(Exception):
    """The tree breaks a promise of its language: a mistake of a pass, not of the user."""

    def __init__(self, node: Node | None, message: str) -> None:
        super().__init__(f"{message} at {node!r}" if node is not None else message)
        self.node = node


class BreakLoop(Exception):
    """`break`, with the loop's value."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class ContinueLoop(Exception):
    """`continue`."""


class ReturnValue(Exception):
    """`return`, with the function's value."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


def _message(template: str) -> Any:
    """A function that makes the error with this message from the parts in braces, in order."""
    parts = template.split("{}")

    def make(*values: object) -> Fail:
        text = parts[0]
        for value, part in zip(values, parts[1:], strict=True):
            text += f"{value}{part}"
        return Fail(text)

    return make


integer_overflow = _message("integer overflow")
division_by_zero = _message("division by zero")
negative_exponent = _message("negative exponent")
shift_out_of_range = _message("shift out of range")
index_out_of_range = _message("index out of range: the length is {} but the index is {}")
slice_out_of_range = _message("slice out of range: the length is {} but the range is {}..{}")
stepped_slice = _message("cannot slice by a stepped range")
key_not_found = _message("key not found: {}")
expected = _message("expected {}, found {}")
expected_one_character = _message("expected one character, found {}")
unwrap_on_none = _message("unwrap on None")
unwrap_on_err = _message("unwrap on Err: {}")
no_field = _message("no field {} on {}")
no_method = _message("no method {} on {}")
cannot_call = _message("cannot call {}")
no_parameter = _message("no parameter named {}")
argument_twice = _message("argument {} given twice")
argument_missing = _message("argument {} is missing")
not_a_key = _message("not a key: {}")
number_out_of_range = _message("number out of range for i64: {}")
call_depth = _message("call depth limit reached")
out_of_memory = _message("out of memory limit")
step_limit = _message("step limit reached")
time_limit = _message("time limit reached")
cannot_write = _message("cannot write to {}")
cannot_apply = _message("cannot apply {} to {} and {}")
cannot_apply_unary = _message("cannot apply {} to {}")
cannot_compare = _message("cannot compare {} with {}")
cannot_compare_functions = _message("cannot compare functions")
cannot_change = _message("cannot change an immutable value")
cannot_index = _message("cannot index {}")
cannot_assign_index = _message("cannot assign to an index of {}")
cannot_slice = _message("cannot slice {}")
cannot_iterate = _message("cannot iterate over {}")
cannot_convert = _message("cannot convert {} to {}")
no_match_arm = _message("no match arm for {}")
used_before_set = _message("{} is used before it is set")
bad_format_spec = _message("bad format spec")
count_out_of_range = _message("count out of range: {}")
empty_separator = _message("empty separator")
not_a_code_point = _message("not a code point: {}")
of_an_empty_list = _message("{} of an empty list")
empty_range = _message("empty range: {}..{}")
cannot_sleep = _message("cannot sleep for {} seconds")
cannot_write_json = _message("cannot write {} as JSON")


def wrong_arity(least: int, most: int | None, found: int) -> Fail:
    """`expected 2 arguments, found 3`, `expected 1 to 2 arguments, …`, `expected at least 2 arguments, …`"""
    if most is None:
        wanted, last = f"at least {least}", least
    elif most == least:
        wanted, last = f"{least}", least
    else:
        wanted, last = f"{least} to {most}", most
    return Fail(f"expected {wanted} argument{'' if last == 1 else 's'}, found {found}")
