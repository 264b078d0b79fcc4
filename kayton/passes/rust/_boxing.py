"""What becomes boxed only after it was made.

    s.split(",")          =>   s.split(rt::text!(","), at).boxed(at)           where List[str] is boxed
    xs.filter(f)          =>   xs.filter(f, at)                                a boxed list gives one
    r.filter(f)           =>   r.filter(f, at).boxed(at)                      any other does not
"""

_OTHER_ITEMS = frozenset("args bytes chars chunks enumerate items keys lines map split split_whitespace to_list to_set values windows zip".split())
"""What makes a container of other items than those of its receiver, and does not know that they are boxed."""
_SAME_ITEMS = frozenset("filter skip take".split())
"""What makes a list of the items of its receiver."""


def makes_plain(builtin: str) -> bool:
    """Whether the library gives a container that is not boxed."""
    of, _, name = builtin.rpartition(".")
    return of not in ("Option", "Result") and (name in _OTHER_ITEMS or of != "List" and name in _SAME_ITEMS)
