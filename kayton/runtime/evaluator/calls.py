"""Calls: of known functions, of whatever a value is, of methods (LANGUAGE §§4, 6).

Arguments are evaluated left to right; a `mut` argument's place is read when all of them are there, and stored back, left to
right, when the call returns.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from kayton.ir.node import Span
from kayton.ir.resolved import CallFn, CallNative, CallValue, FnRef, MakeClosure, MutArg
from kayton.ir.resolved import Place as PlaceNode
from kayton.ir.surface import Arg, Call, Closure, Expr, MethodCall
from kayton.runtime.evaluator import errors
from kayton.runtime.evaluator.boundaries import literal
from kayton.runtime.evaluator.frame import Frame, Variable
from kayton.runtime.evaluator.machine import check_count
from kayton.runtime.evaluator.natives import Native
from kayton.runtime.evaluator.natives import method as native_method
from kayton.runtime.evaluator.natives import sequence_method
from kayton.runtime.evaluator.places import Place, is_chain, is_fixed, is_reference, place_of, read_place, with_field, write_place
from kayton.runtime.evaluator.rules import RULES, rule
from kayton.runtime.evaluator.types import type_name, type_of
from kayton.runtime.evaluator.values import ABSENT, Function, NativeFunction, Struct
from kayton.runtime.evaluator.values import Closure as ClosureValue


class Argument(NamedTuple):
    """An argument that was evaluated: its value, or the place of a `mut` one."""

    value: Any
    place: Place | None
    name: str | None
    span: Span | None


class Arguments:
    """The arguments of a call."""

    def __init__(self, args: tuple, f: Frame, function: Function | None = None) -> None:
        """Evaluates them in order. Literals take their element types from the parameters of a known `function`."""
        self.frame = f
        self.all: list[Argument] = []
        for i, arg in enumerate(args):
            self.all.append(_argument(arg, i, f, function))

    @property
    def names(self) -> list[str]:
        """The keywords."""
        return [a.name for a in self.all if a.name is not None]

    def values(self) -> list:
        """The values, those of places read now; an error in reading one stands at the place."""
        around = self.frame.span
        out = []
        for a in self.all:
            if a.place is not None:
                self.frame.span = a.span
            out.append(a.value if a.place is None else read_place(a.place, self.frame))
        self.frame.span = around
        return out

    def copy_out(self, changed: list, span: Span | None) -> None:
        """Stores the final values of `mut` parameters, given in the order of the arguments."""
        for a, value in zip(self.all, changed, strict=True):
            if a.place is not None:
                self.frame.span = span
                write_place(a.place, value, self.frame, a.span)


def _argument(arg: Arg | MutArg | Expr, at: int, f: Frame, function: Function | None) -> Argument:
    if arg.__class__ is MutArg:
        return Argument(None, place_of(arg.place, f), None, arg.place.span)
    name, value = (arg.name, arg.value) if arg.__class__ is Arg else (None, arg)
    if value.__class__ is PlaceNode or (arg.__class__ is Arg and arg.mutable):
        return Argument(None, place_of(value, f), name, value.span)
    annotation = None
    if function is not None:
        param = next((p for p in function.params if p.name == name), None) if name else _nth(function, at)
        annotation = None if param is None else f.machine.annotations.of_param(param)
    return Argument(literal(value, annotation, f), None, name, value.span)


def _nth(function: Function, at: int) -> Any:
    return function.params[at] if at < len(function.params) else None


# ── calls of functions ─────────────────────────────────────────────────────────────────────────────────────────────────


def call_program(callee: Function | ClosureValue, given: Arguments, receiver: Any, span: Span | None, f: Frame) -> tuple[Any, Any]:
    """Calls a function of the program; ABSENT as receiver for none. Gives the result, and the receiver as it left it."""
    function = callee if callee.__class__ is Function else callee.function
    before = 0 if receiver is ABSENT else 1
    places = _bound(function, given, before)
    values = given.values()
    args: list[Any] = [ABSENT] * len(function.params)
    spans: list[Span | None] = [span] * len(function.params)
    if before:
        args[0] = receiver
    for a, to, value in zip(given.all, places, values, strict=True):
        args[to], spans[to] = value, a.span
    f.span = span
    result = f.machine.enter(callee, args, spans)
    given.copy_out([args[to] for to in places], span)
    return result, args[0] if before else ABSENT


def _bound(function: Function, given: Arguments, before: int) -> list[int]:
    """The parameter of each argument. Raises what is wrong with their number, keywords and `mut` marks."""
    params, names = function.params, given.names
    least = sum([p.default is None for p in params])
    count = len(given.all) + before
    if count > len(params) or (count < least and not names):
        check_count(function, count, before)
    places = list(range(before, count - len(names)))
    for name in names:
        at = next((i for i, p in enumerate(params) if p.name == name and i >= before), None)
        if at is None:
            raise errors.no_parameter(name)
        if at in places:
            raise errors.argument_twice(name)
        places.append(at)
    for i, p in enumerate(params):
        if p.default is None and i not in places and i >= before:
            raise errors.argument_missing(p.name)
    for a, to in zip(given.all, places, strict=True):
        if (a.place is not None) != params[to].mutable:
            wanted = params[to].mutable
            name = params[to].name
            raise errors.Fail(f"argument {name} must be marked mut" if wanted else f"parameter {name} is not mut")
    return places


def call_native(native: Native, given: Arguments, receiver: Any, span: Span | None, f: Frame) -> tuple[Any, Any]:
    """Calls a built-in function or method. Gives the result, and the receiver as it left it."""
    f.span = span
    places = _native_places(native, given)
    for a, to in zip(given.all, places, strict=True):
        if (a.place is not None) != (native.changes_param == to):
            name = native.params[to] if to < len(native.params) else "?"
            raise errors.Fail(f"parameter {name} is not mut" if a.place else f"argument {name} must be marked mut")
    values = given.values()
    own: list[Any] = [ABSENT] * (len(native.params) + (_positional(given) if native.most is None else 0))
    for to, value in zip(places, values, strict=True):
        own[to] = value
    args = [receiver, *own] if native.method else own
    result = native.run(f.machine, args)
    given.copy_out([args[native.method + to] for to in places], span)
    return result, args[0] if native.method else ABSENT


def _positional(given: Arguments) -> int:
    return len(given.all) - len(given.names)


def _native_places(native: Native, given: Arguments) -> list[int]:
    """The place of each argument among the values that a built-in gets, the receiver apart. Raises what is wrong with their
    number and keywords."""
    count, positional, variadic = len(given.all), _positional(given), native.most is None
    enough = positional >= native.least if variadic or not given.names else True
    if not enough or (native.most is not None and count > native.most):
        raise errors.wrong_arity(native.least, native.most, count)
    places = list(range(positional))
    for name in given.names:
        if name not in native.params:
            raise errors.no_parameter(name)
        at = native.params.index(name) + (positional if variadic else 0)
        if at in places:
            raise errors.argument_twice(name)
        places.append(at)
    for at in range(0 if variadic else native.least):
        if at not in places:
            raise errors.argument_missing(native.params[at])
    return places


def call_any(callee: Any, given: Arguments, span: Span | None, f: Frame) -> Any:
    """Calls whatever `callee` is. Raises `cannot call i64`."""
    f.span = span
    kind = callee.__class__
    if kind is Function or kind is ClosureValue:
        return call_program(callee, given, ABSENT, span, f)[0]
    if kind is NativeFunction:
        return call_native(callee.native, given, ABSENT, span, f)[0]
    raise errors.cannot_call(type_name(callee))


@rule(Call)
def call(n: Call, f: Frame) -> Any:
    named = f.machine.world.static(n.callee, f)
    if named is None:
        callee = RULES[n.callee.__class__](n.callee, f)
    else:
        f.span = n.callee.span
        callee = f.machine.world.value_of(named, f, called=True)
    known = callee.__class__ is Function and (named is not None or n.callee.__class__ is FnRef)
    function = callee if known else None
    return call_any(callee, Arguments(n.args, f, function), n.span, f)


@rule(CallFn)
def call_fn(n: CallFn, f: Frame) -> Any:
    """One argument for each parameter, Absent where it was left out."""
    function = f.machine.world.function_called(n.fn, n)
    given = Arguments(n.args, f, function)
    args = given.values()
    spans = [a.span for a in given.all]
    f.span = n.span
    result = f.machine.enter(function, args, spans)
    given.copy_out(args, n.span)
    return result


@rule(CallNative)
def call_known_native(n: CallNative, f: Frame) -> Any:
    native = f.machine.world.native_called(n.name, n)
    given = Arguments(n.args, f)
    args = given.values()
    if native.most is not None:
        args += [ABSENT] * (len(native.params) - len(args))
    f.span = n.span
    result = native.run(f.machine, args)
    given.copy_out(args[: len(given.all)], n.span)
    return result


@rule(CallValue)
def call_value(n: CallValue, f: Frame) -> Any:
    callee = RULES[n.callee.__class__](n.callee, f)
    return call_any(callee, Arguments(n.args, f), n.span, f)


# ── methods ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(MethodCall)
def method_call(n: MethodCall, f: Frame) -> Any:
    """A receiver that the method may change, going by its name, is a place, looked at when the arguments are there."""
    owner = f.machine.world.static_member(n, f)
    if owner is not None:
        f.span = n.span
        callee = f.machine.world.value_of(owner, f, called=True)
        known = callee if callee.__class__ is Function else None
        return call_any(callee, Arguments(n.args, f, known), n.span, f)
    changing = n.receiver.__class__ is PlaceNode or (is_chain(n.receiver) and n.name in f.machine.implementations.changing())
    place = place_of(n.receiver, f) if changing else None
    value = RULES[n.receiver.__class__](n.receiver, f) if place is None else None
    given = Arguments(n.args, f)
    if place is not None:
        f.span = n.receiver.span
        value = read_place(place, f)
    f.span = n.span
    return invoke(n, value, place, given, f)


def invoke(n: MethodCall, value: Any, place: Place | None, given: Arguments, f: Frame) -> Any:
    """Calls the method on a value that stands at `place`, and stores the value back there if the method has changed it."""
    method = find_method(value, n.name, f)
    if method is None:
        if n.name == "with" and value.__class__ is Struct:
            return _with(value, given, f)
        raise errors.no_method(n.name, type_name(value))
    if method.changes and not is_reference(value) and (place is None or is_fixed(place, f)):
        if place is not None and place.steps:
            f.span = n.receiver.span
        raise errors.cannot_change()
    if method.__class__ is Native:
        result, changed = call_native(method, given, value, n.span, f)
    else:
        if not method.params or method.params[0].name != "self":
            raise errors.no_method(n.name, type_name(value))
        result, changed = call_program(method, given, value, n.span, f)
    if method.changes and place is not None and changed is not value and not is_fixed(place, f):
        f.span = n.span
        write_place(place, changed, f, n.span)
    return result


def find_method(value: Any, name: str, f: Frame) -> Function | Native | None:
    """What `value.name(…)` calls: the user's methods before built-in ones, then those of sequences."""
    own = f.machine.implementations.of(type_of(value)).methods.get(name)
    if own is not None:
        return own
    native = native_method(value, name)
    if native is None and (f.machine.hook(value, "Iterator.next") or f.machine.hook(value, "Iterable.iter")):
        return sequence_method(name)
    return native


def _with(value: Struct, given: Arguments, f: Frame) -> Struct:
    """`p.with(x=3.0)`"""
    positional = len(given.all) - len(given.names)
    if positional:
        raise errors.wrong_arity(0, 0, positional)
    for a in given.all:
        value = with_field(value, a.name, a.value, f, a.span)
    return value


# ── closures ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Closure)
def closure(n: Closure, f: Frame) -> Any:
    return ClosureValue(f.machine.world.closure(n, f), f.visible())


@rule(MakeClosure)
def make_closure(n: MakeClosure, f: Frame) -> Any:
    names = f.machine.world.captures(n.fn, n)
    captured = {}
    for name, value in zip(names, n.captures, strict=True):
        captured[name] = Variable(RULES[value.__class__](value, f))
    return ClosureValue(f.machine.world.function_called(n.fn, n), captured)
