"""Types, patterns, parameters (LANGUAGE §§3, 4, 6)."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.node import Node
from kayton.ir.surface import (
    AtPattern,
    BindPattern,
    ConstructorPattern,
    DynTrait,
    Expr,
    FloatLit,
    FnType,
    IntLit,
    ListPattern,
    LiteralPattern,
    NamedType,
    OrPattern,
    Param,
    PathPattern,
    Pattern,
    PatternArg,
    RangePattern,
    RefinedType,
    TuplePattern,
    TupleType,
    TypeExpr,
    TypeParam,
    WildcardPattern,
)
from kayton.passes.rewrite.printing import leaves
from kayton.passes.rewrite.printing.writer import Writer


class Types(Writer):
    """Prints types and patterns."""

    def expression(self, e: Expr) -> None:
        """An expression that nothing can follow."""
        raise NotImplementedError

    def guarded(self, e: Expr) -> None:
        """An expression that a keyword or a `:` follows."""
        raise NotImplementedError

    # Types

    def type(self, t: TypeExpr) -> None:
        """A type."""
        _TYPES[t.__class__](self, t)

    def annotation(self, t: TypeExpr | None) -> None:
        """`: type`, or nothing."""
        if t is not None:
            self.write(": ")
            self.type(t)

    def _named(self, t: NamedType) -> None:
        self.write(".".join(t.path))
        if t.args:
            self.bracketed("[", t.args, self.type, "]")

    def _tuple_type(self, t: TupleType) -> None:
        self.bracketed("(", t.items, self.type, ",)" if len(t.items) == 1 else ")")

    def _function(self, t: FnType) -> None:
        self.bracketed("fn(", t.params, self.type, ")")
        if t.result is not None:
            self.write(" -> ")
            self.type(t.result)

    def _dyn(self, t: DynTrait) -> None:
        self.write("dyn ")
        self.type(t.trait)

    def _refined(self, t: RefinedType) -> None:
        self.type(t.base)
        self.write(" where ")
        self.guarded(t.condition)

    def type_params(self, params: Sequence[TypeParam]) -> None:
        """`[T, U: Bound + Bound]`, or nothing."""
        if params:
            self.bracketed("[", params, self._type_param, "]")

    def _type_param(self, p: TypeParam) -> None:
        self.write(p.name)
        if p.bounds:
            self.write(": ")
            self.bounds(p.bounds)

    def bounds(self, bounds: Sequence[TypeExpr]) -> None:
        """`Trait + Trait`"""
        for i, b in enumerate(bounds):
            if i:
                self.write(" + ")
            self.type(b)

    # Parameters

    def param(self, p: Param) -> None:
        """A parameter of a function: `a: type = default`, `a: mut type`, `mut a`."""
        if p.mutable and p.type is None:
            self.write("mut ")
        self.pattern(p.pattern)
        if p.type is not None:
            self.write(": mut " if p.mutable else ": ")
            self.type(p.type)
        if p.default is not None:
            self.write("=" if p.type is None else " = ")
            self.expression(p.default)

    def closure_param(self, p: Param) -> None:
        """A parameter of a closure."""
        self._single(p.pattern)
        self.annotation(p.type)

    # Patterns

    def pattern(self, p: Pattern) -> None:
        """A pattern, alternatives included."""
        _PATTERNS[p.__class__](self, p)

    def _single(self, p: Pattern) -> None:
        """A pattern that no `|` may stand in outside of parentheses."""
        if p.__class__ is OrPattern:
            self.grouped(lambda: self.pattern(p))
        else:
            self.pattern(p)

    def _wildcard(self, p: WildcardPattern) -> None:
        self.write("_")

    def _bind(self, p: BindPattern) -> None:
        self.write(f"mut {p.name}" if p.mutable else p.name)

    def _literal(self, p: LiteralPattern) -> None:
        self._constant(p.value)

    def _constant(self, e: Expr) -> None:
        """A literal, perhaps a negative one."""
        if e.__class__ is IntLit:
            self.write(leaves.integer(e.value, self.comments.spelling(e)))
        elif e.__class__ is FloatLit:
            self.write(leaves.floating(e.value, self.comments.spelling(e)))
        else:
            self.expression(e)

    def _range(self, p: RangePattern) -> None:
        self._constant(p.lo)
        self.write("..=" if p.inclusive else "..")
        self._constant(p.hi)

    def _path(self, p: PathPattern) -> None:
        self.write(".".join(p.path))

    def _constructor(self, p: ConstructorPattern) -> None:
        self.bracketed(f"{'.'.join(p.path)}(", p.args, self._pattern_arg, ")")

    def _pattern_arg(self, a: PatternArg) -> None:
        if a.name is not None:
            self.write(f"{a.name}=")
        self.pattern(a.pattern)

    def _tuple_pattern(self, p: TuplePattern) -> None:
        self.bracketed("(", p.items, self.pattern, ",)" if len(p.items) == 1 else ")")

    def _list(self, p: ListPattern) -> None:
        items: tuple[Node, ...] = p.items if p.rest is None else (*p.items, p.rest)
        self.bracketed("[", items, lambda q: self._rest(q) if q is p.rest else self.pattern(q), "]")

    def _rest(self, p: Pattern) -> None:
        self.write("..")
        if p.__class__ is not WildcardPattern:
            self.pattern(p)

    def _or(self, p: OrPattern) -> None:
        for i, q in enumerate(p.alternatives):
            if i:
                self.write(" | ")
            self._single(q)

    def _at(self, p: AtPattern) -> None:
        self.write(f"{p.name} @ ")
        self._single(p.pattern)


_TYPES = {
    NamedType: Types._named, TupleType: Types._tuple_type, FnType: Types._function, DynTrait: Types._dyn, RefinedType: Types._refined,
}  # fmt: skip
_PATTERNS = {
    WildcardPattern: Types._wildcard, BindPattern: Types._bind, LiteralPattern: Types._literal, RangePattern: Types._range,
    PathPattern: Types._path, ConstructorPattern: Types._constructor, TuplePattern: Types._tuple_pattern, ListPattern: Types._list,
    OrPattern: Types._or, AtPattern: Types._at,
}  # fmt: skip
