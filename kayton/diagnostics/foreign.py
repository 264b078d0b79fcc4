"""Names that other languages have, and what they are called here.

A replacement is a name to be written instead, or, where it has a blank or a bracket, a sentence that says what to do.
"""

from __future__ import annotations

_BOOLS = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false", "yes": "true", "no": "false"}
_NOTHING = dict.fromkeys(
    ("null", "nil", "NULL", "Null", "nullptr", "undefined", "none", "Nothing", "nothing"),
    "there is no null: an optional value is `None` or `Some(x)`, of type `Option`",
)
_CALLS = {
    "println": "print", "printf": "print", "echo": "print", "puts": "print", "eprintln": "eprint", "Print": "print",
    "int": "i64", "integer": "i64", "float": "f64", "double": "f64", "string": "str", "String": "str", "toString": "str",
    "repr": "str", "char": "chr", "type": "type_name", "typeof": "type_name", "raw_input": "input", "readline": "input",
    "set": "Set", "HashSet": "Set", "None_": "None", "Just": "Some", "Left": "Err", "Right": "Ok", "Error": "Err",
    "error": "panic", "die": "panic", "fatal": "panic", "fabs": "abs",
}
_SENTENCES = {
    "len": "a length is a method: `xs.len()`",
    "length": "a length is a method: `xs.len()`",
    "range": "a range is written `0..n`, or `a..b` without b",
    "xrange": "a range is written `0..n`, or `a..b` without b",
    "enumerate": "it is a method: `for (i, x) in xs.enumerate():`",
    "zip": "it is a method: `xs.zip(ys)`",
    "map": "it is a method: `xs.map(f)`",
    "filter": "it is a method: `xs.filter(f)`",
    "reduce": "it is a method: `xs.reduce(f)`",
    "sum": "it is a method: `xs.sum()`",
    "any": "it is a method: `xs.any(f)`",
    "all": "it is a method: `xs.all(f)`",
    "sorted": "it is a method: `xs.sorted()`",
    "reversed": "it is a method: `xs.reversed()`",
    "round": "it is a method of f64: `x.round()`",
    "floor": "it is a method of f64, `x.floor()`, or `use std.math.{floor}`",
    "ceil": "it is a method of f64, `x.ceil()`, or `use std.math.{ceil}`",
    "sqrt": "it is a method of f64, `x.sqrt()`, or `use std.math.{sqrt}`",
    "pow": "a power is written `a ** b`",
    "divmod": "write `(a // b, a % b)`",
    "ord": "it is a method: `s.ord()`",
    "list": "a list is written `[a, b]`; from something else it is made by `x.to_list()`",
    "dict": "a map is written `{k: v}`, the empty one `{}`",
    "tuple": "a tuple is written `(a, b)`",
    "Map": "a map is written `{k: v}`, the empty one `{}`",
    "HashMap": "a map is written `{k: v}`, the empty one `{}`",
    "List": "a list is written `[a, b]`, the empty one `[]`",
    "Vec": "a list is written `[a, b]`, the empty one `[]`",
    "vec": "a list is written `[a, b]`, the empty one `[]`",
    "Array": "a list is written `[a, b]`, one of n copies `[x; n]`",
    "bool": "compare instead: `x != 0`, `not xs.is_empty()`",
    "isinstance": "compare the name of its type: `type_name(x) == \"Point\"`",
    "open": "files are read by `std.io`: `use std.io`, then `io.read_file(path)`",
    "exit": "it is in `std.env`: `use std.env`, then `env.exit(0)`",
    "quit": "it is in `std.env`: `use std.env`, then `env.exit(0)`",
    "Math": "`use std.math`, then `math.sqrt(x)`",
    "math": "`use std.math` first",
    "io": "`use std.io` first",
    "env": "`use std.env` first",
    "json": "`use std.json` first",
    "time": "`use std.time` first",
    "random": "`use std.random` first",
    "console": "output is written by `print(…)`",
    "System": "output is written by `print(…)`",
    "fmt": "output is written by `print(…)`; text is put together by f-strings",
    "std": "name a module of it: `use std.math`",
    "sys": "arguments and exit codes are in `std.env`",
    "os": "arguments and variables are in `std.env`, files in `std.io`",
    "this": "a method's own value is `self`, its first parameter",
    "super": "there is no inheritance: a trait has default methods, and a field can hold another value",
    "pass": "a block that does nothing is `()`",
    "end": "a block ends where its indentation does, without a word",
    "done": "a block ends where its indentation does, without a word",
    "fi": "a block ends where its indentation does, without a word",
    "endif": "a block ends where its indentation does, without a word",
    "raise": "errors are values: return `Err(…)`, or end the program by `panic(…)`",
    "throw": "errors are values: return `Err(…)`, or end the program by `panic(…)`",
    "Exception": "errors are values: return `Err(…)`, or end the program by `panic(…)`",
    "ValueError": "errors are values: return `Err(…)`, or end the program by `panic(…)`",
    "exception": "errors are values: return `Err(…)`, or end the program by `panic(…)`",
    "format": "text is put together by f-strings: `f\"{x} and {y:.2}\"`",
    "sprintf": "text is put together by f-strings: `f\"{x} and {y:.2}\"`",
    "NaN": "it is `0.0 / 0.0`",
    "nan": "it is `0.0 / 0.0`",
    "Infinity": "it is `1.0 / 0.0`",
    "inf": "it is `1.0 / 0.0`",
    "PI": "`use std.math`, then `math.PI`",
    "pi": "`use std.math`, then `math.PI`",
    "unless": "write `if not …`",
    "until": "write `while not …`",
}
VALUES: dict[str, str] = {**_BOOLS, **_NOTHING, **_CALLS, **_SENTENCES}
"""Names of values and functions."""

METHODS_FOR_FUNCTIONS = {
    "len": "len", "length": "len", "size": "len", "count": "len", "sum": "sum", "sorted": "sorted", "reversed": "reversed",
    "enumerate": "enumerate", "sqrt": "sqrt", "floor": "floor", "ceil": "ceil", "round": "round", "ord": "ord",
}
"""Functions of one argument elsewhere that are methods here: `len(xs)` is `xs.len()`."""

TYPES: dict[str, str] = {
    **dict.fromkeys(("int", "Int", "integer", "Integer", "long", "short", "usize", "isize", "uint", "Long", "int64", "i128"), "i64"),
    **dict.fromkeys(("float", "Float", "double", "Double", "number", "Number", "real", "float64"), "f64"),
    **dict.fromkeys(("string", "String", "char", "Char", "text", "Str"), "str"),
    **dict.fromkeys(("boolean", "Boolean", "Bool", "BOOL"), "bool"),
    **dict.fromkeys(("list", "Vec", "vec", "Array", "array", "ArrayList", "vector", "Sequence"), "List"),
    **dict.fromkeys(("dict", "Dict", "HashMap", "map", "Dictionary", "Hash", "hash", "BTreeMap", "Object"), "Map"),
    **dict.fromkeys(("set", "HashSet", "BTreeSet", "frozenset"), "Set"),
    **dict.fromkeys(("any", "Any", "object", "var", "auto", "unknown"), "dyn"),
    **dict.fromkeys(("void", "Void", "unit", "Unit", "None", "null", "nil", "NoneType", "undefined"), "()"),
    **dict.fromkeys(("Optional", "Maybe", "option", "optional"), "Option"),
    **dict.fromkeys(("Either", "result"), "Result"),
    "range": "Range",
    "tuple": "the type of a tuple is written `(A, B)`",
    "Tuple": "the type of a tuple is written `(A, B)`",
    "Callable": "the type of a function is written `fn(A, B) -> C`",
    "Fn": "the type of a function is written `fn(A, B) -> C`",
    "Function": "the type of a function is written `fn(A, B) -> C`",
    "function": "the type of a function is written `fn(A, B) -> C`",
    "Union": "a value that is one of several is an `enum`, or `dyn`",
    "Box": "a type may hold itself without a box: write the type alone",
    "Rc": "a shared value is an instance of a `class`",
    "Arc": "a shared value is an instance of a `class`",
}
"""Names of types."""

_SIZE = dict.fromkeys(("length", "size", "count", "Length", "Count", "__len__", "getLength"), "len")
_TEXT = dict.fromkeys(("toString", "to_string", "to_str", "tostring", "__str__", "ToString"), "write `str(x)`")
_EMPTY = dict.fromkeys(("empty", "isEmpty", "IsEmpty"), "is_empty")
_HAS = dict.fromkeys(("includes", "has", "include", "Contains", "contain"), "contains")
_SEQUENCE = {
    **_SIZE, **_TEXT, **_EMPTY, **_HAS, "forEach": "write `for x in xs:`", "each": "write `for x in xs:`", "iter": "a list is iterated as it is: leave `iter()` out",
    "select": "filter", "where": "filter", "collect": "to_list", "inject": "fold", "foldl": "fold", "foldLeft": "fold", "some": "any",
    "every": "all", "flatMap": "flat_map", "indexOf": "index_of", "index": "index_of", "find": "write `xs.filter(f).first()`",
    "limit": "take", "drop": "skip", "toList": "to_list", "average": "write `xs.sum() / xs.len()`", "mean": "write `xs.sum() / xs.len()`",
    "head": "first", "copy": "a list is a value: `let ys = xs` is a copy", "clone": "a value is copied by `let ys = xs`", "slice": "a slice is written `xs[a..b]`",
    "get": "write `xs[i]`, or ask `i < xs.len()` first", "set": "write `xs[i] = x`",
}
METHODS: dict[str, dict[str, str]] = {
    "List": {
        **_SEQUENCE, "append": "push", "add": "push", "push_back": "push", "Add": "push", "prepend": "write `xs.insert(0, x)`",
        "unshift": "write `xs.insert(0, x)`", "shift": "write `xs.remove(0)`", "pop_back": "pop", "concat": "lists are joined by `+`",
        "addAll": "extend", "append_all": "extend", "delete": "remove", "removeAt": "remove", "erase": "remove", "sortBy": "sort_by",
        "toSet": "to_set", "unique": "write `xs.to_set().to_list()`", "dedup": "write `xs.to_set().to_list()`", "splice": "a slice is written `xs[a..b]`",
    },
    "Range": {**_SEQUENCE, "reverse": "rev", "step": "step_by", "by": "step_by"},
    "Map": {
        **_SIZE, **_TEXT, **_EMPTY, **_HAS, "contains_key": "contains", "containsKey": "contains", "has_key": "contains", "hasKey": "contains",
        "put": "insert", "set": "insert", "add": "insert", "entries": "items", "iter": "items", "getOrDefault": "get_or",
        "get_or_default": "get_or", "setdefault": "get_or", "delete": "remove", "pop": "remove", "extend": "merge", "entry": "update",
    },
    "Set": {**_SIZE, **_TEXT, **_EMPTY, **_HAS, "insert": "add", "push": "add", "append": "add", "delete": "remove", "discard": "remove",
            "issubset": "is_subset", "intersect": "intersection"},
    "str": {
        **_SIZE, **_TEXT, **_EMPTY, **_HAS, "upper": "to_upper", "lower": "to_lower", "toUpperCase": "to_upper", "toLowerCase": "to_lower",
        "uppercase": "to_upper", "lowercase": "to_lower", "to_uppercase": "to_upper", "to_lowercase": "to_lower", "upcase": "to_upper",
        "downcase": "to_lower", "strip": "trim", "lstrip": "trim_start", "rstrip": "trim_end", "startsWith": "starts_with",
        "startswith": "starts_with", "endsWith": "ends_with", "endswith": "ends_with", "indexOf": "find", "index": "find",
        "index_of": "find", "rjust": "pad_start", "ljust": "pad_end", "padStart": "pad_start", "padEnd": "pad_end", "reverse": "reversed",
        "to_i": "parse_i64", "to_f": "parse_f64", "parse_int": "parse_i64", "parseInt": "parse_i64", "parseFloat": "parse_f64",
        "to_i64": "parse_i64", "parse": "parse_i64", "parse_float": "parse_f64", "substring": "a slice is written `s[a..b]`", "slice": "a slice is written `s[a..b]`",
        "substr": "a slice is written `s[a..b]`", "charAt": "a character is `s[i]`", "char_at": "a character is `s[i]`",
        "format": "text is put together by f-strings: `f\"{x} and {y:.2}\"`", "concat": "strings are joined by `+`",
        "push_str": "write `s += text`", "push": "write `s += text`", "append": "write `s += text`", "splitlines": "lines",
        "join": "it is a method of the list: `xs.join(\", \")`", "replaceAll": "replace", "as_str": "it is a str already", "to_owned": "it is a value: leave it out",
        "is_digit": "compare characters: `\"0\" <= c and c <= \"9\"`", "isdigit": "compare characters: `\"0\" <= c and c <= \"9\"`",
    },
    "i64": {**_TEXT, "to_f64": "write `f64(x)`", "to_float": "write `f64(x)`", "toFixed": "write `f\"{x:.2}\"`", "sqrt": "convert it first: `f64(x).sqrt()`",
            "times": "write `for i in 0..n:`"},
    "f64": {**_TEXT, "to_i64": "write `i64(x)`", "to_int": "write `i64(x)`", "toInt": "write `i64(x)`", "pow": "powf", "log": "ln", "ceiling": "ceil",
            "toFixed": "write `f\"{x:.2}\"`", "is_infinite": "write `not x.is_finite()`"},
    "bool": {**_TEXT},
    "Option": {**_TEXT, "get": "unwrap", "value": "unwrap", "is_nothing": "is_none", "isNone": "is_none", "isSome": "is_some", "or_else": "unwrap_or_else",
               "getOrElse": "unwrap_or", "flat_map": "and_then", "has_value": "is_some", "is_null": "is_none", "unwrap_or_default": "unwrap_or"},
    "Result": {**_TEXT, "get": "unwrap", "value": "unwrap", "isOk": "is_ok", "is_error": "is_err", "or_else": "unwrap_or_else", "flat_map": "and_then"},
    "tuple": {**_TEXT, "len": "a tuple's length is known where it is written", "first": "a tuple's parts are `t.0`, `t.1`", "get": "a tuple's parts are `t.0`, `t.1`"},
}  # fmt: skip
"""Names of methods, by the type that has them under another."""


def is_name(replacement: str) -> bool:
    """Whether a replacement is a name to write, rather than a sentence to read."""
    return replacement.isidentifier() or replacement == "()"


def method_called(type_name: str, name: str) -> str | None:
    """What the method of another language is here."""
    return METHODS.get(type_name, {}).get(name) or _TEXT.get(name)


def advice(replacement: str) -> str:
    """The replacement as a help."""
    return f"write `{replacement}`" if is_name(replacement) else replacement
