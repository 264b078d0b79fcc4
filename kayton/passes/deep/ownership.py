"""ownership : Split -> Lent

Says of every variable whether it owns its value or is a reference, and of every use what it does with it.

    direct f [x]       f only reads its parameter                =>   direct f [(borrow x)], and f's holder is borrowed
    direct f [x]       f keeps it, and nobody reads x again      =>   direct f [(move x)], and f's holder is owned
    direct f [x]       f keeps it, and x is read again           =>   direct f [(share x)]: one more owner, a count
    bind y (get x 0)   nothing changes or gives away x           =>   bind y (borrow (get x 0)), and y is borrowed
    bind y (get x 0)   nobody reads x again                      =>   bind y (move (get x 0))
    for-each i x …     the body changes x                        =>   for-each i (share x) …

A value that is shared is copied when one of its owners changes it (LANGUAGE §4). Where a loop makes that happen each time round, a remark says so. Apart
from emit-rust, which prints what stands here: a decision depends on others, in other functions too, and all of them can be looked at.
"""

from __future__ import annotations

from kayton.ir.lent import Lent
from kayton.ir.mono import MonoFn, callees
from kayton.ir.node import place_at, replace, walk
from kayton.ir.surface import Program
from kayton.ir.thunks import Split
from kayton.ir.types import UNIT, read_type
from kayton.passes.deep._copies import copies
from kayton.passes.deep._lending import Lending
from kayton.passes.deep._used_calls import CALLS
from kayton.passes.deep._used_control import CONTROL, result
from kayton.passes.deep._used_values import VALUES
from kayton.passes.deep._uses import Uses
from kayton.passes.framework import Cx, Pass, frozen

_RULES = {**VALUES, **CALLS, **CONTROL}


@frozen
class Ownership(Pass):
    source = Split
    target = Lent

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        program = Lending(root)
        made = _decided(program)
        for fn in made.values():
            place_at(fn, fn, self.name(), {})
            for copy in copies(fn, program.shapes, program.globals):
                cx.remark(copy.node, copy.reason, missed=True, help=copy.help)
        modules = [replace(m, body=tuple([made[i.name] if isinstance(i, MonoFn) else i for i in m.body])) for m in root.modules]
        return replace(root, modules=tuple(modules))


def _decided(program: Lending) -> dict[str, MonoFn]:
    """Every function as it turns out. What a function keeps of its arguments, its callers have to give: they are decided again."""
    made: dict[str, MonoFn] = {}
    callers: dict[str, list[str]] = {}
    for fn in program.functions.values():
        for name in dict.fromkeys([name for n in walk(fn.body) for name in callees(n)]):
            callers.setdefault(name, []).append(fn.name)
    waiting = dict.fromkeys(program.functions)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        kept = len(program.taken[name])
        made[name] = _function(program, program.functions[name])
        if len(program.taken[name]) > kept:
            waiting |= dict.fromkeys(callers.get(name, ()))
    return made


def _function(program: Lending, fn: MonoFn) -> MonoFn:
    """One function, gone through until nothing new is found about its own variables."""
    moved: frozenset[str] = frozenset()
    while True:
        w = Uses(program, fn, _RULES, moved)
        body = result(w, fn.body, wanted=read_type(fn.result) != UNIT)
        if w.moved <= moved and not w.taken:
            return w.decided(body)
        moved |= w.moved
        program.taken[fn.name] |= w.taken
