"""`std.random` and `std.text` (LANGUAGE §9).

The generator is xoshiro256**, seeded with splitmix64; the documentation of the native `std.random` describes each draw.
"""

from __future__ import annotations

from typing import Any

from kayton.runtime.evaluator.arguments import integer, of_class, text
from kayton.runtime.evaluator.arithmetic import wrapped
from kayton.runtime.evaluator.errors import empty_range
from kayton.runtime.evaluator.natives.registry import function, method_of
from kayton.runtime.evaluator.sequences import to_list
from kayton.runtime.evaluator.values import NONE, UNIT, Builder, List, Rng, some

_MASK = (1 << 64) - 1


def _rotated(x: int, k: int) -> int:
    return (x << k | x >> (64 - k)) & _MASK


@function("std.random.Rng", "seed")
def seeded(machine: Any, a: list) -> Any:
    z, words = integer(a[0]) & _MASK, []
    for _ in range(4):
        z = (z + 0x9E3779B97F4A7C15) & _MASK
        x = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB & _MASK
        words.append(x ^ (x >> 31))
    return Rng(tuple(words))


def _next(a: list) -> int:
    """64 random bits; the generator `a[0]` goes on."""
    s0, s1, s2, s3 = a[0].state
    result = _rotated(s1 * 5 & _MASK, 7) * 9 & _MASK
    t = s1 << 17 & _MASK
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    a[0] = Rng((s0, s1, s2, _rotated(s3, 45)))
    return result


def _below(a: list, n: int) -> int:
    """A number below `n`, each as likely."""
    least = ((1 << 64) - n) % n
    while (x := _next(a)) < least:
        pass
    return x % n


@method_of("Rng.next_i64", "lo hi", changes=True)
def next_i64(machine: Any, a: list) -> Any:
    lo, hi = integer(a[1]), integer(a[2])
    if lo >= hi:
        raise empty_range(lo, hi)
    return wrapped(lo + _below(a, hi - lo))


@method_of("Rng.next_f64", changes=True)
def next_f64(machine: Any, a: list) -> Any:
    return (_next(a) >> 11) * 2.0**-53


@method_of("Rng.shuffle", "xs", changes=True, changes_param=0)
def shuffle(machine: Any, a: list) -> Any:
    xs = of_class(a[1], List, "List")
    for at in range(len(xs) - 1, 0, -1):
        other = _below(a, at + 1)
        xs = xs.set(at, xs[other]).set(other, xs[at])
    a[1] = xs
    return UNIT


@method_of("Rng.choice", "xs", changes=True)
def choice(machine: Any, a: list) -> Any:
    xs = to_list(machine, a[1])
    return some(xs[_below(a, len(xs))]) if len(xs) else NONE


@function("std.text.Builder")
def builder(machine: Any, a: list) -> Any:
    return Builder()


@method_of("Builder.push", "text")
def push(machine: Any, a: list) -> Any:
    a[0].parts.append(text(a[1]))
    return UNIT


@method_of("Builder.build")
def build(machine: Any, a: list) -> Any:
    return "".join(a[0].parts)
