"""lower-advanced : Gathered -> Gathered

A refined type becomes a check wherever a value crosses its boundary (LANGUAGE §8).

    let x: i64 where it > 0 = e      =>   let x: i64 = { let %v: i64 = e;  if not %v > 0: panic("refinement failed: it > 0");  %v }
    f(a, b)    f's n is refined      =>   { let %a = a; let %b = b;  let %v: i64 = %a;  if not %v > 0: panic(…);  f(%a, %b) }
    fn f(n: i64 where n > 0): e      =>   fn f(n: i64):  { if not n > 0: panic(…);  e }
    p.x = e    some type's x is      =>   { let %v = e;  match p: main.P(_) => { check } _ => ();  p.x = %v }
    const N: i64 where it > 0 = e    =>   error K0601 where the check fails

The panic stands where the value does, so that is the error's place; an argument of which only the callee knows the refinement (a method's,
a function value's) is checked there, at the parameter. `discharge-refinements` drops what is proved. It comes before insert-casts, which
wants plain types and puts the boundary of `base` where the `let` above says it, and before the program is forked, so that what runs as
bytecode checks the same. The VM's own pipeline is without this pass: it ignores refinements.
"""

from __future__ import annotations

from kayton.ir.analyses.declarations import Declarations
from kayton.ir.core import Absent, FillDefault
from kayton.ir.guards import is_refined
from kayton.ir.node import Node, map_children, replace, walk
from kayton.ir.resolved import CallFn, CallValue, FieldStep, Gathered, Local, MutArg, Place
from kayton.ir.surface import (
    Arg,
    Assign,
    BindPattern,
    Block,
    Closure,
    Expr,
    FnDef,
    Let,
    MethodCall,
    Module,
    Param,
    Program,
    RefinedType,
    Return,
    Stmt,
    TypeExpr,
)
from kayton.passes.check._boundary import Crossing
from kayton.passes.deep._refined_constants import check_constants, refined_constants
from kayton.passes.deep._refinements import Refinements, read_of
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class LowerAdvanced(Pass):
    source = Gathered
    target = Gathered

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        if not any(isinstance(n, RefinedType) for n in walk(root)):
            return root
        refinements = Refinements(cx.facts(Declarations), cx)
        plain, constants = refined_constants(root, refinements)
        made = replace(plain, modules=tuple([_module(m, refinements) for m in plain.modules]))
        check_constants(made, [(c, _Checks(refinements, f).let(c)) for f, c in constants], cx)
        return made


def _module(m: Module, refinements: Refinements) -> Module:
    return replace(m, body=tuple([_Checks(refinements, i).function(i) if isinstance(i, FnDef) and i.body is not None else i for i in m.body]))


class _Checks(Crossing):
    """One function. `result` is the type that a `return` crosses, None in a closure."""

    def __init__(self, refinements: Refinements, f: FnDef) -> None:
        self.refinements = refinements
        self.result = f.result
        self.annotated: dict[str, TypeExpr] = {p.pattern.name: p.type for p in f.params if is_refined(p.type)}

    def function(self, f: FnDef) -> FnDef:
        """The function with its checks."""
        body = self.cross(self.visit(f.body), f.result)
        return replace(f, body=self._entered(body, f.params)) if self.annotated else replace(f, body=body)

    def _entered(self, body: Block, params: tuple[Param, ...]) -> Block:
        """The body with the checks of its parameters, after their defaults."""
        at = next((k for k, s in enumerate(body.body) if not isinstance(s, FillDefault)), len(body.body))
        checks = [c for p in params if is_refined(p.type) for c in self.refinements.checks(p.type, Local(p.pattern.name, p.mutable), p)]
        return replace(body, body=(*body.body[:at], *checks, *body.body[at:])) if checks else body

    # ── what Crossing asks ─────────────────────────────────────────────────────────────────────────────────────────────

    def applies(self, t: TypeExpr | None) -> bool:
        return is_refined(t)

    def at(self, e: Expr, t: TypeExpr) -> Expr:
        made = self.fill(e, t)
        if not isinstance(t, RefinedType):
            return made
        return self.refinements.checked(made, t)

    # ── the walk ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def visit(self, n: Node) -> Node:
        """The node with checks at every boundary below it."""
        handler = _HANDLERS.get(n.__class__)
        return map_children(n, self.visit) if handler is None else handler(self, n)

    def let(self, s: Let) -> Let:
        if isinstance(s.pattern, BindPattern) and is_refined(s.type):
            self.annotated[s.pattern.name] = s.type
        return replace(s, value=self.cross(self.visit(s.value), s.type))

    def fill_default(self, s: FillDefault) -> FillDefault:
        return replace(s, value=self.cross(self.visit(s.value), self.annotated.get(s.name)))

    def leave(self, s: Return) -> Return:
        return s if s.value is None else replace(s, value=self.cross(self.visit(s.value), self.result))

    def closure(self, c: Closure) -> Closure:
        around, self.result = self.result, None
        self.annotated |= {p.pattern.name: p.type for p in c.params if is_refined(p.type)}
        body = self.visit(c.body)
        self.result = around
        if any(is_refined(p.type) for p in c.params):
            held = body if isinstance(body, Block) else Block((), body, id=f"{c.id}~entered", span=body.span)
            body = self._entered(held, c.params)
        return replace(c, body=body)

    def assign(self, s: Assign) -> Stmt:
        place: Place = self.visit(s.target)
        value = self.visit(s.value)
        if not place.steps and isinstance(place.root, Local):
            return replace(s, target=place, value=self.cross(value, self.annotated.get(place.root.name)))
        made = replace(s, target=place, value=value)
        last = place.steps[-1] if place.steps else None
        return self._stored(made) if isinstance(last, FieldStep) and last.name in self.refinements.fields else made

    def _stored(self, s: Assign) -> Stmt:
        """A store into a field that some type refines: checked if the place is in a value of that type."""
        place, first = self.refinements.settled_place(s.target)
        value, bound = self.refinements.named(s.value)
        owner = read_of(replace(place, steps=place.steps[:-1]))
        tests = self._tests(owner, place.steps[-1].name, value, s.value)
        return self.refinements.block([*first, *bound, *tests, replace(s, target=place, value=value)], None, s)

    def _tests(self, owner: Expr, field: str, value: Expr, at: Node) -> list[Stmt]:
        r = self.refinements
        return [r.tested(owner, path, r.crossing(value, p.type, at), at) for path, p in r.fields.get(field, ())]

    def call(self, c: CallFn) -> Expr:
        made: CallFn = map_children(c, self.visit)
        params = self.refinements.declared.functions[c.fn].params
        refined = [k for k, p in enumerate(params) if is_refined(p.type) and not isinstance(made.args[k], MutArg | Absent)]
        places = [(a.place, p) for a, p in zip(made.args, params, strict=True) if isinstance(a, MutArg)]
        return self._copied_out(self._given(made, params, refined) if refined else made, [p for p, _ in places])

    def _given(self, c: CallFn, params: tuple[Param, ...], refined: list[int]) -> Expr:
        """The call with its arguments evaluated, then checked, then given."""
        r, first, args = self.refinements, [], []
        for a in c.args:
            if isinstance(a, MutArg):
                place, bound = r.settled_place(a.place)
                given: Node = replace(a, place=place)
            else:
                given, bound = r.named(a, "arg")  # insert-casts knows these: literals take their elements' types from the parameter
            first += bound
            args.append(given)
        for k in refined:
            first += r.crossing(args[k], params[k].type, c.args[k])
        return r.block(first, replace(c, args=tuple(args)), c)

    def other_call(self, c: CallValue | MethodCall) -> Expr:
        made = map_children(c, self.visit)
        if isinstance(made, MethodCall) and made.name == "with" and any(a.name in self.refinements.fields for a in made.args):
            return self._with(made)
        return self._copied_out(made, [a.value for a in made.args if isinstance(a, Arg) and a.mutable])

    def _with(self, c: MethodCall) -> Expr:
        """`p.with(x=e)`: the fields of the new struct."""
        r = self.refinements
        receiver, first = r.named(r.placed(read_of(c.receiver), c) if isinstance(c.receiver, Place) else c.receiver)
        args = []
        for a in c.args:
            value, bound = r.named(a.value)
            first += bound
            args.append(replace(a, value=value))
        tests = [t for a, given in zip(c.args, args, strict=True) for t in self._tests(receiver, a.name or "", given.value, a.value)]
        return r.block([*first, *tests], replace(c, receiver=receiver, args=tuple(args)), c)

    def _copied_out(self, call: Expr, places: list[Node]) -> Expr:
        """The call, after which what was copied out to refined variables is checked."""
        r = self.refinements
        roots = [p.root for p in places if isinstance(p, Place) and not p.steps and getattr(p.root, "name", "") in self.annotated]
        checks = [s for root in roots for s in r.crossing(root, self.annotated[root.name], call)]
        if not checks:
            return call
        value, bound = r.named(call)
        return r.block([*bound, *checks], value, call)


_HANDLERS = {
    Let: _Checks.let,
    Assign: _Checks.assign,
    FillDefault: _Checks.fill_default,
    Return: _Checks.leave,
    Closure: _Checks.closure,
    CallFn: _Checks.call,
    CallValue: _Checks.other_call,
    MethodCall: _Checks.other_call,
}
