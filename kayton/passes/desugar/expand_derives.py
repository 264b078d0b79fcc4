"""expand-derives : Hoisted -> Derived

    struct P: x: i64, y = e             =>   struct P: x: i64, y;  fn P(x: i64, y = e): construct P x y
    enum E: A, B(i64), C(w: f64)        =>   enum E: …;  fn E.B(_0: i64): make-variant E.B _0;  fn E.C(w: f64): make-variant E.C w

A construction is a call (LANGUAGE §7): keywords, defaults and boundaries are those of any function. The default moves to the
parameter, so a field keeps its name and type only. A variant without fields is a value, not a function.
"""

from __future__ import annotations

from collections.abc import Sequence

from kayton.ir.core import ClassType, Construct, Derived, EnumType, Hoisted, MakeVariant, StructType
from kayton.ir.node import place_at, replace, unplaced
from kayton.ir.surface import BindPattern, Block, Expr, FieldDef, FnDef, Item, Name, Param, Stmt, TypeParam, VariantDef
from kayton.passes.framework import Cx, ItemPass, frozen


@frozen
class ExpandDerives(ItemPass):
    source = Hoisted
    target = Derived

    def item(self, item: Stmt, cx: Cx) -> Sequence[Stmt]:
        if isinstance(item, StructType | ClassType):
            return _of_struct(item)
        return _of_enum(item) if isinstance(item, EnumType) else (item,)


def _of_struct(t: StructType | ClassType) -> list[Item]:
    names = [f.name for f in t.fields]
    made = Construct(t.name, tuple([Name(name) for name in names]))
    constructor = _constructor(t, t.name, t, t.fields, names, made)
    return [replace(t, fields=_without_defaults(t.fields)), constructor]


def _of_enum(t: EnumType) -> list[Item]:
    constructors = []
    for v in t.variants:
        if v.fields:
            path = f"{t.name}.{v.name}"
            names = [f.name if v.named else f"_{f.name}" for f in v.fields]
            made = MakeVariant(path, tuple([Name(name) for name in names]))
            constructors.append(_constructor(v, path, t, v.fields, names, made))
    variants = tuple([replace(v, fields=_without_defaults(v.fields)) for v in t.variants])
    return [replace(t, variants=variants), *constructors]


def _without_defaults(fields: tuple[FieldDef, ...]) -> tuple[FieldDef, ...]:
    return tuple([f if f.default is None else replace(f, default=None) for f in fields])


def _constructor(
    origin: StructType | ClassType | VariantDef,
    name: str,
    of: StructType | ClassType | EnumType,
    fields: tuple[FieldDef, ...],
    names: list[str],
    made: Expr,
) -> FnDef:
    """The function `name` that gives `made`, as public as its type."""
    params = tuple([_param(f, name) for f, name in zip(fields, names, strict=True)])
    type_params: tuple[TypeParam, ...] = tuple([unplaced(p) for p in of.type_params])
    f = FnDef(name, type_params, params, None, Block(result=made), of.public, id=f"{origin.id}~expand-derives.0", span=origin.span)
    return place_at(f, origin, "expand-derives", {})


def _param(f: FieldDef, name: str) -> Param:
    pattern = BindPattern(name, span=f.span)
    return Param(pattern, None if f.type is None else unplaced(f.type), f.default, span=f.span)
