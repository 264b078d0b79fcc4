"""From Core to Flat: names become references, calls and places become explicit, matches and closures go.

    Core  →  Resolved  →  Bound  →  Constant  →  Placed  →  Gathered  →  Cast  →  Decided  →  Flat

Definitions have paths: `main.fib`, `main.Point` (the type and its constructor), `main.Point.len` (a method), `main.Point.Show.show`
(a method of an impl of Show), `main.Shape.Circle` (a variant and its constructor), `main.outer.helper` (a nested function). The standard
library's are `std.math.sqrt`, built-in functions `print`, built-in types `i64`, `List`, `Option` …; built-in variants
`Option.Some`, `Option.None`, `Result.Ok`, `Result.Err`.
"""

from __future__ import annotations

from kayton.ir.core import (
    ClassType,
    Core,
    EnumType,
    Methods,
    StructType,
    TraitType,
)
from kayton.ir.language import Violation, invariant
from kayton.ir.node import Node, category, node, walk
from kayton.ir.surface import (
    Annotation,
    Arg,
    Arm,
    AtPattern,
    BindPattern,
    Call,
    Closure,
    ConstDef,
    ConstructorPattern,
    DynTrait,
    Expr,
    FieldDef,
    FnDef,
    FnType,
    Item,
    Let,
    ListPattern,
    LiteralPattern,
    Match,
    Name,
    NamedType,
    Operand,
    OrPattern,
    Param,
    PathPattern,
    Pattern,
    PatternArg,
    RangePattern,
    RefinedType,
    Stmt,
    TuplePattern,
    TupleType,
    TypeAlias,
    TypeExpr,
    TypeParam,
    Use,
    UseName,
    UsePlugin,
    VariantDef,
    WildcardPattern,
)

# ── Resolved ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Local(Expr):
    """A variable of the function. Names are unique within a function: a second `x` is `x.1`."""

    name: str
    mutable: bool = False
    """Declared with `mut` (a `mut` parameter too)."""


@node
class FnRef(Expr):
    """A function as a value: a definition's path."""

    fn: str


@node
class NativeRef(Expr):
    """A built-in function as a value: `print`, `std.math.sqrt`."""

    name: str


@node
class GlobalRef(Expr):
    """A module-level `let`."""

    name: str


@node
class ConstRef(Expr):
    """A `const`."""

    name: str


@node
class GlobalDef(Item):
    """Declares a global; SetGlobal gives it its value."""

    name: str
    public: bool = False


@node
class SetGlobal(Stmt):
    """Gives a global its value; only in the `<init>` function of its module."""

    name: str
    value: Expr


@node
class TypeRef(TypeExpr):
    """A type by its path: `i64`, `()`, `dyn`, `List`, `main.Point`."""

    type: str
    args: tuple[TypeExpr, ...] = ()


@node
class TypeVar(TypeExpr):
    """A type parameter (or `Self` in a trait): no check at run time."""

    name: str


@node
class VariantPattern(Pattern):
    """The variant `main.Shape.Circle` with a pattern for each field, in order."""

    variant: str
    args: tuple[Pattern, ...] = ()


@node
class StructPattern(Pattern):
    """The struct or class `main.Point` with a pattern for each field, in order; fields not named have `_`."""

    type: str
    args: tuple[Pattern, ...] = ()


@node
class ConstPattern(Pattern):
    """A value equal to the constant."""

    const: str


@invariant
def no_shadowing(root: Node):
    """Every variable of a function has a name of its own (a closure's variables belong to its function)."""
    for module in root.modules:
        for item in module.body:
            if not isinstance(item, FnDef):
                continue
            seen: set[str] = set()
            for n in walk(item):
                name = _binds(n)
                if name is not None and name in seen and not _in_or_pattern(item, name):
                    yield Violation(n, f"{item.name} binds {name} twice")
                seen.add(name or "")


def _binds(n: Node) -> str | None:
    return n.name if isinstance(n, BindPattern | AtPattern) else None


def _in_or_pattern(root: Node, name: str) -> bool:
    """The alternatives of an or-pattern all bind the same names."""
    return any(
        isinstance(p, OrPattern) and any(_binds(q) == name for q in walk(p)) for p in walk(root)
    )


Resolved = Core.derive(
    "Resolved",
    about="Every name is a reference; modules hold definitions only, their statements are in `<init>` functions and `<start>` runs them.",
    minus={Name, Use, UseName, UsePlugin, TypeAlias, NamedType, PathPattern, ConstructorPattern, PatternArg},
    plus={
        Local, FnRef, NativeRef, GlobalRef, ConstRef, GlobalDef, SetGlobal, TypeRef, TypeVar,
        VariantPattern, StructPattern, ConstPattern,
    },
    invariants=(no_shadowing,),
)


# ── Bound: calls ───────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class MutArg(Operand):
    """`mut place`: copied in, and copied out when the call returns."""

    place: Expr


@node
class CallFn(Expr):
    """A call of a known function: one argument for each parameter, in parameter order, Absent where it was left out."""

    fn: str
    args: tuple[Expr | MutArg, ...] = ()


@node
class CallNative(Expr):
    """A call of a built-in function; arguments in its parameter order, Absent where left out."""

    name: str
    args: tuple[Expr | MutArg, ...] = ()


@node
class CallValue(Expr):
    """A call of whatever `callee` is at run time."""

    callee: Expr
    args: tuple[Arg, ...] = ()


Bound = Resolved.derive(
    "Bound",
    about="It is known of each call whether its callee is known.",
    minus={Call},
    plus={MutArg, CallFn, CallNative, CallValue},
)


# ── Constant: no const left ────────────────────────────────────────────────────────────────────────────────────────────


@node
class EqualPattern(Pattern):
    """Whatever is `==` to the value, a constant expression."""

    value: Expr


Constant = Bound.derive(
    "Constant",
    about="Constants are evaluated: literals in place, containers in globals that `<start>` sets first.",
    minus={ConstDef, ConstRef, ConstPattern},
    plus={EqualPattern},
)


# ── Placed: places ─────────────────────────────────────────────────────────────────────────────────────────────────────


@category
class Step(Node):
    """One step of a place."""


@node
class FieldStep(Step):
    name: str


@node
class PartStep(Step):
    index: int


@node
class IndexStep(Step):
    index: Expr


@node
class Place(Expr):
    """What can be assigned: a root and steps. Only as Assign.target, MutArg.place, Arg.value of a `mut` argument and
    MethodCall.receiver; there the receiver may be changed. `frozen`: the root is an immutable name (or not a name), so the value
    changed must be, or be reached through, a class instance, else `cannot change an immutable value`."""

    root: Expr
    steps: tuple[Step, ...] = ()
    frozen: bool = False


@invariant
def targets_are_places(root: Node):
    """Assignments and `mut` arguments name a Place."""
    from kayton.ir.surface import Assign

    for n in walk(root):
        if isinstance(n, Assign) and not isinstance(n.target, Place):
            yield Violation(n, "assigns to something that is not a place")
        if isinstance(n, MutArg) and not isinstance(n.place, Place):
            yield Violation(n, "a mut argument is not a place")


Placed = Constant.derive(
    "Placed",
    about="What is assigned or changed is a root and steps; tuples of targets are taken apart.",
    plus={Place, FieldStep, PartStep, IndexStep},
    invariants=(targets_are_places,),
)


# ── Gathered: one declaration for each type ────────────────────────────────────────────────────────────────────────────


@node
class FieldDecl(Node):
    """A field and the boundary of its declaration, a guard such as `i64`, `List`, `main.Point`, `dyn main.Shape`; None: anything."""

    name: str
    guard: str | None = None


@node
class VariantDecl(Node):
    name: str
    fields: tuple[FieldDecl, ...] = ()
    named: bool = False


@node
class MethodDecl(Node):
    """The function that serves as the method `name`. `changes`: its first parameter is `mut self`."""

    name: str
    fn: str
    changes: bool = False


@node
class HookDecl(Node):
    """The function that implements a well-known trait's method: hook `Show.show`, `Index.get` …"""

    hook: str
    fn: str


@node
class TypeDecl(Item):
    """A type with everything that is known of it: `kind` is struct, class, enum, trait or builtin."""

    name: str
    kind: str
    fields: tuple[FieldDecl, ...] = ()
    variants: tuple[VariantDecl, ...] = ()
    methods: tuple[MethodDecl, ...] = ()
    hooks: tuple[HookDecl, ...] = ()
    traits: tuple[str, ...] = ()
    """Every trait it implements, super-traits included."""
    annotations: tuple[Annotation, ...] = ()


Gathered = Placed.derive(
    "Gathered",
    about="Each type is one declaration with fields, variants, all methods (inherited ones too), hooks and traits.",
    minus={StructType, ClassType, EnumType, TraitType, Methods, FieldDef, VariantDef},
    plus={TypeDecl, FieldDecl, VariantDecl, MethodDecl, HookDecl},
)


# ── Cast: boundaries ───────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Cast(Expr):
    """The boundary of an annotation: the value if it has the guard's type (an i64 is converted for `f64`), else
    `expected T, found U` at the value's position."""

    value: Expr
    to: str


@node
class CheckParam(Stmt):
    """The boundary of the parameter `name`, at the start of the body; the error's position is the caller's argument."""

    name: str
    to: str


Casted = Gathered.derive(
    "Cast",
    about="Annotations are casts; no type expression is left.",
    minus={TypeRef, TypeVar, TupleType, FnType, DynTrait, RefinedType, TypeParam},
    plus={Cast, CheckParam},
)


# ── Decided: matches ───────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Bind(Stmt):
    """A new variable."""

    name: str
    value: Expr
    mutable: bool = False


@node
class Case(Node):
    """`steps` run in order: a Bind binds, an expression must be true, else the next case is tried. Then the body."""

    steps: tuple[Stmt, ...]
    body: Expr


@node
class Choice(Expr):
    """The first case whose steps all succeed gives the value, else `otherwise`."""

    cases: tuple[Case, ...]
    otherwise: Expr


@node
class IsVariant(Expr):
    """Whether the value is that variant; false for values of other types."""

    value: Expr
    variant: str


@node
class IsType(Expr):
    """Whether the value has the guard's outermost type; nothing is converted."""

    value: Expr
    guard: str


@node
class HasLen(Expr):
    """Whether the list or tuple has `count` items, or at least so many."""

    value: Expr
    count: int
    at_least: bool = False


@node
class InRange(Expr):
    """Whether the value is an i64 with lo <= value <= hi."""

    value: Expr
    lo: int
    hi: int


@node
class Equals(Expr):
    """`==` of a pattern: never an error for values of different types, simply false."""

    value: Expr
    other: Expr


@node
class Slot(Expr):
    """Part `index` of a variant, struct, tuple or list that a test has shown to have it."""

    value: Expr
    index: int


@node
class ListRest(Expr):
    """The items of a list from `start` on."""

    value: Expr
    start: int


@node
class NoMatch(Expr):
    """Ends the program with `no match arm for V`."""

    value: Expr


_PATTERNS = {
    WildcardPattern, BindPattern, LiteralPattern, RangePattern, TuplePattern, ListPattern, OrPattern, AtPattern,
    VariantPattern, StructPattern, EqualPattern,
}

Decided = Casted.derive(
    "Decided",
    about="Matches are choices of tests; every binding is of one plain variable (but a parameter's, which is a BindPattern).",
    minus={Match, Arm, Let, *_PATTERNS} - {BindPattern},
    plus={Bind, Choice, Case, IsVariant, IsType, HasLen, InRange, Equals, Slot, ListRest, NoMatch},
    drop_invariants=(no_shadowing,),
)


# ── Flat: closures ─────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class FnParam(Node):
    """`name` is the variable, `keyword` the name a caller may use. `optional`: may arrive absent."""

    name: str
    keyword: str
    mutable: bool = False
    optional: bool = False


@node
class LocalType(Node):
    """What fast-type knows of a variable: `i64`, `f64`, `bool`; other variables are not listed."""

    name: str
    type: str


@node
class Fn(Item):
    """A function. A closure's has `captures`, the variables that GetCapture gives by position, and reads nothing else from outside."""

    name: str
    params: tuple[FnParam, ...] = ()
    captures: tuple[str, ...] = ()
    body: Expr | None = None
    locals: tuple[LocalType, ...] = ()
    effects: tuple[str, ...] | None = None
    """What `uses` declares, nothing for `pure`; None where nothing is declared (LANGUAGE §8)."""
    annotations: tuple[Annotation, ...] = ()


@node
class MakeClosure(Expr):
    """A closure over `fn` with these captured values."""

    fn: str
    captures: tuple[Expr, ...] = ()


@invariant
def variables_bound(root: Node):
    """A function uses only its own parameters, captures and variables."""
    for module in root.modules:
        for fn in module.body:
            if isinstance(fn, Fn):
                yield from _unbound(fn)


def _unbound(fn: Fn):
    bound = {p.name for p in fn.params} | set(fn.captures)
    nodes = list(walk(fn.body)) if fn.body is not None else []
    for n in nodes:
        for attribute in _BINDERS.get(n.__class__.__name__, ()):
            bound.add(getattr(n, attribute))
    for n in nodes:
        if isinstance(n, Local) and n.name not in bound:
            yield Violation(n, f"{fn.name} uses {n.name}, which it does not bind")


_BINDERS = {"Bind": ("name",), "ForEach": ("name",), "ForRange": ("name",), "SuccessOr": ("name",)}

Flat = Decided.derive(
    "Flat",
    about="Closures are functions with captures; a function's body refers to nothing outside it but definitions and globals.",
    minus={Closure, FnDef, Param, BindPattern},
    plus={Fn, FnParam, LocalType, MakeClosure},
    invariants=(variables_bound,),
)
