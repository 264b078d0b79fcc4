"""Emission of calls and of assignments to places."""

from __future__ import annotations

from kayton.ir.bytecode import ArgSpan
from kayton.ir.core import Absent
from kayton.ir.node import Span
from kayton.ir.resolved import CallFn, CallNative, CallValue, FieldStep, IndexStep, Local, MutArg, PartStep, Place
from kayton.ir.surface import Arg, Assign, Expr, MethodCall
from kayton.passes.bytecode._code import HIGH, KILL_B, KILL_C
from kayton.passes.bytecode._emitter import Emitter, does, emits, kills
from kayton.passes.fast._local_types import ANY


class Spot:
    """A place while a callee has its value: the register of its root, and a window for its indices and the value.

    Made before the arguments' window, which becomes the bottom of the callee's frame: what must outlive the call lies below it.
    """

    def __init__(self, em: Emitter, place: Place, method: str | None = None) -> None:
        self.em, self.place, self.method = em, place, method
        self.indices = [s.index for s in place.steps if isinstance(s, IndexStep)]
        self.owned_root = not isinstance(place.root, Local)
        self.root = em.temps() if self.owned_root else em.registers[place.root.name]
        self.window = em.temps(len(self.indices) + 1) if place.steps else -1
        self.held = self.window + len(self.indices)

    def evaluate(self) -> None:
        """Evaluates the root and the indices."""
        if self.owned_root:
            self.em.into(self.place.root, self.root)
        for i, index in enumerate(self.indices):
            self.em.into(index, self.window + i)

    @property
    def taken(self) -> int:
        """The register that has the value after `take_out`."""
        return self.held if self.place.steps else self.root

    def take_out(self) -> None:
        """Moves the value out of the place."""
        if self.place.steps:
            self.em.code.emit("TakePath", self.root, self.window, self.path(), span=self.place.span)

    def store(self) -> None:
        """Moves the value that `taken` has into the place."""
        if self.place.steps:
            self.em.code.emit("StorePath", self.root, self.window, self.path(), span=self.place.span)
        if self.owned_root:
            self.em.code.emit("Drop", self.root, span=self.place.span)

    def lend(self, to: int) -> None:
        """Moves the value out of the place into the register that lends it to a callee."""
        self.take_out()
        self.em.code.emit("Move", to, self.taken, x=KILL_B, span=self.place.span)

    def give_back(self, source: int) -> None:
        """Moves what a callee left in the register into the place."""
        self.em.code.emit("Move", self.taken, source, x=KILL_B, span=self.place.span)
        self.store()

    def path(self) -> int:
        """The path's number in the tables."""
        steps = []
        for step in self.place.steps:
            match step:
                case FieldStep():
                    steps.append((0, self.em.tables.strings(step.name)))
                case IndexStep():
                    steps.append((1, 0))
                case PartStep():
                    steps.append((2, step.index))
        return self.em.tables.path(tuple(steps), self.method, self.place.frozen)


class Arguments:
    """A call's arguments: spots for those that are copied out, and the window for all of them, with room for `before` registers
    in front (a callee or a receiver)."""

    def __init__(self, em: Emitter, args: tuple, before: int) -> None:
        self.em = em
        self.args = args
        self.spots = {i: Spot(em, place) for i, place in _places(args)}
        self.window = em.temps(before + len(args))
        self.first = self.window + before

    def evaluate(self) -> None:
        """In order; places are taken when all other arguments are there, since those may read them."""
        for i, arg in enumerate(self.args):
            if i in self.spots:
                self.spots[i].evaluate()
            else:
                self.em.into(arg.value if isinstance(arg, Arg) else arg, self.first + i)
        for i, spot in self.spots.items():
            spot.lend(self.first + i)

    def note(self) -> None:
        """Remembers where each argument of the call that is emitted next stands, for the errors of parameter checks."""
        for i, arg in enumerate(self.args):
            span = (arg.value if isinstance(arg, Arg) else arg.place if isinstance(arg, MutArg) else arg).span
            if span is not None and not isinstance(arg, Absent):
                self.em.arg_spans.append(ArgSpan(len(self.em.code.items), i, span=span))

    def copy_out(self) -> None:
        """Stores what the callee left in its `mut` parameters, left to right."""
        for i, spot in self.spots.items():
            spot.give_back(self.first + i)

    def site(self, name: str | None, receiver_changes: bool) -> int:
        """The call site's entry: names of keyword arguments and which arguments are `mut`."""
        mask = sum(2 << i for i in self.spots) + receiver_changes
        keywords = tuple(a.name for a in self.args if isinstance(a, Arg) and a.name is not None)
        return self.em.tables.site(name, mask, keywords)


def _places(args: tuple) -> list[tuple[int, Place]]:
    found = []
    for i, arg in enumerate(args):
        if isinstance(arg, MutArg):
            found.append((i, arg.place))
        elif isinstance(arg, Arg) and isinstance(arg.value, Place):
            found.append((i, arg.value))
    return found


DROPPED = None
"""Where the result of a call goes that nobody wants."""


def _finish(args: Arguments, op: str, dst: int | None, callee: int, span: Span | None) -> None:
    args.note()
    args.em.code.emit(op, dst or 0, args.window, callee, x=len(args.args) | HIGH * (dst is DROPPED), span=span)
    args.copy_out()


@emits(CallFn, CallNative, CallValue, MethodCall)
def call(em: Emitter, e: Expr, dst: int, ty: str) -> None:
    CALLS[e.__class__](em, e, dst)


@does(CallFn, CallNative, CallValue, MethodCall)
def call_effect(em: Emitter, e: Expr) -> None:
    CALLS[e.__class__](em, e, DROPPED)


def _function(em: Emitter, e: CallFn, dst: int | None) -> None:
    args = Arguments(em, e.args, 0)
    args.evaluate()
    _finish(args, "Call", dst, em.tables.functions[e.fn], e.span)


def _native(em: Emitter, e: CallNative, dst: int | None) -> None:
    args = Arguments(em, e.args, 0)
    args.evaluate()
    _finish(args, "CallNative", dst, em.tables.natives(em.tables.strings(e.name)), e.span)


def _value(em: Emitter, e: CallValue, dst: int | None) -> None:
    args = Arguments(em, e.args, 1)
    em.into(e.callee, args.window)
    args.evaluate()
    _finish(args, "CallVal", dst, args.site(None, False), e.span)


def _method(em: Emitter, e: MethodCall, dst: int | None) -> None:
    place = e.receiver if isinstance(e.receiver, Place) else None
    if place is None or (not place.steps and place.frozen):
        _plain_method(em, e, e.receiver if place is None else place.root, dst)
    elif place.steps or not isinstance(place.root, Local):
        _method_of_part(em, e, place, dst)
    else:
        _method_of_variable(em, e, place, dst)


CALLS = {CallFn: _function, CallNative: _native, CallValue: _value, MethodCall: _method}


def _method_of_variable(em: Emitter, e: MethodCall, place: Place, dst: int | None) -> None:
    """The variable is changed where it is; the result comes in the window."""
    args = Arguments(em, e.args, 1)
    args.evaluate()
    _change(args, em.registers[place.root.name], e, dst)
    args.copy_out()
    _result(args, e, dst)


def _change(args: Arguments, receiver: int, e: MethodCall, dst: int | None) -> None:
    args.note()
    x = len(args.args) | HIGH * (dst is DROPPED)
    args.em.code.emit("CallMut", receiver, args.window, args.site(e.name, True), x=x, span=e.span)


def _result(args: Arguments, e: MethodCall, dst: int | None) -> None:
    if dst is not DROPPED:
        args.em.code.emit("Move", dst, args.window, x=KILL_B, span=e.span)


def _plain_method(em: Emitter, e: MethodCall, receiver: Expr, dst: int | None) -> None:
    """The receiver is a value that nobody can see changed, so it must not be."""
    args = Arguments(em, e.args, 1)
    em.into(receiver, args.window)
    args.evaluate()
    _finish(args, "CallMethod", dst, args.site(e.name, False), e.span)


def _method_of_part(em: Emitter, e: MethodCall, place: Place, dst: int | None) -> None:
    """The part is taken out, changed and put back; it is never copied, since nothing else holds it meanwhile."""
    spot = Spot(em, place, e.name)
    args = Arguments(em, e.args, 1)
    spot.evaluate()
    args.evaluate()
    spot.take_out()
    _change(args, spot.taken, e, dst)
    args.copy_out()
    spot.store()
    _result(args, e, dst)


# ── assignment ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@does(Assign)
def assign(em: Emitter, s: Assign) -> None:
    place: Place = s.target
    if not place.steps:
        name = place.root.name
        em.into(s.value, em.registers[name], em.types.types.get(name, ANY))
        return
    spot = Spot(em, place)
    if len(place.steps) > 1 or isinstance(place.steps[0], PartStep):
        spot.evaluate()
        em.into(s.value, spot.held)
        _note_value(em, s)
        em.code.emit("StorePath", spot.root, spot.window, spot.path(), span=s.span)
    else:
        _store_one_step(em, s, spot)
    if spot.owned_root:
        em.code.emit("Drop", spot.root, span=s.span)


def _store_one_step(em: Emitter, s: Assign, spot: Spot) -> None:
    if spot.owned_root:
        em.into(spot.place.root, spot.root)
    step, high = spot.place.steps[0], HIGH * spot.place.frozen
    if isinstance(step, FieldStep):
        value = em.operand(s.value)
        site = em.tables.site(step.name, 0, ())
        _note_value(em, s)
        em.code.emit("SetField", spot.root, value.register, site, x=high | KILL_B * value.consumed, span=s.span)
        return
    at = em.operand(step.index, (s.value,))
    value = em.operand(s.value)
    x = high | kills((at, KILL_B), (value, KILL_C))
    em.code.emit("SetIndex", spot.root, at.register, value.register, x=x, span=s.span)


def _note_value(em: Emitter, s: Assign) -> None:
    """Remembers where the value stands that the next instruction stores, for the error of the field's boundary."""
    if s.value.span is not None:
        em.arg_spans.append(ArgSpan(len(em.code.items), 0, span=s.value.span))
