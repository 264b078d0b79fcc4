"""Names of one module, as what they stand for is called where all modules are one."""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.node import Node, map_children, place_at, replace
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    Block,
    Call,
    ClassDef,
    ConstDef,
    ConstructorPattern,
    EnumDef,
    Expr,
    Field,
    FnDef,
    ImplDef,
    Let,
    MethodCall,
    Module,
    Name,
    NamedType,
    PathPattern,
    RefinedType,
    Stmt,
    StructDef,
    TraitDef,
    TypeAlias,
    Use,
)
from kayton.passes.rewrite._scopes import NAMED, Scopes, bound_in

_TAG = "merge-modules"


class Requalifier:
    """Rewrites one module. `variables` are the ids of the nodes that mean a variable."""

    def __init__(self, scopes: Scopes, module: str, variables: set[str]) -> None:
        self.scopes = scopes
        self.module = module
        self.variables = variables
        self.hidden: frozenset[str] = frozenset({"self", "Self"})
        """Names of type parameters, nested definitions and the like, which hide the module's own."""

    def body(self, m: Module) -> list[Stmt]:
        """The module's statements and items; its `use` lines are not among them."""
        return [self._top(s) for s in m.body if not isinstance(s, Use)]

    def _top(self, s: Stmt) -> Stmt:
        made = self.visit(s)
        if isinstance(made, Let):
            return replace(made, pattern=self._renamed(made.pattern))
        if isinstance(made, NAMED):
            return self._changed(made, name=self.scopes.names[self.module, made.name])
        return made

    def _renamed(self, n: Node) -> Node:
        """A pattern of a module-level `let`, whose variables are items."""
        n = map_children(n, self._renamed)
        if isinstance(n, BindPattern | AtPattern):
            return self._changed(n, name=self.scopes.names[self.module, n.name])
        return n

    @staticmethod
    def _changed(n: Node, name: str) -> Node:
        return n if n.name == name else replace(n, name=name)

    def visit(self, n: Node) -> Node:
        """A node with the names in it as they are to be."""
        handler = _HANDLERS.get(n.__class__)
        return map_children(n, self.visit) if handler is None else handler(self, n)

    # Scopes

    def _within(self, n: Node, names: list[str]) -> Node:
        """The children of a node in which these names hide the module's."""
        outside = self.hidden
        self.hidden = outside.union(names)
        made = map_children(n, self.visit)
        self.hidden = outside
        return made

    def _with_params(self, d: Node) -> Node:
        return self._within(d, [p.name for p in d.type_params])

    def _block(self, b: Block) -> Node:
        nested = [s.name for s in b.body if isinstance(s, FnDef | ConstDef)]
        return self._within(b, nested) if nested else map_children(b, self.visit)

    def _constant(self, c: ConstDef) -> Node:
        """What a constant was computed from is nowhere else, so its variables are known by their names."""
        return self._within(c, [p.name for p in bound_in(c)])

    def _refined(self, t: RefinedType) -> Node:
        return self._within(t, ["it"])

    # Names

    def _path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """What a path becomes whose first name is no variable."""
        if path[0] in self.hidden:
            return path
        thing = self.scopes.thing(self.module, path[0])
        if thing is None:
            variant = self.scopes.variant_in(self.module, path[0])
            return path if variant is None else (*variant, *path[1:])
        rest = list(path[1:])
        while rest and (inner := self.scopes.member(thing, rest[0])) is not None:
            thing = inner
            rest.pop(0)
        return (*self.scopes.spelt(thing), *rest)

    def _written(self, e: Expr) -> tuple[str, ...] | None:
        """The path that an expression is; None where it starts with a value."""
        names: list[str] = []
        while e.__class__ is Field:
            names.append(e.name)
            e = e.value
        if e.__class__ is not Name or e.id in self.variables or e.name in self.hidden:
            return None
        return (e.name, *reversed(names))

    def _name(self, e: Name | Field) -> Expr:
        path = self._written(e)
        if path is None:
            return map_children(e, self.visit)
        made = self._path(path)
        return e if made == path else _expression(made, e)

    def _method_call(self, e: MethodCall) -> Expr:
        path = self._written(e.receiver)
        args = tuple([self.visit(a) for a in e.args])
        if path is None:
            return replace(e, receiver=self.visit(e.receiver), args=args)
        *owner, name = self._path((*path, e.name))
        if not owner:
            return place_at(Call(Name(name, span=e.span), args, id=e.id, span=e.span), e, _TAG, {})
        return replace(e, receiver=_expression(tuple(owner), e.receiver), name=name, args=args)

    def _type(self, t: NamedType) -> Node:
        return replace(t, path=self._path(t.path), args=tuple([self.visit(a) for a in t.args]))

    def _pattern(self, p: PathPattern | ConstructorPattern) -> Node:
        return replace(map_children(p, self.visit), path=self._path(p.path))


def _expression(path: tuple[str, ...], at: Expr) -> Expr:
    """The expression that a path is."""
    made: Expr = Name(path[0], span=at.span)
    for name in path[1:]:
        made = Field(made, name, span=at.span)
    return place_at(replace(made, id=at.id), at, _TAG, {})


_HANDLERS: dict[type[Node], Callable[[Requalifier, Node], Node]] = {
    Name: Requalifier._name, Field: Requalifier._name, MethodCall: Requalifier._method_call, NamedType: Requalifier._type,
    PathPattern: Requalifier._pattern, ConstructorPattern: Requalifier._pattern, Block: Requalifier._block,
    ConstDef: Requalifier._constant, RefinedType: Requalifier._refined,
    **dict.fromkeys((FnDef, StructDef, ClassDef, EnumDef, TraitDef, ImplDef, TypeAlias), Requalifier._with_params),
}  # fmt: skip
