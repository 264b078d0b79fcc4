"""call-directly : Rewritten -> Rewritten

Says of a method call which type's method it is, where the receiver is known to be of one type.

    s.area()          every value of s is a Circle     =>   Circle.area(s)
    s.area()          otherwise                        =>   s.area()
    stack.push(x)     a method with `mut self`         =>   stack.push(x)

Calls of built-in types' methods say so by their receiver's type, and what a trait provides is left as it is. A method that changes its
receiver stays a method call: only there may the receiver be a class instance in an immutable variable.
"""

from __future__ import annotations

from kayton.ir.constrained import Instance
from kayton.ir.node import Node, map_children, place_at, replace
from kayton.ir.rewritten import Draft, Rewritten
from kayton.ir.surface import Arg, Expr, FnDef, MethodCall, Module, Name, TraitDef
from kayton.ir.types import App, Object, is_user, path_of, read_type
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._facts import Facts, is_final, original
from kayton.passes.rewrite._spelling import Speller

TAG = "call-directly"


@frozen
class CallDirectly(Pass):
    source = Rewritten
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        module: Module = root.written.modules[0]
        made = _Direct(cx.facts(Facts), module).visit(module)
        return root if made is module else replace(root, written=replace(root.written, modules=(made,)))


class _Direct:
    """Rewrites the calls of one module. `serving` are the instances that the code at hand serves."""

    def __init__(self, facts: Facts, module: Module) -> None:
        self.facts = facts
        self.types = Speller(module, facts.traits).types
        self.serving = facts.with_closures(facts.starting())

    def visit(self, n: Node) -> Node:
        """A node with direct calls in it."""
        if n.__class__ is FnDef:
            return self._function(n)
        if n.__class__ is TraitDef:  # what it provides is for types to come, too
            return n
        made = map_children(n, self.visit)
        return self._call(n, made) if n.__class__ is MethodCall else made

    def _function(self, f: FnDef) -> FnDef:
        if is_final(f):
            return f
        outside = self.serving
        self.serving = self.facts.with_closures(self.facts.serving(f))
        made = map_children(f, self.visit)
        self.serving = outside
        return made

    def _call(self, old: MethodCall, made: MethodCall) -> MethodCall:
        owner = self._owner(old)
        if owner is None:
            return made
        receiver = Arg(made.receiver, id=f"{made.id}~{TAG}.self", span=made.receiver.span)
        direct = MethodCall(Name(owner, id=f"{made.id}~{TAG}", span=made.span), made.name, (receiver, *made.args), id=made.id, span=made.span)
        return place_at(direct, made, TAG, {})

    def _owner(self, c: MethodCall) -> str | None:
        """The name of the type whose method is called; None where that is not known, or the method changes its receiver."""
        site = original(c)
        reached = [i for i in self.serving if site in self.facts.calls[i.name]]
        owners = {self._type_of(c.receiver, i) for i in reached}
        owner = owners.pop() if len(owners) == 1 else None
        method = self.facts.methods.get((owner or "", c.name))
        if method is None or method.changes:
            return None
        called = {self.facts.instances[n].fn for i in reached for n in self.facts.calls[i.name][site]}
        name = (owner or "").rpartition(".")[2]
        return name if called == {method.fn} and name in self.types else None

    def _type_of(self, e: Expr, i: Instance) -> str | None:
        """The path of the user's type that an expression is of in an instance."""
        reference = self.facts.references.get(original(e))
        variable = reference.path if reference is not None and reference.kind == "variable" else original(e)
        text = next((t.type for t in i.typings if t.variable == variable), None)
        found = None if text is None else read_type(text)
        return path_of(found) if isinstance(found, App | Object) and is_user(found) else None


def as_written(c: MethodCall) -> MethodCall:
    """The method call that a direct call was made from; any other call is itself."""
    if not (c.receiver.id or "").endswith(f"~{TAG}"):
        return c
    first, *rest = c.args
    return replace(c, receiver=first.value, args=tuple(rest))
