"""Items and members (LANGUAGE §§7–8)."""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.node import Node
from kayton.ir.surface import (
    Annotation,
    ClassDef,
    ConstDef,
    EnumDef,
    FieldDef,
    FnDef,
    ImplDef,
    StructDef,
    TraitDef,
    TypeAlias,
    Use,
    UseName,
    UsePlugin,
    VariantDef,
)
from kayton.passes.rewrite.printing.control import STATEMENTS, Control

_WITH_MEMBERS = (StructDef, ClassDef, EnumDef, TraitDef, ImplDef)


class Items(Control):
    """Prints definitions."""

    def is_definition(self, m: Node) -> bool:
        """A function, and what has members."""
        return m.__class__ is FnDef or m.__class__ in _WITH_MEMBERS

    def _head(self, doc: str | None, annotations: Sequence[Annotation], public: bool) -> None:
        """The doc comment, annotations and `pub`."""
        for text in [] if doc is None else doc.split("\n"):
            self.write(f"## {text}".rstrip())
            self.line()
        for a in annotations:
            self.write(f"@{a.name}")
            if a.args:
                self.arguments(a.args)
            self.line()
        if public:
            self.write("pub ")

    # Functions

    def _function(self, f: FnDef) -> None:
        self._head(f.doc, f.annotations, f.public)
        self.write(f"pure fn {f.name}" if f.pure else f"fn {f.name}")
        self.type_params(f.type_params)
        self.bracketed("(", f.params, self.param, ")")
        if f.result is not None:
            self.write(" -> ")
            self.type(f.result)
        if f.effects is not None:
            self.write(f" uses {', '.join(f.effects)}")
        if f.body is not None:
            self.block(f.body)

    # Types

    def _struct(self, d: StructDef) -> None:
        self._data("struct", d, d.fields)

    def _class(self, d: ClassDef) -> None:
        self._data("class", d, d.fields)

    def _enum(self, d: EnumDef) -> None:
        self._data("enum", d, d.variants)

    def _data(self, word: str, d: StructDef | ClassDef | EnumDef, data: Sequence[Node]) -> None:
        self._head(d.doc, d.annotations, d.public)
        self.write(f"{word} {d.name}")
        self.type_params(d.type_params)
        self._members((*data, *d.methods))

    def _members(self, members: Sequence[Node]) -> None:
        if members:
            self.write(":")
            self.suite(members)

    def _field(self, f: FieldDef) -> None:
        """`name: type = default`; a positional field of a variant is its type."""
        if f.name.isdigit():
            self.type(f.type)
            return
        self.write(f.name)
        self.annotation(f.type)
        if f.default is not None:
            self.write(" = ")
            self.expression(f.default)

    def _variant(self, v: VariantDef) -> None:
        if v.doc is not None:
            self._head(v.doc, (), False)
        self.write(v.name)
        if v.fields:
            self.bracketed("(", v.fields, self._field, ")")

    def _trait(self, d: TraitDef) -> None:
        self._head(d.doc, d.annotations, d.public)
        self.write(f"trait {d.name}")
        self.type_params(d.type_params)
        if d.supers:
            self.write(": ")
            self.bounds(d.supers)
        self._members(d.methods)

    def _impl(self, d: ImplDef) -> None:
        self._head(None, d.annotations, False)
        self.write("impl")
        self.type_params(d.type_params)
        self.write(" ")
        if d.trait is not None:
            self.type(d.trait)
            self.write(" for ")
        self.type(d.target)
        self._members(d.methods)

    # The rest

    def _alias(self, d: TypeAlias) -> None:
        self._head(d.doc, (), d.public)
        self.write(f"type {d.name}")
        self.type_params(d.type_params)
        self.write(" = ")
        self.type(d.type)

    def _constant_item(self, d: ConstDef) -> None:
        self._head(d.doc, (), d.public)
        self.write(f"const {d.name}")
        self.annotation(d.type)
        self.write(" = ")
        self.expression(d.value)

    def _use(self, u: Use) -> None:
        self._head(None, (), u.public)
        self.write(f"use {'.'.join(u.path)}")
        if u.selective:
            self.bracketed(".{", u.names, self._use_name, "}")
        elif u.alias is not None:
            self.write(f" as {u.alias}")

    def _use_name(self, n: UseName) -> None:
        self.write(n.name if n.alias is None else f"{n.name} as {n.alias}")

    def _plugin(self, u: UsePlugin) -> None:
        self.write(f"use plugin {u.name}")


STATEMENTS.update(
    {
        FnDef: Items._function, StructDef: Items._struct, ClassDef: Items._class, EnumDef: Items._enum, TraitDef: Items._trait,
        ImplDef: Items._impl, TypeAlias: Items._alias, ConstDef: Items._constant_item, Use: Items._use, UsePlugin: Items._plugin,
        FieldDef: Items._field, VariantDef: Items._variant,
    }
)  # fmt: skip
