"""thunk-split : Mono -> Split

Says of everything that stays bytecode that it is a thunk, and drops what was taken out of functions and is not called after all.

    refusal "main.f(str)" … KT0101 "its type …"      =>   the same, thunk main.f KT0101 "its type …"
    outlined "main.g.<expression>3(dyn)" …           =>   the same, thunk main.g.<expression>3 …
    mono-fn "main.h(dyn)", which crosses so often
      that it is quicker as bytecode altogether      =>   refusal "main.h(dyn)" KT0111, thunk main.h KT0111

A crossing takes as long as ten instructions of the VM. Where they are that dense, all of the function stays bytecode, unless it calls
compiled functions, which it might not be able to enter then.
"""

from __future__ import annotations

from kayton.diagnostics.thunks import suggestion
from kayton.ir.mono import Mono, MonoFn, MonoGlobal, Outlined, Refusal, callees
from kayton.ir.node import replace, walk
from kayton.ir.paths import EXPRESSION
from kayton.ir.resolved import Fn, SetGlobal, TypeDecl
from kayton.ir.surface import Item, Module, Program
from kayton.ir.thunks import Split, Thunk
from kayton.ir.types import read_type
from kayton.passes.deep._crossing import Crossing
from kayton.passes.deep._density import is_dense
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class ThunkSplit(Pass):
    source = Mono
    target = Split

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        items = [i for m in root.modules for i in m.body]
        crossing = Crossing(
            {i.name: i for i in items if isinstance(i, TypeDecl)},
            {i.name: read_type(i.type) for i in items if isinstance(i, MonoGlobal)},
            {i.name for i in items if isinstance(i, Fn)},
        )
        outlined = {i.name for i in items if isinstance(i, Outlined)}
        decided = {i: _decided(i, outlined, crossing) for i in items}
        called = {name for i in decided.values() if isinstance(i, MonoFn) for n in walk(i.body) for name in callees(n)}
        return replace(root, modules=tuple([_module(m, decided, called) for m in root.modules]))


def _decided(i: Item, outlined: set[str], crossing: Crossing) -> Item:
    """A function that had better stay bytecode altogether as one that was refused; anything else as it is."""
    if not isinstance(i, MonoFn) or i.captures or any(isinstance(n, SetGlobal) for n in walk(i.body)):
        return i
    if i.fn.endswith(".<start>") or not all([crossing.crosses(read_type(t)) for t in (i.result, *[p.type for p in i.params])]):
        return i
    if not is_dense(i.body, outlined):
        return i
    reason = "most of what it does is with values that are known only at run time"
    return Refusal(i.name, i.fn, "KT0111", reason, (), i.params, i.result, id=i.id, span=i.span)


def _module(m: Module, decided: dict[Item, Item], called: set[str]) -> Module:
    kept = [decided[i] for i in m.body if not isinstance(i, Outlined) or i.name in called]
    outlined = {i.fn for i in kept if isinstance(i, Outlined)}
    kept = [i for i in kept if not isinstance(i, Fn) or EXPRESSION not in i.name or i.name in outlined]
    functions = {i.name: i for i in kept if isinstance(i, Fn)}
    thunks = {i.fn: _thunk(functions[i.fn], i) for i in kept if isinstance(i, Refusal | Outlined)}
    return replace(m, body=(*kept, *thunks.values()))


def _thunk(fn: Fn, i: Refusal | Outlined) -> Thunk:
    return Thunk(fn.id, fn.name, i.code, i.reason, suggestion(i.code, i.reason), id=f"{i.id}~thunk-split", span=i.span or fn.span)
