"""devirtualize : Accounted -> Accounted

Says of every method call which function it runs, where that is one function.

    r.area()      in every instance r's type has the method main.Circle.area     =>   call-fn main.Circle.area [r]
    r.push(mut x) the method takes `mut self`                                    =>   call-fn main.Stack.push [(mut-arg r) …]
    r.area()      r is one of several types, or of unknown type                  =>   stays
    a.b.area()    a changes, so that its part is a place                         =>   stays

What is left is a dispatch over the members of a union, which monomorphize writes out, and what is openly dynamic. Never guesses: a receiver
of unknown type stays dynamic even when the program has one `area`, because at run time it may be an i64. Separate from solve, so that types
never depend on what is linked in, and before monomorphize, which then has to know calls of functions only. Members of a union that share
a trait's own method keep an instance each: dispatching once, outside of it, is cheaper than at each call in it.
"""

from __future__ import annotations

from kayton.ir.constrained import Instance
from kayton.ir.core import Absent
from kayton.ir.effects import Accounted
from kayton.ir.node import Node, place_at, replace
from kayton.ir.resolved import CallFn, Fn, FnParam, Local, MutArg, Place
from kayton.ir.surface import Expr, Item, MethodCall, Program
from kayton.ir.typed import LastUse
from kayton.ir.types import Object, Type, members, read_type
from kayton.passes.deep._world import World
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with


@frozen
class Devirtualize(Pass):
    source = Accounted
    target = Accounted

    world: str = "closed"
    """`open`: plugins may implement the program's traits for more types, so that a trait's method is left to a dispatch."""

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        calls = _Calls(root, self.world == "open", cx)
        return replace(root, modules=tuple([replace(m, body=tuple(map(calls.item, m.body))) for m in root.modules]))


class _Calls:
    """One run of the pass."""

    def __init__(self, root: Program, is_open: bool, cx: Cx) -> None:
        self.world, self.is_open, self.cx = World.of(root), is_open, cx
        self.instances: dict[str, list[Instance]] = {}
        for i in [i for m in root.modules for i in m.body if isinstance(i, Instance)]:
            self.instances.setdefault(i.fn, []).append(i)
        self.counter: dict[str, int] = {}

    def item(self, f: Item) -> Item:
        """An item with its calls."""
        if not isinstance(f, Fn) or f.body is None or f.name not in self.instances:
            return f
        typings = [{t.variable: t.type for t in i.typings} for i in self.instances[f.name]]

        def call(n: MethodCall) -> Node:
            r = n.receiver.root if isinstance(n.receiver, Place) and not n.receiver.steps else n.receiver
            variable = r.name if isinstance(r, Local | LastUse) else r.id
            made = self._direct(n, {read_type(t[variable]) for t in typings if t.get(variable, "never") != "never"})
            return n if made is None else place_at(made, n, Devirtualize.name(), self.counter)

        body = rewrite_with({MethodCall: call}, f.body)
        return f if body is f.body else replace(f, body=body)

    def _direct(self, n: MethodCall, receivers: set[Type]) -> CallFn | None:
        found = {self.world.method(t, n.name) for t in receivers}
        fn = next(iter(found)) if len(found) == 1 else None
        if fn is None or (self.is_open and any(self._is_of_trait(t, fn) for t in receivers)):
            self._remark(n, {self.world.method(m, n.name) for t in receivers for m in members(t)} - {None})
            return None
        params = self.world.functions[fn].params
        args = _placed(n, params, all(isinstance(t, Object) for t in receivers))
        if args is not None:
            self.cx.remark(n, f"calls {fn} directly")
        return None if args is None else CallFn(fn, args)

    def _remark(self, n: MethodCall, functions: set[str]) -> None:
        """Why a call is not of one function; the methods of built-in types are none."""
        if len(functions) > 1:
            self.cx.remark(n, f"{n.name} is one of {len(functions)} functions, by the type of what it is called on", missed=True)
        elif functions and self.is_open:
            self.cx.remark(n, f"{n.name} may be implemented by a plugin, too", missed=True)

    def _is_of_trait(self, t: Type, fn: str) -> bool:
        """Whether a type has the method by an impl of a trait, or from the trait itself."""
        owner = self.world.owner(t)
        return fn.rpartition(".")[0] != owner


def _placed(n: MethodCall, params: tuple[FnParam, ...], shared: bool) -> tuple[Expr | MutArg, ...] | None:
    """The receiver, which may be `shared` as instances are, and the arguments, one for each parameter; None where there can be
    no such call, or the order in which they are evaluated would change."""
    given: dict[str, Node] = {params[0].keyword: n.receiver}
    for k, a in enumerate(n.args):
        given[a.name or params[k + 1].keyword] = a.value
    wanted = [p.keyword for p in params if p.keyword in given]
    if wanted != list(given):
        return None
    out: list[Expr | MutArg] = []
    for p in params:
        value = given.get(p.keyword)
        if value is None:
            out.append(Absent(span=n.span))
        elif p.mutable and isinstance(value, Place) and not value.frozen:
            out.append(MutArg(value, span=value.span))
        elif (p.mutable and not shared) or (isinstance(value, Place) and value.steps):
            return None  # a place is no argument, and what is no place does not change
        else:
            out.append(value.root if isinstance(value, Place) else value)
    return tuple(out)
