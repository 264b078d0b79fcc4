"""What is certain about the type of an expression, seen from its own function and from declarations (LANGUAGE §3 rule 5).

Certain are literals, annotated variables and fields, immutable variables with a certain initialiser, constructions, results of
functions with an annotated result and of built-in functions, and operations on such. Everything else is unknown, and no pass may
report an error about it. A type is a type expression; `NEVER` is that of an expression that is not left normally. An annotation
is certain about the outermost constructor only, so the types it gives have no arguments: those of a literal have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from kayton.ir import builtins
from kayton.ir.analyses.declarations import Declarations, constructed
from kayton.ir.core import Concat, Construct, EmptySet, ForEach, ForRange, Format, MakeVariant
from kayton.ir.guards import guard_of, unrefined
from kayton.ir.node import Node, children_of, walk
from kayton.ir.resolved import CallFn, CallNative, FnRef, GlobalRef, Local, MutArg, NativeRef, TypeRef
from kayton.ir.surface import (
    And,
    Arg,
    Assign,
    Binary,
    BindPattern,
    Block,
    BoolLit,
    Break,
    Closure,
    Continue,
    Expr,
    Field,
    FloatLit,
    FnDef,
    FnType,
    If,
    Index,
    IntLit,
    Let,
    ListLit,
    ListRepeat,
    Loop,
    MapLit,
    Match,
    MethodCall,
    Or,
    Part,
    Program,
    Range,
    Return,
    SetLit,
    Slice,
    Stmt,
    StrLit,
    Tuple,
    TupleType,
    TypeExpr,
    Unary,
    UnitLit,
    While,
)

I64, F64, BOOL, STR, UNIT = TypeRef("i64"), TypeRef("f64"), TypeRef("bool"), TypeRef("str"), TypeRef("()")
LIST, MAP, SET, RANGE = TypeRef("List"), TypeRef("Map"), TypeRef("Set"), TypeRef("Range")
FN, DYN, NEVER = FnType(()), TypeRef("dyn"), TypeRef("!")

_LITERALS: dict[type[Node], TypeExpr] = {
    IntLit: I64, FloatLit: F64, BoolLit: BOOL, StrLit: STR, UnitLit: UNIT, Concat: STR, Format: STR,
       SetLit: SET, EmptySet: SET, Range: RANGE, Closure: FN, FnRef: FN, NativeRef: FN,
    And: BOOL, Or: BOOL, ForRange: UNIT, ForEach: UNIT, Return: NEVER, Break: NEVER, Continue: NEVER,
}  # fmt: skip
_NEVER_RETURN = ("panic", "std.env.exit")
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in", "is")
_NUMBERS = ("i64", "f64")


class CertainTypes:
    """What is certain in each function of a program."""

    def __init__(self, declared: Declarations) -> None:
        self.declared = declared
        self._functions: dict[str, FunctionTypes] = {}

    @classmethod
    def of(cls, root: Program) -> CertainTypes:
        """The analysis of a program."""
        return cls(Declarations.of(root))

    def functions(self) -> Iterator[tuple[FnDef, FunctionTypes]]:
        """Every function of the program, with what is certain in it."""
        for f in self.declared.functions.values():
            yield f, self.function(f)

    def function(self, f: FnDef) -> FunctionTypes:
        """What is certain in one function."""
        found = self._functions.get(f.name)
        if found is None:
            found = self._functions[f.name] = FunctionTypes(self, f)
        return found


class FunctionTypes:
    """What is certain in one function: `of` gives an expression's type, None where it is unknown."""

    def __init__(self, program: CertainTypes, f: FnDef) -> None:
        self.program = program
        self.declared = program.declared
        self.annotations: dict[str, TypeExpr] = {}
        """The annotations of variables, also of mutable ones."""
        self._values: dict[str, Expr] = {}
        self._mutable: set[str] = set()
        self._known: dict[Node, TypeExpr | None] = {}
        self.nodes: dict[type[Node], list[Node]]
        """Every node of the function by its kind, in preorder, for passes that look at some kinds."""
        self.returns: list[Return]
        """The `return`s that leave the function, not a closure in it."""
        self._collect(f)
        self._bind(f)

    def _collect(self, f: FnDef) -> None:
        nodes: defaultdict[type[Node], list[Node]] = defaultdict(list)
        for n in walk(f):
            nodes[n.__class__].append(n)
        self.nodes = dict(nodes)
        inside: set[Node] = set()
        for closure in self.each(Closure):
            if closure not in inside:
                inside.update(walk(closure))
        self.returns = [n for n in self.each(Return) if n not in inside]

    def each(self, *kinds: type[Node]) -> list[Node]:
        """The function's nodes of these kinds."""
        return [n for kind in kinds for n in self.nodes.get(kind, ())]

    def _bind(self, f: FnDef) -> None:
        """Finds the annotations and values of variables; a mutable one that is assigned as a whole has no certain value."""
        for n in self.each(FnDef, Closure):
            self.annotations |= {p.pattern.name: p.type for p in n.params if p.type is not None}
        for n in self.each(ForRange):
            self.annotations[n.name] = I64
        for n in self.each(Let):
            if isinstance(n.pattern, BindPattern):
                if n.type is not None:
                    self.annotations[n.pattern.name] = n.type
                else:
                    self._values[n.pattern.name] = n.value
                    self._mutable |= {n.pattern.name} if n.pattern.mutable else set()
        changed = [n.target for n in self.each(Assign)] + [n.place for n in self.each(MutArg)]
        names = {e.name for e in changed + [n.value for n in self.each(Arg) if n.mutable] if isinstance(e, Local)}
        for name in names & self._mutable:
            self._values.pop(name, None)
        owner = self.declared.owners.get(f.name)
        if owner is not None and "self" not in names:
            self.annotations.setdefault("self", TypeRef(owner))

    def of(self, e: Expr) -> TypeExpr | None:
        """The type of an expression, None where it is not certain."""
        found = _LITERALS.get(e.__class__)
        if found is not None:
            return found
        if e in self._known:
            return self._known[e]
        self._known[e] = None  # a global may be defined by itself
        rule = _RULES.get(e.__class__)
        made = self._known[e] = None if rule is None else _certain(rule(self, e))
        return made

    def name(self, e: Expr) -> str | None:
        """The guard of an expression's type: `i64`, `tuple`, `main.Point`; None where it is unknown or there is no value."""
        t = self.of(e)
        return None if t is None or t is NEVER else t.type if isinstance(t, TypeRef) else guard_of(t)

    # ── names and parts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _local(self, e: Local) -> TypeExpr | None:
        if e.name in self.annotations:
            return outermost(self.annotations[e.name])
        value = self._values.get(e.name)
        if value is None:
            return None
        return outermost(self.of(value)) if e.name in self._mutable else self.of(value)

    def _global(self, e: GlobalRef) -> TypeExpr | None:
        found = self.declared.globals.get(e.name)
        return None if found is None else self.program.function(found.fn).of(found.value)

    def _field(self, e: Field) -> TypeExpr | None:
        owner = self.name(e.value)
        field = None if owner is None else self.declared.field(owner, e.name)
        return None if field is None else outermost(field.type)

    def _part(self, e: Part) -> TypeExpr | None:
        t = unrefined(self.of(e.value))
        return t.items[e.index] if isinstance(t, TupleType) and e.index < len(t.items) else None

    def _index(self, e: Index) -> TypeExpr | None:
        t = self.of(e.value)
        if self.name(e.value) == "str":
            return STR if self.name(e.index) == "i64" else None
        return t.args[-1] if isinstance(t, TypeRef) and t.args else None

    def _slice(self, e: Slice) -> TypeExpr | None:
        found = self.name(e.value)
        return TypeRef(found) if found in ("str", "List") else None

    def _tuple(self, e: Tuple) -> TypeExpr | None:
        return TupleType(tuple([self.of(item) or DYN for item in e.items]))

    def _list(self, e: ListLit) -> TypeExpr:
        return TypeRef("List", (joined([self.of(item) for item in e.items]) or DYN,)) if e.items else LIST

    def _repeat(self, e: ListRepeat) -> TypeExpr:
        return TypeRef("List", (self.of(e.value) or DYN,))

    def _map(self, e: MapLit) -> TypeExpr:
        values = joined([self.of(entry.value) for entry in e.entries]) or DYN
        return TypeRef("Map", (DYN, values)) if e.entries else MAP

    # ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _call(self, e: CallFn) -> TypeExpr | None:
        return self._result(e.fn)

    def _result(self, path: str) -> TypeExpr | None:
        f = self.declared.functions.get(path)
        if f is None:
            return None
        made = constructed(f)
        if made is not None:
            return self._made(made)
        return outermost(f.result)

    def _made(self, e: Construct | MakeVariant) -> TypeExpr | None:
        return TypeRef(e.type if isinstance(e, Construct) else e.variant.rpartition(".")[0])

    def _native(self, e: CallNative) -> TypeExpr | None:
        if e.name in _NEVER_RETURN:
            return NEVER
        native = builtins.native_called(e.name)
        return None if native is None or native.result is None else TypeRef(native.result)

    def _method(self, e: MethodCall) -> TypeExpr | None:
        owner = self.name(e.receiver)
        if owner is None:
            return None
        f = self.declared.method(owner, e.name)
        if f is not None:
            return self._result(f.name)
        if e.name == "with" and self.declared.kinds.get(owner) == "struct":
            return TypeRef(owner)
        native = builtins.METHODS.get(owner, {}).get(e.name)
        return None if native is None or native.result is None else TypeRef(native.result)

    # ── operations ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _unary(self, e: Unary) -> TypeExpr | None:
        if e.op == "not":
            return BOOL
        found = self.name(e.value)
        return TypeRef(found) if found in _NUMBERS else None

    def _binary(self, e: Binary) -> TypeExpr | None:
        if e.op in _COMPARISONS:
            return BOOL
        left, right = self.name(e.left), self.name(e.right)
        if left == right and left in ("str", "List"):
            return TypeRef(left) if e.op == "+" else None
        if left not in _NUMBERS or right not in _NUMBERS:
            return None
        return I64 if left == right == "i64" and e.op != "/" else F64

    # ── control ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _block(self, e: Block) -> TypeExpr | None:
        if any([self._leaves(s) for s in e.body]):
            return NEVER
        return UNIT if e.result is None else self.of(e.result)

    def _leaves(self, s: Stmt) -> bool:
        """Whether a statement is never followed by the next."""
        value = s.value if isinstance(s, Let | Assign) else s
        return isinstance(value, Expr) and self.of(value) is NEVER

    def _if(self, e: If) -> TypeExpr | None:
        return UNIT if e.otherwise is None else joined([self.of(e.then), self.of(e.otherwise)])

    def _match(self, e: Match) -> TypeExpr | None:
        return joined([self.of(a.body) for a in e.arms])

    def _while(self, e: While) -> TypeExpr | None:
        endless = isinstance(e.condition, BoolLit) and e.condition.value
        return NEVER if endless and not breaks_of(e.body) else UNIT

    def _loop(self, e: Loop) -> TypeExpr | None:
        breaks = breaks_of(e.body)
        return joined([UNIT if b.value is None else self.of(b.value) for b in breaks]) if breaks else NEVER


def outermost(t: TypeExpr | None) -> TypeExpr | None:
    """What a boundary looks at: the type without its arguments."""
    t = unrefined(t)
    if isinstance(t, TypeRef):
        return TypeRef(t.type) if t.args else t
    return TypeRef("tuple") if isinstance(t, TupleType) and t.items else t


def joined(types: list[TypeExpr | None]) -> TypeExpr | None:
    """The type of a value that has one of these types: certain only if they are one."""
    possible = [t for t in types if t is not NEVER]
    if not possible:
        return NEVER
    names = {None if t is None else guard_of(t) for t in possible}
    if len(names) > 1 or None in names:
        return None
    return possible[0] if len(possible) == 1 else outermost(possible[0])


def breaks_of(body: Expr) -> list[Break]:
    """The `break`s that leave the loop with this body."""
    found: list[Break] = []
    stack: list[Node] = [body]
    while stack:
        n = stack.pop()
        if isinstance(n, Break):
            found.append(n)
        if not isinstance(n, Loop | While | ForRange | ForEach | Closure):
            stack += children_of(n)
    return found


def _certain(t: TypeExpr | None) -> TypeExpr | None:
    """Of what may be any type, or any with a trait, the type is unknown."""
    if t is None or t is NEVER:
        return t
    t = unrefined(t)
    guard = t.type if isinstance(t, TypeRef) and t.type.startswith("std.") else guard_of(t)
    return None if guard is None or guard.startswith("dyn ") else t


_RULES: dict[type[Node], Callable[[FunctionTypes, Expr], TypeExpr | None]] = {
    Local: FunctionTypes._local,
    GlobalRef: FunctionTypes._global,
    Field: FunctionTypes._field,
    Part: FunctionTypes._part,
    Index: FunctionTypes._index,
    Slice: FunctionTypes._slice,
    Tuple: FunctionTypes._tuple,
    ListLit: FunctionTypes._list,
    ListRepeat: FunctionTypes._repeat,
    MapLit: FunctionTypes._map,
    CallFn: FunctionTypes._call,
    CallNative: FunctionTypes._native,
    MethodCall: FunctionTypes._method,
    Construct: FunctionTypes._made,
    MakeVariant: FunctionTypes._made,
    Unary: FunctionTypes._unary,
    Binary: FunctionTypes._binary,
    Block: FunctionTypes._block,
    If: FunctionTypes._if,
    Match: FunctionTypes._match,
    While: FunctionTypes._while,
    Loop: FunctionTypes._loop,
}
