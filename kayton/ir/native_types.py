"""What types built-in functions and methods take and give (LANGUAGE §9), for whole-program inference.

A line is `name parameters -> result`, after the receiver's type in brackets; `!` before a name says that the receiver changes. Capital
letters are variables. A parameter's form says what is learned from its argument:

    T          the argument's type is joined to T
    _          nothing
    *X         X is what `for` would bind
    (A,B)>R    a function, called with these types; R is what it gives
    T?         may be left out

A result may join variables: `D|V`. Where the receiver changes, what was joined to its variables is its type afterwards. What cannot
be said so (`sum`, `min` of several, `flatten`) has a rule of its own in kayton/passes/deep.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kayton.ir.brackets import split_text


class Form(NamedTuple):
    """A type with variables: `kind` is var, type, any, iterable, function or union; `parts` the forms inside."""

    kind: str
    name: str = ""
    parts: tuple[Form, ...] = ()


class NativeType(NamedTuple):
    """The types of a built-in function or method."""

    params: tuple[Form, ...]
    result: Form
    changes: bool = False
    needs: str = ""
    """The well-known trait that its work may call: `Eq`, `Ord`, `Show`."""


_FUNCTIONS = """
    print = _ _ -> () Show
    eprint = _ _ -> () Show
    input = -> Option[str]
    panic = _ -> never Show
    assert = _ _ -> () Show
    i64 = _ -> i64
    f64 = _ -> f64
    str = _ -> str Show
    chr = _ -> str
    type_name = _ -> str
    abs = T -> T
    std.math.sqrt = _ -> f64
    std.math.sin = _ -> f64
    std.math.cos = _ -> f64
    std.math.tan = _ -> f64
    std.math.asin = _ -> f64
    std.math.acos = _ -> f64
    std.math.atan = _ -> f64
    std.math.atan2 = _ _ -> f64
    std.math.exp = _ -> f64
    std.math.ln = _ -> f64
    std.math.log2 = _ -> f64
    std.math.log10 = _ -> f64
    std.math.floor = _ -> f64
    std.math.ceil = _ -> f64
    std.math.round = _ -> f64
    std.math.trunc = _ -> f64
    std.math.hypot = _ _ -> f64
    std.math.gcd = _ _ -> i64
    std.math.abs = T -> T
    std.io.read_file = _ -> Result[str,str]
    std.io.write_file = _ _ -> Result[(),str]
    std.io.append_file = _ _ -> Result[(),str]
    std.io.read_lines = _ -> Result[List[str],str]
    std.env.args = -> List[str]
    std.env.var = _ -> Option[str]
    std.env.exit = _ -> never
    std.time.now = -> f64
    std.time.monotonic = -> f64
    std.time.sleep = _ -> ()
    std.random.Rng = _ -> std.random.Rng
    std.json.parse = _ -> Result[dyn,str]
    std.json.dump = _ -> str
    std.text.Builder = -> std.text.Builder
"""

_I64 = "abs signum count_ones leading_zeros | pow min max wrapping_add wrapping_sub wrapping_mul"
_F64 = "sqrt abs floor ceil round trunc sin cos tan asin acos atan exp ln log2 log10 | powf atan2 min max"
_STR = "trim trim_start trim_end to_upper to_lower reversed | repeat"

_SEQUENCE = """
    map = (T)>U -> List[U]
    filter = (T)>B -> List[T]
    fold = D (D|U,T)>U -> D|U
    reduce = (T|U,T)>U -> Option[T|U]
    any = (T)>B -> bool
    all = (T)>B -> bool
    count = (T)>B -> i64
    min = -> Option[T] Ord
    max = -> Option[T] Ord
    enumerate = -> List[(i64,T)]
    zip = *X -> List[(T,X)]
    take = _ -> List[T]
    skip = _ -> List[T]
    to_list = -> List[T]
"""

_READING = _SEQUENCE + """
    len = -> i64
    is_empty = -> bool
    first = -> Option[T]
    last = -> Option[T]
    contains = _ -> bool Eq
    index_of = _ -> Option[i64] Eq
    reversed = -> List[T]
    sorted = -> List[T] Ord
    sorted_by_key = (T)>K -> List[T] Ord
    chunks = _ -> List[List[T]]
    windows = _ -> List[List[T]]
    join = _ -> str
    to_set = -> Set[T]
"""

_METHODS = {
    "i64": "".join([f"{n} = -> i64\n" for n in _I64.partition(" | ")[0].split()])
    + "".join([f"{n} = _ -> i64\n" for n in _I64.partition(" | ")[2].split()])
    + "".join([f"{n} = _ -> Option[i64]\n" for n in ("checked_add", "checked_sub", "checked_mul")]),
    "f64": "".join([f"{n} = -> f64\n" for n in _F64.partition(" | ")[0].split()])
    + "".join([f"{n} = _ -> f64\n" for n in _F64.partition(" | ")[2].split()])
    + "is_nan = -> bool\nis_finite = -> bool\nto_bits = -> i64\n",
    "str": "".join([f"{n} = -> str\n" for n in _STR.partition(" | ")[0].split()]) + """
        repeat = _ -> str
        len = -> i64
        is_empty = -> bool
        chars = -> List[str]
        bytes = -> List[i64]
        ord = -> i64
        split = _ -> List[str]
        split_whitespace = -> List[str]
        lines = -> List[str]
        starts_with = _ -> bool
        ends_with = _ -> bool
        contains = _ -> bool
        find = _ -> Option[i64]
        replace = _ _ -> str
        parse_i64 = -> Result[i64,str]
        parse_f64 = -> Result[f64,str]
        pad_start = _ _ -> str
        pad_end = _ _ -> str
    """,
    "List[T]": _READING + """
        !push = T -> ()
        !pop = -> Option[T]
        !insert = _ T -> ()
        !remove = _ -> T
        !swap = _ _ -> ()
        !clear = -> ()
        !extend = *T -> ()
        !truncate = _ -> ()
        !reverse = -> ()
        !sort = -> () Ord
        !sort_by = (T,T)>N -> ()
        !sort_by_key = (T)>K -> () Ord
    """,
    "Range": _READING.replace("T", "i64") + "rev = -> Range\nstep_by = _ -> Range\n",
    "sequence": _SEQUENCE,
    "Map[K,V]": """
        len = -> i64
        is_empty = -> bool
        get = _ -> Option[V]
        get_or = _ D -> V|D
        contains = _ -> bool
        keys = -> List[K]
        values = -> List[V]
        items = -> List[(K,V)]
        !insert = K V -> Option[V]
        !remove = _ -> Option[V]
        !clear = -> ()
        !update = K D (V|D)>V -> ()
        !merge = Map[K,V] -> ()
    """,
    "Set[T]": """
        len = -> i64
        is_empty = -> bool
        contains = _ -> bool
        union = Set[U] -> Set[T|U]
        intersection = _ -> Set[T]
        difference = _ -> Set[T]
        is_subset = _ -> bool
        to_list = -> List[T]
        !add = T -> bool
        !remove = _ -> bool
        !clear = -> ()
    """,
    "Option[T]": """
        unwrap = -> T
        unwrap_or = D -> T|D
        unwrap_or_else = ()>U -> T|U
        expect = _ -> T
        map = (T)>U -> Option[U]
        and_then = (T)>U -> U|Option[never]
        ok_or = E -> Result[T,E]
        is_some = -> bool
        is_none = -> bool
    """,
    "Result[T,E]": """
        unwrap = -> T Show
        unwrap_or = D -> T|D
        unwrap_or_else = (E)>U -> T|U
        expect = _ -> T
        map = (T)>U -> Result[U,E]
        map_err = (E)>F -> Result[T,F]
        and_then = (T)>U -> U|Result[never,E]
        is_ok = -> bool
        is_err = -> bool
    """,
    "std.random.Rng": """
        !next_i64 = _ _ -> i64
        !next_f64 = -> f64
        !shuffle = _ -> ()
        !choice = *X -> Option[X]
    """,
    "std.text.Builder": "push = _ -> ()\nbuild = -> str\n",
}


@cache
def function_type(name: str) -> NativeType | None:
    """The types of a built-in function; None for one with a rule of its own."""
    return _functions().get(name)


@cache
def method_type(receiver: str, name: str) -> NativeType | None:
    """The types of a method of the built-in type called `receiver` (`sequence`: whatever `for` accepts); None as above."""
    return _methods().get(receiver, {}).get(name)


@cache
def signatures(owner: str = "") -> tuple[tuple[str, int], ...]:
    """The methods of a built-in type, or the built-in functions, each with the number of its parameters."""
    table = _methods().get(owner, {}) if owner else _functions()
    return tuple([(name, len(t.params)) for name, t in table.items()])


@cache
def receiver_variables(receiver: str) -> tuple[str, ...]:
    """The variables that stand for a built-in type's arguments: K and V for Map."""
    return {"List": ("T",), "Set": ("T",), "Option": ("T",), "Result": ("T", "E"), "Map": ("K", "V"), "sequence": ("T",)}.get(receiver, ())


@cache
def _functions() -> dict[str, NativeType]:
    return _table(_FUNCTIONS)


@cache
def _methods() -> dict[str, dict[str, NativeType]]:
    return {head.partition("[")[0]: _table(text) for head, text in _METHODS.items()}


def _table(text: str) -> dict[str, NativeType]:
    made = {}
    for line in filter(str.strip, text.splitlines()):
        head, _, signature = line.strip().partition(" = ")
        given, _, result = signature.rpartition("-> ")
        result, _, needs = result.partition(" ")
        params = tuple([_read(word) for word in given.split()])
        made[head.lstrip("!")] = NativeType(params, _read(result), head[0] == "!", needs)
    return made


def _read(text: str) -> Form:
    """A form from its text, which has no spaces."""
    if len(options := split_text(text, "|")) > 1:
        return Form("union", "", tuple(map(_read, options)))
    if text == "_":
        return Form("any")
    if text[0] == "*":
        return Form("iterable", "", (_read(text[1:]),))
    if ")>" in text:
        given, _, result = text.rpartition(">")
        return Form("function", "", (*map(_read, split_text(given[1:-1], ",")), _read(result)))
    if text[0] == "(" and text != "()":
        return Form("type", "tuple", tuple(map(_read, split_text(text[1:-1], ","))))
    name, bracket, rest = text.partition("[")
    if bracket:
        return Form("type", name, tuple(map(_read, split_text(rest[:-1], ","))))
    return Form("var" if name.isupper() and len(name) == 1 else "type", name)
