"""Random statements: bindings, changes of places, branches, loops, matches."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kayton.testing.generate_expressions import Writer
from kayton.testing.generate_patterns import arms
from kayton.testing.shapes import BOOL, F64, I64, SIMPLE, STR, Shape, Var, list_of, option, tuple_of

_OPERATORS = {"i64": ("+=", "-=", "*=", "&=", "|=", "^="), "f64": ("+=", "-=", "*=", "/="), "str": ("+=",)}


@attrs.define
class Body:
    """Writes the statements of a function. `result`: what the function returns, None at the top of the program."""

    writer: Writer
    result: Shape | None = None
    in_loop: bool = False
    in_closure: bool = False
    lines: list[str] = attrs.field(factory=list)
    indent: int = 1
    names: list[int] = attrs.field(factory=lambda: [0])
    """The number of the next new variable, shared by all blocks of the function."""

    def line(self, text: str) -> None:
        """Adds a line at the present indentation."""
        self.lines.append("    " * self.indent + text)

    def fresh(self) -> str:
        """A new variable's name; now and then one that hides another."""
        known = [v.name for v in self.writer.scope if v.name != "self"]
        if known and self.writer.choose.chance(10):
            return self.writer.choose.pick(known)
        self.names[0] += 1
        return f"v{self.names[0]}"

    def let(self, name: str, shape: Shape, mutable: bool = False) -> None:
        """Puts a variable in scope."""
        self.writer.scope.append(Var(name, shape, mutable))

    def block(self, count: int, *more: Var, in_loop: bool | None = None) -> None:
        """An indented block of statements with variables of its own."""
        outer, loop = list(self.writer.scope), self.in_loop
        self.writer.scope += more
        self.in_loop = loop if in_loop is None else in_loop
        self.indent += 1
        for _ in range(1 + self.writer.choose.below(count)):
            self.statement(count - 1)
        self.indent -= 1
        self.in_loop = loop
        self.writer.scope = outer

    def statement(self, room: int) -> None:
        """One statement; nested ones are shorter."""
        simple = (_let, _let, _let_mut, _print, _assign, _change, _change)
        nested = (
            _if, _for, _while, _match, _if_let, _loop, _tuple, _closure, _mut_call, _swap, _leave, _nested_fn, _while_let, _random,
            _swap_call,
        )
        ways = simple if room <= 0 else (*simple, *nested)
        self.writer.choose.pick(ways)(self, room)

    def value(self, shape: Shape) -> str:
        """An expression."""
        return self.writer.value(shape, 2)

    def mutable(self) -> list[Var]:
        """The variables that can be changed."""
        return [v for v in self.writer.visible() if v.mutable]


Way = Callable[[Body, int], None]


# ── bindings ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _let(b: Body, room: int) -> None:
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


def _let_mut(b: Body, room: int) -> None:
    shape = b.writer.any_shape()
    value = b.value(shape)
    name = b.fresh()
    annotation = f": {shape.text}" if b.writer.choose.chance(30) else ""
    b.line(f"let mut {name}{annotation} = {value}")
    b.let(name, shape, mutable=True)


def _tuple(b: Body, room: int) -> None:
    parts = (b.writer.any_shape(1), b.writer.choose.pick(SIMPLE))
    value = b.value(tuple_of(*parts))
    first, second = b.fresh(), b.fresh()
    if first == second:
        second += "b"
    b.line(f"let (mut {first}, {second}) = {value}")
    b.let(first, parts[0], mutable=True)
    b.let(second, parts[1])


def _nested_fn(b: Body, room: int) -> None:
    """A function in a block, which sees its parameters only."""
    if b.in_closure:
        _let(b, room)
        return
    taken, given = b.writer.choose.pick(SIMPLE), b.writer.any_shape(1)
    b.names[0] += 1
    name = f"h{b.names[0]}"
    inner = attrs.evolve(b.writer, scope=[Var("arg", taken)])
    b.line(f"fn {name}(arg): {inner.value(given, 2)}")
    b.let(name, Shape("fn", (taken, given)))


def _random(b: Body, room: int) -> None:
    """Numbers from a generator, and text from a builder."""
    b.names[0] += 1
    name = f"r{b.names[0]}"
    b.line(f"let mut {name} = Rng({b.value(I64)})")
    b.line(f"print({name}.next_i64(-5, 100), {name}.next_f64(), {name}.choice({b.value(list_of(I64))}))")
    b.line(f"let {name}b = Builder()")
    b.line(f"for part in {b.value(list_of(STR))}: {name}b.push(part)")
    b.line(f"print({name}b.build())")


def _swap_call(b: Body, room: int) -> None:
    """Two `mut` arguments of one call."""
    found = [(v, w) for v in b.mutable() for w in b.mutable() if v.name < w.name and v.shape == w.shape]
    if not found:
        _change(b, room)
        return
    v, w = b.writer.choose.pick(found)
    b.line(f"swap_both(mut {v.name}, mut {w.name})")


def _while_let(b: Body, room: int) -> None:
    """Takes items from a list until there are no more."""
    b.names[0] += 2
    name, item = f"n{b.names[0]}", f"v{b.names[0] - 1}"
    shape = b.writer.any_shape(1)
    b.line(f"let mut {name} = {b.value(list_of(shape))}")
    b.line(f"while let Some({item}) = {name}.pop():")
    b.block(room, Var(item, shape), in_loop=True)


def _closure(b: Body, room: int) -> None:
    """A closure with a suite, which may return early."""
    if b.in_closure:
        _let(b, room)
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


# ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _print(b: Body, room: int) -> None:
    shapes = [b.writer.any_shape(1) for _ in range(1 + b.writer.choose.below(2))]
    b.line(f"print({', '.join([b.value(s) for s in shapes])})")


def _assign(b: Body, room: int) -> None:
    found = b.mutable()
    if not found:
        _let_mut(b, room)
        return
    v = b.writer.choose.pick(found)
    operators = _OPERATORS.get(v.shape.name, ())
    if operators and b.writer.choose.chance(50):
        b.line(f"{v.name} {b.writer.choose.pick(operators)} {b.value(v.shape)}")
    else:
        b.line(f"{v.name} = {b.value(v.shape)}")


def _change(b: Body, room: int) -> None:
    """Changes a part of a value in its place."""
    places = [p for v in b.writer.visible() for p in _places(b, v.name, v.shape, v.mutable, 2)]
    if not places:
        _print(b, room)
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


_CHANGES: dict[str, Callable[[Body, str, Shape], str]] = {
    "List": _change_list, "Map": _change_map, "Set": _change_set, "Vec": _change_record,
}


def changes_of(shape: Shape) -> None:
    """Lets values of a type of the program be changed by its methods."""
    _CHANGES[shape.name] = _change_record


def _swap(b: Body, room: int) -> None:
    """Assigns to several places at once."""
    places = [p for v in b.mutable() for p in _places(b, v.name, v.shape, True, 1)]
    pairs = [(p, q) for p, shape in places for q, other in places if p < q and shape == other]
    if not pairs:
        _assign(b, room)
        return
    p, q = b.writer.choose.pick(pairs)
    b.line(f"({p}, {q}) = ({q}, {p})")


def _mut_call(b: Body, room: int) -> None:
    """A call of a function that changes its argument."""
    w = b.writer
    places = [p for v in w.visible() for p in _places(b, v.name, v.shape, v.mutable, 2)]
    changing = [r for r in w.known.routines if any(p.mutable for p in r.params)]
    found = [(r, place) for r in changing for place, shape in places if shape == r.params[0].shape]
    if not found or w.calls_left <= 0:
        _change(b, room)
        return
    w.calls_left -= 1
    routine, place = w.choose.pick(found)
    rest = w.arguments(routine.params[1:], 1)
    b.line(f"print({routine.name}(mut {place}{', ' if rest else ''}{rest}))")


# ── control flow ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _if(b: Body, room: int) -> None:
    b.line(f"if {b.value(BOOL)}:")
    b.block(room)
    if b.writer.choose.chance(40):
        b.line("else:")
        b.block(room)


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


def _while(b: Body, room: int) -> None:
    b.names[0] += 1
    counter = f"n{b.names[0]}"
    b.line(f"let mut {counter} = {b.writer.choose.below(4)}")
    b.line(f"while {counter} > 0 and {b.value(BOOL)}:")
    b.line(f"    {counter} -= 1")
    b.block(room, in_loop=True)


def _loop(b: Body, room: int) -> None:
    b.names[0] += 2
    counter, name, shape = f"n{b.names[0]}", f"v{b.names[0] - 1}", b.writer.choose.pick(SIMPLE)
    b.line(f"let mut {counter} = 0")
    b.line(f"let {name} = loop:")
    b.line(f"    {counter} += 1")
    b.line(f"    if {counter} > {b.writer.choose.below(3)}: break {b.value(shape)}")
    b.block(room, in_loop=False)
    b.let(name, shape)


def _if_let(b: Body, room: int) -> None:
    shape = b.writer.choose.pick(SIMPLE)
    value = b.value(option(shape))
    name = b.fresh()
    b.line(f"if let Some({name}) = {value}:")
    b.block(room, Var(name, shape))
    if b.writer.choose.chance(40):
        b.line("else:")
        b.block(room)


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
        _print(b, room)


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

