"""Definitions with members: struct, class, enum, trait, impl (LANGUAGE §7)."""

from __future__ import annotations

from collections.abc import Callable

from kayton.diagnostics.syntax import MixedFields
from kayton.ir.node import Node
from kayton.ir.surface import (
    ClassDef,
    EnumDef,
    FieldDef,
    FnDef,
    ImplDef,
    Item,
    StructDef,
    TraitDef,
    TypeExpr,
    TypeParam,
    VariantDef,
)
from kayton.passes.front.parsing.cursor import LINE_ENDS, Broken
from kayton.passes.front.parsing.items import Head, Items

_METHOD_STARTS = frozenset(("fn", "pub", "pure", "@"))


class Definitions(Items):
    """Parses definitions with members. A body without members may be left out, or be `()`."""

    def struct(self, head: Head) -> StructDef:
        """`struct Name[T]:` fields and methods."""
        return self._with_data(StructDef, self._field_or_method, head)

    def class_(self, head: Head) -> ClassDef:
        """`class Name[T]:` fields and methods."""
        return self._with_data(ClassDef, self._field_or_method, head)

    def enum(self, head: Head) -> EnumDef:
        """`enum Name[T]:` variants and methods."""
        return self._with_data(EnumDef, self._variant_or_method, head)

    def _with_data(self, kind: Callable[..., Item], member: Callable[[], Node], head: Head) -> Item:
        """A definition of fields or variants, and methods after or between them."""
        name, type_params = self._named()
        if self.kinds[self.i] == "(":
            self._in_parentheses_elsewhere()
        members = self.members(member, "the type's `:`")
        data = tuple([m for m in members if not isinstance(m, FnDef)])
        methods = tuple([m for m in members if isinstance(m, FnDef)])
        span = self.span_from(head.start)
        return kind(name, type_params, data, methods, head.public, head.annotations, head.doc, span=span)

    def trait(self, head: Head) -> TraitDef:
        """`trait Name: Super + Super:` methods, required ones without a body."""
        name, type_params = self._named()
        supers: tuple[TypeExpr, ...] = ()
        if self.kinds[self.i] == ":" and self.kinds[self.i + 1] == "NAME":
            self.i += 1
            supers = self.bounds()
        methods = self.members(self._required_or_method, "the trait's `:`")
        return TraitDef(
            name, type_params, supers, tuple(methods), head.public, head.annotations, head.doc,
            span=self.span_from(head.start),
        )

    def impl(self, head: Head) -> ImplDef:
        """`impl[T] Target:`, `impl[T] Trait for Target:`"""
        self.i += 1
        type_params = self.type_params()
        target, trait = self.type(), None
        if self.take("for"):
            target, trait = self.type(), target
        methods = self.members(self._method, "the impl's `:`")
        return ImplDef(target, trait, type_params, tuple(methods), head.annotations, span=self.span_from(head.start))

    def _named(self) -> tuple[str, tuple[TypeParam, ...]]:
        """The keyword, the name and the type parameters."""
        self.i += 1
        return self.expect_name("the name of the type"), self.type_params()

    def _in_parentheses_elsewhere(self) -> None:
        """Passes over `(…)` after a type's name: fields or a superclass elsewhere."""
        opener = self.i
        while self.kinds[self.i] not in (")", *LINE_ENDS):
            self.i += 1
        self.take(")")
        inherits = self.kinds[self.i - 1] == ")" and ":" not in self.kinds[opener : self.i]
        instead = "fields stand indented on lines of their own: `x: f64`"
        if inherits and self.kinds[self.i] == ":":
            instead = "there is no inheritance: a `trait` says what types have in common, and a field can hold another value"
        self.foreign(self.token_span(opener, self.i - 1), "(…)", instead, says="a type's name is not followed by parentheses")

    # Members

    def members(self, parse: Callable[[], Node], header: str) -> list[Node]:
        """What stands in a definition's body, on its own line or on indented ones."""
        kinds = self.kinds
        at_end = kinds[self.i] in ("NEWLINE", "END") and kinds[self.i + 1 : self.i + 2] != ["INDENT"]
        bare = kinds[self.i] == ":" and kinds[self.i + 1] == "NEWLINE" and kinds[self.i + 2] != "INDENT"
        if at_end or bare:
            self.i += bare
            return []
        if not self.enter_suite(header):
            return [] if self._nothing() else [parse()]
        found = []
        while kinds[self.i] != "DEDENT" and kinds[self.i] != "END":
            if self.refuse_indent():
                continue
            first, depth = self.i, self.depth
            try:
                member = [] if self._nothing() else [parse()]
                self.end_of_statement()
                found += member
            except Broken:
                self.recover(first, depth)
        return found

    def _nothing(self) -> bool:
        """Takes a `()` that says that there are no members."""
        if self.kinds[self.i] != "(" or self.kinds[self.i + 1] != ")":
            return False
        self.i += 2
        return True

    def _starts_method(self) -> bool:
        return self.kinds[self.i + (self.kinds[self.i] == "DOC")] in _METHOD_STARTS

    def _method(self) -> FnDef:
        head = self.head()
        if self.kinds[self.i] not in _METHOD_STARTS:
            self.unexpected("a method")
        return self.function(head)

    def _required_or_method(self) -> FnDef:
        head = self.head()
        if self.kinds[self.i] not in _METHOD_STARTS:
            self.unexpected("a method")
        return self.method(head)

    def _field_or_method(self) -> FieldDef | FnDef:
        if self._starts_method():
            return self._method()
        self.take("DOC")
        return self._field()

    def _field(self) -> FieldDef:
        """`name: type = default`"""
        start = self.starts[self.i]
        name = self.expect_name("a field or a method")
        type = self.annotation() if self.take(":") else None
        default = self.expression() if self.take("=") else None
        return FieldDef(name, type, default, span=self.span_from(start))

    def _variant_or_method(self) -> VariantDef | FnDef:
        if self._starts_method():
            return self._method()
        doc = self.texts[self.i - 1] if self.take("DOC") else None
        start = self.starts[self.i]
        name = self.expect_name("a variant or a method")
        if self.kinds[self.i] != "(":
            return VariantDef(name, doc=doc, span=self.span_from(start))
        fields = self._variant_fields()
        named = bool(fields) and not fields[0].name.isdigit()
        if any(f.name.isdigit() is named for f in fields):
            self.report(MixedFields(span=self.span_from(start), variant=name))
        return VariantDef(name, fields, named, doc, span=self.span_from(start))

    def _variant_fields(self) -> tuple[FieldDef, ...]:
        """`(type, type)` or `(name: type, name: type = default)`"""
        opener = self.i
        self.i += 1
        found: list[FieldDef] = []
        while self.kinds[self.i] != ")":
            if self.kinds[self.i] == "NAME" and self.kinds[self.i + 1] in (":", "="):
                found.append(self._field())
            else:
                start = self.starts[self.i]
                found.append(FieldDef(str(len(found)), self.annotation(), span=self.span_from(start)))
            if not self.take(","):
                break
        self.expect_closer(")", opener)
        return tuple(found)


Items.item_parsers = {
    "fn": Definitions.function,
    "pure": Definitions.function,
    "const": Definitions.constant,
    "type": Definitions.alias,
    "use": Definitions.use,
    "struct": Definitions.struct,
    "class": Definitions.class_,
    "enum": Definitions.enum,
    "trait": Definitions.trait,
    "impl": Definitions.impl,
}
