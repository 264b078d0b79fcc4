"""Items: functions, types, traits, impls, constants and uses (LANGUAGE §§7–8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from attrs import frozen

from kayton.diagnostics.nearest import nearest
from kayton.diagnostics.syntax import ItemInBlock, RepeatedEffect, UnknownEffect
from kayton.ir.node import Span
from kayton.ir.surface import (
    EFFECTS,
    Annotation,
    Block,
    ConstDef,
    Expr,
    FnDef,
    Item,
    Let,
    Stmt,
    TypeAlias,
    Use,
    UseName,
    UsePlugin,
)
from kayton.passes.front.lexing.rules import KEYWORDS
from kayton.passes.front.parsing.params import Params


@frozen
class Head:
    """What stands before an item: its doc comment, its annotations, `pub`."""

    start: int
    doc: str | None
    annotations: tuple[Annotation, ...]
    public: bool


class Items(Params):
    """Parses what may stand at the top of a file."""

    item_parsers: ClassVar[dict[str, Callable[[Any, Head], Stmt]]] = {}
    """What parses the item that starts with a keyword, annotations and `pub` apart."""

    def head(self) -> Head:
        """The doc comment, annotations and `pub` before an item."""
        doc = self.texts[self.i - 1] if self.take("DOC") else None
        start = self.starts[self.i]
        annotations = []
        while self.kinds[self.i] == "@":
            annotations.append(self._annotation())
            self.take("NEWLINE")
            self.take("DOC")
        return Head(start, doc, tuple(annotations), self.take("pub"))

    def _annotation(self) -> Annotation:
        """`@name`, `@name(args)`; the name may be a keyword, as in `@const`."""
        start = self.starts[self.i]
        self.i += 1
        if self.kinds[self.i] not in KEYWORDS and self.kinds[self.i] != "NAME":
            self.unexpected("the name of an annotation")
        self.i += 1
        name = self.texts[self.i - 1]
        args = self.arguments() if self.kinds[self.i] == "(" else ()
        return Annotation(name, args, span=self.span_from(start))

    def item(self) -> Stmt:
        """An item with what stands before it, or a `pub let`."""
        head = self.head()
        kind = self.kinds[self.i]
        parse = self.item_parsers.get(kind)
        if parse is not None:
            return parse(self, head)
        if head.annotations or (head.public and kind != "let"):
            self.unexpected("an item", help="`pub` and annotations stand before items")
        if not head.public:  # only a comment, which belongs to nothing
            return self.statement()
        made = self.let()
        return Let(made.pattern, made.value, made.type, True, span=self.span_from(head.start))

    def nested_item(self) -> Stmt:
        """An item in a block, where only functions and constants may stand."""
        i = self.i
        while self.kinds[i] in ("DOC", "pub", "pure"):
            i += 1
        kind, span = self.kinds[i], Span(self.file, self.starts[i], self.ends[i])
        self.deeper()
        made = self.item()
        self.depth -= 1
        if self.at_top:
            return made
        if isinstance(made, Let) and made.public:
            self.report(ItemInBlock(span=made.span, item="pub let"))
        elif isinstance(made, Item) and not isinstance(made, (FnDef, ConstDef)):
            self.report(ItemInBlock(span=span, item=kind))
        return made

    def function(self, head: Head) -> FnDef:
        """`[pure] fn name[T](params) -> type uses effects: body`"""
        made = self.method(head)
        if made.body is None:
            self.unexpected("`:` and a body", help="only a trait's functions can lack a body")
        return made

    def method(self, head: Head) -> FnDef:
        """A function whose body may be absent, which gives a trait's required method."""
        pure = self.take("pure")
        self.expect("fn")
        name = self.expect_name("the name of the function")
        type_params = self.type_params()
        params = self.params()
        result = self.annotation() if self.take("->") else None
        effects = self._effects() if self.take("uses") else None
        body = None
        if self.kinds[self.i] != "NEWLINE" or self.kinds[self.i + 1] == "INDENT":
            body = as_block(self.body("the function's `:`"))
        return FnDef(
            name, type_params, params, result, body, head.public, pure, effects, head.annotations, head.doc,
            span=self.span_from(head.start),
        )

    def _effects(self) -> tuple[str, ...]:
        """`io, time`"""
        found: dict[str, Span] = {}
        self._effect(found)
        while self.take(","):
            self._effect(found)
        return tuple(found)

    def _effect(self, found: dict[str, Span]) -> None:
        before = self.ends[self.i - 2]
        name = self.expect_name(f"an effect ({', '.join(EFFECTS)})")
        span = self.token_span(self.i - 1, self.i - 1)
        if name not in EFFECTS:
            self.report(UnknownEffect(span=span, name=name, near=nearest(name, EFFECTS), known=EFFECTS))
        elif name in found:
            rest = Span(self.file, before, span.end)
            self.report(RepeatedEffect(span=span, name=name, first=found[name], rest=rest))
        found.setdefault(name, span)

    def constant(self, head: Head) -> ConstDef:
        """`const NAME: type = value`"""
        self.i += 1
        name = self.expect_name("the name of the constant")
        type = self.annotation() if self.take(":") else None
        self.expect("=", "`=` and a value")
        value = self.expression()
        return ConstDef(name, value, type, head.public, head.doc, head.annotations, span=self.span_from(head.start))

    def alias(self, head: Head) -> TypeAlias:
        """`type Name[T] = type`"""
        self.i += 1
        name = self.expect_name("the name of the type")
        type_params = self.type_params()
        self.expect("=", "`=` and a type")
        type = self.annotation()
        return TypeAlias(name, type, type_params, head.public, head.doc, head.annotations, span=self.span_from(head.start))

    def use(self, head: Head) -> Use | UsePlugin:
        """`use a.b`, `use a.b as c`, `use a.b.{x, Y as Z}`, `use plugin name`"""
        self.i += 1
        if self.kinds[self.i] == "NAME" == self.kinds[self.i + 1] and self.texts[self.i] == "plugin":
            self.i += 2
            return UsePlugin(self.texts[self.i - 1], span=self.span_from(head.start))
        path = [self.expect_name("the name of a module")]
        names: tuple[UseName, ...] = ()
        selective = False
        while self.take("."):
            if self.kinds[self.i] == "{":
                names, selective = self._use_names(), True
                break
            path.append(self.expect_name("the name of a module"))
        alias = self.expect_name("another name for the module") if not selective and self.take("as") else None
        return Use(tuple(path), names, selective, alias, head.public, span=self.span_from(head.start))

    def _use_names(self) -> tuple[UseName, ...]:
        """`{x, Y as Z}`"""
        opener = self.i
        self.i += 1
        found = []
        while self.kinds[self.i] != "}":
            start = self.starts[self.i]
            name = self.expect_name("a name")
            alias = self.expect_name("another name") if self.take("as") else None
            found.append(UseName(name, alias, span=self.span_from(start)))
            if not self.take(","):
                break
        self.expect_closer("}", opener)
        return tuple(found)


def as_block(body: Expr) -> Block:
    """A function's body is a block even where it is one expression."""
    return body if isinstance(body, Block) else Block((), body, span=body.span)
