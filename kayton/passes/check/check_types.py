"""check-types : Constant -> Constant

Reports every value that certainly has another type than the place demands where it stands.

    let n: i64 = "text"        expected i64, found str
    square("three")            expected i64, found str             where `n: i64` is square's parameter
    1 == "1"                   cannot compare i64 with str
    1 + "1", -"a"              cannot apply + to i64 and str, cannot apply - to str
    if 1: …                    expected bool, found i64
    "a".lenn(), p.z            no method lenn on str, no field z on Point

Certain is what literals, annotations and definitions say locally (LANGUAGE §3 rule 5), so that the errors are the same on every
path; what they leave open is checked when the program runs. Code that is never reached counts too.
"""

from __future__ import annotations

from kayton.ir.analyses.certain_types import CertainTypes
from kayton.ir.resolved import Constant
from kayton.ir.surface import Program
from kayton.passes.check._boundary_types import Boundaries
from kayton.passes.check._operations import Operations
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class CheckTypes(Pass):
    source = Constant
    target = Constant

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        for f, known in cx.facts(CertainTypes).functions():
            Boundaries(known, cx).check(f)
            Operations(known, cx).check()
        return root
