"""resolve-calls : Resolved -> Bound

Says of every call whether its callee is known, and if so, which argument is for which parameter.

    call (fn-ref main.area) [3, scale=2]      =>   call-fn main.area [3 absent 2]
    call (fn-ref main.push) [mut xs, 1]       =>   call-fn main.push [(mut-arg xs) 1]
    call (fn-ref main.area) [h=f(), w=g()]    =>   { let %arg.1 = f(); let %arg.2 = g(); call-fn main.area [%arg.2 %arg.1] }
    call (fn-ref Option.Some) [x]             =>   make-variant Option.Some [x]
    call (native-ref print) [a, end=""]       =>   call-native print [a absent ""]
    call f [x]                                =>   call-value f [x]

Arguments are evaluated in the order in which they stand (LANGUAGE §6), so keywords in another order than the parameters need
names for what they compute. A method call stays: which function it is depends on its receiver.
"""

from __future__ import annotations

from collections.abc import Callable

from kayton.diagnostics.calls import NotCalled
from kayton.ir.builtins import VARIANTS, native_called, own_name
from kayton.ir.core import Absent, MakeVariant
from kayton.ir.node import Node, Span
from kayton.ir.resolved import Bound, CallFn, CallNative, CallValue, FnRef, Local, MutArg, NativeRef, Resolved
from kayton.ir.surface import (
    Arg,
    BindPattern,
    Block,
    BoolLit,
    Call,
    Expr,
    FloatLit,
    FnDef,
    IntLit,
    Let,
    MethodCall,
    Program,
    StrLit,
    UnitLit,
)
from kayton.passes.framework import Cx, Pass, frozen, rule
from kayton.passes.resolve._arguments import Parameter, Signature, bind, check_overlap, native_signature, signature_of

_CONSTANT = (IntLit, FloatLit, BoolLit, StrLit, UnitLit, FnRef, NativeRef)
_CONSTRUCTORS = {
    f"{enum}.{name}": Signature(name, (Parameter("value", optional=False, mutable=False),))
    for name, (enum, fields) in VARIANTS.items()
    if fields
}


class Signatures:
    """Analysis: the signature of each function, by path."""

    @staticmethod
    def of(root: Program) -> dict[str, Signature]:
        return {f.name: signature_of(f) for m in root.modules for f in m.body if isinstance(f, FnDef)}


@frozen
class ResolveCalls(Pass):
    source = Resolved
    target = Bound

    @rule
    def call(self, c: Call, cx: Cx) -> CallFn | CallNative | CallValue | MakeVariant | Block:
        callee = c.callee
        check_overlap(c.args, cx)
        if isinstance(callee, FnRef):
            if callee.fn in _CONSTRUCTORS:
                given = bind(c.args, _CONSTRUCTORS[callee.fn], c, cx)
                return MakeVariant(callee.fn, _values([], given.placed, c.span))
            given = bind(c.args, cx.facts(Signatures)[callee.fn], c, cx)
            return _in_order(c, given.placed, cx, lambda args: CallFn(callee.fn, args))
        if isinstance(callee, NativeRef):
            return _native(c, callee.name, cx)
        if isinstance(callee, MakeVariant):
            written = "" if callee.span is None else cx.sources[callee.span.file].text[callee.span.start : callee.span.end]
            cx.report(NotCalled(span=c.span, name=own_name(callee.variant), written=written))
        return CallValue(callee, c.args)

    @rule
    def method(self, c: MethodCall, cx: Cx) -> MethodCall:
        check_overlap(c.args, cx)
        return c


def _native(c: Call, name: str, cx: Cx) -> CallNative | Block:
    known = native_called(name)
    if known is None:  # a plugin's: the host knows its parameters
        plugin = Signature(name, (), 0)
        given = bind(c.args, plugin, c, cx)
        return CallNative(name, tuple([a.value for a in given.rest]))
    given = bind(c.args, native_signature(known), c, cx)
    return _in_order(c, given.placed, cx, lambda args: CallNative(name, args), given.rest)


def _in_order(
    c: Call, placed: list[Arg | None], cx: Cx, call: Callable[[tuple[Node, ...]], Expr], rest: list[Arg] | None = None
) -> Expr:
    """The call, its arguments evaluated in source order."""
    by_parameter = [*(rest or []), *[a for a in placed if a is not None]]
    kept = set(by_parameter)
    written = [a for a in c.args if a in kept]
    if by_parameter == written:
        return call(_values(rest or [], placed, c.span))
    first: list[Let] = []
    named: dict[Arg, Arg] = {}
    for a in written:
        if not a.mutable and not _settled(a.value):
            name, where = cx.fresh("arg"), a.value.span
            first.append(Let(BindPattern(name, span=where), a.value, span=where))
            named[a] = Arg(Local(name, span=where), span=where)
    made = call(_values([named.get(a, a) for a in rest or []], [a and named.get(a, a) for a in placed], c.span))
    return Block(tuple(first), made) if first else made


def _settled(e: Expr) -> bool:
    """Whether evaluating `e` earlier or later makes no difference."""
    return isinstance(e, _CONSTANT) or (isinstance(e, Local) and not e.mutable)


def _values(rest: list[Arg], placed: list[Arg | None], where: Span | None) -> tuple[Expr | MutArg, ...]:
    """One argument for each parameter."""
    return tuple([_value(a) if a is not None else Absent(span=where) for a in [*rest, *placed]])


def _value(a: Arg) -> Expr | MutArg:
    return MutArg(a.value, id=a.id, span=a.span) if a.mutable else a.value
