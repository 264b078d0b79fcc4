"""Random control flow: branches, loops, matches, and leaving them."""

from __future__ import annotations

import attrs

from kayton.testing.generate_body import Body, nested
from kayton.testing.generate_patterns import arms
from kayton.testing.generate_statements import print_some
from kayton.testing.shapes import BOOL, I64, SIMPLE, STR, Shape, Var, list_of, option, tuple_of


@nested
def _if(b: Body, room: int) -> None:
    b.line(f"if {b.value(BOOL)}:")
    b.block(room)
    if b.writer.choose.chance(40):
        b.line("else:")
        b.block(room)


@nested
def _for(b: Body, room: int) -> None:
    w = b.writer
    item = w.choose.pick((I64, I64, STR, tuple_of(I64, STR)))
    sources = {
        "i64": f"{w.choose.below(2)}..{w.choose.below(4)}", "str": b.value(list_of(STR)), "(,)": b.value(list_of(item)),
    }
    name = b.fresh()
    if item.name == "(,)":
        b.line(f"for ({name}, {name}s) in {sources['(,)']}:")
        b.block(room, Var(name, I64), Var(f"{name}s", STR), in_loop=True)
    else:
        b.line(f"for {name} in {sources[item.name]}:")
        b.block(room, Var(name, item), in_loop=True)


@nested
def _while(b: Body, room: int) -> None:
    counter = _counting(b, "0")
    b.line(f"while {counter} < {b.writer.choose.below(4)} and {b.value(BOOL)}:")
    _counted(b, counter, room, in_loop=True)


@nested
def _loop(b: Body, room: int) -> None:
    """A loop that gives a value; the test that leaves it may stand at its start or its end."""
    shape = b.writer.choose.pick((*SIMPLE, option(I64)))
    counter, name = _counting(b, "0"), b.fresh()
    leave = f"if {counter} > {b.writer.choose.below(3)}: break {b.value(shape)}"
    b.line(f"let {name} = loop:")
    _counted(b, counter, room, leave, in_loop=False)
    b.let(name, shape)


@nested
def _while_let(b: Body, room: int) -> None:
    """Takes items from a list until there are no more."""
    shape = b.writer.any_shape(1)
    name, item = _counting(b, b.value(list_of(shape))), b.fresh()
    b.line(f"while let Some({item}) = {name}.pop():")
    b.block(room, Var(item, shape), in_loop=True)


def _counting(b: Body, start: str) -> str:
    """A variable that a loop uses up, which no other statement knows."""
    b.names[0] += 1
    b.line(f"let mut n{b.names[0]} = {start}")
    return f"n{b.names[0]}"


def _counted(b: Body, counter: str, room: int, *first: str, in_loop: bool) -> None:
    """A loop's suite, which counts before anything else."""
    b.line(f"    {counter} += 1")
    for line in first:
        b.line(f"    {line}")
    b.block(room, in_loop=in_loop)


@nested
def _if_let(b: Body, room: int) -> None:
    shape = b.writer.choose.pick(SIMPLE)
    value = b.value(option(shape))
    name = b.fresh()
    b.line(f"if let Some({name}) = {value}:")
    b.block(room, Var(name, shape))
    if b.writer.choose.chance(40):
        b.line("else:")
        b.block(room)


@nested
def _leave(b: Body, room: int) -> None:
    """Leaves a loop or the function under a condition."""
    ways = (["break", "continue"] if b.in_loop else []) + ([f"return {b.value(b.result)}"] if b.result is not None else [])
    if b.result is not None and b.result.name in ("Option", "Result") and not b.in_closure:
        of = option(I64) if b.result.name == "Option" else Shape("Result", (I64, STR))
        name = b.fresh()
        b.line(f"let {name} = {b.value(of)}?")
        b.let(name, I64)
    elif ways:
        b.line(f"if {b.value(BOOL)}: {b.writer.choose.pick(ways)}")
    else:
        print_some(b, room)


@nested
def _match(b: Body, room: int) -> None:
    """A match on a value of any type, as a statement or to bind a variable."""
    shape = b.writer.any_shape(1)
    value = b.value(shape)
    given = b.writer.choose.pick(SIMPLE)
    name = b.fresh()
    b.line(f"let {name} = match {value}:")
    for pattern, bound in arms(b.writer, shape):
        inner = attrs.evolve(b.writer, scope=[*b.writer.scope, *bound])
        guard = f" if {inner.value(BOOL, 1)}" if b.writer.choose.chance(15) and pattern not in ("_", "other") else ""
        b.line(f"    {pattern}{guard}: {inner.value(given, 1)}")
    b.let(name, given)
