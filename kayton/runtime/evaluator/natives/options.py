"""The methods of Option and Result (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator.errors import Fail, unwrap_on_err, unwrap_on_none
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.printing import display
from kayton.runtime.evaluator.values import ERR_VARIANT, NONE_VARIANT, OK_VARIANT, SOME_VARIANT, Variant, err, ok


def _holds(value: Variant) -> bool:
    return value.variant is SOME_VARIANT or value.variant is OK_VARIANT


@method_of("Option.unwrap")
@method_of("Result.unwrap")
def unwrap(machine: Any, a: list) -> Any:
    if _holds(a[0]):
        return a[0].fields[0]
    if a[0].variant is NONE_VARIANT:
        raise unwrap_on_none()
    raise unwrap_on_err(display(machine, a[0].fields[0]))


@method_of("Option.unwrap_or", "default")
@method_of("Result.unwrap_or", "default")
def unwrap_or(machine: Any, a: list) -> Any:
    return a[0].fields[0] if _holds(a[0]) else a[1]


@method_of("Option.unwrap_or_else", "f")
@method_of("Result.unwrap_or_else", "f")
def unwrap_or_else(machine: Any, a: list) -> Any:
    return a[0].fields[0] if _holds(a[0]) else machine.call(a[1], list(a[0].fields))


@method_of("Option.expect", "msg")
@method_of("Result.expect", "msg")
def expect(machine: Any, a: list) -> Any:
    if _holds(a[0]):
        return a[0].fields[0]
    raise Fail(display(machine, a[1]))


@method_of("Option.map", "f")
@method_of("Result.map", "f")
def mapped(machine: Any, a: list) -> Any:
    return Variant(a[0].variant, (machine.call(a[1], [a[0].fields[0]]),)) if _holds(a[0]) else a[0]


@method_of("Result.map_err", "f")
def map_err(machine: Any, a: list) -> Any:
    return a[0] if _holds(a[0]) else err(machine.call(a[1], [a[0].fields[0]]))


@method_of("Option.and_then", "f")
@method_of("Result.and_then", "f")
def and_then(machine: Any, a: list) -> Any:
    return machine.call(a[1], [a[0].fields[0]]) if _holds(a[0]) else a[0]


@method_of("Option.ok_or", "error")
def ok_or(machine: Any, a: list) -> Any:
    return ok(a[0].fields[0]) if _holds(a[0]) else err(a[1])


@method_of("Option.is_some")
def is_some(machine: Any, a: list) -> Any:
    return a[0].variant is SOME_VARIANT


@method_of("Option.is_none")
def is_none(machine: Any, a: list) -> Any:
    return a[0].variant is NONE_VARIANT


@method_of("Result.is_ok")
def is_ok(machine: Any, a: list) -> Any:
    return a[0].variant is OK_VARIANT


@method_of("Result.is_err")
def is_err(machine: Any, a: list) -> Any:
    return a[0].variant is ERR_VARIANT
