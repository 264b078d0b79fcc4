"""Random expressions of a wanted type."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from kayton.testing.choices import Choices
from kayton.testing.prelude import naming
from kayton.testing.shapes import (
    BOOL,
    I64,
    KEYS,
    RANGE,
    SIMPLE,
    STR,
    Known,
    Parameter,
    Routine,
    Shape,
    Var,
    function,
    list_of,
    map_of,
    option,
    result,
    set_of,
    tuple_of,
)

_WORDS = ('""', '"a"', '"kayton"', '"é日😀"', '"x,y,,z"', '" 12 "', '"-7"', '"line\\nline"')
_NUMBERS = ("0", "1", "2", "3", "-1", "7", "10", "100", "-5", "63", "4611686018427387904", "9223372036854775807")
_WORD = re.compile(r"\w+")
_FLOATS = ("0.0", "1.0", "0.5", "-2.5", "1e10", "0.1", "1e300", "-0.0", "3.75", "1e-9")


@attrs.define
class Writer:
    """Writes expressions where these variables are in scope. `risk`: how often, of a hundred, one that may fail at run time."""

    choose: Choices
    known: Known
    scope: list[Var] = attrs.field(factory=list)
    risk: int = 2
    calls_left: int = 40
    """Calls of the program's own functions that may still be written: they multiply."""

    def inside(self, *more: Var) -> Writer:
        """A writer for a closure: what it captures cannot be changed."""
        captured = [attrs.evolve(v, mutable=False) for v in self.scope]
        return attrs.evolve(self, scope=[*captured, *more])

    def variables(self, shape: Shape) -> list[str]:
        """The expressions that are a variable, or a part of one, of that type."""
        found = [v.name for v in self.visible() if v.shape == shape]
        for v in self.visible():
            record = self.known.records.get(v.shape.name)
            if record is not None:
                found += [f"{v.name}.{f.name}" for f in record.fields if f.shape == shape]
            elif v.shape.name == "(,)":
                found += [f"{v.name}.{i}" for i, part in enumerate(v.shape.args) if part == shape]
        return found

    def visible(self) -> list[Var]:
        """The variables in scope, without those that a later one of the same name hides."""
        return list({v.name: v for v in [*self.known.constants, *self.scope]}.values())

    # ── any type ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def any_shape(self, depth: int = 2) -> Shape:
        """A type."""
        c = self.choose
        simple = [*SIMPLE, *SIMPLE, *[r.shape for r in self.known.records.values()], *[e.shape for e in self.known.choices.values()]]
        if depth == 0 or c.below(3) == 0:
            return c.pick(simple)
        item = self.any_shape(depth - 1)
        key = c.pick(KEYS)
        return c.pick(
            (list_of(item), option(item), tuple_of(item, c.pick(SIMPLE)), map_of(key, item), set_of(key), result(item), RANGE,
             function(c.pick(SIMPLE), item))
        )

    def value(self, shape: Shape, depth: int = 3) -> str:
        """An expression of that type."""
        c = self.choose
        if self.risk and c.chance(self.risk):
            return self.failing(shape, depth)
        known = self.variables(shape)
        way = c.below(10)
        if known and way < 4:
            return c.pick(known)
        if depth <= 0 or way < 5:
            return self.plain(shape, depth)
        ways = [*self._general(shape), *GENERAL, *WAYS.get(shape.name, ())]
        return c.pick([w for w in ways if needs(w) <= self.known.parts])(self, shape, depth - 1)

    def plain(self, shape: Shape, depth: int) -> str:
        """A literal or construction."""
        return _PLAIN.get(shape.name, _construction)(self, shape, max(depth - 1, 0))

    def dynamic(self, shape: Shape, depth: int) -> str:
        """A value whose type cannot be known before run time."""
        return f"same({self.value(shape, depth - 1)})"

    def failing(self, shape: Shape, depth: int) -> str:
        """An expression that ends the program, or would if it were reached with other values."""
        c = self.choose
        other = c.pick([s for s in (I64, STR, BOOL) if s != shape])
        fill = {
            "other": self.plain(other, 0), "n": self.plain(I64, 0), "v": self.plain(shape, 0), "some": self.plain(option(shape), 0),
            "whole": self.plain(shape, 1),
        }
        return c.pick([f for f in FAILURES if naming(_WORD.findall(f)) <= self.known.parts]).format(**fill)

    def _general(self, shape: Shape) -> list[Callable[[Writer, Shape, int], str]]:
        """Ways to any type."""
        ways = [_conditional, _from_list, Writer.dynamic, _from_option, _applied, _folded, _noted, _early]
        if self.calls_left > 0 and self._routines(shape):
            ways += [_called, _called]
        return ways

    def _routines(self, shape: Shape) -> list[Routine]:
        return [r for r in self.known.routines if r.result == shape and not any(p.mutable for p in r.params)]

    def arguments(self, params: tuple[Parameter, ...], depth: int) -> str:
        """Arguments for these parameters: by position, by keyword, or left out."""
        c = self.choose
        given: list[str] = []
        named: list[str] = []
        keywords = False
        for p in params:
            if p.default is not None and c.chance(40):
                keywords = True
                continue
            keywords = keywords or c.chance(15)
            value = self.value(p.shape, depth)
            if keywords:
                named.append(f"{p.name}={value}")
            else:
                given.append(value)
        return ", ".join([*given, *(named[::-1] if c.chance(30) else named)])

    def call(self, routine: Routine, depth: int) -> str:
        """A call of a function that takes no `mut` arguments; fuel is given sparingly."""
        self.calls_left -= 1
        params = routine.params
        if not routine.fuel:
            return f"{routine.name}({self.arguments(params, depth)})"
        rest = self.arguments(params[1:], depth)
        return f"{routine.name}({self.choose.below(4)}{', ' if rest else ''}{rest})"


def _called(w: Writer, shape: Shape, depth: int) -> str:
    return w.call(w.choose.pick(w._routines(shape)), depth)


def _conditional(w: Writer, shape: Shape, depth: int) -> str:
    return f"(if {w.value(BOOL, depth)}: {w.value(shape, depth)} else: {w.value(shape, depth)})"


def _noted(w: Writer, shape: Shape, depth: int) -> str:
    """A value that is printed when it is computed, so that the order of evaluation shows."""
    return f"note({w.value(shape, depth)})"


def _early(w: Writer, shape: Shape, depth: int) -> str:
    """A closure that may be left by `?`."""
    of = w.choose.pick((option, result))(shape)
    name = f"p{len(w.scope)}"
    back = "Some" if of.name == "Option" else "Ok"
    return f"(|{name}| {back}({name}?))({w.value(of, depth)}).unwrap_or({w.value(shape, depth)})"


def _from_list(w: Writer, shape: Shape, depth: int) -> str:
    items = ", ".join([w.value(shape, depth) for _ in range(1 + w.choose.below(3))])
    return f"[{items}][{w.choose.below(2) if w.risk and ',' in items else 0}]"


def _from_option(w: Writer, shape: Shape, depth: int) -> str:
    of = w.choose.pick((option, result))(shape)
    return f"{w.value(of, depth)}.unwrap_or({w.value(shape, depth)})"


def _applied(w: Writer, shape: Shape, depth: int) -> str:
    """A closure that is called where it is made."""
    taken = w.choose.pick(SIMPLE)
    name = f"p{len(w.scope)}"
    body = w.inside(Var(name, taken)).value(shape, depth)
    return f"(|{name}| {body})({w.value(taken, depth)})"


def _folded(w: Writer, shape: Shape, depth: int) -> str:
    so_far, item = f"acc{len(w.scope)}", f"it{len(w.scope)}"
    body = w.inside(Var(so_far, shape), Var(item, I64)).value(shape, depth)
    return f"{w.value(list_of(I64), depth)}.fold({w.value(shape, depth)}, |{so_far}, {item}| {body})"


# ── literals and constructions ─────────────────────────────────────────────────────────────────────────────────────────


def _several(w: Writer, shape: Shape, depth: int, most: int = 3) -> str:
    return ", ".join([w.value(shape, depth) for _ in range(w.choose.below(most + 1))])


def _closure(w: Writer, shape: Shape, depth: int) -> str:
    names = [f"p{len(w.scope)}_{i}" for i in range(len(shape.args) - 1)]
    inner = w.inside(*[Var(n, s) for n, s in zip(names, shape.args, strict=False)])
    return f"(|{', '.join(names)}| {inner.value(shape.args[-1], depth)})"


def _set(w: Writer, shape: Shape, depth: int) -> str:
    members = _several(w, shape.args[0], depth)
    return f"{{{members}}}" if members else "Set()"


def _map(w: Writer, shape: Shape, depth: int) -> str:
    key, value = shape.args
    entries = [f"{w.value(key, depth)}: {w.value(value, depth)}" for _ in range(w.choose.below(3))]
    return f"{{{', '.join(entries)}}}"


def _list(w: Writer, shape: Shape, depth: int) -> str:
    if depth and w.choose.below(8) == 7:
        return f"[{w.value(shape.args[0], depth)}; {w.choose.below(4)}]"
    return f"[{_several(w, shape.args[0], depth)}]"


def _option(w: Writer, shape: Shape, depth: int) -> str:
    return "None" if w.choose.chance(30) else f"Some({w.value(shape.args[0], depth)})"


def _result(w: Writer, shape: Shape, depth: int) -> str:
    if w.choose.chance(30):
        return f"Err({w.value(STR, depth)})"
    return f"Ok({w.value(shape.args[0], depth)})"


def _tuple(w: Writer, shape: Shape, depth: int) -> str:
    return f"({', '.join([w.value(s, depth) for s in shape.args])})"


def _construction(w: Writer, shape: Shape, depth: int) -> str:
    record = w.known.records.get(shape.name)
    if record is not None:
        return f"{record.name}({w.arguments(record.fields, depth - 1)})"
    enum = w.known.choices[shape.name]
    case = w.choose.pick(enum.cases if depth else enum.cases[:1])
    name = f"{enum.name}.{case.name}" if w.choose.chance(30) else case.name
    if not case.fields:
        return name
    if case.named:
        return f"{name}({w.arguments(case.fields, depth - 1)})"
    return f"{name}({', '.join([w.value(f.shape, depth - 1) for f in case.fields])})"


_PLAIN: dict[str, Callable[[Writer, Shape, int], str]] = {
    "i64": lambda w, s, d: w.choose.pick(_NUMBERS[: 9 if d else 6] if w.choose.below(8) else _NUMBERS),
    "f64": lambda w, s, d: w.choose.pick(_FLOATS),
    "bool": lambda w, s, d: w.choose.pick(("true", "false")),
    "str": lambda w, s, d: w.choose.pick(_WORDS),
    "()": lambda w, s, d: "()",
    "Range": lambda w, s, d: f"({w.choose.below(4)}..{w.choose.below(7)})",
    "List": _list,
    "Map": _map,
    "Set": _set,
    "Option": _option,
    "Result": _result,
    "(,)": _tuple,
    "fn": _closure,
    "Box": lambda w, s, d: f"Box({w.value(s.args[0], d)})",
}

FAILURES = (
    "same({other})", "same([{v}])[{n}]", "same({some}).unwrap()", "same({{1: {v}}})[{n}]", 'panic(f"stop {{{other}}}")',
    "same({other}).missing", "same({other}).missing({n})", "same({other})({n})", "same({n} // same({n}))", "same(|a, b| {v})({n})",
    "same([{v}; same({n})])[0]", "[{v}][same({n})..same({n})][0]", "(if same({other}): {v} else: {v})", "(|x: Vec| {v})(same({other}))",
    "(if same({v}) < same({other}): {v} else: {v})", "(if 1 ** same({n}) == 2 ** same({n}): {v} else: {v})",
    "(if 1 << same({n}) > 0: {v} else: {v})", "(if 4611686018427387904 * same({n}) > 0: {v} else: {v})",
    "(if assert({n} > 1) == (): {v} else: {v})", "(if assert({n} < 1, str({other})) == (): {v} else: {v})",
    "same({some}).expect(str({other}))", 'same(Err({other})).unwrap()', "same([]).map(|x| {v}).reduce(|x, y| x).unwrap()",
    "(if [same({n}), same({other})].sum() == 0: {v} else: {v})", '(if str({n}).repeat(same({n})) == "": {v} else: {v})',
    "(if chr(same({n})) == \"a\": {v} else: {v})", '(if "ab".ord() == {n}: {v} else: {v})', '(if "a,b".split("").len() == {n}: {v} else: {v})',
    "same({{same({v}): {v}}})[{other}]", "(if same({other}) in same({n}): {v} else: {v})", "(if (-same({other})) == {n}: {v} else: {v})",
    "same((1, {v}))[{n}]", "same({other}).with(x={v})", "[{v}].chunks(same({n}))[0][0]", "[{v}].take(same({n}))[0]",
    "(if i64(same(1e300)) == {n}: {v} else: {v})", '(if same({other}).len() == {n}: {v} else: {v})', "same(Vec({n})).x.y",
    "(|x: i64| {v})(same({other}))", "[{v} for i in same({other})][0]", "(if same(|x| x) == same(|x| x): {v} else: {v})",
    "[{whole}, {v}].sorted()[0]", "same({n}).sorted_by(|a| a)", "(if same({n}) is same({other}): {v} else: {v})",
    '(if f"{{same({other}):.2e}}" == "": {v} else: {v})',
)
"""Ways to fail at run time, or not, as it happens: templates in which `{v}` stands for a value of the wanted type."""

Way = Callable[[Writer, Shape, int], str]
WAYS: dict[str, tuple[Way, ...]] = {}
"""Ways to values of one type, filled by `generate_operations`."""
GENERAL: list[Way] = []
"""Ways to values of any type, filled there, too."""
_NEEDS: dict[Way, frozenset[str]] = {}


def needs(way: Callable) -> frozenset[str]:
    """The definitions without which a way to an expression or statement cannot be taken."""
    return _NEEDS.get(way, frozenset())


def needing(way: Callable, *words: str) -> Callable:
    """Notes that a way needs what these words name."""
    _NEEDS[way] = naming(words)
    return way
