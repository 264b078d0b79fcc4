"""Types as they are written (LANGUAGE §3), and the refinements of §8."""

from __future__ import annotations

from kayton.ir.surface import DynTrait, FnType, NamedType, RefinedType, TupleType, TypeExpr, TypeParam
from kayton.passes.front.parsing.literals import Literals


class Types(Literals):
    """Parses types, type parameters and bounds."""

    def type(self) -> TypeExpr:
        """A type without `where`."""
        self.deeper()
        kind = self.kinds[self.i]
        if kind == "NAME" or kind == "Self":
            made = self.named_type()
        elif kind == "(":
            made = self._in_parentheses()
        elif kind == "fn":
            made = self._function()
        elif kind == "dyn":
            made = self._dyn()
        else:
            self.not_a_name("a type")
        self.depth -= 1
        return made

    def annotation(self) -> TypeExpr:
        """The type of a parameter, field, variable or result: `type` or `type where condition`."""
        start = self.starts[self.i]
        base = self.type()
        if not self.take("where"):
            return base
        return RefinedType(base, self.expression(), span=self.span_from(start))

    def named_type(self) -> TypeExpr:
        """`Name`, `module.Name`, `Name[A, B]`"""
        start = self.starts[self.i]
        path = [self.texts[self.i]]
        self.i += 1
        while self.take("."):
            path.append(self.expect_name("the name of a type"))
        args: tuple[TypeExpr, ...] = ()
        if self.kinds[self.i] == "[":
            args = tuple(self._types("]"))
        return NamedType(tuple(path), args, span=self.span_from(start))

    def type_params(self) -> tuple[TypeParam, ...]:
        """`[T, U: Bound + Bound]`, or nothing."""
        if self.kinds[self.i] != "[":
            return ()
        opener = self.i
        self.i += 1
        params = []
        while self.kinds[self.i] != "]":
            start = self.starts[self.i]
            name = self.expect_name("a type parameter")
            bounds = self.bounds() if self.take(":") else ()
            params.append(TypeParam(name, bounds, span=self.span_from(start)))
            if not self.take(","):
                break
        self.expect_closer("]", opener)
        return tuple(params)

    def bounds(self) -> tuple[TypeExpr, ...]:
        """`Trait + Trait`"""
        found = [self.type()]
        while self.take("+"):
            found.append(self.type())
        return tuple(found)

    def _types(self, closer: str) -> list[TypeExpr]:
        """Types with commas between brackets, both brackets included."""
        opener = self.i
        self.i += 1
        found = []
        while self.kinds[self.i] != closer:
            found.append(self.type())
            if not self.take(","):
                break
        self.expect_closer(closer, opener)
        return found

    def _in_parentheses(self) -> TypeExpr:
        """`()`, `(A)`, `(A,)`, `(A, B)`"""
        start = self.starts[self.i]
        items = self._types(")")
        if not items:
            return NamedType(("()",), span=self.span_from(start))
        if len(items) == 1 and self.kinds[self.i - 2] != ",":
            return items[0]
        return TupleType(tuple(items), span=self.span_from(start))

    def _function(self) -> TypeExpr:
        """`fn(A, B) -> C`"""
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] != "(":
            self.unexpected("`(`", help="the type of a function is written `fn(A, B) -> C`")
        params = self._types(")")
        result = self.type() if self.take("->") else None
        return FnType(tuple(params), result, span=self.span_from(start))

    def _dyn(self) -> TypeExpr:
        """`dyn` or `dyn Trait`"""
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] != "NAME":
            return NamedType(("dyn",), span=self.span_from(start))
        return DynTrait(self.named_type(), span=self.span_from(start))
