"""Random patterns of every kind for a value of a known type."""

from __future__ import annotations

from kayton.testing.generate_expressions import Writer
from kayton.testing.shapes import Shape, Var

Bound = list[Var]


def arms(w: Writer, shape: Shape) -> list[tuple[str, Bound]]:
    """Patterns with what they bind; the last one takes whatever is left."""
    found = [pattern(w, shape, 2) for _ in range(w.choose.below(4))]
    last = ("_", []) if w.choose.chance(50) else ("other", [Var("other", shape)])
    return [*[(text, bound) for text, bound in found if not _takes_all(text)], last]


def _takes_all(text: str) -> bool:
    return text.isidentifier() and not text[0].isupper()


def pattern(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    """A pattern for values of that type, and the variables that it binds."""
    c = w.choose
    if depth == 0 or c.chance(25):
        name = f"b{c.below(1000)}"
        return (name, [Var(name, shape)]) if c.chance(60) else ("_", [])
    make = _PATTERNS.get(shape.name, _of_program)
    text, bound = make(w, shape, depth - 1)
    if c.chance(10) and "|" not in text:
        name = f"w{c.below(1000)}"
        return f"{name} @ {text}", [*_distinct(bound), Var(name, shape)]
    return text, _distinct(bound)


def _distinct(bound: Bound) -> Bound:
    return list({v.name: v for v in bound}.values())


def _parts(w: Writer, shapes: tuple[Shape, ...], depth: int) -> tuple[list[str], Bound]:
    """Patterns for several values; a name that was bound already is replaced by `_`."""
    texts: list[str] = []
    bound: Bound = []
    for shape in shapes:
        text, more = pattern(w, shape, depth)
        if {v.name for v in more} & {v.name for v in bound}:
            text, more = "_", []
        texts.append(text)
        bound += more
    return texts, bound


def _number(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    return w.choose.pick(("0", "1", "-1", "2 | 3", "0..=9", "-5..0", "10..100")), []


def _float(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    return w.choose.pick(("0.0", "0.5", "1.0..2.0")), []


def _text(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    return w.choose.pick(('""', '"a"', '"a" | "kayton"')), []


def _bool(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    return w.choose.pick(("true", "false")), []


def _unit(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    return "()", []


def _tuple(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    texts, bound = _parts(w, shape.args, depth)
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})", bound


def _list(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    texts, bound = _parts(w, (shape.args[0],) * w.choose.below(3), depth)
    rest = w.choose.pick(("", "..", f"..r{w.choose.below(1000)}"))
    if len(rest) > 2:
        bound = [*bound, Var(rest[2:], shape)]
    return f"[{', '.join([*texts, rest] if rest else texts)}]", bound


def _option(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    if w.choose.chance(30):
        return "None", []
    text, bound = pattern(w, shape.args[0], depth)
    return f"Some({text})", bound


def _result(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    at = w.choose.below(2)
    text, bound = pattern(w, shape.args[at], depth)
    return f"{('Ok', 'Err')[at]}({text})", bound


def _of_program(w: Writer, shape: Shape, depth: int) -> tuple[str, Bound]:
    """A struct, class or variant; `_` for what cannot be taken apart."""
    record = w.known.records.get(shape.name)
    if record is not None:
        return _fields(w, record.name, record.fields, depth, named=True)
    enum = w.known.choices.get(shape.name)
    if enum is None:
        return "_", []
    case = w.choose.pick(enum.cases)
    if not case.fields:
        return case.name, []
    return _fields(w, case.name, case.fields, depth, named=case.named and w.choose.chance(50))


def _fields(w: Writer, name: str, fields: tuple, depth: int, *, named: bool) -> tuple[str, Bound]:
    texts, bound = _parts(w, tuple([f.shape for f in fields]), depth)
    if named:
        texts = [f"{f.name}={text}" for f, text in zip(fields, texts, strict=True)]
    return f"{name}({', '.join(texts)})", bound


_PATTERNS = {
    "i64": _number, "f64": _float, "str": _text, "bool": _bool, "()": _unit, "(,)": _tuple, "List": _list, "Option": _option,
    "Result": _result,
}
