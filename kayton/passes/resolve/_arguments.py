"""Arguments and parameters brought together (LANGUAGE §6): which argument is for which parameter, and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from kayton.diagnostics.calls import ArgumentCount, DuplicateArgument, MissingMut, MutOverlap, SuperfluousMut, UnknownKeyword
from kayton.diagnostics.nearest import nearest
from kayton.ir.builtins import Native
from kayton.ir.node import Node, Span
from kayton.ir.places import root_of, source_name
from kayton.ir.resolved import Local
from kayton.ir.surface import Arg, FnDef
from kayton.passes.framework import Cx


class Parameter(NamedTuple):
    """A parameter as a caller sees it."""

    name: str
    optional: bool
    mutable: bool


class Signature(NamedTuple):
    """What a call must fit. `least` is not None for a variadic function: at least so many values come first, and the
    parameters are keyword-only."""

    name: str
    params: tuple[Parameter, ...]
    least: int | None = None


def signature_of(f: FnDef) -> Signature:
    """The signature of a function of the program."""
    params = [Parameter(p.pattern.name, p.default is not None, p.mutable) for p in f.params]
    return Signature(f.name.rpartition(".")[2], tuple(params))


def native_signature(n: Native) -> Signature:
    """The signature of a built-in function or method."""
    return Signature(n.name.rpartition(".")[2], tuple([Parameter(*p) for p in n.params]), n.least)


class Bound(NamedTuple):
    """The arguments of a call: `rest` for a variadic function's values, and one for each parameter, None where left out."""

    rest: list[Arg]
    placed: list[Arg | None]


def bind(args: tuple[Arg, ...], to: Signature, call: Node, cx: Cx) -> Bound:
    """Places the arguments of `call`; reports those that do not fit and leaves them out."""
    index = {p.name: i for i, p in enumerate(to.params)}
    placed: list[Arg | None] = [None] * len(to.params)
    positional = [a for a in args if a.name is None]
    rest = positional if to.least is not None else []
    for i, a in enumerate(positional if to.least is None else ()):
        if i < len(placed):
            placed[i] = a
    well = True
    for a in args:
        if a.name is not None:
            well &= _place_keyword(a, index, placed, to, cx)
    if well:
        _check_count(len(args), len(positional), placed, to, call, cx)
    _check_mut(rest, placed, to, cx)
    return Bound(rest, placed)


def _place_keyword(a: Arg, index: dict[str, int], placed: list[Arg | None], to: Signature, cx: Cx) -> bool:
    at = index.get(a.name)
    if at is None:
        known = tuple(index)
        cx.report(UnknownKeyword(span=a.span, name=to.name, keyword=a.name, near=nearest(a.name, known), params=known))
        return False
    if placed[at] is not None:
        cx.report(DuplicateArgument(span=a.span, name=to.name, parameter=a.name))
        return False
    placed[at] = a
    return True


def _check_count(found: int, positional: int, placed: list[Arg | None], to: Signature, call: Node, cx: Cx) -> None:
    missing = [p.name for p, a in zip(to.params, placed, strict=True) if a is None and not p.optional]
    required = sum(not p.optional for p in to.params)
    if to.least is not None:
        if positional < to.least or missing:
            cx.report(ArgumentCount(span=call.span, name=to.name, least=to.least + required, most=None, found=found))
    elif positional > len(placed) or missing:
        params = tuple([f"{p.name}=…" if p.optional else p.name for p in to.params])
        extra = _extra(call, len(placed)) if positional > len(placed) else None
        cx.report(
            ArgumentCount(
                span=call.span, name=to.name, least=required, most=len(placed), found=found, missing=tuple(missing),
                params=params, extra=extra,
            )  # fmt: skip
        )


def _extra(call: Node, most: int) -> Span | None:
    """The first argument by position that is too many."""
    positional = [a for a in call.args if isinstance(a, Arg) and a.name is None]
    return positional[most].span if most < len(positional) else None


def _check_mut(rest: list[Arg], placed: list[Arg | None], to: Signature, cx: Cx) -> None:
    for p, a in zip(to.params, placed, strict=True):
        if a is None or a.mutable == p.mutable:
            continue
        if p.mutable:
            cx.report(MissingMut(span=a.span, name=to.name, parameter=p.name, value=a.value.span))
        else:
            cx.report(_superfluous(a, to, p.name))
    for a in rest:
        if a.mutable:
            cx.report(_superfluous(a, to, "value"))


def _superfluous(a: Arg, to: Signature, name: str) -> SuperfluousMut:
    keyword = a.span if a.name is None else None
    return SuperfluousMut(span=a.span, name=to.name, parameter=name, value=a.value.span, keyword=keyword)


def check_overlap(args: tuple[Arg, ...], cx: Cx) -> None:
    """Reports a `mut` argument whose root variable an earlier one has too."""
    roots: dict[str, Span | None] = {}
    for a in args:
        root = root_of(a.value) if a.mutable else None
        if isinstance(root, Local):
            if root.name in roots:
                cx.report(MutOverlap(span=a.span, root=source_name(root.name), first=roots[root.name]))
            roots.setdefault(root.name, a.span)
