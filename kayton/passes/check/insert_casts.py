"""insert-casts : Gathered -> Cast

Puts every boundary where the value crosses it; afterwards no type expression is left.

    fn f(x: f64, y: i64 = d) -> str: e    =>   fn f(x, y): { check-param x f64; fill-default y (cast d i64); check-param y i64; cast e str }
    let x: f64 = e;  x = e                =>   let x = cast e f64;  x = cast e f64
    return e                              =>   return (cast e str)
    g(mut x)                              =>   { let %result = g(mut x);  x = cast x f64;  %result }    where g may leave anything in x
    f([1, 2])                             =>   f([1.0, 2.0])                          where f's parameter is a List[f64]

How a boundary reaches into literals and branches is in `_boundary`. A field's boundary is its declaration's, crossed in the
constructor and at every store. The parameters of an unknown callee are its own business.
"""

from __future__ import annotations

from kayton.ir.analyses.declarations import Declarations
from kayton.ir.core import Absent, FillDefault
from kayton.ir.guards import guard_of
from kayton.ir.node import Node, map_children, replace, walk
from kayton.ir.resolved import CallFn, CallValue, Cast, Casted, CheckParam, Gathered, Local, MutArg, Place
from kayton.ir.surface import (
    Assign,
    BindPattern,
    Block,
    Closure,
    Expr,
    FnDef,
    Item,
    Let,
    MethodCall,
    Module,
    Param,
    Program,
    Return,
    Stmt,
    TypeExpr,
    UnitLit,
)
from kayton.passes.check._boundary import CASTS
from kayton.passes.framework import Cx, Pass, frozen


@frozen
class InsertCasts(Pass):
    source = Gathered
    target = Casted

    def transform(self, root: Program, cx: Cx) -> Program:
        cx.enter(self, root)
        declared = cx.facts(Declarations)
        modules = tuple([self._module(m, declared, cx) for m in root.modules])
        return Program(modules, id=root.id, span=root.span)

    def _module(self, m: Module, declared: Declarations, cx: Cx) -> Module:
        body: list[Item] = []
        for item in m.body:
            if not isinstance(item, FnDef):
                body.append(item)
            elif item.body is not None:  # a trait's required method has said what it had to say
                body.append(_Boundaries(declared, item, cx).function(item))
        return Module(m.name, m.path, m.file, tuple(body), id=m.id, span=m.span)


class _Boundaries:
    """One function. `result` is the annotation that a `return` crosses, None in a closure."""

    def __init__(self, declared: Declarations, f: FnDef, cx: Cx) -> None:
        self.declared = declared
        self.cx = cx
        self.result = f.result
        self.annotated: dict[str, TypeExpr] = {p.pattern.name: p.type for p in f.params if p.type is not None}

    def function(self, f: FnDef) -> FnDef:
        """The function without types."""
        body = CASTS.cross(self.visit(f.body), f.result)
        body = Block(self._entry(f.params, body.body), body.result, id=body.id, span=body.span)
        params = tuple([_untyped(p) for p in f.params])
        return FnDef(f.name, (), params, None, body, f.public, f.pure, f.effects, f.annotations, f.doc, id=f.id, span=f.span)

    def _entry(self, params: tuple[Param, ...], body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        """The body with each parameter's check: after its default is filled in, before anything else uses it."""
        out: list[Stmt] = []
        rest = list(body)
        for p in params:
            if p.default is not None:
                filled = next((i for i, s in enumerate(rest) if isinstance(s, FillDefault) and s.name == p.pattern.name), -1)
                out += rest[: filled + 1]
                del rest[: filled + 1]
            if guard_of(p.type) is not None:
                out.append(_check(p))
        return (*out, *rest) if len(out) + len(rest) > len(body) else body

    # ── the walk ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def visit(self, n: Node) -> Node:
        """The node with every boundary below it made explicit."""
        handler = _HANDLERS.get(n.__class__)
        return map_children(n, self.visit) if handler is None else handler(self, n)

    def block(self, b: Block) -> Block:
        """Arguments that were named first, to be evaluated in order, are the callee's all the same."""
        if isinstance(b.result, CallFn):
            for a, p in zip(b.result.args, self.declared.functions[b.result.fn].params, strict=True):
                if isinstance(a, Local) and a.name.startswith("%arg.") and p.type is not None:
                    self.annotated.setdefault(a.name, p.type)
        return map_children(b, self.visit)

    def let(self, s: Let) -> Let:
        t = s.type
        if t is None:
            known = self.annotated.get(s.pattern.name) if isinstance(s.pattern, BindPattern) else None
            return Let(s.pattern, CASTS.fill(self.visit(s.value), known), None, s.public, id=s.id, span=s.span)
        if isinstance(s.pattern, BindPattern):
            self.annotated[s.pattern.name] = t
        return Let(s.pattern, CASTS.cross(self.visit(s.value), t), None, s.public, id=s.id, span=s.span)

    def assign(self, s: Assign) -> Assign:
        place: Place = self.visit(s.target)
        value = self.visit(s.value)
        if not place.steps and isinstance(place.root, Local):
            value = CASTS.cross(value, self.annotated.get(place.root.name))
        return Assign(place, value, id=s.id, span=s.span)

    def fill_default(self, s: FillDefault) -> FillDefault:
        return FillDefault(s.name, CASTS.cross(self.visit(s.value), self.annotated.get(s.name)), id=s.id, span=s.span)

    def leave(self, s: Return) -> Return:
        if s.value is None:
            guard = guard_of(self.result)
            if guard in (None, "()"):
                return s
            unit = UnitLit(id=f"{s.id}~unit", span=s.span)
            return Return(Cast(unit, guard, id=f"{s.id}~cast", span=s.span), id=s.id, span=s.span)
        return Return(CASTS.cross(self.visit(s.value), self.result), id=s.id, span=s.span)

    def closure(self, c: Closure) -> Closure:
        around, self.result = self.result, None
        self.annotated |= {p.pattern.name: p.type for p in c.params if p.type is not None}
        body = self.visit(c.body)
        self.result = around
        checks = tuple([_check(p) for p in c.params if guard_of(p.type) is not None])
        if checks:
            body = Block(checks, body, id=f"{c.id}~checked", span=body.span)
        return Closure(tuple([_untyped(p) for p in c.params]), body, id=c.id, span=c.span)

    def call(self, c: CallFn) -> Expr:
        params = self.declared.functions[c.fn].params
        args = [self._argument(a, p.type) for a, p in zip(c.args, params, strict=True)]
        made = CallFn(c.fn, tuple(args), id=c.id, span=c.span)
        out = [a.place for a, p in zip(args, params, strict=True) if isinstance(a, MutArg) and not self._keeps(a.place, p.type)]
        return self._copied_out(made, out)

    def other_call(self, c: CallValue | MethodCall) -> Expr:
        made = map_children(c, self.visit)
        out = [a.value for a in made.args if a.mutable]
        if isinstance(made, MethodCall) and isinstance(made.receiver, Place) and self._may_replace(made):
            out.insert(0, made.receiver)
        return self._copied_out(made, out)

    def _keeps(self, place: Place, t: TypeExpr | None) -> bool:
        """Whether a parameter of this type leaves in an annotated variable what its annotation wants."""
        return guard_of(t) == self._guard(place)

    def _may_replace(self, c: MethodCall) -> bool:
        """Whether a method may give its annotated receiver a value of another type, `self = e` in it being no boundary."""
        guard = self._guard(c.receiver)
        if guard is None or guard.startswith("dyn "):
            return guard is not None
        f = self.declared.method(guard, c.name)
        return f is not None and any(
            isinstance(n, Place) and not n.steps and isinstance(n.root, Local) and n.root.name == "self" for n in walk(f)
        )

    def _guard(self, place: Place) -> str | None:
        """The guard of the annotated variable that the place is; None for every other place."""
        if place.steps or not isinstance(place.root, Local):
            return None
        return guard_of(self.annotated.get(place.root.name))

    def _copied_out(self, call: Expr, places: list[Place]) -> Expr:
        """The call, after which what was copied out to annotated variables has crossed their boundaries."""
        checks: list[Stmt] = []
        for p in places:
            guard = self._guard(p)
            if guard is not None:
                value = Cast(replace(p.root, id=f"{p.id}~value"), guard, id=f"{p.id}~cast", span=p.span)
                target = Place(replace(p.root, id=f"{p.id}~root"), (), p.frozen, id=f"{p.id}~out", span=p.span)
                checks.append(Assign(target, value, id=f"{p.id}~assign", span=p.span))
        if not checks:
            return call
        name, where = self.cx.fresh("result"), call.span
        held = Let(BindPattern(name, id=f"{call.id}~name", span=where), call, id=f"{call.id}~let", span=where)
        return Block((held, *checks), Local(name, id=f"{call.id}~result", span=where), id=f"{call.id}~checked", span=where)

    def _argument(self, a: Expr | MutArg, t: TypeExpr | None) -> Expr | MutArg:
        made = self.visit(a)
        return made if isinstance(made, Absent | MutArg) else CASTS.fill(made, t)


def _check(p: Param) -> CheckParam:
    return CheckParam(p.pattern.name, guard_of(p.type) or "", id=f"{p.id}~check", span=p.span)


def _untyped(p: Param) -> Param:
    return Param(p.pattern, None, p.default, p.mutable, id=p.id, span=p.span)


_HANDLERS = {
    Block: _Boundaries.block,
    Let: _Boundaries.let,
    Assign: _Boundaries.assign,
    FillDefault: _Boundaries.fill_default,
    Return: _Boundaries.leave,
    Closure: _Boundaries.closure,
    CallFn: _Boundaries.call,
    CallValue: _Boundaries.other_call,
    MethodCall: _Boundaries.other_call,
}
