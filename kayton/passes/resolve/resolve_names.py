"""resolve-names : Core -> Resolved

Says of every name what it stands for.

    x, area, print, LIMIT, origin      =>   (local x), (fn-ref main.area), (native-ref print), (const-ref main.LIMIT), (global-ref main.origin)
    geometry.area, Shape.Circle        =>   (fn-ref geometry.area), (fn-ref main.Shape.Circle)
    geometry.area(a), Point.new(a)     =>   (call (fn-ref geometry.area) [a]), (call (fn-ref main.Point.new) [a])
    let x = 1; let x = x + 1           =>   let x = 1; let x.1 = (local x) + 1
    fn outer(): { fn helper(): e }     =>   fn main.outer(): {};  fn main.outer.helper(): e
    module main: let a = e; s          =>   global main.a;  fn main.<init>(): { set-global main.a e; s };  fn main.<start>(): …

Afterwards a module is a set of definitions in no order. What a name means is settled by where it stands (LANGUAGE §§1, 4, 7), so
all errors about names are found here, each once: what could not be resolved is a variable of which nothing is known.
"""

from __future__ import annotations

from kayton.diagnostics.repeated import folded
from kayton.ir.core import ClassType, Core, EnumType, Methods, StructType, TraitType
from kayton.ir.node import Span, replace
from kayton.ir.resolved import Resolved
from kayton.ir.surface import (
    Annotation,
    ConstDef,
    Expr,
    FieldDef,
    FnDef,
    Item,
    Module,
    Program,
    TypeAlias,
    VariantDef,
)
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.resolve.names.bodies import BodyResolver
from kayton.passes.resolve.names.implementations import Implementations
from kayton.passes.resolve.names.program import ProgramNames
from kayton.passes.resolve.names.starting import constructor, initialiser, start
from kayton.passes.resolve.names.types import TypeScope


@frozen
class ResolveNames(Pass):
    source = Core
    target = Resolved

    def transform(self, root: Program, cx: Cx) -> Program:
        made = _Resolution(root, cx).program()
        # A field's type also stands in the constructor, a type parameter's bounds in each method.
        if cx.diagnostics:
            cx.diagnostics[:] = folded(cx.diagnostics)
        return made


class _Resolution:
    """One run of the pass."""

    def __init__(self, root: Program, cx: Cx) -> None:
        self.root = root
        self.cx = cx
        self.names = ProgramNames(root, cx, self._condition)
        self.implementations = Implementations(self.names, root)
        self.implementations.check(root)

    def program(self) -> Program:
        """Every module resolved; the first also holds `<start>`."""
        modules, initialised = [], set()
        for m in self.root.modules:
            statements = [s for s in m.body if not isinstance(s, Item)]
            items = self._items(m)
            if statements:
                initialised.add(m.name)
                items += initialiser(self.names, m, statements)
            modules.append((m, items))
        main = next((i for i in self.root.modules[0].body if isinstance(i, FnDef) and i.name == "main"), None)
        where = Span(self.root.modules[0].file, 0, 0)
        first = modules[0][1]
        first += [constructor(path, where) for path in sorted(self.names.constructors)]
        first.append(start(self.root, initialised, main))
        made = tuple([Module(m.name, m.path, m.file, tuple(items), id=m.id, span=m.span) for m, items in modules])
        return Program(made, id=self.root.id, span=self.root.span)

    def _items(self, m: Module) -> list[Item]:
        items: list[Item] = []
        for item in m.body:
            if isinstance(item, FnDef | ConstDef):
                body = BodyResolver(self.names, self.names.type_scope(m.name), f"{m.name}.{item.name}", items)
                if isinstance(item, FnDef):
                    items.append(self.implementations.annotated(body.function(item)))
                else:
                    items.append(body.constant(item))
            elif isinstance(item, TypeAlias):
                self.names.types.alias(item, m.name)
            elif isinstance(item, Methods):
                table = self.implementations.tables[item]
                items.append(replace(table, annotations=self._annotations(item, m.name, items)) if item.annotations else table)
            elif isinstance(item, StructType | ClassType | EnumType | TraitType):
                items.append(self._type(item, m.name, self._annotations(item, m.name, items)))
        return items

    def _annotations(self, item: Item, module: str, lifted: list[Item]) -> tuple[Annotation, ...]:
        """The annotations of a type or impl, which stand outside of any function."""
        if not item.annotations:
            return ()
        return BodyResolver(self.names, self.names.type_scope(module), module, lifted).annotations(item.annotations)

    def _type(self, t: StructType | ClassType | EnumType | TraitType, module: str, annotations: tuple[Annotation, ...]) -> Item:
        scope = self.names.type_scope(module, t.type_params)
        params = self.names.types.params(t.type_params, scope)
        path = f"{module}.{t.name}"
        where = {"id": t.id, "span": t.span}
        if isinstance(t, TraitType):
            supers = tuple([s for s in [self.names.types.trait(s, scope) for s in t.supers] if s is not None])
            return TraitType(path, params, supers, t.required, t.provided, t.public, annotations, **where)
        if isinstance(t, EnumType):
            return EnumType(path, params, tuple([self._variant(v, scope) for v in t.variants]), t.public, annotations, **where)
        return t.__class__(path, params, self._fields(t.fields, scope), t.public, annotations, **where)

    def _variant(self, v: VariantDef, scope: TypeScope) -> VariantDef:
        return VariantDef(v.name, self._fields(v.fields, scope), v.named, v.doc, id=v.id, span=v.span)

    def _fields(self, fields: tuple[FieldDef, ...], scope: TypeScope) -> tuple[FieldDef, ...]:
        made = []
        for f in fields:
            t = None if f.type is None else self.names.types.resolve(f.type, scope._replace(name=f.name))
            made.append(FieldDef(f.name, t, None, id=f.id, span=f.span))
        return tuple(made)

    def _condition(self, e: Expr, scope: TypeScope) -> Expr:
        """The condition of a refinement, in which the value is `it` and also has the name it is declared with."""
        body = BodyResolver(self.names, scope, scope.module, [])
        it = body.new_variable("it")
        body.scope = body.scope.update({"it": it, scope.name or "it": it})
        return body.visit(e)


