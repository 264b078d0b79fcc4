"""Types as they are written (LANGUAGE §3), and the refinements of §8."""

from __future__ import annotations

from kayton.diagnostics.codes import Edit
from kayton.ir.node import Span
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
        elif kind in _FOREIGN:
            made = _FOREIGN[kind](self)
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
            if not args:
                self._array(start)
        elif self.kinds[self.i] == "<":
            args = self.angles()
        if self.kinds[self.i] == "?":
            self._optional(start)
        return NamedType(tuple(path), args, span=self.span_from(start))

    # Types as other languages write them

    def angles(self) -> tuple[TypeExpr, ...]:
        """`<A, B>`, type arguments in the brackets of another language."""
        opener = self.i
        self.i += 1
        found = [self.type()]
        while self.take(","):
            found.append(self.type())
        if self.kinds[self.i] == ">>":  # `Map<str, List<i64>>`
            at = self.starts[self.i]
            self.kinds[self.i] = ">"
            for column, value in ((self.kinds, ">"), (self.texts, ">"), (self.starts, at), (self.ends, at + 1)):
                column.insert(self.i, value)
            self.starts[self.i + 1] = at + 1
        self.expect(">", "`,` or `>`", help="type arguments stand in brackets: `List[i64]`")
        edits = (Edit(self.token_span(opener), "["), Edit(self.token_span(self.i - 1), "]"))
        self.foreign(self.token_span(opener, self.i - 1), "<…>", "type arguments stand in brackets: `List[i64]`", *edits)
        return tuple(found)

    def _array(self, start: int) -> None:
        """`i64[]`"""
        brackets, at = self.token_span(self.i - 2, self.i - 1), Span(self.file, start, start)
        edits = (Edit(at, "List["), Edit(brackets, "]"))
        self.foreign(Span(self.file, start, brackets.end), "T[]", "the type of a list is written `List[T]`", *edits)

    def _optional(self, start: int) -> None:
        """`i64?`"""
        mark, at = self.token_span(self.i), Span(self.file, start, start)
        self.foreign(mark, "T?", "what may be absent is an `Option[T]`", Edit(at, "Option["), Edit(mark, "]"))
        self.i += 1

    def _reference(self) -> TypeExpr:
        """`&T`, `&mut T`, `*T`"""
        first = self.i
        self.i += 1
        self.take("mut")
        gap = Span(self.file, self.starts[first], self.starts[self.i])
        written = self.kinds[first]
        self.foreign(self.token_span(first), written, "there are no references: write the type alone", Edit(gap, ""))
        return self.type()

    def _list(self) -> TypeExpr:
        """`[T]`"""
        start = self.starts[self.i]
        items = self._types("]")
        edit = Edit(Span(self.file, start, start), "List")
        self.foreign(self.span_from(start), "[T]", "the type of a list is written `List[T]`", edit)
        return NamedType(("List",), tuple(items), span=self.span_from(start))

    def type_params(self) -> tuple[TypeParam, ...]:
        """`[T, U: Bound + Bound]`, or nothing."""
        if self.kinds[self.i] == "<":
            self.angles()
            return ()
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


_FOREIGN = {"&": Types._reference, "*": Types._reference, "[": Types._list}
"""What types start with elsewhere."""
