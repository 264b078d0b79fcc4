"""Random statements: bindings of every kind, and printing."""

from __future__ import annotations

import attrs

from kayton.testing.generate_body import Body, nested, simple, with_parts
from kayton.testing.shapes import F64, I64, SIMPLE, STR, Shape, Var, list_of, tuple_of


@simple
def let(b: Body, room: int) -> None:
    shape = b.writer.any_shape()
    annotated = b.writer.choose.chance(30)
    value = _converted(b, shape) if annotated else b.value(shape)
    name = b.fresh()
    b.line(f"let {name}{f': {shape.text}' if annotated else ''} = {value}")
    b.let(name, shape)


def _converted(b: Body, shape: Shape) -> str:
    """A value for an annotated place: an i64 where an f64 is wanted is converted there, in literals too."""
    if shape == F64 and b.writer.choose.chance(50):
        return b.value(I64)
    if shape == list_of(F64) and b.writer.choose.chance(70):
        return f"[{b.value(I64)}, {b.value(F64)}, {b.value(I64)}]"
    if shape.name == "Option" or not b.writer.risk or not b.writer.choose.chance(10):
        return b.value(shape)
    return b.writer.dynamic(shape, 2)


@simple
def let_mut(b: Body, room: int) -> None:
    shape = b.writer.any_shape()
    value = b.value(shape)
    name = b.fresh()
    annotation = f": {shape.text}" if b.writer.choose.chance(30) else ""
    b.line(f"let mut {name}{annotation} = {value}")
    b.let(name, shape, mutable=True)


@nested
def _tuple(b: Body, room: int) -> None:
    parts = (b.writer.any_shape(1), b.writer.choose.pick(SIMPLE))
    value = b.value(tuple_of(*parts))
    first, second = b.fresh(), b.fresh()
    if first == second:
        second += "b"
    b.line(f"let (mut {first}, {second}) = {value}")
    b.let(first, parts[0], mutable=True)
    b.let(second, parts[1])


@nested
def _nested_fn(b: Body, room: int) -> None:
    """A function in a block, which sees its parameters only."""
    if b.in_closure:
        let(b, room)
        return
    taken, given = b.writer.choose.pick(SIMPLE), b.writer.any_shape(1)
    b.names[0] += 1
    name = f"h{b.names[0]}"
    inner = attrs.evolve(b.writer, scope=[Var("arg", taken)])
    b.line(f"fn {name}(arg): {inner.value(given, 2)}")
    b.let(name, Shape("fn", (taken, given)))


@nested
@with_parts("Rng", "Builder")
def _random(b: Body, room: int) -> None:
    """Numbers from a generator, and text from a builder."""
    b.names[0] += 1
    name = f"r{b.names[0]}"
    b.line(f"let mut {name} = Rng({b.value(I64)})")
    b.line(f"print({name}.next_i64(-5, 100), {name}.next_f64(), {name}.choice({b.value(list_of(I64))}))")
    b.line(f"let {name}b = Builder()")
    b.line(f"for part in {b.value(list_of(STR))}: {name}b.push(part)")
    b.line(f"print({name}b.build())")


@nested
def _closure(b: Body, room: int) -> None:
    """A closure with a suite, which may return early."""
    if b.in_closure:
        let(b, room)
        return
    taken, given = b.writer.choose.pick(SIMPLE), b.writer.any_shape(1)
    name = b.fresh()
    inner = Body(b.writer.inside(Var("arg", taken)), given, False, True, indent=b.indent + 1, names=b.names)
    for _ in range(b.writer.choose.below(3)):
        inner.statement(room - 1)
    inner.line(inner.value(given))
    b.line(f"let {name} = |arg|:")
    b.lines += inner.lines
    b.let(name, Shape("fn", (taken, given)))


@simple
def print_some(b: Body, room: int) -> None:
    """Prints a value or two."""
    shapes = [b.writer.any_shape(1) for _ in range(1 + b.writer.choose.below(2))]
    b.line(f"print({', '.join([b.value(s) for s in shapes])})")
