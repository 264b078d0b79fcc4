"""Which built-ins work on values of which it is known only at run time what they are, or what they hold.

A List[dyn] is pushed to and read as any list; but what adds its items up has to know what they are. Those go to the VM, and so does what is
done with the items of a list that never has any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kayton.ir.types import ABSENT, BOOL, DYN, F64, I64, NEVER, STR, App, Fns, Type, mentions_dyn

_FUNCTIONS = frozenset(("print", "eprint", "str", "panic", "type_name", "std.json.dump"))
_METHODS = {
    "List": {
        **dict.fromkeys("len is_empty clear reverse reversed first last pop to_list enumerate sort sorted min max".split(), ""),
        **dict.fromkeys("remove truncate take skip chunks windows".split(), "i"), "swap": "ii",
        **dict.fromkeys("push contains index_of".split(), "p"), "insert": "ip", "extend": "=",
        **dict.fromkeys("map filter any all count".split(), "f"), "fold": "pf",
    },
    "Map": {
        **dict.fromkeys("len is_empty clear keys values items".split(), ""), **dict.fromkeys("get contains remove".split(), "p"),
        **dict.fromkeys("insert get_or".split(), "pp"), "merge": "=",
    },
    "Set": {
        **dict.fromkeys("len is_empty clear to_list".split(), ""), **dict.fromkeys("add contains remove".split(), "p"),
        **dict.fromkeys("union intersection difference is_subset".split(), "="),
    },
    "Option": {**dict.fromkeys("is_some is_none unwrap".split(), ""), "unwrap_or": "p", "expect": "s"},
    "Result": {**dict.fromkeys("is_ok is_err unwrap".split(), ""), "unwrap_or": "p", "expect": "s"},
}  # fmt: skip
"""By constructor and method, what each argument must be: an i64, a str, a function, the receiver's own type (`=`), or made a part of it (p)."""


def works(name: str, receiver: Type | None, args: Sequence[Type]) -> bool:
    """Whether the built-in is compiled for a receiver and arguments of these types."""
    is_empty = isinstance(receiver, App) and receiver.name != "Result" and NEVER in receiver.args
    if not is_empty and not any([mentions_dyn(t) for t in (receiver, *args) if t is not None and not isinstance(t, Fns)]):
        return True
    if receiver is None:
        return name in _FUNCTIONS or (name == "assert" and args[0] == BOOL)
    owner, _, method = name.rpartition(".")
    wanted = _METHODS.get(owner, {}).get(method)
    return wanted is not None and all([_fits(w, t, receiver) for w, t in zip(wanted, args, strict=False)])


_ORDERED = frozenset((I64, F64, BOOL, STR, DYN, NEVER))
_ORDERING = frozenset(("sort", "sorted", "min", "max"))


def is_ordered(t: Type, has_hook: Callable[[Type], bool]) -> bool:
    """Whether two values of a type can be compared by `<`; `has_hook` says of a type that the program orders it."""
    return t in _ORDERED or has_hook(t) or (isinstance(t, App) and t.name in ("List", "tuple") and all([is_ordered(a, has_hook) for a in t.args]))


def has_order(name: str, receiver: Type | None, args: Sequence[Type], has_hook: Callable[[Type], bool]) -> bool:
    """Whether the built-in can compare what it compares, if it compares anything."""
    if name.rpartition(".")[2] not in _ORDERING:
        return True
    if receiver is None:
        return all([is_ordered(t, has_hook) for t in args if t != ABSENT])
    return not isinstance(receiver, App) or receiver.name != "List" or is_ordered(receiver.args[0], has_hook)


def _fits(wanted: str, t: Type, receiver: Type) -> bool:
    is_part = not isinstance(receiver, App) or NEVER not in receiver.args or t is NEVER
    return t != ABSENT and {"i": t == I64, "s": t == STR, "f": isinstance(t, Fns), "=": t == receiver, "p": is_part}[wanted]
