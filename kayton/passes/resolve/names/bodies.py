"""The walk over a function's body that replaces names by references.

Scopes are persistent maps, so leaving a block is taking the old one up again. A variable gets a name that no other variable of
its function has: the second `x` becomes `x.1`. Closures belong to their function. Nested functions and constants are lifted to
module level; the variables around them are in their scope only to be refused.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve
from pyrsistent import pmap

from kayton.diagnostics.names import UnknownName
from kayton.ir.analyses.declarations import constructed
from kayton.ir.core import Construct, EmptySet, FillDefault, ForEach, ForRange, MakeVariant, SuccessOr
from kayton.ir.node import Node, map_children
from kayton.ir.resolved import Local
from kayton.ir.surface import (
    Annotation,
    Arg,
    Arm,
    BindPattern,
    Block,
    BoolLit,
    Call,
    Closure,
    ConstDef,
    Expr,
    Field,
    FloatLit,
    FnDef,
    IntLit,
    Item,
    Let,
    MethodCall,
    Name,
    Param,
    Pattern,
    Stmt,
    StrLit,
    TypeExpr,
    UnitLit,
)
from kayton.passes.resolve.names.entities import BuiltinType, BuiltinVariant, Constant, Entity, Function, OuterVariable, Variable
from kayton.passes.resolve.names.patterns import PatternResolver
from kayton.passes.resolve.names.program import ProgramNames, Scope
from kayton.passes.resolve.names.types import TypeScope
from kayton.passes.resolve.names.values import Paths

NOTHING: Scope = pmap()
_LITERALS = (IntLit, FloatLit, BoolLit, StrLit, UnitLit)


class BodyResolver:
    """Resolves one function. `path` is the function's, `lifted` collects what nests in it."""

    def __init__(self, names: ProgramNames, types: TypeScope, path: str, lifted: list[Item], scope: Scope = NOTHING) -> None:
        self.names = names
        self.cx = names.cx
        self.type_scope = types
        self.path = path
        self.paths = Paths(names, types.module, path)
        self.lifted = lifted
        self.scope = scope
        self._later: list[tuple[Param, Variable]] = []
        """The parameters that are not in scope yet, the last first: one with a default, which may not speak of it, and those after it."""
        self._used: dict[str, int] = {}
        self._nested: dict[str, int] = {}

    def visit(self, n: Node) -> Node:
        """The node with every name in it resolved."""
        handler = _HANDLERS.get(n.__class__)
        return map_children(n, self.visit) if handler is None else handler(self, n)

    # ── variables ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def new_variable(self, name: str, *, mutable: bool = False) -> Variable:
        """A variable under a name of its own."""
        n = self._used.get(name)
        if n is None:
            self._used[name] = 1
            return Variable(name, mutable)
        self._used[name] = n + 1
        return self.new_variable(f"{name}.{n}", mutable=mutable)

    def bind(self, name: str) -> str:
        """Puts one more immutable variable in scope and gives its own name."""
        made = self.new_variable(name)
        self.scope = self.scope.set(name, made)
        return made.name

    def pattern(self, p: Pattern) -> Pattern:
        """The pattern resolved; its variables are in scope from now on."""
        resolver = PatternResolver(self)
        made = resolver.resolve(p)
        self.scope = self.scope.update(resolver.bound)
        return made

    def type(self, t: TypeExpr | None, name: str | None = None) -> TypeExpr | None:
        """The type resolved; a refinement in it may speak of `name`."""
        return None if t is None else self.names.types.resolve(t, self.type_scope._replace(name=name))

    # ── functions ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def function(self, f: FnDef) -> FnDef:
        """The definition under its path."""
        self.type_scope = self.type_scope.within(f.type_params)
        self.names.unique([(p.name, p.span) for p in f.type_params], "type parameters")
        if constructed(f) is None:  # the fields were looked at
            self.names.unique([(p.pattern.name, p.span) for p in f.params], "parameters")
        params = self._bind_params(f.params)
        return FnDef(
            self.path, self.names.types.params(f.type_params, self.type_scope), params, self.type(f.result),
            None if f.body is None else self.visit(f.body), f.public, f.pure, f.effects,
            self.annotations(f.annotations), f.doc, id=f.id, span=f.span,
        )  # fmt: skip

    def _bind_params(self, params: tuple[Param, ...]) -> tuple[Param, ...]:
        types = [self.type(p.type, p.pattern.name) for p in params]
        made = []
        self._later = []
        for p, t in zip(params, types, strict=True):
            mutable = p.mutable or p.pattern.mutable
            variable = self.new_variable(p.pattern.name, mutable=mutable)
            self._later.append((p, variable))
            pattern = BindPattern(variable.name, mutable, id=p.pattern.id, span=p.pattern.span)
            made.append(Param(pattern, t, p.default, p.mutable, id=p.id, span=p.span))
        self._later.reverse()
        self._enter_params()
        return tuple(made)

    def _enter_params(self) -> None:
        """Puts parameters in scope up to the next that has a default."""
        while self._later and self._later[-1][0].default is None:
            self._enter_param()

    def _enter_param(self) -> Variable:
        p, variable = self._later.pop()
        self.scope = self.scope.set(p.pattern.name, variable)
        return variable

    def annotations(self, found: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
        """The annotations of an item."""
        return tuple([self._annotation(a) for a in found])

    def _annotation(self, a: Annotation) -> Annotation:
        """What an annotation says means nothing outside of it: all but literals is kept as text."""
        args = []
        for arg in a.args:
            v = arg.value
            text = v.name if isinstance(v, Name) else self.cx.sources[v.span.file].text[v.span.start : v.span.end] if v.span else ""
            value = v if isinstance(v, _LITERALS) else StrLit(text, id=v.id, span=v.span)
            args.append(Arg(value, arg.name, arg.mutable, id=arg.id, span=arg.span))
        return Annotation(a.name, tuple(args), id=a.id, span=a.span)

    # ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def block(self, b: Block) -> Block:
        outside = self.scope
        paths = self._declare_nested(b.body)
        body: list[Stmt] = []
        for s in b.body:
            if not isinstance(s, Item):
                body.append(self.visit(s))
            elif isinstance(s, FnDef | ConstDef):
                self.lifted.append(self._lift(s, paths[s]))
            else:
                self.cx.bug(s, "an item in a block, which parse reports")
        result = None if b.result is None else self.visit(b.result)
        self.scope = outside
        return Block(tuple(body), result, id=b.id, span=b.span)

    def _declare_nested(self, body: tuple[Stmt, ...]) -> dict[Stmt, str]:
        """Puts a block's functions and constants in scope, which may be used before they are defined."""
        nested = [s for s in body if isinstance(s, FnDef | ConstDef)]
        self.names.unique([(s.name, s.span) for s in nested], "items of this block")
        paths = {}
        for s in nested:
            n = self._nested[s.name] = self._nested.get(s.name, 0) + 1
            paths[s] = f"{self.path}.{s.name}" if n == 1 else f"{self.path}.{n}.{s.name}"
            self.scope = self.scope.set(s.name, Function(paths[s]) if isinstance(s, FnDef) else Constant(paths[s]))
        return paths

    def _lift(self, s: FnDef | ConstDef, path: str) -> FnDef | ConstDef:
        refused = {k: OuterVariable(k) for k, v in self.scope.items() if isinstance(v, Variable)}
        inside = BodyResolver(self.names, self.type_scope, path, self.lifted, self.scope.update(refused))
        if isinstance(s, FnDef):
            return inside.function(s)
        self.names.nested_consts.add(path)
        return inside.constant(s)

    def constant(self, c: ConstDef) -> ConstDef:
        """The constant under its path."""
        t, value = self.type(c.type, c.name), self.visit(c.value)
        return ConstDef(self.path, value, t, c.public, c.doc, self.annotations(c.annotations), id=c.id, span=c.span)

    def let(self, s: Let) -> Let:
        value = self.visit(s.value)
        t = self.type(s.type, getattr(s.pattern, "name", None))
        return Let(self.pattern(s.pattern), value, t, s.public, id=s.id, span=s.span)

    def fill_default(self, s: FillDefault) -> FillDefault:
        """In a default only the parameters before its own are in scope."""
        value = self.visit(s.value)
        target = self._enter_param()
        self._enter_params()
        return FillDefault(target.name, value, id=s.id, span=s.span)

    # ── binding expressions ────────────────────────────────────────────────────────────────────────────────────────────

    def success_or(self, e: SuccessOr) -> SuccessOr:
        value, outside = self.visit(e.value), self.scope
        name = self.bind(e.name)
        failure = self.visit(e.failure)
        self.scope = outside
        return SuccessOr(value, name, failure, id=e.id, span=e.span)

    def for_range(self, e: ForRange) -> ForRange:
        lo, hi, outside = self.visit(e.lo), self.visit(e.hi), self.scope
        name = self.bind(e.name)
        body = self.visit(e.body)
        self.scope = outside
        return ForRange(name, lo, hi, e.inclusive, body, id=e.id, span=e.span)

    def for_each(self, e: ForEach) -> ForEach:
        iterable, outside = self.visit(e.iterable), self.scope
        name = self.bind(e.name)
        body = self.visit(e.body)
        self.scope = outside
        return ForEach(name, iterable, body, id=e.id, span=e.span)

    def arm(self, a: Arm) -> Arm:
        outside = self.scope
        pattern = self.pattern(a.pattern)
        guard = None if a.guard is None else self.visit(a.guard)
        body = self.visit(a.body)
        self.scope = outside
        return Arm(pattern, body, guard, id=a.id, span=a.span)

    def closure(self, e: Closure) -> Closure:
        outside, around = self.scope, self._later
        self.names.unique([(p.pattern.name, p.span) for p in e.params], "parameters")
        params = self._bind_params(e.params)
        body = self.visit(e.body)
        self.scope, self._later = outside, around
        return Closure(params, body, id=e.id, span=e.span)

    # ── paths ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, e: Name) -> Expr:
        found = self.scope.get(e.name)
        if found.__class__ is Variable:
            return Local(found.name, found.mutable, id=e.id, span=e.span)
        return self._value(self.paths.find(e.name, self.scope, e.span), e)

    def field(self, e: Field) -> Expr:
        found = self.paths.static(e, self.scope)
        return map_children(e, self.visit) if found is None else self._value(found, e)

    def _value(self, found: Entity, e: Expr) -> Expr:
        if isinstance(found, BuiltinVariant) and found.fields:
            self.names.constructors.add(found.path)
        return self.paths.value(found, e)

    def call(self, e: Call) -> Call | EmptySet:
        found = self.paths.static(e.callee, self.scope)
        if found == BuiltinType("Set") and not e.args:
            return EmptySet(id=e.id, span=e.span)
        told = len(self.cx.diagnostics)
        callee = self.paths.value(found, e.callee) if isinstance(found, BuiltinVariant) else self.visit(e.callee)
        if len(self.cx.diagnostics) > told:
            self._called_unknown(e)
        return Call(callee, tuple([self.visit(a) for a in e.args]), id=e.id, span=e.span)

    def _called_unknown(self, e: Call) -> None:
        """Adds to the error about a callee what it was called with: elsewhere it may be a function, and here a method."""
        error = self.cx.diagnostics[-1]
        if isinstance(error, UnknownName) and error.span == e.callee.span and len(e.args) == 1 and e.args[0].name is None:
            self.cx.diagnostics[-1] = evolve(error, argument=e.args[0].span, call=e.span)

    def method_call(self, e: MethodCall) -> Call | MethodCall | EmptySet:
        """A call of a module's or a type's function is a plain call."""
        owner = self.paths.owner(e.receiver, self.scope)
        if owner is None:
            return map_children(e, self.visit)
        at = Name(e.name, id=self.names.new_id(e), span=e.span)
        callee = self.paths.value(self.paths.member(owner, e.name, e.span), at)
        return Call(callee, tuple([self.visit(a) for a in e.args]), id=e.id, span=e.span)

    def construct(self, e: Construct) -> Construct:
        return Construct(f"{self.type_scope.module}.{e.type}", tuple([self.visit(a) for a in e.args]), id=e.id, span=e.span)

    def make_variant(self, e: MakeVariant) -> MakeVariant:
        path = f"{self.type_scope.module}.{e.variant}"
        return MakeVariant(path, tuple([self.visit(a) for a in e.args]), id=e.id, span=e.span)


_HANDLERS: dict[type[Node], Callable[[BodyResolver, Node], Node]] = {
    Name: BodyResolver.name,
    Field: BodyResolver.field,
    Call: BodyResolver.call,
    MethodCall: BodyResolver.method_call,
    Block: BodyResolver.block,
    Let: BodyResolver.let,
    FillDefault: BodyResolver.fill_default,
    SuccessOr: BodyResolver.success_or,
    ForRange: BodyResolver.for_range,
    ForEach: BodyResolver.for_each,
    Arm: BodyResolver.arm,
    Closure: BodyResolver.closure,
    Construct: BodyResolver.construct,
    MakeVariant: BodyResolver.make_variant,
}
