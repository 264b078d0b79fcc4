"""Surface: the tree of a program as it was written (LANGUAGE §§2–8), and Source and Tokens before it.

Names are strings, sugar is kept, every optional part is there or None. `Program` is the root of every tree language; the
first module is the one the user named, modules that it uses follow (added by resolve-modules).
"""

from __future__ import annotations

from typing import NamedTuple

from kayton.ir.language import Language
from kayton.ir.node import Node, category, kinds_in, node


@category
class Unit(Node):
    """One source file in some form."""


@category
class Stmt(Node):
    """What may stand in a block; every expression may."""


@category
class Expr(Stmt):
    """What has a value."""


@category
class Item(Stmt):
    """A definition; nested functions and constants stand in blocks too."""


@category
class Pattern(Node):
    """What a value is matched against."""


@category
class TypeExpr(Node):
    """A type as it was written."""


@category
class Clause(Node):
    """A `for` or `if` of a comprehension."""


@category
class Operand(Node):
    """An argument position of a call."""


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Token(NamedTuple):
    """One token: `kind` is a keyword or operator itself, or INT FLOAT STR NAME NEWLINE INDENT DEDENT END DOC …"""

    kind: str
    text: str
    start: int
    end: int


@node
class Program(Node):
    """All files of a program; modules[0] is the one that was asked for."""

    modules: tuple[Unit, ...]


@node
class SourceFile(Unit):
    """A file before lexing. `name` is the module's dotted name, `file` its index in the source map."""

    name: str
    path: str
    file: int
    text: str


@node
class TokenFile(Unit):
    """A file's tokens."""

    name: str
    path: str
    file: int
    tokens: tuple[Token, ...]


@node
class Module(Unit):
    """A file's items and module-level statements, in order."""

    name: str
    path: str
    file: int
    body: tuple[Stmt, ...]


# ── items (§7) ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Annotation(Node):
    """`@name(args)` before an item."""

    name: str
    args: tuple[Operand, ...] = ()


@node
class TypeParam(Node):
    """`T: Bound + Bound`"""

    name: str
    bounds: tuple[TypeExpr, ...] = ()


@node
class Param(Node):
    """A parameter of a function or closure. `self` is a parameter of that name without a type."""

    pattern: Pattern
    type: TypeExpr | None = None
    default: Expr | None = None
    mutable: bool = False
    """`mut` parameter: copied in and out (§4). For a closure's parameter always False."""


EFFECTS = ("io", "time", "random", "state", "host")
"""What a function can declare by `uses` (§8). `io`: prints, reads input, files, arguments or the environment, ends the program.
`time`: asks for the time, or waits. `random`: has to do with a generator. `state`: changes a class instance that it did not make
itself, or looks at a global that leads to instances which the program changes. `host`: calls a function of a plugin."""


@node
class FnDef(Item):
    """`fn name[T](params) -> result uses effects: body`; in a trait the body may be absent. The effects are some of EFFECTS."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    params: tuple[Param, ...] = ()
    result: TypeExpr | None = None
    body: Block | None = None
    public: bool = False
    pure: bool = False
    effects: tuple[str, ...] | None = None
    annotations: tuple[Annotation, ...] = ()
    doc: str | None = None


@node
class FieldDef(Node):
    """A field of a struct, class or variant; a positional variant field has the name `0`, `1` …"""

    name: str
    type: TypeExpr | None = None
    default: Expr | None = None


@node
class StructDef(Item):
    """`struct Name[T]:` fields, then methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    fields: tuple[FieldDef, ...] = ()
    methods: tuple[FnDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()
    doc: str | None = None


@node
class ClassDef(Item):
    """`class Name[T]:` fields, then methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    fields: tuple[FieldDef, ...] = ()
    methods: tuple[FnDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()
    doc: str | None = None


@node
class VariantDef(Node):
    """`Empty`, `Circle(f64)` (`named` False) or `Rect(w: f64, h: f64)` (`named` True)."""

    name: str
    fields: tuple[FieldDef, ...] = ()
    named: bool = False
    doc: str | None = None


@node
class EnumDef(Item):
    """`enum Name[T]:` variants, then methods."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    variants: tuple[VariantDef, ...] = ()
    methods: tuple[FnDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()
    doc: str | None = None


@node
class TraitDef(Item):
    """`trait Name: Super + Super:` methods, required ones without a body."""

    name: str
    type_params: tuple[TypeParam, ...] = ()
    supers: tuple[TypeExpr, ...] = ()
    methods: tuple[FnDef, ...] = ()
    public: bool = False
    annotations: tuple[Annotation, ...] = ()
    doc: str | None = None


@node
class ImplDef(Item):
    """`impl[T] Trait for Target:` or `impl Target:`"""

    target: TypeExpr
    trait: TypeExpr | None = None
    type_params: tuple[TypeParam, ...] = ()
    methods: tuple[FnDef, ...] = ()
    annotations: tuple[Annotation, ...] = ()


@node
class TypeAlias(Item):
    """`type Name[T] = type`"""

    name: str
    type: TypeExpr
    type_params: tuple[TypeParam, ...] = ()
    public: bool = False
    doc: str | None = None
    annotations: tuple[Annotation, ...] = ()


@node
class ConstDef(Item):
    """`const NAME: type = value`, evaluated at compile time."""

    name: str
    value: Expr
    type: TypeExpr | None = None
    public: bool = False
    doc: str | None = None
    annotations: tuple[Annotation, ...] = ()


@node
class UseName(Node):
    """`name as alias` in the braces of a `use`; alias is None where there is none."""

    name: str
    alias: str | None = None


@node
class Use(Item):
    """`use a.b`, `use a.b as c` (names is None), `use a.b.{x, Y as Z}`. `module`: set by resolve-modules, the used module's name."""

    path: tuple[str, ...]
    names: tuple[UseName, ...] = ()
    selective: bool = False
    """True when braces were written."""
    alias: str | None = None
    public: bool = False
    module: str | None = None


@node
class UsePlugin(Item):
    """`use plugin name`"""

    name: str


# ── types (§3) ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class NamedType(TypeExpr):
    """`i64`, `List[T]`, `geometry.Circle`, a type parameter, `Self`, and `()` and `dyn` under these names."""

    path: tuple[str, ...]
    args: tuple[TypeExpr, ...] = ()


@node
class TupleType(TypeExpr):
    """`(A, B)`"""

    items: tuple[TypeExpr, ...]


@node
class FnType(TypeExpr):
    """`fn(A, B) -> C`"""

    params: tuple[TypeExpr, ...]
    result: TypeExpr | None = None


@node
class DynTrait(TypeExpr):
    """`dyn Trait`"""

    trait: TypeExpr


@node
class RefinedType(TypeExpr):
    """`base where condition`; the condition speaks of `it` or of the parameter's or field's own name."""

    base: TypeExpr
    condition: Expr


# ── patterns (§6) ──────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class WildcardPattern(Pattern):
    """`_`"""


@node
class BindPattern(Pattern):
    """`name` or `mut name`"""

    name: str
    mutable: bool = False


@node
class LiteralPattern(Pattern):
    """A literal (a negative number is folded into it)."""

    value: Expr


@node
class RangePattern(Pattern):
    """`lo..hi` or `lo..=hi`"""

    lo: Expr
    hi: Expr
    inclusive: bool = False


@node
class PathPattern(Pattern):
    """`Name` or `Enum.Name` or `module.NAME`: a field-less variant or a constant."""

    path: tuple[str, ...]


@node
class PatternArg(Node):
    """An argument of a constructor pattern, `name=pattern` or positional."""

    pattern: Pattern
    name: str | None = None


@node
class ConstructorPattern(Pattern):
    """`Variant(p, field=q)` or `Struct(x=p)`"""

    path: tuple[str, ...]
    args: tuple[PatternArg, ...] = ()


@node
class TuplePattern(Pattern):
    """`(p, q)`, `(p,)`, `()`"""

    items: tuple[Pattern, ...]


@node
class ListPattern(Pattern):
    """`[a, b]`; `[a, ..rest]` has a BindPattern or WildcardPattern (for a bare `..`) in `rest`."""

    items: tuple[Pattern, ...]
    rest: Pattern | None = None


@node
class OrPattern(Pattern):
    """`p | q`"""

    alternatives: tuple[Pattern, ...]


@node
class AtPattern(Pattern):
    """`name @ pattern`"""

    name: str
    pattern: Pattern


# ── statements (§4) ────────────────────────────────────────────────────────────────────────────────────────────────────


@node
class Let(Stmt):
    """`let pattern: type = value`"""

    pattern: Pattern
    value: Expr
    type: TypeExpr | None = None
    public: bool = False


@node
class Assign(Stmt):
    """`target = value`; a target is a Name, Field, Part or Index chain, or a Tuple of targets."""

    target: Expr
    value: Expr


@node
class CompoundAssign(Stmt):
    """`target op= value`, `op` without the `=`."""

    op: str
    target: Expr
    value: Expr


# ── expressions (§§2, 5, 6) ────────────────────────────────────────────────────────────────────────────────────────────


@node
class Block(Expr):
    """Statements and the value of the last expression; without one the value is ()."""

    body: tuple[Stmt, ...] = ()
    result: Expr | None = None


@node
class IntLit(Expr):
    value: int


@node
class FloatLit(Expr):
    value: float


@node
class BoolLit(Expr):
    value: bool


@node
class StrLit(Expr):
    value: str


@node
class UnitLit(Expr):
    """`()`"""


@node
class Hole(Expr):
    """`{value:spec}` of an f-string; stands only in FString.parts."""

    value: Expr
    spec: str | None = None


@node
class FString(Expr):
    """An f-string: StrLit and Hole parts in order."""

    parts: tuple[Expr, ...]


@node
class Name(Expr):
    """A name that is not resolved yet. Names that passes make start with `%`, which no source can write."""

    name: str


@node
class Field(Expr):
    """`value.name`, also a module's or a type's member until names are resolved."""

    value: Expr
    name: str


@node
class Part(Expr):
    """`value.0`"""

    value: Expr
    index: int


@node
class Index(Expr):
    """`value[index]`"""

    value: Expr
    index: Expr


@node
class Slice(Expr):
    """`value[lo..hi]` with either bound absent, or inclusive."""

    value: Expr
    lo: Expr | None = None
    hi: Expr | None = None
    inclusive: bool = False


@node
class Arg(Operand):
    """`value`, `name=value` or `mut place`"""

    value: Expr
    name: str | None = None
    mutable: bool = False


@node
class Call(Expr):
    """`callee(args)`"""

    callee: Expr
    args: tuple[Operand, ...] = ()


@node
class MethodCall(Expr):
    """`receiver.name(args)`; until names are resolved also a module's or a type's function."""

    receiver: Expr
    name: str
    args: tuple[Operand, ...] = ()


@node
class Unary(Expr):
    """`-`, `~` or `not`"""

    op: str
    value: Expr


@node
class Binary(Expr):
    """`+ - * / // % ** & | ^ << >> == != < <= > >= in is`"""

    op: str
    left: Expr
    right: Expr


@node
class And(Expr):
    left: Expr
    right: Expr


@node
class Or(Expr):
    left: Expr
    right: Expr


@node
class Range(Expr):
    """`lo..hi` or `lo..=hi`"""

    lo: Expr
    hi: Expr
    inclusive: bool = False


@node
class Tuple(Expr):
    items: tuple[Expr, ...]


@node
class ListLit(Expr):
    items: tuple[Expr, ...] = ()


@node
class ListRepeat(Expr):
    """`[value; count]`"""

    value: Expr
    count: Expr


@node
class MapEntry(Node):
    key: Expr
    value: Expr


@node
class MapLit(Expr):
    entries: tuple[MapEntry, ...] = ()


@node
class SetLit(Expr):
    items: tuple[Expr, ...]


@node
class ForClause(Clause):
    """`for pattern in iterable`"""

    pattern: Pattern
    iterable: Expr


@node
class IfClause(Clause):
    """`if condition`"""

    condition: Expr


@node
class ListComp(Expr):
    value: Expr
    clauses: tuple[Clause, ...]


@node
class SetComp(Expr):
    value: Expr
    clauses: tuple[Clause, ...]


@node
class MapComp(Expr):
    key: Expr
    value: Expr
    clauses: tuple[Clause, ...]


@node
class If(Expr):
    """`if condition: then else: otherwise`; an `elif` is an If in `otherwise`."""

    condition: Expr
    then: Expr
    otherwise: Expr | None = None


@node
class IfLet(Expr):
    """`if let pattern = value: then else: otherwise`"""

    pattern: Pattern
    value: Expr
    then: Expr
    otherwise: Expr | None = None


@node
class While(Expr):
    condition: Expr
    body: Expr


@node
class WhileLet(Expr):
    pattern: Pattern
    value: Expr
    body: Expr


@node
class Loop(Expr):
    body: Expr


@node
class For(Expr):
    pattern: Pattern
    iterable: Expr
    body: Expr


@node
class Arm(Node):
    """`pattern if guard: body`"""

    pattern: Pattern
    body: Expr
    guard: Expr | None = None


@node
class Match(Expr):
    value: Expr
    arms: tuple[Arm, ...]


@node
class Closure(Expr):
    """`|params| body`"""

    params: tuple[Param, ...]
    body: Expr


@node
class Return(Expr):
    value: Expr | None = None


@node
class Break(Expr):
    value: Expr | None = None


@node
class Continue(Expr):
    pass


@node
class Try(Expr):
    """`value?`"""

    value: Expr


_KINDS = kinds_in(__name__)

Source = Language("Source", "Files as text.", Program, frozenset({Program, SourceFile}))
Tokens = Source.derive("Tokens", about="Files as tokens, indentation made explicit.", minus={SourceFile}, plus={TokenFile})
Surface = Tokens.derive("Surface", about="The program as written.", minus={TokenFile}, plus=_KINDS - {Program, SourceFile, TokenFile})
