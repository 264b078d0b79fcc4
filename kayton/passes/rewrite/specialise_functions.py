"""specialise-functions : Rewritten -> Rewritten

Makes a copy of a function for each tuple of parameter types that it is called with, and says of every call which copy it is of.

    fn mean(xs): …                       =>   fn mean__List_f64(xs): …    fn mean__List_i64(xs): …
    mean([1, 2])                         =>   mean__List_i64([1, 2])
    fn f(x): …, called with one type     =>   fn f(x): …

A function that is also used as a value has one form only, as have methods, which are found by their names, what stays bytecode, and
functions that rewriting wrote. Where no call is known to happen, the function as it was is called, and stays.
"""

from __future__ import annotations


from kayton.ir.constrained import Instance
from kayton.ir.node import Node, map_children, replace
from kayton.ir.rewritten import Copy, Draft, Rewritten
from kayton.ir.surface import Call, FnDef, Name, Stmt
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.rewrite._facts import Facts, original
from kayton.passes.rewrite._plan import Plan


@frozen
class SpecialiseFunctions(Pass):
    source = Rewritten
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        plan = Plan(root, cx.facts(Facts))
        if not plan.groups:
            return root
        module = root.written.modules[0]
        made = _Copies(plan)
        body = [made.statement(s) for s in module.body]
        generic = made.generic()
        written = tuple([s for found in body for s in _kept(found, generic)])
        program = replace(root.written, modules=(replace(module, body=written),))
        return replace(root, written=program, copies=(*root.copies, *made.copies))


def _kept(found: list[Stmt], generic: dict[str, FnDef]) -> list[Stmt]:
    """A definition's copies, after the definition itself if it is still called."""
    first = found[0]
    own = generic.get(original(first)) if isinstance(first, FnDef) and original(first) != first.id else None
    return found if own is None else [own, *found]


class _Copies:
    """Copies and their calls. `copies` says what each definition serves."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.facts = plan.facts
        self.copies: list[Copy] = []
        self._wanted: dict[str, None] = {}

    def statement(self, s: Stmt) -> list[Stmt]:
        """What stands in the place of a statement or item of the module."""
        path = self.facts.path(s) if isinstance(s, FnDef) else ""
        if path not in self.plan.groups:
            return [self._within(s, self.facts.with_closures(self.facts.starting()))]
        return [self._copy(s, self.plan.names[g], [self.facts.instances[n] for n in sorted(g)]) for g in self.plan.groups[path]]

    def _copy(self, f: FnDef, name: str, serving: list[Instance]) -> FnDef:
        made = replace(self._function(f, serving), name=name)
        suffixed = _with_suffix(made, name.removeprefix(f.name).lstrip("_") or "copy")
        names = tuple([i.name for i in serving])
        self.copies.append(Copy(suffixed.id or "", names, id=f"{suffixed.id}~specialise-functions", span=f.span))
        return suffixed

    def generic(self) -> dict[str, FnDef]:
        """The functions that are called where no instance is known, as they were, by id."""
        found: dict[str, FnDef] = {}
        while self._wanted:
            path = next(iter(self._wanted))
            del self._wanted[path]
            f = self.plan.definitions[path]
            if f.id not in found:
                found[f.id or ""] = self._function(f, [])
                self.copies.append(Copy(f.id or "", (), id=f"{f.id}~specialise-functions", span=f.span))
        return found

    def _function(self, f: FnDef, serving: list[Instance]) -> FnDef:
        return map_children(f, lambda n: self._within(n, self.facts.with_closures(serving)))

    def _within(self, n: Node, serving: list[Instance]) -> Node:
        """A node with its calls naming copies; a function in it has instances of its own."""
        if isinstance(n, FnDef):
            return self._function(n, self.facts.serving(n))
        made = map_children(n, lambda c: self._within(c, serving))
        return self._call(made, serving) if isinstance(made, Call) else made

    def _call(self, c: Call, serving: list[Instance]) -> Call:
        reference = self.facts.references.get(original(c))
        if reference is None or reference.kind != "call" or reference.path not in self.plan.groups or not isinstance(c.callee, Name):
            return c
        name = self.plan.callee(serving, reference.path, reference.at)
        if name is None:
            self._wanted[reference.path] = None
            return c
        return replace(c, callee=replace(c.callee, name=name))


def _with_suffix(n: Node, suffix: str) -> Node:
    """A copy of a tree with ids that say which copy it is."""
    return replace(map_children(n, lambda c: _with_suffix(c, suffix)), id=f"{n.id}~{suffix}")


