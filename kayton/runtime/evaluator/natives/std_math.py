"""`std.math` (LANGUAGE §9)."""

from __future__ import annotations

import math
from typing import Any

from kayton.runtime.evaluator.arguments import integer
from kayton.runtime.evaluator.arithmetic import fits
from kayton.runtime.evaluator.natives.functions import absolute, greatest, least
from kayton.runtime.evaluator.natives.numbers import BINARY, UNARY, binary, unary
from kayton.runtime.evaluator.natives.registry import CONSTANTS, function

CONSTANTS["std.math.PI"] = math.pi
CONSTANTS["std.math.E"] = math.e

for _name, _compute in UNARY.items():
    if _name != "abs":
        function(f"std.math.{_name}", "x")(unary(_compute))
function("std.math.abs", "x")(absolute)
function("std.math.min", variadic=2)(least)
function("std.math.max", variadic=2)(greatest)
function("std.math.atan2", "y x")(binary(BINARY["atan2"]))
function("std.math.pow", "x y")(binary(BINARY["powf"]))
function("std.math.powf", "x y")(binary(BINARY["powf"]))
function("std.math.hypot", "x y")(binary(math.hypot))


@function("std.math.gcd", "a b")
def gcd(machine: Any, a: list) -> Any:
    x, y = integer(a[0]), integer(a[1])
    return fits(math.gcd(x, y))
