"""Ways to values of each type: operators and built-in methods, as templates.

In a template `{i64}` stands for an expression of that type, `{T}` for one of the wanted type's argument, `{self}` for one of the
wanted type itself, and `{i64>T}` for a closure. What stands there is random again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kayton.testing.generate_expressions import GENERAL, WAYS, Writer, needing
from kayton.testing.prelude import CELL, DISC, EXPR, SQ, TREE, VEC, WORD
from kayton.testing.shapes import (
    BOOL,
    F64,
    I64,
    RANGE,
    SIMPLE,
    STR,
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

_HOLE = re.compile(r"\{(\w+)(?:>(\w+))?\}")
_WORD = re.compile(r"\w+")
_ANY = Shape("_", (I64, I64))

_SHAPES: dict[str, Callable[[Writer, Shape], Shape]] = {
    "i64": lambda w, s: I64,
    "f64": lambda w, s: F64,
    "bool": lambda w, s: BOOL,
    "str": lambda w, s: STR,
    "range": lambda w, s: RANGE,
    "self": lambda w, s: s,
    "T": lambda w, s: s.args[0],
    "V": lambda w, s: s.args[1],
    "ints": lambda w, s: list_of(I64),
    "words": lambda w, s: list_of(STR),
    "floats": lambda w, s: list_of(F64),
    "listT": lambda w, s: list_of(s.args[0]),
    "setT": lambda w, s: set_of(s.args[0]),
    "optT": lambda w, s: option(s.args[0]),
    "resT": lambda w, s: result(s.args[0]),
    "mapT": lambda w, s: map_of(I64, s.args[0]),
    "flags": lambda w, s: set_of(I64),
    "table": lambda w, s: map_of(STR, I64),
    "pair": lambda w, s: tuple_of(I64, STR),
    "maybe": lambda w, s: option(I64),
    "vec": lambda w, s: VEC,
    "vecs": lambda w, s: list_of(VEC),
    "cell": lambda w, s: CELL,
    "tree": lambda w, s: TREE,
    "sq": lambda w, s: SQ,
    "disc": lambda w, s: DISC,
    "expr": lambda w, s: EXPR,
    "exprs": lambda w, s: list_of(EXPR),
    "sayings": lambda w, s: list_of(WORD),
    "saying": lambda w, s: WORD,
    "step": lambda w, s: function(I64, I64),
    "boxed": lambda w, s: Shape("Box", (I64,)),
    "boxT": lambda w, s: Shape("Box", s.args[:1]),
    "nested": lambda w, s: map_of(STR, list_of(I64)),
}


def _template(text: str) -> Callable[[Writer, Shape, int], str]:
    """A way that fills the template's holes; `{i64>bool}` is a closure from one type to another."""

    def way(w: Writer, shape: Shape, depth: int) -> str:
        def fill(hole: re.Match[str]) -> str:
            first = _SHAPES[hole[1]](w, shape)
            if hole[2] is None:
                return w.value(first, depth)
            name = f"q{len(w.scope)}"
            return f"|{name}| {w.inside(Var(name, first)).value(_SHAPES[hole[2]](w, shape), depth)}"

        return _HOLE.sub(fill, text)

    shapes = [_SHAPES[name](None, _ANY) for hole in _HOLE.findall(text) for name in hole if name]
    return needing(way, *_WORD.findall(_HOLE.sub("", text)), *_WORD.findall(" ".join([s.text for s in shapes])))


def _comparison(w: Writer, shape: Shape, depth: int) -> str:
    op = w.choose.pick(("==", "!=", "<", "<=", ">", ">="))
    of = w.choose.pick(SIMPLE) if op not in ("==", "!=") else w.any_shape(1)
    if "fn" in of.text:
        of = I64
    return f"({w.value(of, depth)} {op} {w.value(of, depth)})"


def _interpolated(w: Writer, shape: Shape, depth: int) -> str:
    of = w.any_shape(1)
    shown = w.value(of, depth)
    shown = f"({shown})" if shown.startswith("{") else shown
    spec = _spec(w, of) if w.choose.chance(60) else ""
    return f'f"<{{{shown}{spec}}}>"'


def _spec(w: Writer, of: Shape) -> str:
    """A format spec that fits values of the type."""
    c = w.choose
    number = of.name in ("i64", "f64")
    align = c.pick(("", "<", ">", "^", "*<", "é^", "0>", "->"))
    sign = "+" if number and c.chance(20) else ""
    zero = "0" if number and not align and c.chance(20) else ""
    width = c.pick(("", "1", "6", "12")) or ("6" if zero else "")
    precision = c.pick(("", "", ".0", ".3")) if of.name in ("f64", "str") else ""
    kinds = {"i64": ("", "x", "X", "b", "o"), "f64": ("", "", "e")}
    kind = c.pick(kinds.get(of.name, ("",)))
    return f":{align}{sign}{zero}{width}{precision}{kind}"


def _comprehension(w: Writer, shape: Shape, depth: int) -> str:
    name = f"k{len(w.scope)}"
    inner = w.inside(Var(name, I64))
    condition = f" if {inner.value(BOOL, depth)}" if w.choose.chance(40) else ""
    source = w.value(w.choose.pick((RANGE, list_of(I64))), depth)
    clauses = f"for {name} in {source}{condition}"
    if w.choose.chance(25):
        again = f"{name}b"
        clauses += f" for {again} in 0..{w.choose.below(3)}"
        inner = inner.inside(Var(again, I64))
    if shape.name == "Map":
        return f"{{{inner.value(shape.args[0], depth)}: {inner.value(shape.args[1], depth)} {clauses}}}"
    value = inner.value(shape.args[0], depth)
    return f"[{value} {clauses}]" if shape.name == "List" else f"{{{value} {clauses}}}"


def _other_record(w: Writer, shape: Shape, depth: int) -> str:
    """A struct `with` another field."""
    record = w.known.records.get(shape.name)
    if record is None or record.kind != "struct" or not record.fields:
        return w.plain(shape, depth)
    field = w.choose.pick(record.fields)
    return f"{w.value(shape, depth)}.with({field.name}={w.value(field.shape, depth)})"


def _templates(*texts: str) -> tuple[Callable[[Writer, Shape, int], str], ...]:
    return tuple([_template(text) for text in texts])


WAYS["i64"] = _templates(
    "({i64} + {i64})", "({i64} - {i64})", "({i64} * {i64})", "({i64} // ({i64} | 1))", "({i64} % ({i64} | 1))", "({i64} & {i64})",
    "({i64} | {i64})", "({i64} ^ {i64})", "({i64} >> ({i64} & 7))", "(~{i64})", "(({i64} & 7) ** 3)", "{words}.len()",
    "{str}.len()",
    "{ints}.sum(0)", "{ints}.len()", "({i64}).signum()", "({i64}).min({i64})", "max({i64}, {i64})", "({i64}).wrapping_mul({i64})",
    "{table}.get_or({str}, {i64})", "{ints}.count({i64>bool})", "{str}.find({str}).unwrap_or(-1)", "{range}.len()", "i64({bool})",
    "{ints}.fold(0, |x, y| x ^ y)", "{str}.parse_i64().unwrap_or({i64})", "{flags}.len()", "{ints}.max().unwrap_or({i64})",
    "({vec} + {vec}).x", "{vec}[{i64} & 1]", "{tree}.total()", "Count({i64} & 3).fold(0, |s, n| s ^ n)", "Bag({ints}).sum(0)",
    "gcd({i64}, {i64} & 255)", "{cell}.bump()", "{cell}.chain()", "{vecs}.map({vec>i64}).len()", "{vecs}.sorted().len()",
    "({sq}).area()", "({sq}).volume(times={i64})", "larger({sq}, {sq}).side", "({disc}).volume()", "({str}).area()", "({disc}).r",
    "{boxed}.map({i64>i64}).item", "boxed({i64}).unbox()", "adder({i64})({i64})", "composed({step}, adder({i64}))({i64})",
    "applied({step}, times={i64} & 3)({i64})", "Op(\"x\", {step}).twice({i64})", "{expr}.eval().unwrap_or({i64})",
    "ring_of({i64} & 3, {i64}).walk({i64} & 7)", "{ints}.windows(2).len()", "{ints}.chunks(({i64} & 1) + 1).len()",
    "{ints}.zip({words}).len()", "{ints}.reduce(|x, y| x ^ y).unwrap_or({i64})", "{table}.items().len()",
    "({i64}).count_ones()", "({i64}).leading_zeros()", "({i64}).checked_add({i64}).unwrap_or({i64})",
    "({i64}).wrapping_add({i64})", "{nested}.values().flatten().sum(0)", "{str}.bytes().len()", "{str}.chars().len()",
    "{words}.index_of({str}).unwrap_or(-1)", "{sayings}.max().map(|w| w.text.len()).unwrap_or(0)",
    "(-({i64} >> 1))", "{pair}.0", "{maybe}.map({i64>i64}).unwrap_or(0)", "{range}.sum(0)",
)
WAYS["f64"] = _templates(
    "({f64} + {f64})", "({f64} - {f64})", "({f64} * {f64})", "({f64} / {f64})", "({i64} / ({i64} | 1))", "({f64}).floor()",
    "({f64} + {i64})", "({f64} % {f64})", "({f64} // {f64})", "({f64}).abs()", "f64({i64})", "{floats}.sum(0.0)", "(-{f64})",
    "({f64}).max({f64})", "({f64}).round()", "({f64}).trunc()", "{str}.parse_f64().unwrap_or(0.25)",
)
WAYS["bool"] = (
    _comparison, _comparison,
    *_templates(
        "({saying} == {saying})", "({saying} < {saying})", "({saying} in {sayings})", "({expr} == {expr})", "({boxed} == {boxed})",
        "({i64}).checked_mul({i64}).is_none()", "{expr}.eval().is_err()", "({ints} < {ints})", "({pair} < {pair})",
        "{str}.ends_with({str})", "({nested} == {nested})", "{words}.to_set().is_subset({words}.to_set())",
        "({vec} < {vec})", "({cell} is {cell})", "({vec} in {vecs})", "({cell} == {cell})",
        "({bool} and {bool})", "({bool} or {bool})", "(not {bool})", "({i64} in {ints})", "({str} in {table})", "({str} in {str})",
        "({i64} in {range})", "({i64} in {flags})", "{ints}.any({i64>bool})", "{ints}.all({i64>bool})", "{str}.is_empty()",
        "{str}.starts_with({str})", "{ints}.contains({i64})", "{flags}.is_subset({flags})", "{maybe}.is_some()",
        "{words}.is_empty()", "({f64}).is_nan()", "{table}.contains({str})", "{str}.parse_i64().is_ok()",
    ),
)
WAYS["str"] = (
    _interpolated, _interpolated,
    *_templates(
        "({sq}).describe()", "({disc}).describe(unit={str})", "measured({disc})", "measured(same({sq}))", "measured({str})",
        "str({expr})", "str({exprs})", "str({sayings}.sorted())", "str(boxed({str}))", "type_name({boxed})", "str({nested})",
        "{words}.map(|w| w.reversed()).join(\"-\")", "{str}.split(\",\").join(\"|\")", "{str}.chars().join(\"·\")",
        "{str}.pad_end({i64} & 7, \"é\")", "chr(97 + ({i64} & 7))", "{str}.split_whitespace().join(\"_\")", "str({str}.lines())",
        "(|t| t[..t.len() // 2] + t[t.len() // 2..])({str})", "str({expr}.eval())", "{words}.sorted_by_key(|w| w.len()).join(\" \")",
        "str({nested}.items())", "str({words}.enumerate())", "dump({nested})",
        "({i64}).title()", "{str}.title()", "titled(same({str}))", "titled({i64})", "dump({ints})", "dump({table})",
        "str({vecs})", "str(parse(\"[1, 2.5]\"))",
        "({str} + {str})", "{str}.to_upper()", "{str}.reversed()", "{str}.trim()", "{words}.join({str})", "{str}.repeat({i64} & 3)",
        "str({i64})", "str({words})", "{str}.replace(\"a\", {str})", "{str}.pad_start({i64} & 7, \"*\")",
        "{str}[..({str}.len() & 1)]",
        "type_name({i64})", "{words}.first().unwrap_or({str})", "{pair}.1", "{words}.fold(\"\", |x, y| x + y)",
    ),
)
WAYS["List"] = (
    _comprehension,
    *_templates(
        "({self} + {self})", "{self}.reversed()", "{self}.take({i64} & 3)", "{self}.skip({i64} & 3)", "{self}.filter({T>bool})",
        "{ints}.map({i64>T})", "{optT}.map({T>self}).unwrap_or({self})", "{mapT}.values()", "{self}[..]", "[{T}, {T}]",
        "{range}.map({i64>T})", "{self}.flat_map({T>self})", "{words}.map({str>T})",
        "Count({i64} & 3).map({i64>T})", "Bag({ints}).map({i64>T})", "{self}.sorted_by_key({T>i64})",
        "{self}.sorted_by_key({T>str})",
        "[{T}; {i64} & 1]", "{self}[({i64} & 1)..]",
    ),
)
WAYS["Set"] = (
    _comprehension,
    *_templates("{self}.union({self})", "{self}.intersection({self})", "{self}.difference({self})", "{listT}.to_set()"),
)
WAYS["Vec"] = _templates(
    "({vec} + {vec})", "({vec} - {vec})", "({vec} * {i64})", "(-{vec})", "{vec}.with(x={i64})", "max({vec}, {vec})",
    "{vecs}.max().unwrap_or({vec})",
)
WAYS["Box"] = _templates(
    "Box({T})", "boxed({T})", "Box({T}, seen={i64})", "{self}.map({T>T})", "{self}.with(item={T})", "Box(item={T}, seen=2)",
)
WAYS["Expr"] = _templates("All({exprs})", "Neg({expr})", "Num({i64} & 1023)", "Div({expr}, {expr})", "Expr.Div(right={expr}, left={expr})")
WAYS["Tree"] = _templates("{tree}.insert({i64})", "{ints}.fold({tree}, |t, n| t.insert(n))")
WAYS["Map"] = (_comprehension,)
WAYS["Option"] = _templates(
    "{listT}.first()", "{listT}.last()", "{mapT}.get({i64})", "{self}.and_then({T>self})", "{ints}.map({i64>T}).last()",
    "Some({T})",
    "{self}.map({T>T})",
)
WAYS["Result"] = _templates("{optT}.ok_or({str})", "{self}.map({T>T})", "{self}.and_then({T>self})", "{self}.map_err({str>str})")
WAYS["Range"] = _templates("(({i64} & 3)..({i64} & 7))", "{range}.rev()", "{range}.step_by(({i64} & 1) + 1)")

GENERAL += _templates("chosen({bool}, {self}, {self})", "through({self})", "told({self})")
for _name, _more in {
    "i64": ("bits({i64} & 255 | 1)", "bits(1, {i64} & 7)", "cube({i64})", "cube(11)", "mixed({ints})", "({i64}).weight()", "({str}).twice_weight()",
            "heavier({i64}, {i64})", "load({words})", "nth({ints}, {i64} & 7).unwrap_or(-1)"),
    "str": ("dashes({i64})", "dashes(3)", "heavier({str}, {str})", "str(load({ints}))", "str(sent({vecs}, |v| v.x))"),
    "List": ("sent({ints}, {i64>T})", "sent({self}, {T>T})", "sent({words}, {str>T})"),
    "Option": ("nth({listT}, {i64} & 7)",),
}.items():
    WAYS[_name] += _templates(*_more)


def ways_for(shape: Shape) -> None:
    """Lets values of a type of the program be made from others of that type."""
    WAYS.setdefault(shape.name, (_other_record,))

