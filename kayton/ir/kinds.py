"""Node kinds as they are declared, and what is known of each: its constructor, its name, its fields.

See kayton/ir/node.py, which everyone imports.

A kind has a mutable base that holds its slots. The constructor fills an instance of that base and then switches its `__class__`
to the kind: three times faster than attrs' frozen `__init__`, which pays for `object.__setattr__` on every field. It is the `__call__`
of a metaclass of the kind's own, because calling a class asks there first; a `__new__` would cost a fifth more.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, NamedTuple, TypeVar, dataclass_transform

import attrs

from kayton.ir.templates import function


class Span(NamedTuple):
    """A stretch of one source file: code point offsets, `end` exclusive; `file` indexes the source map."""

    file: int
    start: int
    end: int


class FieldSpec(NamedTuple):
    """What a field declaration says: `shape` is one, optional, many (children) or leaf."""

    name: str
    shape: str
    type: Any
    """For children the tuple of classes allowed, else the annotated type."""
    default: Any
    """`attrs.NOTHING` where the field is required."""


@attrs.frozen(slots=True, eq=False, weakref_slot=False, init=False, repr=False)
class Node:
    """The base of all nodes. Abstract categories (Expr, Pattern …) derive from it without fields."""

    id: str | None = attrs.field(default=None, kw_only=True)
    span: Span | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        leaves = [repr(getattr(self, s.name)) for s in fields_of(type(self)) if s.shape == "leaf"]
        return f"<{kind_name(type(self))} {self.id or ''} {' '.join(leaves)}>"

    def __reduce__(self) -> tuple:
        """Copies and pickles are made by the constructor: a frozen node cannot be filled afterwards."""
        return _remade, (type(self), [getattr(self, s.name) for s in fields_of(type(self))], self.id, self.span)


class Kind(type):
    """The class of node kinds; each has a subclass of it to itself, whose `__call__` is the kind's constructor."""

    @property
    def __attrs_attrs__(cls) -> tuple[attrs.Attribute, ...]:
        """What makes a kind an attrs class, made when attrs first asks: most kinds are never looked at so."""
        fields = zip(cls.__match_args__, cls.__annotations__.values(), _defaults(cls), strict=True)
        return (*_PLACE, *[_FIELD.evolve(name=name, alias=name, type=t, default=default) for name, t, default in fields])


def category_of(kind: type) -> type:
    """The abstract class that a kind was declared under; the mutable base stands between them."""
    return kind.__base__.__base__


def _remade(cls: type, values: list[Any], node_id: str | None, span: Span | None) -> Node:
    return cls(*values, id=node_id, span=span)


N = TypeVar("N", bound=type)

_SPECS: dict[type, tuple[FieldSpec, ...]] = {}
_KINDS: dict[str, type[Node]] = {}
_PLACE = attrs.fields(Node)
_FIELD = _PLACE.id.evolve(default=attrs.NOTHING, kw_only=False)


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: N) -> N:
    """Class decorator that turns annotations into a node kind; see the module's docstring.

    The class has attrs' form but is assembled here: attrs' own builder takes 0.3 ms, and there are more than 150 kinds.
    """
    body = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    names = tuple(body.setdefault("__annotations__", {}))
    defaults = [body.pop(n, attrs.NOTHING) for n in names]
    twin = type(f"_Mutable{cls.__name__}", cls.__bases__, {"__slots__": names, **_UNFROZEN})
    constructor = _constructor(cls.__name__, names, defaults, twin)
    body.update(__slots__=(), __match_args__=names, **_FROZEN)
    made = type(f"{cls.__name__}Kind", (Kind,), {"__call__": constructor})(cls.__name__, (twin,), body)
    constructor.__globals__["Cls"] = made
    name = kind_name(made)
    if name in _KINDS:
        raise TypeError(f"two node kinds are called {name}: {_KINDS[name]} and {made}")
    _KINDS[name] = made
    return made


@dataclass_transform(frozen_default=True, eq_default=False)
def category(cls: N) -> N:
    """Class decorator for an abstract family of kinds, such as Expr; it has no fields of its own."""
    body = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    return type(cls.__name__, cls.__bases__, {**body, "__slots__": ()})


# Both methods: with either one inherited from the other class, CPython takes the slow path for both.
_FROZEN = {"__setattr__": Node.__setattr__, "__delattr__": Node.__delattr__}
_UNFROZEN = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}


def _constructor(name: str, fields: tuple[str, ...], defaults: list[Any], twin: type) -> FunctionType:
    """A kind's constructor, generated from the field list, with defaults; the kind itself is put into its globals later.

    `id` and `span` could be keyword-only, but CPython looks each such default up in a dict at every call.
    """
    given = [d for d in defaults if d is not attrs.NOTHING]
    if attrs.NOTHING in defaults[len(defaults) - len(given) :]:
        raise TypeError(f"{name}: a field without a default follows one that has a default")
    made = function(_constructor_text(len(fields)), fields, {"Twin": twin}, name)
    made.__defaults__ = (*given, None, None)
    return made


def constructor_of(cls: type[Node]) -> FunctionType:
    """The constructor of a kind, `(kind, *fields, id, span)`: for generated code, which saves the call of a class around it."""
    return type(cls).__call__


def _defaults(cls: type[Node]) -> list[Any]:
    """The defaults of a kind's fields, `attrs.NOTHING` for those that are required."""
    given = constructor_of(cls).__defaults__[:-2]
    return [attrs.NOTHING] * (len(cls.__match_args__) - len(given)) + list(given)


@cache
def _constructor_text(count: int) -> str:
    fields = [*[f"f{i}" for i in range(count)], "id", "span"]
    lines = [f"def construct({', '.join(['cls', *fields])}):", " self = Twin()", *[f" self.{name} = {name}" for name in fields]]
    return "\n".join([*lines, " self.__class__ = Cls", " return self"])


@cache
def kind_name(cls: type) -> str:
    """`CallFn` is written `call-fn` in text, JSON, goldens and error messages."""
    out = []
    for i, c in enumerate(cls.__name__):
        if c.isupper() and i and not (cls.__name__[i - 1].isupper() and cls.__name__[i + 1 : i + 2].isupper()):
            out.append("-")
        out.append(c.lower())
    return "".join(out)


def kind_called(name: str) -> type[Node]:
    """The node class whose kind name is `name`. Raises KeyError."""
    return _KINDS[name]


def kinds_in(module_name: str) -> frozenset[type[Node]]:
    """All node kinds that a module defines."""
    return frozenset(k for k in _KINDS.values() if k.__module__ == module_name)


def fields_of(cls: type) -> tuple[FieldSpec, ...]:
    """The fields of a kind in declaration order, without id and span."""
    specs = _SPECS.get(cls)
    if specs is None:
        fields = zip(cls.__match_args__, cls.__annotations__.values(), _defaults(cls), strict=True)
        specs = _SPECS[cls] = tuple([_spec(name, _hint(cls.__module__, t), default) for name, t, default in fields])
    return specs


@cache
def _hint(module: str, annotation: str) -> Any:
    """The type that an annotation writes down, as `typing.get_type_hints` finds it, but once for each text of a module."""
    return eval(annotation, vars(sys.modules[module])) if isinstance(annotation, str) else annotation  # noqa: S307 (our own source)


def _spec(name: str, hint: Any, default: Any) -> FieldSpec:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        items = typing.get_args(item) if isinstance(item, types.UnionType) else (item,)
        if _is_node(items[0]):
            return FieldSpec(name, "many", items, default)
    elif _is_node(options[0]):
        nodes = tuple(o for o in options if o is not types.NoneType)
        return FieldSpec(name, "one" if len(nodes) == len(options) else "optional", nodes, default)
    return FieldSpec(name, "leaf", hint, default)


def _is_node(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Node)


class ByKind(dict):
    """kind → what `make` gives for it, made when a kind is first asked for."""

    def __init__(self, make: Callable[[type[Node]], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, kind: type[Node]) -> Any:
        made = self[kind] = self.make(kind)
        return made
