"""What built-ins take in compiled code: with anything else they end in an error, which is the VM's business."""

from __future__ import annotations

from kayton.ir.constrained import Instance
from kayton.ir.types import BOOL, I64, NUMBERS, STR, App, Fns, Type, read_type

_TAKES = """
    i    i64.pow i64.wrapping_add i64.wrapping_sub i64.wrapping_mul i64.checked_add i64.checked_sub i64.checked_mul i64.min i64.max
    f    f64.powf f64.atan2 f64.min f64.max std.time.sleep
    n    abs
    x    i64
    n    f64
    i    chr std.random.Rng std.env.exit
    f    std.math.sqrt std.math.floor std.math.ceil std.math.round std.math.trunc std.math.sin std.math.cos std.math.tan std.math.asin
    f    std.math.acos std.math.atan std.math.exp std.math.ln std.math.log2 std.math.log10
    n    std.math.abs
    ff   std.math.atan2 std.math.hypot std.math.powf std.math.pow
    ii   std.math.gcd std.random.Rng.next_i64
    s    str.split str.starts_with str.ends_with str.contains str.find std.env.var std.text.Builder.push
    s    Option.expect Result.expect List.join
    ss   str.replace
    i    str.repeat
    is   str.pad_start str.pad_end
    i    List.remove List.truncate List.take List.skip List.chunks List.windows Range.take Range.skip Range.step_by
    ii   List.swap
    i*   List.insert
    B    List.filter List.any List.all List.count Range.filter Range.any Range.all Range.count
    L    List.flat_map Range.flat_map
    F    List.map Range.map List.sort_by_key List.sorted_by_key
    F    Option.map Option.and_then Result.map Result.map_err Result.and_then Result.unwrap_or_else
    O    Option.unwrap_or_else
    G    List.reduce Range.reduce
    *G   List.fold Range.fold
    C    List.sort_by
    **F  Map.update
    b*   assert
"""
"""An i64 (i), a str (s), a bool (b), a number (n), one that becomes an f64 (f), a number or bool (x), anything (*); a function of no argument (O),
of one (F), of one that gives a bool (B) or a list (L), of two (G), of two that gives an i64 (C)."""

_KINDS = {name: line.split()[0] for line in _TAKES.strip().splitlines() for name in line.split()[1:]}
_TYPES = {"i": {I64}, "s": {STR}, "b": {BOOL}, "n": NUMBERS, "f": NUMBERS, "x": NUMBERS | {BOOL}}
_ARITIES = {"O": 0, "F": 1, "B": 1, "L": 1, "G": 2, "C": 2}


def kind(name: str, k: int) -> str:
    """What argument `k` of a built-in must be."""
    kinds = _KINDS.get(name, "")
    return kinds[k] if k < len(kinds) else "*"


def takes(name: str, k: int, t: Type) -> bool:
    """Whether a built-in takes an argument of this type."""
    wanted = kind(name, k)
    return wanted == "*" or (isinstance(t, Fns) if wanted in _ARITIES else t in _TYPES[wanted])


def takes_function(name: str, k: int, called: Instance) -> bool:
    """Whether a built-in can call this function."""
    wanted, gives = kind(name, k), read_type(called.result)
    if wanted not in _ARITIES or len([p for p in called.params if p != "absent"]) != _ARITIES[wanted]:
        return False
    is_list = isinstance(gives, App) and gives.name == "List"
    return {"B": gives == BOOL, "C": gives == I64, "L": is_list}.get(wanted, True)
