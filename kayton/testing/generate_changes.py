"""Random statements that change variables, and parts of values in their places."""

from __future__ import annotations

from collections.abc import Callable

from kayton.testing.generate_body import Body, nested, simple, with_parts
from kayton.testing.generate_statements import let_mut, print_some
from kayton.testing.shapes import I64, SIMPLE, Shape

_OPERATORS = {"i64": ("+=", "-=", "*=", "&=", "|=", "^="), "f64": ("+=", "-=", "*=", "/="), "str": ("+=",)}


@simple
def _assign(b: Body, room: int) -> None:
    found = b.mutable()
    if not found:
        let_mut(b, room)
        return
    v = b.writer.choose.pick(found)
    operators = _OPERATORS.get(v.shape.name, ())
    if operators and b.writer.choose.chance(50):
        b.line(f"{v.name} {b.writer.choose.pick(operators)} {b.value(v.shape)}")
    else:
        b.line(f"{v.name} = {b.value(v.shape)}")


@simple
def change(b: Body, room: int) -> None:
    """Changes a part of a value in its place."""
    places = [p for v in b.writer.visible() for p in _places(b, v.name, v.shape, v.mutable, 2)]
    if not places:
        print_some(b, room)
        return
    place, shape = b.writer.choose.pick(places)
    b.line(_CHANGES.get(shape.name, _store)(b, place, shape))


def _places(b: Body, place: str, shape: Shape, mutable: bool, depth: int) -> list[tuple[str, Shape]]:
    """The places in a variable that can be changed: itself, and parts of it that are sure to be there, or nearly so."""
    found = [(place, shape)] if mutable else []
    if depth == 0:
        return found
    record = b.writer.known.records.get(shape.name)
    if record is not None:
        if record.name == "Vec" and mutable:
            found.append((f"{place}[{b.writer.choose.below(2)}]", I64))
        for f in record.fields:
            found += _places(b, f"{place}.{f.name}", f.shape, mutable or record.kind == "class", depth - 1)
    elif shape.name == "(,)":
        for i, part in enumerate(shape.args):
            found += _places(b, f"{place}.{i}", part, mutable, depth - 1)
    elif shape.name == "List" and b.writer.risk and b.writer.choose.below(4) == 3:
        index = b.writer.choose.pick(("0", "1", "note(0)"))
        found += _places(b, f"{place}[{index}]", shape.args[0], mutable, depth - 1)
    elif shape.name == "Map" and b.writer.risk and b.writer.choose.below(4) == 3:
        key = b.writer.plain(shape.args[0], 0)
        found += _places(b, f"{place}[{key}]", shape.args[1], mutable, depth - 1)
    return found


def _store(b: Body, place: str, shape: Shape) -> str:
    operators = _OPERATORS.get(shape.name, ())
    if operators and b.writer.choose.chance(50):
        return f"{place} {b.writer.choose.pick(operators)} {b.value(shape)}"
    return f"{place} = {b.value(shape)}"


def _change_list(b: Body, place: str, shape: Shape) -> str:
    item = shape.args[0]
    ways = [
        f"{place}.push({b.value(item)})", f"{place}.extend({b.value(shape)})", f"{place}.reverse()", f"print({place}.pop())",
        f"{place}.truncate({b.value(I64)} & 3)", f"{place}.insert({place}.len(), {b.value(item)})", f"{place} += {b.value(shape)}",
    ]
    if b.writer.risk:
        ways += [f"{place}[0] = {b.value(item)}", f"print({place}.remove(0))", f"{place}.swap(0, 1)"]
    if item in SIMPLE:
        ways.append(f"{place}.sort()")
    return b.writer.choose.pick(ways)


def _change_map(b: Body, place: str, shape: Shape) -> str:
    key, value = shape.args
    ways = [
        f"{place}[{b.value(key)}] = {b.value(value)}", f"print({place}.remove({b.value(key)}))",
        f"print({place}.insert({b.value(key)}, {b.value(value)}))", f"{place}.merge({b.value(shape)})",
        f"{place}.update({b.value(key)}, {b.value(value)}, |old| old)",
    ]
    return b.writer.choose.pick(ways)


def _change_set(b: Body, place: str, shape: Shape) -> str:
    item = b.value(shape.args[0])
    return b.writer.choose.pick((f"print({place}.add({item}))", f"print({place}.remove({item}))"))


def _change_record(b: Body, place: str, shape: Shape) -> str:
    """A field, or a method that changes `self`."""
    record = b.writer.known.records.get(shape.name)
    changing = [m for m in record.methods if m.changes] if record else []
    if changing and b.writer.choose.chance(60):
        method = b.writer.choose.pick(changing)
        return f"print({place}.{method.name}({b.writer.arguments(method.params, 1)}))"
    return f"{place} = {b.value(shape)}"


def _change_box(b: Body, place: str, shape: Shape) -> str:
    item = b.value(shape.args[0])
    if place.isidentifier():
        return b.writer.choose.pick((f"print({place}.swap({item}))", f"{place} = kept_in(mut {place}, {item})", f"{place}.item = {item}"))
    return f"print({place}.swap({item}))"


def _change_expr(b: Body, place: str, shape: Shape) -> str:
    return f"{place}.double()" if b.writer.choose.chance(40) else f"{place} = {b.value(shape)}"


_CHANGES: dict[str, Callable[[Body, str, Shape], str]] = {
    "List": _change_list, "Map": _change_map, "Set": _change_set, "Vec": _change_record,
    "Box": _change_box, "Expr": _change_expr,
}


def changes_of(shape: Shape) -> None:
    """Lets values of a type of the program be changed by its methods."""
    _CHANGES[shape.name] = _change_record


@nested
def _swap(b: Body, room: int) -> None:
    """Assigns to several places at once."""
    places = [p for v in b.mutable() for p in _places(b, v.name, v.shape, True, 1)]
    pairs = [(p, q) for p, shape in places for q, other in places if p < q and shape == other]
    if not pairs:
        _assign(b, room)
        return
    p, q = b.writer.choose.pick(pairs)
    b.line(f"({p}, {q}) = ({q}, {p})")


@nested
def _mut_call(b: Body, room: int) -> None:
    """A call of a function that changes its argument."""
    w = b.writer
    places = [p for v in w.visible() for p in _places(b, v.name, v.shape, v.mutable, 2)]
    changing = [r for r in w.known.routines if any(p.mutable for p in r.params)]
    found = [(r, place) for r in changing for place, shape in places if shape == r.params[0].shape]
    if not found or w.calls_left <= 0:
        change(b, room)
        return
    w.calls_left -= 1
    routine, place = w.choose.pick(found)
    rest = w.arguments(routine.params[1:], 1)
    b.line(f"print({routine.name}(mut {place}{', ' if rest else ''}{rest}))")


@nested
@with_parts("swap_both")
def _swap_call(b: Body, room: int) -> None:
    """Two `mut` arguments of one call: two variables of a type, the second one made for it where there is none."""
    found = [(v, w) for v in b.mutable() for w in b.mutable() if v.name < w.name and v.shape == w.shape]
    if not found and b.mutable():
        v = b.writer.choose.pick(b.mutable())
        b.names[0] += 1
        b.line(f"let mut s{b.names[0]} = {b.value(v.shape)}")
        b.let(f"s{b.names[0]}", v.shape, mutable=True)
        found = [(v, b.writer.scope[-1])]
    if not found:
        change(b, room)
        return
    v, w = b.writer.choose.pick(found)
    b.line(f"swap_both(mut {v.name}, mut {w.name})")
