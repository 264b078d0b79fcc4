"""withdraw-certain : Rewritten -> Rewritten

    let x: i64 = 1; x == "one"        =>   let x = 1; x == "one"          where it was `let x = 1`
    Circle.scale(c, "2")              =>   c.scale("2")

What is certain locally is an error before the program runs (LANGUAGE §3 rule 5), and a type that is written makes it certain. So where
what was written makes a compile error of what fails, or is never reached, when the program runs, it is withdrawn: from the function with the
error, and from those that it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kayton.ir.node import Node, Span, map_children, replace, walk
from kayton.ir.rewritten import Draft, Rewritten
from kayton.ir.surface import Call, FieldDef, FnDef, Let, MethodCall, Module, Name, Param
from kayton.passes.framework import Cx, Pass, frozen
from kayton.passes.front._reading import parse_text
from kayton.passes.rewrite.call_directly import as_written
from kayton.passes.rewrite.printing.printer import printed
from kayton.passes.rewrite.write_types import TAG

Without = Callable[[Node], Node]
"""A node without what was written into it."""


@frozen
class WithdrawCertain(Pass):
    source = Rewritten
    target = Rewritten

    def transform(self, root: Draft, cx: Cx) -> Draft:
        cx.enter(self, root)
        first: Module = root.written.modules[0]
        if cx.checker is None:
            return root
        made = _settled(first, _without, cx)
        if made is first:
            return root
        # What is no function is judged again beside the functions as they are now, so that doing all this again changes nothing.
        made = _settled(_with_functions_of(first, made), _kept_functions, cx)
        return replace(root, written=replace(root.written, modules=(made,)))


def _settled(module: Module, without: Without, cx: Cx) -> Module:
    """The module with so much withdrawn that it has no errors."""
    while errors := cx.checker(text := printed(module)):
        made = _withdrawn(module, text, errors, without)
        if made is module:
            made = _from(module, [module], without)
        if made is module:
            cx.bug(module, f"what was written is refused at {errors[0]} of\n{text}")
        module = made
    return module


def _withdrawn(module: Module, text: str, errors: Iterable[Span], without: Without) -> Module:
    """The module without what was written into the functions in which the errors are, and into those that they call."""
    again = parse_text(text).modules[0]
    written = dict(zip(walk(again), walk(module), strict=True))
    blamed = [written[_around(again, e)] for e in errors]
    called = {name for n in blamed for name in _called(n)}
    return _from(module, [*blamed, *[f for f in walk(module) if isinstance(f, FnDef) and f.name in called]], without)


def _with_functions_of(module: Module, other: Module) -> Module:
    """The module with the functions of another form of it."""
    functions = {f.id: f for f in walk(other) if isinstance(f, FnDef)}

    def visit(n: Node) -> Node:
        return functions[n.id] if isinstance(n, FnDef) else map_children(n, visit)

    return visit(module)


def _around(module: Module, at: Span) -> Node:
    """The innermost function around an error, else the statement of the module."""
    found: Node = module
    for n in walk(module):
        if n.span is not None and n.span.start <= at.start < n.span.end and (isinstance(n, FnDef) or n in module.body):
            found = n
    return found


def _called(n: Node) -> set[str]:
    names = {c.callee.name for c in walk(n) if isinstance(c, Call) and isinstance(c.callee, Name)}
    return names | {c.name for c in walk(n) if isinstance(c, MethodCall)}


def _from(module: Module, nodes: Iterable[Node], without: Without) -> Module:
    """The module without what was written below these nodes."""
    chosen = set(nodes)

    def visit(n: Node) -> Node:
        if n in chosen:
            return without(n)
        return map_children(n, visit)

    return visit(module)


def _kept_functions(n: Node) -> Node:
    """A node without what was written into it, but for functions."""
    return n if isinstance(n, FnDef) else _stripped(map_children(n, _kept_functions))


def _without(n: Node) -> Node:
    """A node without what was written into it."""
    return _stripped(map_children(n, _without))


def _stripped(made: Node) -> Node:
    if isinstance(made, Let | Param | FieldDef) and _is_ours(made.type):
        return replace(made, type=None)
    if isinstance(made, FnDef) and _is_ours(made.result):
        return replace(made, result=None)
    return as_written(made) if isinstance(made, MethodCall) else made


def _is_ours(t: Node | None) -> bool:
    return t is not None and f"~{TAG}" in (t.id or "")
