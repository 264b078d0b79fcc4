"""thunk-split : Mono -> Split

Decides which functions are compiled and which run as bytecode in a thunk, and says of each thunk why.

    everything that main.<start> reaches can be written as Rust     =>   no thunk
    otherwise                                                       =>   thunk main.<start> KT0100, thunk main.f KT01nn "…" …

A compiled function cannot yet call one that stays bytecode. So the whole program runs in the VM as soon as one function that it
reaches has to; the thunks after the first say which, and why. Trying to write a function as Rust is the test whether it can be.
"""

from __future__ import annotations

from kayton.ir.mono import Mono, MonoFn, Refusal
from kayton.ir.node import Node, replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import Item, Program
from kayton.ir.thunks import CONSEQUENCE, Split, Thunk
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rust._emission import emitted


@frozen
class ThunkSplit(Pass):
    source = Mono
    target = Split

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        tried = emitted(root, cx.sources)
        if tried.start:
            return root
        items = [i for m in root.modules for i in m.body]
        functions = {i.name: i for i in items if isinstance(i, Fn)}
        start = next(f for f in functions.values() if f.name.endswith(".<start>"))
        causes = [_refusal(i, functions) for i in items if isinstance(i, Refusal)]
        monos = {i.name: i for i in items if isinstance(i, MonoFn)}
        for name, refused in tried.refused.items():
            if not refused.is_consequence and name in monos:
                causes.append(_thunk(functions[monos[name].fn], name, "KT0120", refused.reason, refused.node or monos[name]))
        reason = "it reaches what stays bytecode" if causes else "it cannot be written as Rust"
        first = _thunk(start, start.name, CONSEQUENCE, reason, start)
        module = root.modules[0]
        return replace(root, modules=(replace(module, body=(*module.body, first, *_once(causes))), *root.modules[1:]))


def _refusal(r: Refusal, functions: dict[str, Fn]) -> Thunk:
    return _thunk(functions[r.fn], r.name, r.code, r.reason, r)


def _thunk(fn: Fn, name: str, code: str, reason: str, at: Node) -> Thunk:
    return Thunk(fn.id, fn.name, code, reason, id=f"{fn.id}~thunk-split{name.removeprefix(fn.name)}", span=at.span or fn.span)


def _once(thunks: list[Thunk]) -> list[Item]:
    """The first thunk of each function: its instances are the same bytecode."""
    return list({t.function: t for t in reversed(thunks)}.values())[::-1]
