"""Random statements about identity and functions as values: aliases, cycles, closures that are kept."""

from __future__ import annotations

from kayton.testing.generate_body import Body, nested, with_parts
from kayton.testing.prelude import CELL
from kayton.testing.shapes import I64, KEYS, SIMPLE, Shape, Var, function, list_of


def _instances(b: Body) -> list[Var]:
    """The variables that hold a class instance."""
    records = b.writer.known.records
    return [v for v in b.writer.visible() if v.shape.name in records and records[v.shape.name].kind == "class"]


@nested
@with_parts("Cell")
def _alias(b: Body, room: int) -> None:
    """A second name of an instance; what changes through one shows through the other, and through a list's item."""
    found = _instances(b)
    if not found:
        b.line(f"let {(name := b.fresh())} = {b.value(CELL)}")
        b.let(name, CELL)
        return
    v = b.writer.choose.pick(found)
    name = b.fresh()
    b.line(f"let {name} = [{v.name}, {b.value(v.shape)}, {v.name}]")
    b.let(name, list_of(v.shape))
    field = b.writer.choose.pick(b.writer.known.records[v.shape.name].fields)
    b.line(f"{name}[{b.writer.choose.below(3)}].{field.name} = {b.value(field.shape)}")
    if v.name != name:
        b.line(f"print({v.name} is {name}[0], {name}[0] == {name}[2], {name}[1] is {v.name}, {v.name}.{field.name})")


@nested
@with_parts("Ring")
def _ring(b: Body, room: int) -> None:
    """Instances that refer to each other in a circle, and are walked through."""
    b.names[0] += 1
    name, count = f"ring{b.names[0]}", 1 + b.writer.choose.below(4)
    b.line(f"let {name} = ring_of({count}, {b.value(I64)})")
    b.line(f"{name}.step({b.writer.choose.below(5)}).value = {b.value(I64)}")
    b.line(f"print({name}.walk({b.writer.choose.below(9)}), {name}.step({count}) is {name}, {name}.next.is_some())")
    if b.writer.choose.chance(30):
        b.line(f"{name}.next = None")
        b.line(f"print({name}.walk(3))")


@nested
@with_parts("Op")
def _kept_closures(b: Body, room: int) -> None:
    """Closures made in a loop, each with what it captured then; kept in a list, a map or a struct's field."""
    w = b.writer
    name, part = b.fresh(), f"p{len(w.scope)}"
    given = w.choose.pick(SIMPLE)
    body = w.inside(Var("i", I64), Var(part, I64)).value(given, 2)
    b.line(f"let {name} = [|{part}| {body} for i in 0..{w.choose.below(4)}]")
    b.let(name, list_of(function(I64, given)))
    b.line(f"print({name}.map(|f| f({w.plain(I64, 0)})))")
    if w.choose.chance(50):
        b.line(f"let {name}_op = Op(\"kept\", |x| x ^ {name}.len())")
        b.line(f"print(({name}_op.f)({b.value(I64)}), {name}_op.twice({b.value(I64)}), {name}_op.name)")


@nested
@with_parts("Box")
def _boxes(b: Body, room: int) -> None:
    """A generic value that its own methods change, and a function that takes it as `mut`."""
    item, name = b.writer.choose.pick(SIMPLE), b.fresh()
    shape = Shape("Box", (item,))
    b.line(f"let mut {name} = {b.value(shape)}")
    b.let(name, shape, mutable=True)
    b.line(f"print({name}.swap({b.value(item)}), {name}, kept_in(mut {name}, {b.value(item)}), {name}.unbox())")


@nested
def _sorted(b: Body, room: int) -> None:
    """Sorts a list in place by an order that is given; not of f64, which NaN would leave without one."""
    w = b.writer
    lists = [v for v in b.mutable() if v.shape.name == "List" and v.shape.args[0] in KEYS]
    v = w.choose.pick(lists) if lists else _new_list(b)
    item: Shape = v.shape.args[0]
    key = w.inside(Var("k", item)).value(w.choose.pick(SIMPLE), 1)
    orders = ("|x, y| if x < y: 1 elif y < x: -1 else: 0", "|x, y| if str(x) < str(y): -1 elif str(x) == str(y): 0 else: 1")
    b.line(w.choose.pick((f"{v.name}.sort_by({w.choose.pick(orders)})", f"{v.name}.sort_by_key(|k| {key})")))


def _new_list(b: Body) -> Var:
    shape, name = list_of(b.writer.choose.pick(KEYS)), b.fresh()
    b.line(f"let mut {name} = {b.value(shape)} + {b.value(shape)}")
    b.let(name, shape, mutable=True)
    return b.writer.scope[-1]
