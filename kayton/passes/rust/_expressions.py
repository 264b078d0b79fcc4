"""Values, parts, operators and calls as Rust; see `_body`."""

from __future__ import annotations

import math

from kayton.ir.core import Concat, Format
from kayton.ir.lent import Borrow, Move, Share
from kayton.ir.mono import Apply, Direct, Dispatch, Get, Make, MonoFn, TypedParam, Widen
from kayton.ir.node import Node
from kayton.ir.resolved import GlobalRef, HasLen, InRange, IsVariant, Local, MutArg
from kayton.ir.surface import And, BoolLit, FloatLit, IntLit, Or, StrLit, Unary, UnitLit
from kayton.ir.typed import Prim
from kayton.ir.types import DYN, NEVER, NUMBERS, App, Fns, Object, Type, Union, is_user, path_of, read_type
from kayton.passes.rust._body import Body
from kayton.passes.rust._code import AND, ATOM, BIT_AND, BIT_OR, BIT_XOR, BLOCK, CAST, COMPARE, OR, PRODUCT, SUM, UNARY, Code, head, rust_string
from kayton.passes.rust._fields import lent_fields
from kayton.passes.rust._places import mut_argument

# ── literals and variables ─────────────────────────────────────────────────────────────────────────────────────────────


def _int(b: Body, e: IntLit) -> Code:
    if e.value == -(2**63):
        return Code("i64::MIN", "value")
    kind = "" if abs(e.value) < 2**31 else "_i64"  # where nothing says which kind it is, Rust takes 32 bits
    return Code(f"{e.value}{kind}", "value", UNARY if e.value < 0 else ATOM)


def _move(b: Body, e: Move) -> Code:
    """A value that leaves its variable. Where a part of one stands in what bytecode has, too, it stays there, and is shared."""
    c = b.code(e.value)
    return Code(c.text if isinstance(e.value, Local) or "(" not in c.text else f"{c.receiver()}.clone()", "own")


def _float(b: Body, e: FloatLit) -> Code:
    if math.isinf(e.value):
        return Code("f64::INFINITY" if e.value > 0 else "f64::NEG_INFINITY", "value")
    if math.isnan(e.value):
        return Code("f64::NAN", "value")
    return Code(repr(e.value), "value", UNARY if e.value < 0 or repr(e.value)[0] == "-" else ATOM)


def _str(b: Body, e: StrLit) -> Code:
    return Code(f"rt::text!({rust_string(e.value)})", "ref")


def _global(b: Body, e: GlobalRef) -> Code:
    kind = "value" if b.is_copy(b.unit.globals[e.name]) else "own"
    return Code(f"{b.unit.global_name(e.name)}.with(|global| global.get({b.at(e)}))", kind)


# ── operators ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_INT_CALLS = {"add": "add", "sub": "sub", "mul": "mul", "floordiv": "floor_div", "rem": "rem", "neg": "neg"}
_INFIX = {
    "add": ("+", SUM), "sub": ("-", SUM), "mul": ("*", PRODUCT), "div": ("/", PRODUCT),
    "bitand": ("&", BIT_AND), "bitor": ("|", BIT_OR), "bitxor": ("^", BIT_XOR),
    "lt": ("<", COMPARE), "le": ("<=", COMPARE), "gt": (">", COMPARE), "ge": (">=", COMPARE), "eq": ("==", COMPARE), "ne": ("!=", COMPARE),
}


def _prim(b: Body, e: Prim) -> Code:
    op, _, kind = e.op.partition(".")
    if e.op == "to.f64":
        return as_f64(b, e.args[0])
    if kind == "i64" and op in _INT_CALLS:
        return Code(f"rt::{_INT_CALLS[op]}({', '.join([b.value(a) for a in e.args])}, {b.at(e)})", "value")
    if op == "neg":
        return Code(f"-{b.value(e.args[0], UNARY)}", "value", UNARY)
    symbol, strength = _INFIX[op]
    tighter = strength + 1 if strength == COMPARE else strength
    return Code(f"{b.value(e.args[0], tighter)} {symbol} {b.value(e.args[1], strength + 1)}", "value", strength)


def as_f64(b: Body, e: Node) -> Code:
    """An i64 as an f64."""
    if isinstance(e, IntLit):
        return Code(f"{e.value}.0", "value", UNARY if e.value < 0 else ATOM)
    return Code(f"{b.value(e, UNARY)} as f64", "value", CAST)


def _logic(symbol: str, strength: int):
    return lambda b, e: Code(f"{b.value(e.left, strength)} {symbol} {b.value(e.right, strength + 1)}", "value", strength)


# ── tests and parts ────────────────────────────────────────────────────────────────────────────────────────────────────

_TESTS = {"Option.Some": "is_some()", "Option.None": "is_none()", "Result.Ok": "is_ok()", "Result.Err": "is_err()"}


def _is_variant(b: Body, e: IsVariant) -> Code:
    value = b.code(e.value)
    if e.variant in _TESTS:
        return Code(f"{value.receiver()}.{_TESTS[e.variant]}", "value")
    t = b.type_of(e.value)
    if len(b.unit.types.variants(t)) == 1:
        return Code("true", "value")
    star = "*" if value.kind == "view" else ""
    return Code(f"matches!({star}{value.text}, {variant_path(b, t, e.variant)} {{ .. }})", "value")


def variant_path(b: Body, t: Type, variant: str) -> str:
    """A variant's path in Rust."""
    name = next(v.name for v in b.unit.types.variants(t) if v.path == variant)
    return f"{b.unit.types.name(t)}::{name}"


def _has_len(b: Body, e: HasLen) -> Code:
    return Code(f"{b.code(e.value).receiver()}.len() {'>=' if e.at_least else '=='} {e.count}", "value", COMPARE)


def _in_range(b: Body, e: InRange) -> Code:
    return Code(f"({e.lo}..={e.hi}).contains({b.ref(e.value)})", "value")


_PAYLOADS = {"Option.Some": "some", "Result.Ok": "ok", "Result.Err": "err"}


def _get(b: Body, e: Get) -> Code:
    t, found = b.type_of(e.value), read_type(e.type)
    base = b.whole(e.value)
    if isinstance(t, Object):
        name = b.unit.field_of_class(t, b.unit.types.variants(t)[0].labels[e.index])
        return Code(f"{base.receiver()}.{name}.get()", "value" if b.is_copy(found) else "own")
    if e.variant in _PAYLOADS:
        return referred(b, f"rt::{_PAYLOADS[e.variant]}({base.borrowed()})", found, "ref")
    if e.variant:
        variant = next(v for v in b.unit.types.variants(t) if v.path == e.variant)
        kind = "view" if b.unit.types.pointer(t, found) == "Boxed" else "ref"
        return referred(b, f"{base.receiver()}.{b.unit.accessor(t, variant.name, e.index)}()", found, kind)
    if b.unit.types.is_boxed(t):
        return referred(b, f"{base.receiver()}.known({e.index})", found, "view")
    if t.name == "List":
        return _part(b, f"{base.receiver()}[{e.index}]", found, base)
    if t.name == "tuple":
        return _part(b, f"{base.receiver()}.{e.index}", found, base)
    field = f"{base.receiver()}.{b.unit.field(b.unit.types.variants(t)[0].labels[e.index])}"
    pointer = b.unit.types.pointer(t, found)
    if pointer == "Boxed":
        return referred(b, f"{field}.view()", found, "view")
    return _part(b, f"(*{field})" if pointer else field, found, base)


def referred(b: Body, text: str, found: Type, kind: str) -> Code:
    """What a reference to a part is, or a view of it."""
    if b.is_copy(found):
        return Code(f"*{text}", "value", UNARY)
    return Code(b.kept_view(text) if kind == "view" else text, kind)


def _part(b: Body, text: str, found: Type, base: Code) -> Code:
    if b.is_copy(found):
        return Code(text, "value")
    return Code(text, "own" if base.kind == "own" and not text.endswith(("]", ")")) else "place")


# ── making ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _make(b: Body, e: Make) -> Code:
    return made(b, e, read_type(e.type))


def made(b: Body, e: Make, t: Type) -> Code:
    """A new value, as one of type `t`, whose parts are widened to its parts."""
    kind = "value" if b.is_copy(t) else "own"
    if isinstance(t, Fns) or isinstance(t, Object) or is_user(t):
        return Code(_made_user(b, e, t), kind)
    if e.variant:
        at = {"Option.Some": 0, "Result.Ok": 0, "Result.Err": 1}.get(e.variant)
        name = e.variant.partition(".")[2]
        if at is None:
            return Code("None::<rt::Never>" if NEVER in t.args else "None", kind)
        types = f"::<{', '.join([b.rust(a) for a in t.args])}>" if NEVER in t.args else ""
        return Code(f"{name}{types}({widened(b, e.parts[0], t.args[at])})", kind)
    b.rust(t)  # refused where there is no such type
    if t.name == "tuple":
        parts = [widened(b, p, a) for p, a in zip(e.parts, t.args, strict=True)]
        return Code(f"({', '.join(parts)}{',' * (len(parts) == 1)})", kind)
    name = b.unit.types.container(t)
    if not e.parts:
        return Code(f"{name}::<{', '.join([b.rust(a) for a in t.args])}>::new()" if NEVER in t.args else f"{name}::new()", "own")
    macro = f"rt::{'boxed_' * name.startswith('Boxed')}{t.name.lower()}!"
    if t.name == "Map":
        parts = [widened(b, p, t.args[k % 2]) for k, p in enumerate(e.parts)]
        pairs = [f"{k} => {v}" for k, v in zip(parts[::2], parts[1::2], strict=True)]
        return Code(f"{macro} {{ {b.at(e)}; {', '.join(pairs)} }}", "own")
    parts = [widened(b, p, t.args[0]) for p in e.parts]
    return Code(f"{macro}[{', '.join(parts)}]" if t.name == "List" else f"{macro} {{ {b.at(e)}; {', '.join(parts)} }}", "own")


def _made_user(b: Body, e: Make, t: Type) -> str:
    types = b.unit.types
    variants = types.variants(t)
    variant = next((v for v in variants if v.path == e.variant), variants[0])
    parts = []
    for p, f in zip(e.parts, variant.fields, strict=True):
        text = widened(b, p, f)
        pointer = types.pointer(t, f)
        text = f"{pointer}::new({text})" if pointer else text
        parts.append(f"rt::Field::new({text})" if isinstance(t, Object) and not types.is_shared(t) else text)
    name = types.name(t)
    if types.is_shared(t):
        return f"{name}::new({', '.join(parts)})"
    path = name if types.is_struct(t) else f"{name}::{variant.name}"
    if not parts:
        return f"Object::new({path} {{}})" if isinstance(t, Object) else f"{path} {{}}" if types.is_struct(t) else path
    if variant.labels[0] == "0":
        return f"{path}({', '.join(parts)})"
    fields = []
    for label, text in zip(variant.labels, parts, strict=True):
        name = b.unit.field(label)
        fields.append(name if name == text else f"{name}: {text}")
    text = f"{path} {{ {', '.join(fields)} }}"
    return f"Object::new({text})" if isinstance(t, Object) else text


# ── widening ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _widen(b: Body, e: Widen) -> Code:
    t = read_type(e.type)
    return Code(widened(b, e.value, t), "value" if b.is_copy(t) else "own")


def widened(b: Body, e: Node, t: Type) -> str:
    """An expression as a value of type `t`, given away."""
    if isinstance(e, Widen):
        e = e.value
    own = b.type_of(e)
    if own == t or own is NEVER:
        return b.text(e)
    if isinstance(e, Make) and not isinstance(t, Union) and t is not DYN:
        return made(b, e, t).text
    return converted(b, b.code(e).receiver() if _is_mapped(own, t) else b.text(e), own, t)


def _is_mapped(own: Type, t: Type) -> bool:
    """Whether a conversion is a method's call."""
    return isinstance(own, App) and isinstance(t, App) and own.name == t.name and (own.name == "Result" or (own.name == "Option" and own.args[0] is not NEVER))


def converted(b: Body, text: str, own: Type, t: Type) -> str:
    """A value of type `own` as one of type `t`."""
    if own == t:
        return text
    if own is NEVER:
        return f"rt::never({text})"
    if t is NEVER:
        return f"rt::nowhere({text})"
    if t is DYN and b.unit.crosses(own):
        return f"rt::dynamic::<{b.rust(own)}>({text})" if own in NUMBERS else f"rt::dynamic({text})"
    if isinstance(t, Union) and not isinstance(own, Union):
        member = next(m for m in t.members if path_of(m) == path_of(own))
        return f"{variant_path(b, t, path_of(own))}({converted(b, text, own, member)})"
    if isinstance(own, App) and isinstance(t, App) and own.name == t.name:
        return _converted_app(b, text, own, t)
    if isinstance(own, Union | Fns) and isinstance(t, Union | Fns):
        return f"{b.unit.conversion(own, t)}({text})"
    b.unit.refuse_type(own, t)


def _converted_app(b: Body, text: str, own: App, t: App) -> str:
    if is_user(own):
        return f"{b.unit.conversion(own, t)}({text})"
    inner = [(f"|x| {converted(b, 'x', x, y)}" if x != y else "") for x, y in zip(own.args, t.args, strict=True)]
    if own.name == "Option":
        return f"{text}.map({inner[0]})" if own.args[0] is not NEVER else f"rt::no({text})"
    if own.name == "Result":
        for method, x, y, convert in zip(("map", "map_err"), own.args, t.args, inner, strict=True):
            if x != y:
                text = f"{text}.{method}({'rt::never' if x is NEVER else convert})"
        return text
    if own.name in ("List", "Set", "Map") and NEVER in (*own.args, *t.args):
        return f"rt::empty::<_, {b.rust(t)}>({text})"
    if b.unit.crosses(own) and b.unit.crosses(t):
        return f"rt::recast::<_, {b.rust(t)}>({text})"
    b.unit.refuse_type(own, t)


# ── calls ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def arguments(b: Body, fn: MonoFn, args: tuple[Node, ...]) -> list[str]:
    """The arguments of a call of a MonoFn."""
    return [_for_parameter(b, fn, a, p) for a, p in zip(args, fn.params, strict=True)]


def _for_parameter(b: Body, fn: MonoFn, a: Node, p: TypedParam) -> str:
    """An argument for one of the functions that a call may be of. Where another one keeps the value, it stands there as given away."""
    if isinstance(a, MutArg):
        return mut_argument(b, a)
    if not b.unit.is_borrowed(p) or isinstance(a, Borrow):
        return b.text(a)
    return b.ref(a.value if isinstance(a, Share) else a)


def _direct(b: Body, e: Direct) -> Code:
    fn, t = b.unit.callee(e.fn, e), read_type(e.type)

    def call(args: tuple[Node, ...]) -> Code:
        return _called(b, b.call(e.fn, arguments(b, fn, args), e), t)

    return lent_fields(b, e.args, t, call)


def _called(b: Body, text: str, t: Type) -> Code:
    return Code(text, "value" if b.is_copy(t) else "own")


def _apply(b: Body, e: Apply) -> Code:
    """A call of a function value: of the one definition that it is, or of each that it may be."""
    callee, t = b.code(e.callee), b.type_of(e.callee)
    arms = []
    for variant, name in zip(b.unit.types.variants(t), e.fns, strict=True):
        fn = b.unit.callee(name, e)
        captured = [f"captured_{k}" for k in range(len(variant.fields))]
        pointers = [b.unit.types.pointer(t, f) for f in variant.fields]
        given = [captured_value(b, p, c, pointer) for p, c, pointer in zip(fn.captures, captured, pointers, strict=True)]
        given += arguments(b, fn, e.args)
        pattern = variant_path(b, t, variant.path) + (f"({', '.join(captured)})" if captured else "")
        arms.append(f"    {pattern} => {b.call(name, given, e)},")
    text = "\n".join([f"match {head(callee.text)} {{", *arms, "}"])
    return Code(text, "value" if b.is_copy(read_type(e.type)) else "own", BLOCK)


def _dispatch(b: Body, e: Dispatch) -> Code:
    """A method of whichever member a union holds."""
    receiver, *rest = e.args
    t = b.type_of_argument(receiver)
    arms = []
    for variant, name in zip(b.unit.types.variants(t), e.fns, strict=True):
        fn = b.unit.callee(name, e)
        first, *params = fn.params
        own = "it" if first.mutable else captured_value(b, first, "it", b.unit.types.pointer(t, variant.fields[0]))
        given = [own, *[_for_parameter(b, fn, a, p) for a, p in zip(rest, params, strict=True)]]
        arms.append(f"    {variant_path(b, t, variant.path)}(it) => {b.call(name, given, e)},")
    matched = mut_argument(b, receiver) if isinstance(receiver, MutArg) else b.text(receiver)
    text = "\n".join([f"match {head(matched)} {{", *arms, "}"])
    return Code(text, "value" if b.is_copy(read_type(e.type)) else "own", BLOCK)


def captured_value(b: Body, p: Node, text: str, pointer: str) -> str:
    """A captured value, of which there is a reference, perhaps to a `pointer`, for the parameter that stands for it."""
    if b.is_copy(read_type(p.type)):
        return f"*{text}"
    if b.unit.is_borrowed(p):
        return f"&{text}.view()" if pointer == "Boxed" else text
    return {"Boxed": f"{text}.clone().take()", "Shared": f"(**{text}).clone()"}.get(pointer, f"{text}.clone()")


# ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def text_parts(b: Body, e: Node, at: Node) -> str:
    """What adds an expression's printed form to a text."""
    if isinstance(e, StrLit):
        return f".put({rust_string(e.value)})" if e.value else ""
    if isinstance(e, Concat):
        return "".join([text_parts(b, p, e) for p in e.parts])
    if isinstance(e, Format):
        return f".format({b.text(e.value)}, {rust_string(e.spec)}, {b.at(e)})" if e.spec else text_parts(b, e.value, e)
    return f".with({b.text(e)}, {b.at(at)})"


def _concat(b: Body, e: Concat) -> Code:
    return Code(f"rt::Text::new(){text_parts(b, e, e)}.finish({b.at(e)})", "own")


def _format(b: Body, e: Format) -> Code:
    return Code(f"rt::Text::new(){text_parts(b, e, e)}.finish({b.at(e)})", "own")


EXPRESSIONS = {
    IntLit: _int, FloatLit: _float, StrLit: _str, GlobalRef: _global,
    BoolLit: lambda b, e: Code(str(e.value).lower(), "value"), UnitLit: lambda b, e: Code("()", "value"),
    Local: lambda b, e: b.read(e.name), Move: _move,
    Share: lambda b, e: Code(f"{b.code(e.value).receiver()}.clone()", "own"), Borrow: lambda b, e: Code(b.ref(e.value), "ref", UNARY),
    Prim: _prim, And: _logic("&&", AND), Or: _logic("||", OR),
    Unary: lambda b, e: Code(f"!{b.value(e.value, UNARY)}", "value", UNARY),
    IsVariant: _is_variant, HasLen: _has_len, InRange: _in_range, Get: _get, Make: _make, Widen: _widen,
    Direct: _direct, Dispatch: _dispatch, Apply: _apply, Concat: _concat, Format: _format,
}
"""By kind, how an expression is written."""
