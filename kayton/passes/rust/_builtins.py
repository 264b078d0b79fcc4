"""Built-in functions, methods and operators as calls of the run-time library (rt-crate/crates/kayton-rt)."""

from __future__ import annotations

from collections.abc import Callable

from kayton.ir.builtins import native_called
from kayton.ir.core import Absent
from kayton.ir.lent import Borrow, Share
from kayton.ir.mono import Builtin, Direct, Get, Make, MonoFn
from kayton.ir.node import Node
from kayton.ir.resolved import Local, MutArg
from kayton.ir.surface import Expr, UnitLit
from kayton.ir.types import BOOL, F64, I64, NUMBERS, RANGE, STR, UNIT, read_type
from kayton.passes.rust._body import Body
from kayton.passes.rust._boxing import makes_plain
from kayton.passes.rust._code import BLOCK, COMPARE, UNARY, Code, head
from kayton.passes.rust._expressions import as_f64, captured_value, referred, text_parts, variant_path
from kayton.passes.rust._fields import changed, lent_fields, step_into
from kayton.passes.rust._places import mut_argument

Write = Callable[[Body, Builtin], Code]


def _kind(b: Body, e: Builtin) -> str:
    return "value" if b.is_copy(read_type(e.type)) else "own"


def _receiver(b: Body, a: Node) -> str:
    """What stands before the dot; a place is borrowed by the call."""
    if isinstance(a, MutArg):
        text = mut_argument(b, a)
        return text.removeprefix("&mut ").removeprefix("*")
    return b.code(a).receiver()


def method(name: str, *, at: bool = True) -> Write:
    """A method call."""

    def write(b: Body, e: Builtin) -> Code:
        first, *rest = e.args
        given = [b.text(a) for a in rest]
        if isinstance(first, Expr) and b.type_of(first) in NUMBERS and not _is_typed(b, first):  # Rust may not know yet which
            return Code(f"{b.type_of(first)}::{name}({', '.join([b.text(first), *given])})", _kind(b, e))
        return Code(f"{_receiver(b, first)}.{name}({', '.join([*given, *([b.at(e)] if at else [])])})", _kind(b, e))

    return write


def _is_typed(b: Body, e: Node) -> bool:
    """Whether Rust knows an expression's type without looking at what is around it. A loop's variable may be any kind of integer."""
    if isinstance(e, Get):
        return not isinstance(e.value, Make) and _is_typed(b, e.value)
    return isinstance(e, Direct) or (isinstance(e, Local) and b.type_of(e) != I64)


def function(name: str, *, at: bool = True) -> Write:
    """A call of a function of the library."""

    def write(b: Body, e: Builtin) -> Code:
        given = [b.text(a) for a in e.args]
        return Code(f"rt::{name}({', '.join([*given, *([b.at(e)] if at else [])])})", _kind(b, e))

    return write


def referring(name: str) -> Write:
    """A method that gives a reference to a part of its receiver."""

    def write(b: Body, e: Builtin) -> Code:
        first, *rest = e.args
        text = f"{b.whole(first).receiver()}.{name}({', '.join([*map(b.text, rest), b.at(e)])})"
        return referred(b, text, read_type(e.type), "view" if b.unit.types.is_boxed(b.type_of(first)) else "ref")

    return write


def _infix(symbol: str, strength: int) -> Write:
    return lambda b, e: Code(f"{b.value(e.args[0], strength)} {symbol} {b.value(e.args[1], strength + 1)}", "value", strength)


def _compare(symbol: str, named: str) -> Write:
    """`==`, `<` …: Rust's own on scalars and strings, else the library's."""

    def write(b: Body, e: Builtin) -> Code:
        left, right = e.args
        t = b.type_of(left)
        if t in (I64, F64, BOOL):
            return Code(f"{b.value(left, COMPARE + 1)} {symbol} {b.value(right, COMPARE + 1)}", "value", COMPARE)
        if t == STR:
            return Code(f"{b.ref(left)} {symbol} {b.text(right)}", "value", COMPARE)
        text = f"{b.code(left).receiver()}.{named.lstrip('!')}({b.text(right)}, {b.at(e)})"
        return Code(f"!{text}", "value", UNARY) if named[0] == "!" else Code(text, "value")

    return write


# ── functions as arguments ─────────────────────────────────────────────────────────────────────────────────────────────


def with_function(name: str, passed: str, *, at: bool = True) -> Write:
    """A method whose last argument is a function. `passed` says of each of its parameters whether it comes as a reference (r) or a value (v)."""

    def write(b: Body, e: Builtin) -> Code:
        first, *rest, f = e.args
        receiver = _receiver(b, first)
        given = [*map(b.text, rest), closure(b, e, f, passed)]
        return Code(f"{receiver}.{name}({', '.join([*given, *([b.at(e)] if at else [])])})", _kind(b, e))

    return write


def closure(b: Body, e: Builtin, f: Node, passed: str) -> str:
    """A Rust closure that calls the function."""
    fn = b.unit.callee(e.callbacks[0], e)
    names = [b.argument_name(f, k) for k in range(len(fn.params))]
    given = [_passed(b, fn, p, name, way) for p, name, way in zip(fn.params, names, passed, strict=True)]
    params = f"|{', '.join(names)}| "
    if isinstance(f, Make):
        if not all(isinstance(p.value if isinstance(p, Borrow | Share) else p, Local) for p in f.parts):
            b.unit.refuse(f, "a closure over what is no variable")
        captured = [b.text(c) for c in f.parts]
        return f"{params}{b.call(fn.name, [*captured, *given], e)}"
    t = b.type_of(f)
    (variant,) = b.unit.types.variants(t)
    bound = [f"captured_{k}" for k in range(len(variant.fields))]
    pointers = [b.unit.types.pointer(t, f) for f in variant.fields]
    captured = [captured_value(b, p, c, pointer) for p, c, pointer in zip(fn.captures, bound, pointers, strict=True)]
    pattern = variant_path(b, t, variant.path) + (f"({', '.join(bound)})" if bound else "")
    return f"{params}match {head(b.text(f))} {{ {pattern} => {b.call(fn.name, [*captured, *given], e)} }}"


def _passed(b: Body, fn: MonoFn, p: Node, name: str, way: str) -> str:
    """What a Rust closure's parameter is for the function's: it is a reference (r) or a value (v)."""
    if b.is_copy(read_type(p.type)):
        return f"*{name}" if way == "r" else name
    if b.unit.is_borrowed(p):
        return name if way == "r" else f"&{name}"
    return f"{name}.clone()" if way == "r" else name


# ── printing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _print(name: str) -> Write:
    def write(b: Body, e: Builtin) -> Code:
        *values, sep, end = e.args
        parts = []
        for k, v in enumerate(values):
            if k:
                parts.append('.put(" ")' if isinstance(sep, Absent) else text_parts(b, sep, e))
            parts.append(text_parts(b, v, e))
        if isinstance(end, Absent):
            return Code(f"rt::Text::line(){''.join(parts)}.{name}({b.at(e)})", "value")
        return Code(f"rt::Text::line(){''.join(parts)}{text_parts(b, end, e)}.{name}_bare({b.at(e)})", "value")

    return write


def _slice(inclusive: bool) -> Write:
    def write(b: Body, e: Builtin) -> Code:
        value, lo, hi = e.args
        low = "0" if isinstance(lo, UnitLit) else b.value(lo)
        name = "slice_through" if inclusive else "slice"
        if isinstance(hi, UnitLit):
            return Code(f"{b.code(value).receiver()}.slice_from({low}, {b.at(e)})", "own")
        return Code(f"{b.code(value).receiver()}.{name}({low}, {b.value(hi)}, {b.at(e)})", "own")

    return write


def _assert(b: Body, e: Builtin) -> Code:
    condition, message = e.args
    failure = f"{b.at(e)}.assertion_failed()" if isinstance(message, Absent) else f"{b.at(e)}.panic({b.text(message)})"
    return Code(f"if !{b.value(condition, UNARY)} {{ {failure} }}", "value", 1)


def _convert_i64(b: Body, e: Builtin) -> Code:
    t = b.type_of(e.args[0])
    text = b.value(e.args[0])
    if t == F64:
        return Code(f"rt::truncate({text}, {b.at(e)})", "value")
    return Code(f"i64::from({text})", "value") if t == BOOL else b.code(e.args[0])


def _convert_f64(b: Body, e: Builtin) -> Code:
    return as_f64(b, e.args[0]) if b.type_of(e.args[0]) == I64 else b.code(e.args[0])


def _abs(b: Body, e: Builtin) -> Code:
    if b.type_of(e.args[0]) == I64:
        return Code(f"rt::abs({b.value(e.args[0])}, {b.at(e)})", "value")
    return Code(f"f64::abs({b.value(e.args[0])})", "value")


def _fold_pairs(name: str) -> Write:
    """`min(a, b, c)` is `least(least(a, b), c)`."""

    def write(b: Body, e: Builtin) -> Code:
        values = [a for a in e.args if not isinstance(a, Absent)]
        text = b.text(values[0])
        for v in values[1:]:
            text = f"rt::{name}({text}, {b.text(v)}, {b.at(e)})"
        return Code(text, _kind(b, e))

    return write


def _total(name: str) -> Write:
    """`sum` and `product`, from the first item or from a start."""

    def write(b: Body, e: Builtin) -> Code:
        items, *start = e.args
        if not start or isinstance(start[0], Absent):
            return Code(f"{b.code(items).receiver()}.{name}({b.at(e)})", _kind(b, e))
        listed = f".to_list({b.at(e)})" if b.type_of(items) == RANGE else ""
        return Code(f"{b.code(items).receiver()}{listed}.{name}_from({b.text(start[0])}, {b.at(e)})", _kind(b, e))

    return write


def _shuffle(b: Body, e: Builtin) -> Code:
    return lent_fields(b, e.args, UNIT, lambda a: Code(f"{_receiver(b, a[0])}.shuffle({mut_argument(b, a[1])}, {b.at(e)})", "value"))


_INT_METHODS = {
    **{f"i64.{n}": method(n, at=False) for n in ("wrapping_add", "wrapping_sub", "wrapping_mul", "checked_add", "checked_sub", "checked_mul", "min", "max")},
    "i64.signum": method("signum", at=False), "i64.abs": _abs, "i64.pow": function("pow"), "i64.count_ones": function("count_ones", at=False),
    "i64.leading_zeros": function("leading_zeros", at=False),
    "i64.**": function("pow"), "i64./": function("div"), "i64.<<": function("shl"), "i64.>>": function("shr"),
    "i64.~": lambda b, e: Code(f"!{b.value(e.args[0], UNARY)}", "value", UNARY),
}
_SAME_FLOAT = "sqrt abs floor ceil round trunc sin cos tan asin acos atan exp ln log2 log10 is_nan is_finite"
_FLOATS = {
    **{f"f64.{n}": method(n, at=False) for n in _SAME_FLOAT.split()},
    **{f"std.math.{n}": method(n, at=False) for n in _SAME_FLOAT.split() if n not in ("abs", "is_nan", "is_finite")},
    **{f"{p}.{n}": method(n, at=False) for p in ("f64", "std.math") for n in ("powf", "atan2", "hypot")},
    "f64.min": method("min", at=False), "f64.max": method("max", at=False), "f64.to_bits": function("to_bits", at=False),
    "f64.//": function("float_floor_div", at=False), "f64.%": function("float_rem", at=False),
    "f64.**": method("powf", at=False), "std.math.abs": _abs, "std.math.gcd": function("gcd"),
}
_STRINGS = {
    "str.+": method("concat"), "str.[]": method("get"), "str.in": lambda b, e: Code(f"{b.code(e.args[1]).receiver()}.contains({b.text(e.args[0])})", "value"),
    "str.len": method("len", at=False), "str.is_empty": method("is_empty", at=False),
    **{f"str.{n}": method(n) for n in ("chars", "bytes", "ord", "split_whitespace", "lines", "to_upper", "to_lower", "reversed")},
    **{f"str.{n}": method(n, at=False) for n in ("trim", "trim_start", "trim_end", "parse_i64", "parse_f64")},
    **{f"str.{n}": method(n, at=False) for n in ("starts_with", "ends_with", "contains", "find")},
    "str.split": method("split"), "str.replace": method("replace"), "str.repeat": method("repeat"),
    "str.pad_start": method("pad_start"), "str.pad_end": method("pad_end"),
}
_LISTS = {
    "List.[]": referring("get"), "List.+": method("concat"), "List.rest": method("slice_from"),
    "List.in": lambda b, e: Code(f"{b.code(e.args[1]).receiver()}.contains({b.text(e.args[0])}, {b.at(e)})", "value"),
    "List.repeat": lambda b, e: Code(f"{b.unit.types.container(read_type(e.type))}::repeated({b.text(e.args[0])}, {b.value(e.args[1])}, {b.at(e)})", "own"),
    "List.len": method("len", at=False), "List.is_empty": method("is_empty", at=False),
    "List.push": method("push"), "List.insert": method("insert"), "List.remove": method("remove"), "List.pop": method("pop"),
    "List.swap": method("swap"), "List.truncate": method("truncate"), "List.clear": method("clear"), "List.reverse": method("reverse"),
    "List.sort": method("sort"), "List.extend": method("extend"),
    "List.first": method("first", at=False), "List.last": method("last", at=False),
    **{f"List.{n}": method(n) for n in ("reversed", "sorted", "min", "max", "enumerate", "to_set", "flatten")},
    "List.sum": _total("sum"), "List.product": _total("product"),
    "List.contains": method("contains"), "List.index_of": method("index_of"), "List.zip": method("zip"),
    "List.join": method("join"), **{f"List.{n}": method(n) for n in ("take", "skip", "chunks", "windows")},
    **{f"List.{n}": with_function(n, "r") for n in ("map", "filter", "flat_map", "sorted_by_key", "sort_by_key")},
    **{f"List.{n}": with_function(n, "r", at=False) for n in ("any", "all")}, "List.count": with_function("count_where", "r", at=False),
    "List.fold": with_function("fold", "vr", at=False), "List.reduce": with_function("reduce", "vr", at=False), "List.sort_by": with_function("sort_by", "rr"),
    "List.to_list": lambda b, e: b.code(e.args[0]),
}
_MAPS = {
    "Map.[]": referring("index"), "Map.get": method("get"), "Map.get_or": method("get_or"), "Map.contains": method("contains"),
    "Map.in": lambda b, e: Code(f"{b.code(e.args[1]).receiver()}.contains({b.text(e.args[0])}, {b.at(e)})", "value"),
    "Map.put": method("set"), "Map.insert": method("insert"), "Map.remove": method("remove"), "Map.clear": method("clear", at=False),
    **{f"Map.{n}": method(n) for n in ("keys", "values", "items")}, "Map.merge": method("merge"),
    "Map.len": method("len", at=False), "Map.is_empty": method("is_empty", at=False), "Map.update": with_function("update", "v"),
}
_SETS = {
    "Set.in": lambda b, e: Code(f"{b.code(e.args[1]).receiver()}.contains({b.text(e.args[0])}, {b.at(e)})", "value"),
    "Set.len": method("len", at=False), "Set.is_empty": method("is_empty", at=False), "Set.contains": method("contains"),
    "Set.add": method("add"), "Set.remove": method("remove"), "Set.clear": method("clear", at=False), "Set.to_list": method("to_list"),
    **{f"Set.{n}": method(n) for n in ("union", "intersection", "difference", "is_subset")},
}
_RANGES = {
    "range..": lambda b, e: Code(f"Range::exclusive({b.value(e.args[0])}, {b.value(e.args[1])})", "value"),
    "range..=": lambda b, e: Code(f"Range::inclusive({b.value(e.args[0])}, {b.value(e.args[1])})", "value"),
    "Range.in": lambda b, e: Code(f"{b.code(e.args[1]).receiver()}.contains({b.value(e.args[0])})", "value"),
    "Range.len": method("len"), "Range.sum": _total("sum"), "Range.product": _total("product"), "Range.rev": method("rev", at=False), "Range.step_by": method("step_by"), "Range.to_list": method("to_list"),
    **{f"Range.{n}": with_function(n, "v") for n in ("map", "flat_map")}, "Range.filter": with_function("filter", "r"),
    **{f"Range.{n}": with_function(n, "v", at=False) for n in ("any", "all")}, "Range.count": with_function("count_where", "v", at=False),
    "Range.fold": with_function("fold", "vv", at=False), "Range.reduce": with_function("reduce", "vv", at=False),
    **{f"Range.{n}": method(n) for n in ("min", "max", "enumerate")}, **{f"Range.{n}": method(n) for n in ("take", "skip")},
}
_OPTIONS = {
    "Option.unwrap": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.value({b.at(e)})", _kind(b, e)),
    "Result.unwrap": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.value({b.at(e)})", _kind(b, e)),
    **{f"{t}.expect": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.expected({b.text(e.args[1])}, {b.at(e)})", _kind(b, e)) for t in ("Option", "Result")},
    **{f"{t}.unwrap_or": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.unwrap_or({b.text(e.args[1])})", _kind(b, e)) for t in ("Option", "Result")},
    **{f"Option.{n}": method(n, at=False) for n in ("is_some", "is_none")}, **{f"Result.{n}": method(n, at=False) for n in ("is_ok", "is_err")},
    "Option.ok_or": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.ok_or({b.text(e.args[1])})", "own"),
}


def _mapped(name: str, passed: str) -> Write:
    """A method of Option or Result that takes a function: Rust's own."""
    return lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.{name}({closure(b, e, e.args[1], passed)})", _kind(b, e))


_OPTIONS |= {
    "Option.map": _mapped("map", "v"), "Option.and_then": _mapped("and_then", "v"), "Option.unwrap_or_else": _mapped("unwrap_or_else", ""),
    "Result.map": _mapped("map", "v"), "Result.map_err": _mapped("map_err", "v"), "Result.and_then": _mapped("and_then", "v"),
    "Result.unwrap_or_else": _mapped("unwrap_or_else", "v"),
}

BUILTINS: dict[str, Write] = {
    **_INT_METHODS, **_FLOATS, **_STRINGS, **_LISTS, **_MAPS, **_SETS, **_RANGES, **_OPTIONS,
    "==": _compare("==", "equal"), "!=": _compare("!=", "!equal"), "<": _compare("<", "is_less"), "<=": _compare("<=", "is_at_most"),
    ">": _compare(">", "is_more"), ">=": _compare(">=", "is_at_least"),
    "is": lambda b, e: Code(f"{b.code(e.args[0]).receiver()}.is({b.text(e.args[1])})", "value"),
    "type_name": lambda b, e: _on_values(b, e),
    "drop": lambda b, e: Code(f"_ = {b.text(e.args[0])}", "value", BLOCK),
    "slice": method("slice_by"), "slice..": _slice(False), "slice..=": _slice(True),
    "print": _print("print"), "eprint": _print("eprint"), "assert": _assert,
    "panic": lambda b, e: Code(f"{b.at(e)}.panic({b.text(e.args[0])})", "value"),
    "i64": _convert_i64, "f64": _convert_f64, "str": function("to_str"), "chr": function("chr"), "abs": _abs,
    "min": _fold_pairs("least"), "max": _fold_pairs("greatest"), "std.math.min": _fold_pairs("least"), "std.math.max": _fold_pairs("greatest"),
    "input": function("input"), "std.time.now": function("now", at=False), "std.time.monotonic": function("monotonic", at=False),
    "std.time.sleep": function("sleep"), "std.env.args": function("args", at=False), "std.env.var": function("env_var", at=False),
    "std.env.exit": function("exit"),
    "std.random.Rng": lambda b, e: Code(f"Rng::new({b.value(e.args[0])})", "own"),
    "std.random.Rng.shuffle": _shuffle, "std.random.Rng.choice": method("choice", at=False),
    "std.random.Rng.next_i64": method("next_i64"), "std.random.Rng.next_f64": method("next_f64", at=False),
    "std.text.Builder": lambda b, e: Code("Builder::new()", "own"), "std.text.Builder.push": method("push"),
    "std.text.Builder.build": method("build", at=False),
}
"""By name, how a built-in is written. What is not here is called on values as the VM has them."""


def builtin(b: Body, e: Builtin) -> Code:
    """A built-in."""
    b.rust(read_type(e.type))  # which refuses keys that are none
    write = BUILTINS.get(e.name, _on_values)
    at = step_into(b, e.args[0].place, last=True) if e.args and isinstance(e.args[0], MutArg) else None
    made = write(b, e) if at is None else changed(b, e, at, write)
    if write is not _on_values and makes_plain(e.name) and b.unit.types.is_boxed(read_type(e.type)):
        made = Code(f"{made.receiver()}.boxed({b.at(e)})", "own")
    if e.type == "never" and e.name not in _ENDS:
        return Code(f"match {head(made.text)} {{}}", "value", BLOCK)
    return made


_ENDS = frozenset(("panic", "std.env.exit"))
"""The built-ins that Rust knows never to return; others may be of a type that has no values."""


def _on_values(b: Body, e: Builtin) -> Code:
    """A built-in without a typed form: the standard library's own function, on values as the VM has them."""
    if native_called(e.name) is None or e.callbacks or any(isinstance(a, MutArg) for a in e.args):
        b.unit.refuse(e, f"the built-in {e.name}")
    t = read_type(e.type)
    for given in (t, *[b.type_of(a) for a in e.args if not isinstance(a, Absent)]):
        if not b.unit.converts(given):
            b.unit.refuse(e, f"the built-in {e.name} of a {given}")
    given = ", ".join([_as_value(b, a) for a in e.args])
    text = f"{b.unit.native(e.name)}.call(&[{given}], {b.at(e)})"
    return Code(f"<{b.rust(t)}>::from_val({text})", _kind(b, e))


_SCALARS = {I64: "int", F64: "float", BOOL: "bool"}


def _as_value(b: Body, a: Node) -> str:
    if isinstance(a, Absent):
        return "KayVal::ABSENT"
    t = b.type_of(a)
    return f"KayVal::{_SCALARS[t]}({b.value(a)})" if t in _SCALARS else f"{b.code(a).receiver()}.to_val()"
