"""What every program can use without defining it (LANGUAGE §9): functions, types, methods, variants and `std` modules.

A function is a line `name parameters -> result`. A parameter `x` is required, `x?` may be left out (and then arrives absent),
`!x` is a `mut` parameter, `*n` takes any number of values but at least n; parameters after it are passed by keyword only and
stand last in a CallNative: `print(a, b, sep="")` is `print [a b "" absent]`. The result is given where its outermost type is
the same whatever the arguments are.

A method's line is the same without the receiver; `!` before its name says that it changes its receiver.
"""

from __future__ import annotations

from typing import NamedTuple


class NativeParam(NamedTuple):
    """A parameter of a built-in function or method."""

    name: str
    optional: bool = False
    mutable: bool = False


class Native(NamedTuple):
    """A built-in function or method."""

    name: str
    params: tuple[NativeParam, ...]
    least: int | None = None
    """Variadic if not None: at least so many values come before `params`, which then are keyword-only."""
    changes: bool = False
    """A method that changes its receiver."""
    result: str | None = None
    """The outermost type of the result, where it is always the same."""

    @property
    def required(self) -> int:
        """How many arguments a call must have at least."""
        return (self.least or 0) + sum(not p.optional for p in self.params)


def _native(line: str, prefix: str) -> Native:
    head, _, result = line.partition(" -> ")
    name, *words = head.split()
    least = [int(w[1:]) for w in words if w[0] == "*"]
    params = [NativeParam(w.strip("?!"), w[-1] == "?", w[0] == "!") for w in words if w[0] != "*"]
    return Native(prefix + name.lstrip("!"), tuple(params), *least or [None], name[0] == "!", result or None)


def _table(text: str, prefix: str = "") -> dict[str, Native]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return {line.split()[0].lstrip("!"): _native(line, prefix) for line in lines}


FUNCTIONS = _table("""
    print *0 sep? end? -> ()
    eprint *0 sep? end? -> ()
    input -> Option
    panic msg
    assert cond msg? -> ()
    i64 x -> i64
    f64 x -> f64
    str x -> str
    chr n -> str
    type_name x -> str
    min *2
    max *2
    abs x
""")
"""Built-in functions by name."""

STD_FUNCTIONS = {
    "std.math": _table("""
        sqrt x -> f64
        sin x -> f64
        cos x -> f64
        tan x -> f64
        asin x -> f64
        acos x -> f64
        atan x -> f64
        atan2 y x -> f64
        exp x -> f64
        ln x -> f64
        log2 x -> f64
        log10 x -> f64
        floor x -> f64
        ceil x -> f64
        round x -> f64
        trunc x -> f64
        pow x y -> f64
        powf x y -> f64
        abs x
        min *2
        max *2
        hypot x y -> f64
        gcd a b -> i64
    """, "std.math."),
    "std.io": _table("""
        read_file path -> Result
        write_file path text -> Result
        append_file path text -> Result
        read_lines path -> Result
    """, "std.io."),
    "std.env": _table("""
        args -> List
        var name -> Option
        exit n
    """, "std.env."),
    "std.time": _table("""
        now -> f64
        monotonic -> f64
        sleep seconds -> ()
    """, "std.time."),
    "std.random": _table("Rng seed -> std.random.Rng", "std.random."),
    "std.json": _table("""
        parse s -> Result
        dump x -> str
    """, "std.json."),
    "std.text": _table("Builder -> std.text.Builder", "std.text."),
}
"""The standard library's functions, by module and name."""

STD_CONSTANTS = {"std.math": {"PI": 3.141592653589793, "E": 2.718281828459045}}
"""The standard library's constants, all f64."""

STD_TYPES = {"std.random": ("Rng",), "std.text": ("Builder",)}
"""The standard library's types; the function of the same name makes one."""

STD_CLASSES = frozenset({"std.text.Builder"})
"""Those whose values are references."""

TYPES = {
    "bool": 0, "i64": 0, "f64": 0, "str": 0, "()": 0, "dyn": 0, "Range": 0,
    "List": 1, "Set": 1, "Option": 1, "Map": 2, "Result": 2,
}
"""Built-in types by name, with the number of their type arguments."""

RESERVED_TYPES = frozenset("i8 i16 i32 u8 u16 u32 u64 f32 bytes".split())
"""Type names that are kept for later (LANGUAGE §3)."""

VARIANTS = {"None": ("Option", 0), "Some": ("Option", 1), "Ok": ("Result", 1), "Err": ("Result", 1)}
"""Built-in variants: their enum and number of fields."""

ENUMS = {"Option": ("None", "Some"), "Result": ("Ok", "Err")}
"""Built-in enums and their variants."""

HOOKS = {
    "Show": ("show",), "Eq": ("eq",), "Ord": ("cmp",), "Hash": (), "Add": ("add",), "Sub": ("sub",), "Mul": ("mul",),
    "Div": ("div",), "FloorDiv": ("floor_div",), "Rem": ("rem",), "Pow": ("pow",), "Neg": ("neg",), "Index": ("get",),
    "IndexSet": ("set",), "Iterator": ("next",), "Iterable": ("iter",),
}
"""The well-known traits (LANGUAGE §7) and the methods that they require."""

HOOK_RESULTS = {"Show.show": "str", "Eq.eq": "bool", "Ord.cmp": "i64"}
"""The types of what the methods of the well-known traits must give, where the language itself looks at it."""

OPERATORS = {
    "+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "//": "FloorDiv", "%": "Rem", "**": "Pow",
    "<": "Ord", "<=": "Ord", ">": "Ord", ">=": "Ord",
}
"""The well-known trait behind a binary operator."""

COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
"""Operators that compare two values."""

_ITERATION = """
    map f -> List
    filter f -> List
    fold init f
    reduce f -> Option
    any f -> bool
    all f -> bool
    count f -> i64
    sum start?
    product start?
    min -> Option
    max -> Option
    enumerate -> List
    zip ys -> List
    flat_map f -> List
    take n -> List
    skip n -> List
    to_list -> List
"""

ITERATION = _table(_ITERATION)
"""What works on whatever `for` accepts."""

_READING = _ITERATION + """
    len -> i64
    is_empty -> bool
    first -> Option
    last -> Option
    contains x -> bool
    index_of x -> Option
    reversed -> List
    sorted -> List
    sorted_by_key f -> List
    flatten -> List
    chunks n -> List
    windows n -> List
    join sep -> str
    to_set -> Set
"""

_OPTIONAL = """
    unwrap
    unwrap_or default
    unwrap_or_else f
    expect msg
"""

METHODS: dict[str, dict[str, Native]] = {
    "bool": {}, "()": {}, "tuple": {}, "fn": {},
    "i64": _table("""
        abs -> i64
        pow n -> i64
        min other
        max other
        signum -> i64
        wrapping_add other -> i64
        wrapping_sub other -> i64
        wrapping_mul other -> i64
        checked_add other -> Option
        checked_sub other -> Option
        checked_mul other -> Option
        count_ones -> i64
        leading_zeros -> i64
    """),
    "f64": _table("""
        sqrt -> f64
        abs -> f64
        floor -> f64
        ceil -> f64
        round -> f64
        trunc -> f64
        powf other -> f64
        sin -> f64
        cos -> f64
        tan -> f64
        asin -> f64
        acos -> f64
        atan -> f64
        atan2 other -> f64
        exp -> f64
        ln -> f64
        log2 -> f64
        log10 -> f64
        min other -> f64
        max other -> f64
        is_nan -> bool
        is_finite -> bool
        to_bits -> i64
    """),
    "str": _table("""
        len -> i64
        is_empty -> bool
        chars -> List
        bytes -> List
        ord -> i64
        split sep -> List
        split_whitespace -> List
        lines -> List
        trim -> str
        trim_start -> str
        trim_end -> str
        to_upper -> str
        to_lower -> str
        starts_with prefix -> bool
        ends_with suffix -> bool
        contains s -> bool
        find s -> Option
        replace old new -> str
        repeat n -> str
        parse_i64 -> Result
        parse_f64 -> Result
        reversed -> str
        pad_start n fill -> str
        pad_end n fill -> str
    """),
    "List": _table(_READING + """
        !push x -> ()
        !pop -> Option
        !insert i x -> ()
        !remove i
        !swap i j -> ()
        !clear -> ()
        !extend xs -> ()
        !truncate n -> ()
        !reverse -> ()
        !sort -> ()
        !sort_by cmp -> ()
        !sort_by_key f -> ()
    """),
    "Range": _table(_READING + """
        rev -> Range
        step_by k -> Range
    """),
    "Map": _table("""
        len -> i64
        is_empty -> bool
        get k -> Option
        get_or k d
        contains k -> bool
        keys -> List
        values -> List
        items -> List
        !insert k v -> Option
        !remove k -> Option
        !clear -> ()
        !update k default f -> ()
        !merge other -> ()
    """),
    "Set": _table("""
        len -> i64
        is_empty -> bool
        contains x -> bool
        union other -> Set
        intersection other -> Set
        difference other -> Set
        is_subset other -> bool
        to_list -> List
        !add x -> bool
        !remove x -> bool
        !clear -> ()
    """),
    "Option": _table(_OPTIONAL + """
        map f -> Option
        and_then f
        ok_or error -> Result
        is_some -> bool
        is_none -> bool
    """),
    "Result": _table(_OPTIONAL + """
        map f -> Result
        map_err f -> Result
        and_then f
        is_ok -> bool
        is_err -> bool
    """),
    "std.random.Rng": _table("""
        !next_i64 lo hi -> i64
        !next_f64 -> f64
        !shuffle !xs -> ()
        !choice xs -> Option
    """),
    "std.text.Builder": _table("""
        push text -> ()
        build -> str
    """),
}
"""The methods of built-in types, by type and name."""

CHANGING_METHODS = frozenset(m.name for methods in METHODS.values() for m in methods.values() if m.changes)
"""Names of built-in methods that change their receiver."""


def native_called(name: str) -> Native | None:
    """The built-in function of that full name (`print`, `std.math.sqrt`), None if there is none."""
    module, _, last = name.rpartition(".")
    return STD_FUNCTIONS.get(module, {}).get(last) if module else FUNCTIONS.get(name)


def own_name(path: str) -> str:
    """How messages call a type: `Point` for `main.Point`."""
    return path.rpartition(".")[2]
