"""From Surface to Core: one language for each piece of sugar that is gone.

    Surface  →  Linked  →  Hoisted  →  Derived  →  FStringFree  →  ComprehensionFree  →  CompoundFree
             →  IfLetFree  →  QuestionFree  →  ForFree  →  Core
"""

from __future__ import annotations

from kayton.ir.language import Violation, invariant
from kayton.ir.node import Node, node, walk
from kayton.ir.surface import (
    Annotation,
    ClassDef,
    CompoundAssign,
    EnumDef,
    Expr,
    FieldDef,
    For,
    ForClause,
    FString,
    Hole,
    IfClause,
    IfLet,
    ImplDef,
    Item,
    ListComp,
    Loop,
    MapComp,
    Param,
    SetComp,
    Stmt,
    StructDef,
    Surface,
    TraitDef,
    Try,
    TypeExpr,
    TypeParam,
    Use,
    VariantDef,
    While,
    WhileLet,
)


@invariant
def modules_resolved(root: Node):
    """Every `use` of a file names a module of the program (or a module of the standard library)."""
    names = {m.name for m in root.modules}
    for n in walk(root):
        if isinstance(n, Use) and n.module not in names and not (n.module or "").startswith("std."):
            yield Violation(n, f"uses {'.'.join(n.path)}, which is not resolved to a module")


Linked = Surface.derive("Linked", about="All used modules are in the program.", invariants=(modules_resolved,))


# ── methods are functions ──────────────────────────────────────────────────────────────────────────────────────────────


@node
class StructType(Item):
    """A struct without its methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    fields: tuple[FieldDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()


@node
class ClassType(Item):
    """A class without its methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    fields: tuple[FieldDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()


@node
class EnumType(Item):
    """An enum without its methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    variants: tuple[VariantDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()


@node
class TraitType(Item):
    """A trait; `required` and `provided` name its methods, the provided ones being functions `Trait.method`."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    supers: tuple[TypeExpr, ...] = ()
    required: tuple[str, ...] = ()
    provided: tuple[str, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()


@node
class Methods(Item):
    """The functions that serve `target` as methods (`names`, each the function `{prefix}.{name}`), for `trait` or in its own right."""

    target: TypeExpr
    prefix: str
    names: tuple[str, ...] = ()
    trait: TypeExpr | None = None
    type_params: tuple[TypeParam, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    """Those of the `impl`."""


Hoisted = Linked.derive(
    "Hoisted",
    about="Methods are module-level functions; types name them in tables.",
    minus={StructDef, ClassDef, EnumDef, TraitDef, ImplDef},
    plus={StructType, ClassType, EnumType, TraitType, Methods},
)


# ── constructors are functions ─────────────────────────────────────────────────────────────────────────────────────────


@node
class Construct(Expr):
    """A new struct or class instance `type`, its fields in declaration order. Makes no checks: its caller has."""

    type: str
    args: tuple[Expr, ...] = ()


@node
class MakeVariant(Expr):
    """A new value of the variant `Enum.Variant`, its fields in order."""

    variant: str
    args: tuple[Expr, ...] = ()


Derived = Hoisted.derive(
    "Derived",
    about="Every struct, class and variant with fields has a constructor function of its own name.",
    plus={Construct, MakeVariant},
)


# ── f-strings, comprehensions, op=, if let, ?, for ─────────────────────────────────────────────────────────────────────


@node
class Concat(Expr):
    """The printed forms of the parts, joined to a str."""

    parts: tuple[Expr, ...]


@node
class Format(Expr):
    """The printed form of a value under a format spec (§2)."""

    value: Expr
    spec: str


FStringFree = Derived.derive("FStringFree", about="f-strings are Concat and Format.", minus={FString, Hole}, plus={Concat, Format})


@node
class ListAppend(Stmt):
    """Adds a value to the list that the variable `target` (a Name or Local) holds."""

    target: Expr
    value: Expr


@node
class SetAdd(Stmt):
    """Adds a value to the set that the variable `target` holds."""

    target: Expr
    value: Expr


@node
class MapPut(Stmt):
    """Sets a key in the map that the variable `target` holds."""

    target: Expr
    key: Expr
    value: Expr


@node
class EmptySet(Expr):
    """`Set()`, whatever a user's own `Set` is."""


ComprehensionFree = FStringFree.derive(
    "ComprehensionFree",
    about="Comprehensions are loops that fill a collection.",
    minus={ListComp, SetComp, MapComp, ForClause, IfClause},
    plus={ListAppend, SetAdd, MapPut, EmptySet},
)

CompoundFree = ComprehensionFree.derive("CompoundFree", about="`p op= e` is `p = p op e`, indices evaluated once.", minus={CompoundAssign})

IfLetFree = CompoundFree.derive("IfLetFree", about="`if let` and `while let` are matches.", minus={IfLet, WhileLet})


@node
class SuccessOr(Expr):
    """What an Ok or Some holds; for an Err or None `failure`, in which `name` is that value. Anything else is an error."""

    value: Expr
    name: str
    failure: Expr


QuestionFree = IfLetFree.derive("QuestionFree", about="`e?` is an early return.", minus={Try}, plus={SuccessOr})


@node
class ForRange(Expr):
    """Counts the new immutable variable `name` from lo to hi; both must be i64."""

    name: str
    lo: Expr
    hi: Expr
    inclusive: bool
    body: Expr


@node
class ForEach(Expr):
    """Runs the body for each item of the value that `iterable` has at the start; `name` is a new immutable variable."""

    name: str
    iterable: Expr
    body: Expr


LOOPS = (While, Loop, ForRange, ForEach)
"""Every kind of loop that is left from here on."""


ForFree = QuestionFree.derive("ForFree", about="`for` binds one plain variable.", minus={For}, plus={ForRange, ForEach})


# ── defaults ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class FillDefault(Stmt):
    """Where the argument for the parameter `name` was left out, computes it; earlier parameters are in scope."""

    name: str
    value: Expr


@node
class Absent(Expr):
    """Stands for an argument that was left out; only as an argument of a call."""


@invariant
def defaults_are_fillers(root: Node):
    """A parameter keeps of its default only that there is one (an Absent); its value is in a FillDefault."""
    for n in walk(root):
        if isinstance(n, Param) and n.default is not None and not isinstance(n.default, Absent):
            yield Violation(n, "a parameter still has a default expression")


Core = ForFree.derive(
    "Core",
    about="No sugar is left; names are still strings.",
    plus={FillDefault, Absent},
    invariants=(defaults_are_fillers,),
)
