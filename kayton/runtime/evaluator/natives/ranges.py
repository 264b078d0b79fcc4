"""The methods that only ranges have (LANGUAGE §9)."""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator.arguments import integer
from kayton.runtime.evaluator.arithmetic import fits
from kayton.runtime.evaluator.comparing import contains as is_member
from kayton.runtime.evaluator.errors import count_out_of_range
from kayton.runtime.evaluator.natives.registry import method_of
from kayton.runtime.evaluator.values import Range


@method_of("Range.len")
def length(machine: Any, a: list) -> Any:
    return fits(a[0].count)


@method_of("Range.contains", "x")
def contains(machine: Any, a: list) -> Any:
    return is_member(machine, a[1], a[0])


@method_of("Range.rev")
def backwards(machine: Any, a: list) -> Any:
    xs = a[0]
    return Range(xs.item(xs.count - 1) if xs.count else xs.start, xs.end, -xs.step, xs.count)


@method_of("Range.step_by", "k")
def step_by(machine: Any, a: list) -> Any:
    xs, k = a[0], integer(a[1])
    if k < 1:
        raise count_out_of_range(k)
    return Range(xs.start, xs.end, xs.step * k, -(-xs.count // k))
