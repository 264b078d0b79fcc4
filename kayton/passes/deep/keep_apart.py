"""keep-apart : Mono -> Mono

Says which functions run once, so that the Rust compiler does not put them in the place of their call.

    fn main(): print(total(3))          =>   mono-fn total … inline=never, if nothing else calls it
    for i in 0..9: print(total(i))      =>   unchanged: it is called in a loop
    @inline fn total(n): …              =>   unchanged: the program says otherwise

What is called in one place is inlined whatever its size; a program whose `main` does one thing after the other would be one function, and the
time of optimizing that grows faster than its length. What runs once gains nothing by it: constant arguments get there all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kayton.ir.core import LOOPS
from kayton.ir.mono import NEVER_INLINE, Direct, Mono, MonoFn, callees
from kayton.ir.node import Node, children_of, replace, walk
from kayton.ir.resolved import TypeDecl
from kayton.ir.surface import Program
from kayton.passes.framework import Cx, Pass, frozen

_SMALL = 20
"""Up to so many nodes a function is left to the Rust compiler."""


@frozen
class KeepApart(Pass):
    source = Mono
    target = Mono

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        once = _run_once([i for m in root.modules for i in m.body])

        def item(f: Node) -> Node:
            apart = isinstance(f, MonoFn) and f.name in once and not f.inline and sum(1 for _ in walk(f.body)) > _SMALL
            return replace(f, inline=NEVER_INLINE) if apart else f

        return replace(root, modules=tuple([replace(m, body=tuple(map(item, m.body))) for m in root.modules])) if once else root


def _run_once(items: list[Node]) -> set[str]:
    """The functions with one call, that is in no loop and in a function that runs once."""
    functions = {i.name: i for i in items if isinstance(i, MonoFn)}
    hooks = {h.fn for i in items if isinstance(i, TypeDecl) for h in i.hooks}
    calls = Counter(name for f in functions.values() for n in walk(f.body) for name in callees(n))
    waiting = [name for name, f in functions.items() if f.fn.endswith(".<start>")]
    found: set[str] = set()
    while waiting:
        body = functions[waiting.pop()].body
        new = {n.fn for n in _outside_loops(body) if isinstance(n, Direct) and calls[n.fn] == 1 and n.fn in functions} - found
        new -= {name for name in new if functions[name].fn in hooks}
        found |= new
        waiting += new
    return found


def _outside_loops(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        n = waiting.pop()
        if not isinstance(n, LOOPS):
            yield n
            waiting += children_of(n)
