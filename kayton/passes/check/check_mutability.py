"""check-mutability : Constant -> Constant

Reports every change that certainly is not allowed (LANGUAGE §4).

    let total = 1;  total = 2                cannot assign to total, which is not mut
    let p = Point(1);  p.x = 2               cannot change p, which is not mut
    let xs = [1];  xs.push(2)                push cannot change xs, which is not mut
    let mut n = 0;  |x| n = x                a closure cannot change n, which it captured
    f(mut [1])                               a mut argument must be an assignable place

A part of a value may change without `mut` if it is reached through a class instance. So a change of a part is an error here only
if nothing on the way to it can be one, as far as is certain; otherwise it is the run-time error `cannot change an immutable value`.
"""

from __future__ import annotations

from kayton.ir.analyses.captures import CapturedUses
from kayton.ir.analyses.certain_types import CertainTypes
from kayton.ir.resolved import Constant
from kayton.ir.surface import Program
from kayton.passes.check._changes import Changes
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class CheckMutability(Pass):
    source = Constant
    target = Constant

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        captured = cx.facts(CapturedUses)
        for _, known in cx.facts(CertainTypes).functions():
            Changes(known, captured, cx).check()
        return root
