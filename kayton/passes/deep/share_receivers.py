"""share-receivers : Flat -> Flat

Makes `mut self` of a class plain `self` where the method never assigns `self` itself.

    class Account: fn put(mut self, n): self.balance += n     =>   fn put(self, n): self.balance += n
    class Node: fn reset(mut self): self = Node(0)            =>   unchanged
    struct Point: fn move(mut self, d): self.x += d           =>   unchanged: a struct is a value

An instance is a reference: its fields change without `mut` (LANGUAGE §4), so that copying the receiver out would store what is there. Before
inference, for which a parameter that is copied out is one more result.
"""

from __future__ import annotations

from kayton.ir.node import Node, replace, walk
from kayton.ir.resolved import CallFn, Flat, Fn, FnRef, Local, MutArg, Place, TypeDecl
from kayton.ir.surface import Arg, Assign, Item, MethodCall, Program
from kayton.passes.framework import Cx, Pass, frozen, rewrite_with


@frozen
class ShareReceivers(Pass):
    source = Flat
    target = Flat

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        shared = _shared(root)
        if not shared:
            return root
        return replace(root, modules=tuple([replace(m, body=tuple([_item(i, shared) for i in m.body])) for m in root.modules]))


def _item(i: Item, shared: set[str]) -> Item:
    if isinstance(i, TypeDecl) and any(m.fn in shared for m in i.methods):
        return replace(i, methods=tuple([replace(m, changes=False) if m.fn in shared else m for m in i.methods]))
    return _with_plain_self(i) if isinstance(i, Fn) and i.name in shared else i


def _with_plain_self(f: Fn) -> Fn:
    first, *rest = f.params

    def variable(n: Local) -> Node:
        return replace(n, mutable=False) if n.name == first.name else n

    def place(n: Place) -> Node:
        return replace(n, frozen=True) if _is_variable(n.root, first.name) else n

    return replace(f, params=(replace(first, mutable=False), *rest), body=rewrite_with({Local: variable, Place: place}, f.body))


def _shared(root: Program) -> set[str]:
    """The methods of classes whose `mut self` is never assigned. Hooks keep theirs: what calls them copies it out."""
    items = [i for m in root.modules for i in m.body]
    types = [i for i in items if isinstance(i, TypeDecl)]
    functions = {i.name: i for i in items if isinstance(i, Fn)}
    found = {m.fn for t in types if t.kind == "class" for m in t.methods if m.changes and m.fn in functions}
    if not found:
        return found
    found -= {m.fn for t in types if t.kind != "class" for m in t.methods} | {h.fn for t in types for h in t.hooks}
    found -= {n.fn for f in functions.values() for n in walk(f) if isinstance(n, FnRef | CallFn)}
    methods = {m.fn: {n.name: n.fn for n in t.methods if n.changes} for t in types for m in t.methods}
    while kept := {fn for fn in found if _assigns_self(functions[fn], methods[fn], found)}:
        found -= kept
    return found


def _assigns_self(f: Fn, methods: dict[str, str], shared: set[str]) -> bool:
    """Whether a method may assign its receiver: itself, or by what it gives it to."""
    own = f.params[0].name
    for n in walk(f):
        given = n.target if isinstance(n, Assign) else n.place if isinstance(n, MutArg) else n.value if isinstance(n, Arg) else None
        if isinstance(given, Place) and not given.steps and _is_variable(given.root, own):
            return True
        if isinstance(n, MethodCall) and isinstance(n.receiver, Place) and not n.receiver.steps and _is_variable(n.receiver.root, own):
            if n.name in methods and methods[n.name] not in shared:
                return True
    return False


def _is_variable(n: Node, name: str) -> bool:
    return isinstance(n, Local) and n.name == name
