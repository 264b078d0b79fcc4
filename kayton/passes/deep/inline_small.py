"""inline-small : Mono -> Mono

Says which functions the Rust compiler must put in the place of their calls.

    @inline fn f(…)     =>   mono-fn f … inline=always

It does not put them there itself: a call that is gone from the tree is gone from the errors' traces and from the depth of calls, which are the
same on every path. In Rust both are explicit (the call records its place and tests the depth), so the compiler may inline
what it likes and nobody can tell. Small functions it finds without being told: marking those with few nodes and no calls left the same machine
code. What it cannot know is what the program asks for.
"""

from __future__ import annotations

from kayton.ir.mono import ALWAYS_INLINE, Mono, MonoFn
from kayton.ir.node import replace
from kayton.ir.resolved import Fn
from kayton.ir.surface import Program
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class InlineSmall(Pass):
    source = Mono
    target = Mono

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        marked = {f.name for m in root.modules for f in m.body if isinstance(f, Fn) and any(a.name == "inline" for a in f.annotations)}
        if not marked:
            return root

        def item(f):
            return replace(f, inline=ALWAYS_INLINE) if isinstance(f, MonoFn) and f.fn in marked else f

        return replace(root, modules=tuple([replace(m, body=tuple(map(item, m.body))) for m in root.modules]))
