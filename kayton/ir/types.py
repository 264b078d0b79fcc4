"""The types that whole-program analysis finds: a lattice from `never` (no value gets here) to `dyn` (any value).

    i64   str   List[i64]   (i64, str)   main.Point[f64, f64]   main.Tree[@main.Tree, i64, @main.Tree]   class main.Node
    main.Square[f64] | main.Disc[f64]   fn{main.double | main.main.<closure>1[i64]}

A user's struct or enum has the types of its fields as arguments (an enum those of all variants, one after another), so a struct that is
used with two types of field has two types. Where a type contains itself, `@main.Tree` stands for the enclosing `main.Tree`: types are
finite texts of regular trees. A class's fields can change through any reference: their types are in cells, one for each `class main.Stack[i64]`. A
function is the set of definitions that it can be, each with the types of what it captured. Different user's types meet in their union, so that
a list of shapes keeps its calls known.

`join` is the least upper bound. It never widens a number (LANGUAGE §3 rule 2): i64 and f64 meet in `dyn`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import attrs
from multipledispatch import dispatch

from kayton.ir.brackets import split_text

OR = " or "  # between the kinds of instances of which a reference is to one or another
DEEPEST = 8
"""A type that nests deeper is `dyn`: a list that is put into itself would nest without end."""
MOST_CALLEES = 12
"""A function value that may be more definitions than these is `dyn`."""
MOST_MEMBERS = 8
"""A union of more types is `dyn`."""


@attrs.frozen(cache_hash=True)
class Type:
    """The base of all types."""

    def __str__(self) -> str:
        raise NotImplementedError


@attrs.frozen(cache_hash=True)
class Never(Type):
    """No value."""

    def __str__(self) -> str:
        return "never"


@attrs.frozen(cache_hash=True)
class Dyn(Type):
    """Any value, which carries its type at run time."""

    def __str__(self) -> str:
        return "dyn"


@attrs.frozen(cache_hash=True)
class App(Type):
    """A constructor with arguments: `i64`, `List[T]`, `tuple`, a user's struct or enum by its path."""

    name: str
    args: tuple[Type, ...] = ()

    def __str__(self) -> str:
        if self.name == "tuple":
            return f"({', '.join(map(str, self.args))}{',' * (len(self.args) == 1)})"
        return f"{self.name}[{', '.join(map(str, self.args))}]" if self.args else self.name


@attrs.frozen(cache_hash=True)
class Object(Type):
    """A reference to an instance of a class; where its fields differ in type from instance to instance, to one of this `kind`."""

    path: str
    kind: str = ""

    def __str__(self) -> str:
        return f"class {self.path}[{self.kind}]" if self.kind else f"class {self.path}"

    def cell(self, field: str) -> str:
        """What the field's type is known by over the whole program: `main.Node.next`, `main.Stack[i64].items`."""
        return f"{self.path}[{self.kind}].{field}" if self.kind else f"{self.path}.{field}"

    def kinds(self) -> tuple[Object, ...]:
        """An instance of one of several kinds is of each of these; of any other, of itself."""
        return tuple([Object(self.path, k) for k in self.kind.split(OR)]) if OR in self.kind else (self,)


@attrs.frozen(cache_hash=True)
class Knot(Type):
    """Inside a user's type: that type itself."""

    path: str

    def __str__(self) -> str:
        return f"@{self.path}"


@attrs.frozen(cache_hash=True)
class Callee:
    """A definition that a function value may be, with what it captured; a built-in function's name has no module of the program."""

    fn: str
    captures: tuple[Type, ...] = ()

    def __str__(self) -> str:
        return f"{self.fn}[{', '.join(map(str, self.captures))}]" if self.captures else self.fn


@attrs.frozen(cache_hash=True)
class Fns(Type):
    """A function value: one of these, which differ in `fn` and are sorted by it."""

    callees: tuple[Callee, ...]

    def __str__(self) -> str:
        return f"fn{{{' | '.join(map(str, self.callees))}}}"


@attrs.frozen(cache_hash=True)
class Union(Type):
    """A value of one of several user's types, sorted by path."""

    members: tuple[Type, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.members))


NEVER, DYN = Never(), Dyn()
I64, F64, BOOL, STR, UNIT, RANGE, ABSENT = (App(n) for n in ("i64", "f64", "bool", "str", "()", "Range", "absent"))
"""`absent` is the type of an argument that was left out."""
NUMBERS = frozenset({I64, F64})
BUILDER = App("std.text.Builder")
"""The only class of the standard library."""


def app(name: str, *args: Type) -> Type:
    """A constructor applied to arguments; `dyn` where that nests too deep, and knotted where a user's type contains itself."""
    made = App(name, args)
    if "." in name and name in set(_users(args)):
        made = _knotted(made)
    return DYN if depth(made) > DEEPEST else made


def is_user(t: Type) -> bool:
    """Whether it is a struct, enum or class of the program."""
    return t.__class__ is Object or (t.__class__ is App and "." in t.name and not t.name.startswith("std."))


def path_of(t: Type) -> str:
    """The path of a user's type, the name of any other constructor."""
    return t.name if t.__class__ is App else t.path


def shown(t: Type) -> str:
    """The type as errors name it, which say the outermost constructor only: `Point` for `main.Point[f64, f64]`."""
    if t.__class__ is Union:
        return " or ".join([shown(m) for m in t.members])
    return "fn" if t.__class__ is Fns else path_of(t).rpartition(".")[2] if t.__class__ in (App, Object) else str(t)


def members(t: Type) -> tuple[Type, ...]:
    """The types of a union; any other type is its own only member."""
    return t.members if t.__class__ is Union else (t,)


def list_of(item: Type) -> Type:
    """`List[item]`."""
    return app("List", item)


def option_of(item: Type) -> Type:
    """`Option[item]`."""
    return app("Option", item)


def tuple_of(*parts: Type) -> Type:
    """`(A, B)`; the empty tuple is `()`."""
    return app("tuple", *parts) if parts else UNIT


def function_of(fn: str, captures: tuple[Type, ...] = ()) -> Type:
    """The value of one definition."""
    made = Fns((Callee(fn, captures),))
    return DYN if depth(made) > DEEPEST else made


@lru_cache(maxsize=None)
def depth(t: Type) -> int:
    """How many constructors stand inside each other."""
    return 1 + max([depth(p) for p in parts(t)], default=0)


def parts(t: Type) -> tuple[Type, ...]:
    """The types directly inside a type."""
    if t.__class__ is App:
        return t.args
    if t.__class__ is Union:
        return t.members
    return tuple([c for callee in t.callees for c in callee.captures]) if t.__class__ is Fns else ()


def rebuilt(t: Type, f: Callable[[Type], Type]) -> Type:
    """`t` with `f` applied to the types directly inside."""
    if t.__class__ is App:
        return App(t.name, tuple([f(a) for a in t.args]))
    if t.__class__ is Union:
        return join_all([f(m) for m in t.members])
    if t.__class__ is Fns:
        return Fns(tuple([Callee(c.fn, tuple([f(x) for x in c.captures])) for c in t.callees]))
    return t


def inside(t: Type) -> Iterator[Type]:
    """`t` and every type in it."""
    stack = [t]
    while stack:
        t = stack.pop()
        yield t
        stack += parts(t)


def mentions_dyn(t: Type) -> bool:
    """Whether a value of the type may hold something of unknown type."""
    return any(p is DYN for p in inside(t))


# ── join ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=None)
def join(a: Type, b: Type) -> Type:
    """The least upper bound: what a variable holds that is sometimes `a` and sometimes `b`."""
    if a is b or a == b or b is NEVER:
        return a
    if a is NEVER:
        return b
    return DYN if DYN in (a, b) else _join(a, b)


def join_all(types: Iterable[Type]) -> Type:
    """The least upper bound of any number of types."""
    found: Type = NEVER
    for t in types:
        found = join(found, t)
    return found


@dispatch(Type, Type)
def _join(a: Type, b: Type) -> Type:
    return DYN


@dispatch(App, App)
def _join(a: App, b: App) -> Type:  # noqa: F811 (multipledispatch)
    if a.name != b.name or len(a.args) != len(b.args):
        return _united(a, b)
    return app(a.name, *[join(x, y) for x, y in zip(a.args, b.args, strict=True)])


@dispatch(Knot, App)
def _join(a: Knot, b: App) -> Type:  # noqa: F811
    return b if a.path == b.name else DYN  # the enclosing type is knotted again, with what b adds


@dispatch(App, Knot)
def _join(a: App, b: Knot) -> Type:  # noqa: F811
    return _join(b, a)


@dispatch(Fns, Fns)
def _join(a: Fns, b: Fns) -> Type:  # noqa: F811
    found: dict[str, tuple[Type, ...]] = {}
    for callee in (*a.callees, *b.callees):
        known = found.get(callee.fn)
        found[callee.fn] = callee.captures if known is None else tuple(map(join, known, callee.captures))
    if len(found) > MOST_CALLEES:
        return DYN
    made = Fns(tuple([Callee(fn, found[fn]) for fn in sorted(found)]))
    return DYN if depth(made) > DEEPEST else made


@dispatch((Object, Union), (App, Object, Union))
def _join(a: Type, b: Type) -> Type:  # noqa: F811
    return _united(a, b)


@dispatch(Object, Object)
def _join(a: Object, b: Object) -> Type:  # noqa: F811
    if a.path != b.path:
        return _united(a, b)
    kinds = sorted({k for t in (a, b) for k in t.kind.split(OR)})
    return Object(a.path, "" if "" in kinds else OR.join(kinds))


@dispatch(App, (Object, Union))
def _join(a: App, b: Type) -> Type:  # noqa: F811
    return _united(a, b)


def _united(a: Type, b: Type) -> Type:
    """The union of user's types; of anything else `dyn`."""
    found: dict[str, Type] = {}
    for t in (*members(a), *members(b)):
        if not is_user(t):
            return DYN
        path = path_of(t)
        found[path] = join(found[path], t) if path in found else t
    return Union(tuple([found[path] for path in sorted(found)])) if len(found) <= MOST_MEMBERS else DYN


# ── types that contain themselves ──────────────────────────────────────────────────────────────────────────────────────


def _users(types: Iterable[Type]) -> Iterator[str]:
    """The paths of the user's types inside, knots included."""
    for t in types:
        for p in inside(t):
            if p.__class__ is Knot:
                yield p.path
            elif p.__class__ is App and "." in p.name:
                yield p.name


def _knotted(t: App) -> Type:
    """A type that contains itself, with knots where it does: the arguments of all its occurrences are joined.

    The occurrences make up a grammar (path → arguments that name paths), from which the finite text is written again.
    """
    recursive = {p.path for p in inside(t) if p.__class__ is Knot} | {t.name}
    grammar: dict[str, tuple[Type, ...]] = {}

    def abstract(t: Type) -> Type:
        if t.__class__ is App and t.name in recursive:
            args = tuple([abstract(a) for a in t.args])
            known = grammar.get(t.name)
            grammar[t.name] = args if known is None else tuple(map(join, known, args))
            return Knot(t.name)
        return rebuilt(t, abstract)

    def written(t: Type, enclosing: frozenset[str]) -> Type:
        if t.__class__ is Knot and t.path not in enclosing and t.path in grammar:
            within = enclosing | {t.path}
            return App(t.path, tuple([written(a, within) for a in grammar[t.path]]))
        return rebuilt(t, lambda p: written(p, enclosing))

    return written(abstract(t), frozenset())


def argument(t: App, index: int) -> Type:
    """The type of argument `index` of a type, as it is outside of the type: a knot becomes the type."""
    found = t.args[index]
    if "." not in t.name:
        return found

    def untied(p: Type) -> Type:
        if p.__class__ is Knot:
            return t if p.path == t.name else p
        return p if p.__class__ is App and p.name == t.name else rebuilt(p, untied)

    made = untied(found)
    return _knotted(made) if made.__class__ is App and made.name in set(_users(made.args)) else made


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=None)
def text_of(t: Type) -> str:
    """The type as a text, what `str` gives."""
    return str(t)


@lru_cache(maxsize=None)
def read_type(text: str) -> Type:
    """The type that a text stands for, the reverse of `str`. Raises ValueError for what no type's `str` gives."""
    if len(options := split_text(text, " | ")) > 1:
        return Union(tuple([read_type(o) for o in options]))
    if text in ("never", "dyn"):
        return NEVER if text == "never" else DYN
    if text.startswith("@"):
        return Knot(text[1:])
    if text.startswith("class "):
        path, _, kind = text[6:].partition("[")
        return Object(path, kind[:-1])
    if text.startswith("fn{"):
        return Fns(tuple([_read_callee(c) for c in split_text(text[3:-1], " | ")]))
    if text.startswith("(") and text != "()":
        return App("tuple", tuple([read_type(p) for p in split_text(text[1:-1].removesuffix(","), ", ")]))
    name, bracket, rest = text.partition("[")
    if not name or (bracket and not rest.endswith("]")):
        raise ValueError(f"not a type: {text}")
    return App(name, tuple([read_type(p) for p in split_text(rest[:-1], ", ")]) if bracket else ())


def _read_callee(text: str) -> Callee:
    name, bracket, rest = text.partition("[")
    return Callee(name, tuple([read_type(p) for p in split_text(rest[:-1], ", ")]) if bracket else ())
